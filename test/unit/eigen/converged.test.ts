// `converged: true` is a promise: every number is finite. What would break it is put into WebAssembly memory by hand,
// between the driver's end and the last look at its results.
import { createCore } from 'emft';
import { methodNames } from 'emft/check';
import { describe, expect, test } from 'vitest';
import eigenApi from '../../../src/eigen/public.js';
import grainApi from '../../../src/grain/public.js';
import equationsApi from '../../../src/meanfield/public.js';
import { ConvergenceError } from '../../../src/wasm/errors.js';
import { allFinite } from '../../../src/wasm/finite.js';
import { changed, doubles, runtime, type Spoil, spoiled } from '../../support/spoiledRuntime.js';

const core = await createCore();

const spoilers: [string, Spoil][] = [
  ['a value that is NaN', (values) => values.fill(Number.NaN, 2, 3)],
  ['a value that is infinite', (values) => values.fill(Number.NEGATIVE_INFINITY, 2, 3)],
  ['an element of a vector that is NaN', (_, vectors) => vectors.fill(Number.NaN, 17, 18)],
  ['an element of a vector that is infinite', (_, vectors) => vectors.fill(Number.POSITIVE_INFINITY, 17, 18)],
];

const a = core.goe(6, { seed: 9 });
const model = core.randomGrainModel({ alpha: 0.7, n: 2, seed: 4 });

test('one element that is not finite is found wherever it stands', () => {
  for (const length of [1, 2, 3, 64, 1001]) {
    const x = core.normals({ seed: 1, stream: 2, index: 3 }, length).map((v) => v * 1e308);
    x[0] = 5e-324;
    expect(allFinite(x.map((v) => (Number.isFinite(v) ? v : 1)))).toBe(true);
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      for (const at of [0, length >> 1, length - 1]) {
        expect(allFinite(new Float64Array(length).fill(-1.7e308).fill(bad, at, at + 1))).toBe(false);
      }
    }
  }
  expect(allFinite(new Float64Array(0))).toBe(true);
});

describe.each(spoilers)('%s', (_, spoil) => {
  const bad = spoiled(spoil);

  test('is not converged: eigh, its parts, eighAsync, eighBatch', async () => {
    for (const method of methodNames) {
      expect(eigenApi(runtime).eigh(a, 6, { method }).convergence.converged).toBe(true);
      expect(eigenApi(bad).eigh(a, 6, { method }).convergence.converged).toBe(false);
      expect((await eigenApi(bad).eighAsync(a, 6, { method })).convergence.converged).toBe(false);
      const both = Float64Array.of(...a, ...a);
      expect(eigenApi(bad).eighBatch(both, 6, 2, { method }).convergence).toMatchObject({
        converged: false,
        failed: [1],
      });
    }
    const range = { index: [1, 3] } as const;
    expect(eigenApi(bad).eigh(a, 6, { range }).convergence.converged).toBe(false);
    expect((await eigenApi(bad).eighAsync(a, 6, { range })).convergence.converged).toBe(false);
  });

  test('is not converged with verify, whose ratios are not numbers then', async () => {
    for (const result of [
      eigenApi(bad).eigh(a, 6, { verify: true }),
      await eigenApi(bad).eighAsync(a, 6, { verify: true }),
    ]) {
      expect(result.convergence.converged).toBe(false);
      expect(result.residual! <= 60 && result.orthogonality! <= 60).toBe(false);
    }
  });

  test('is a ConvergenceError: diagonalizeGrain, reducedCoupling', () => {
    expect(() => grainApi(bad).diagonalizeGrain(model)).toThrow(ConvergenceError);
    expect(() => grainApi(bad).reducedCoupling({ ...model, spin: 1 })).toThrow(ConvergenceError);
  });
});

test('values alone are looked at too', () => {
  const bad = spoiled(spoilers[0][1]);
  expect(eigenApi(bad).eigh(a, 6, { vectors: false }).convergence.converged).toBe(false);
  const both = Float64Array.of(...a, ...a);
  expect(eigenApi(bad).eighBatch(both, 6, 2, { vectors: false }).convergence.failed).toEqual([1]);
});

test('an eigenvalue beyond the range of doubles is ±Infinity and not converged', async () => {
  const n = 3;
  const huge = new Float64Array(n * n).fill(1.7e308);
  for (const sign of [1, -1]) {
    const b = huge.map((x) => sign * x);
    for (const method of methodNames) {
      const { values, convergence } = core.eigh(b, n, { method });
      expect(Array.from(values)).toContain(sign * Number.POSITIVE_INFINITY);
      expect(convergence.converged).toBe(false);
    }
    expect((await core.eighAsync(b, n)).convergence.converged).toBe(false);
    // The other two are finite.
    const range = { index: sign === 1 ? [0, 1] : [1, 2] } as { index: [number, number] };
    expect(core.eigh(b, n, { range }).convergence.converged).toBe(true);
  }
  const three = Float64Array.of(...huge.map((x) => x / 8), ...huge, ...huge.map((x) => x / 8));
  expect(core.eighBatch(three, n, 3).convergence).toMatchObject({ converged: false, failed: [1] });
});

describe('mean field', () => {
  const bare = Float64Array.of(0.5, 0.3, 0.1);
  const spoilers = [
    changed({
      responseFit: (own) => (fits, n, u, out) => {
        own(fits, n, u, out);
        doubles(out, 3 * n)[n + 1] = Number.NaN;
      },
    }),
    changed({
      spinsAt: (own) => (fits, n, b, t, u) => {
        own(fits, n, b, t, u);
        doubles(u, n)[2] = Number.NaN;
      },
    }),
  ];

  test('a solution that is not finite is not converged, a branch an error', () => {
    expect(equationsApi(runtime).solveMeanField(bare).converged).toBe(true);
    expect(equationsApi(runtime).meanFieldBranches(bare).length).toBe(1);
    for (const bad of spoilers) {
      expect(equationsApi(bad).solveMeanField(bare).converged).toBe(false);
      expect(() => equationsApi(bad).meanFieldBranches(bare)).toThrow(ConvergenceError);
    }
  });

  test('g beyond the range of doubles and a coupling of 0 are solutions', () => {
    const { g, logG, converged } = core.solveMeanField(Float64Array.of(1.7e308, 1.7e308, 0));
    expect(converged).toBe(true);
    expect(g[0]).toBe(Number.POSITIVE_INFINITY);
    expect(logG[0]).toBeGreaterThan(709);
    expect(logG[2]).toBe(Number.NEGATIVE_INFINITY);
  });
});
