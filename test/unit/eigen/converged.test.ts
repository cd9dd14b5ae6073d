// `converged: true` is a promise: every number is finite, and with `verify` the result fits the matrix. What would break
// it is put into WebAssembly memory by hand, between the driver's end and the last look at its results.
import { createCore, InputError } from 'emft';
import { describe, expect, test } from 'vitest';
import { decompositionRatios } from '../../../src/accuracy/ratios.js';
import { eigenApi } from '../../../src/eigen/public.js';
import { grainApi } from '../../../src/grain/public.js';
import { meanFieldBranches, solveMeanField } from '../../../src/meanfield/solve.js';
import type { CoreBindings } from '../../../src/wasm/bindings.js';
import { MORE } from '../../../src/wasm/constants.js';
import { ConvergenceError } from '../../../src/wasm/errors.js';
import { allFinite } from '../../../src/wasm/finite.js';
import { Runtime } from '../../../src/wasm/runtime.js';
import { shipped } from '../../../src/wasm/shipped.js';
import { driverMatrix, TYPE_COUNT } from '../../support/lapack/matrices.js';

const core = await createCore();
const runtime = await Runtime.create(shipped, 'simd');

/** The runtime with some functions of its WebAssembly replaced, each by one that is given the original. */
function changed(
  changes: Partial<{ [K in keyof CoreBindings]: (own: CoreBindings[K]) => CoreBindings[K] }>,
): Runtime {
  const own = runtime.wasm;
  const exports: Record<string, unknown> = { ...own };
  for (const [name, change] of Object.entries(changes)) {
    exports[name] = (change as (f: unknown) => unknown)(own[name as keyof CoreBindings]);
  }
  return {
    wasm: exports,
    scope: <T>(body: (arena: never) => T) => runtime.scope(body as never),
    steps: <T>(body: (arena: never) => T) => runtime.steps(body as never),
    memory: runtime.memory,
    heap: runtime.heap,
  } as unknown as Runtime;
}

const doubles = (address: number, count: number) =>
  new Float64Array(runtime.memory.buffer, address >>> 0, count);

/** A runtime whose decompositions end with `spoil` done to the values and vectors of the last that was started. */
function spoiled(spoil: Spoil): Runtime {
  let last: () => void = () => {};
  const ended = (status: number) => {
    if (status !== MORE) last();
    return status;
  };
  return changed({
    symmetricEigenStart: (own) => (n, a, upper, method, d, z, work) => {
      own(n, a, upper, method, d, z, work);
      last = () => spoil(doubles(d, n), doubles(z, z === 0 ? 0 : n * n));
    },
    jobFinish: (own) => (work) => ended(own(work)),
    jobStep: (own) => (work, budget) => ended(own(work, budget)),
    symmetricEigenBatch: (own) => (n, count, a, upper, method, d, z, statuses, work) => {
      const status = own(n, count, a, upper, method, d, z, statuses, work);
      // The second of the batch.
      spoil(doubles(d, count * n).subarray(n), doubles(z, z === 0 ? 0 : count * n * n).subarray(n * n));
      return status;
    },
  });
}

type Spoil = (values: Float64Array, vectors: Float64Array) => void;
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
    for (const method of ['qr', 'dc', 'jacobi'] as const) {
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
    for (const method of ['qr', 'dc', 'jacobi'] as const) {
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
  const bare = { values: Float64Array.of(0.5, 0.3, 0.1), log: false };
  const spoilers = [
    changed({
      responseFit: (own) => (n, u, out) => {
        own(n, u, out);
        doubles(out, 3 * n)[n + 1] = Number.NaN;
      },
    }),
    changed({
      spinsAt: (own) => (n, b, t, u) => {
        own(n, b, t, u);
        doubles(u, n)[2] = Number.NaN;
      },
    }),
  ];

  test('a solution that is not finite is not converged, a branch an error', () => {
    expect(solveMeanField(runtime, bare).converged).toBe(true);
    expect(meanFieldBranches(runtime, bare).length).toBe(1);
    for (const bad of spoilers) {
      expect(solveMeanField(bad, bare).converged).toBe(false);
      expect(() => meanFieldBranches(bad, bare)).toThrow(ConvergenceError);
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

describe('verify', () => {
  const close = (x: number | undefined, y: number) => Math.abs(x! - y) <= 0.05 * y + 0.02;

  test.each(Array.from({ length: TYPE_COUNT }, (_, i) => i + 1))(
    'gives the ratios of plain loops: type %i',
    (type) => {
      for (const n of [0, 1, 2, 5, 33, 64, 130, 260]) {
        const b = driverMatrix(core, type, n);
        for (const method of ['qr', 'dc', 'jacobi'] as const) {
          if (n > 200 && method !== 'dc') continue;
          const result = core.eigh(b, n, { method, verify: true });
          const plain = decompositionRatios(b, n, result.values, result.vectors, 1);
          expect(result.convergence.converged).toBe(true);
          expect(close(result.residual, plain.residual), `${result.residual} ${plain.residual}`).toBe(true);
          expect(close(result.orthogonality, plain.orthogonality)).toBe(true);
          const bare = core.eigh(b, n, { method });
          expect(bare.values).toEqual(result.values);
          expect(bare.vectors).toEqual(result.vectors);
          expect('residual' in bare || 'orthogonality' in bare).toBe(false);
        }
      }
    },
  );

  test('of a part, of either triangle, in slices: the same numbers', async () => {
    const n = 150;
    const b = core.goe(n, { seed: 5 });
    for (const uplo of ['L', 'U'] as const) {
      const half = b.map((x, p) => {
        const [i, j] = [Math.floor(p / n), p % n];
        return i === j || (uplo === 'L') === i > j ? x : Number.NaN;
      });
      for (const range of [undefined, { index: [20, 141] }, { value: [100, 200] }] as const) {
        const options = { uplo, verify: true, ...(range && { range }) } as const;
        const result = core.eigh(half, n, options);
        const plain = decompositionRatios(b, n, result.values, result.vectors, 1);
        expect(result.convergence.converged).toBe(true);
        expect(close(result.residual, plain.residual)).toBe(true);
        expect(close(result.orthogonality, plain.orthogonality)).toBe(true);
        const given = half.slice();
        let last = 0;
        const pending = core.eighAsync(given, n, {
          ...options,
          slice: 0,
          onProgress: (x) => {
            expect(x).toBeGreaterThanOrEqual(last);
            last = x;
          },
        });
        given.fill(7);
        const sliced = await pending;
        expect(last).toBe(1);
        expect(sliced).toEqual(result);
      }
    }
  });

  test('gives the same numbers on several threads', async () => {
    const b = core.goe(300, { seed: 6 });
    const two = await createCore({ threads: 2 });
    expect(two.threads).toBe(2);
    expect(two.eigh(b, 300, { verify: true })).toEqual(core.eigh(b, 300, { verify: true }));
    two.dispose();
  });

  const wrong: [string, Spoil, 'residual' | 'orthogonality'][] = [
    ['a value', (values) => values.fill(values[3] * (1 + 1e-10), 3, 4), 'residual'],
    ['a vector', (_, z) => z.fill(z[40] + 1e-11, 40, 41), 'orthogonality'],
    ['a vector, there twice,', (_, z) => z.copyWithin(0, 20, 40), 'orthogonality'],
    [
      'the order of two vectors',
      (_, z) => {
        const first = z.slice(0, 20);
        z.copyWithin(0, 20, 40).set(first, 20);
      },
      'residual',
    ],
  ];
  test.each(wrong)('sees %s that is wrong', async (_, spoil, which) => {
    const n = 20;
    const b = core.goe(n, { seed: 8 });
    const bad = spoiled(spoil);
    for (const options of [{ verify: true }, { verify: true, range: { index: [0, 12] } }] as const) {
      for (const result of [
        eigenApi(bad).eigh(b, n, options),
        await eigenApi(bad).eighAsync(b, n, options),
      ]) {
        expect(result.convergence.converged).toBe(false);
        expect(result[which]).toBeGreaterThan(60);
      }
    }
    expect(eigenApi(bad).eigh(b, n).convergence.converged).toBe(true);
  });

  test('near the ends of the range of doubles', () => {
    const b = core.goe(7, { seed: 2 });
    for (const scale of [2 ** 1018, 2 ** -1022, 2 ** -1060, 2 ** -1073]) {
      for (const method of ['qr', 'dc', 'jacobi'] as const) {
        const result = core.eigh(
          b.map((x) => x * scale),
          7,
          { method, verify: true },
        );
        expect(result.convergence.converged).toBe(true);
        expect(result.residual).toBeLessThan(10);
        expect(result.orthogonality).toBeLessThan(10);
      }
    }
  });

  test('needs vectors, and belongs to eigh and eighAsync', () => {
    const refused = (call: () => unknown, message: RegExp) => {
      expect(call).toThrow(InputError);
      expect(call).toThrow(message);
    };
    refused(() => core.eigh(a, 6, { verify: true, vectors: false }), /options\.verify: needs vectors/);
    refused(() => core.eigh(a, 6, { verify: 1 as never }), /options\.verify: expected true or false/);
    refused(() => core.eighBatch(a, 6, 1, { verify: true } as never), /options\.verify: unknown option/);
  });

  test('memory is foreseen', async () => {
    const n = 700;
    for (const verify of [false, true]) {
      const fresh = await createCore();
      const before = fresh.memoryBytes;
      fresh.eigh(fresh.goe(n, { seed: 1 }), n, { verify });
      const grown = fresh.memoryBytes - before;
      const bytes = fresh.eighBytes(n, { verify });
      expect(grown).toBeLessThan(bytes + 2 ** 20);
      expect(grown).toBeGreaterThan(bytes - 2 ** 21);
      fresh.dispose();
    }
  });
});
