// `verify` gives LAPACK's ratios of a result, as plain loops do, and sees a result that does not fit the matrix.
import { createCore, InputError } from 'emft';
import { methodNames } from 'emft/check';
import { describe, expect, test } from 'vitest';
import { decompositionRatios } from '../../../src/accuracy/ratios.js';
import eigenApi from '../../../src/eigen/public.js';
import { driverMatrix, TYPE_COUNT } from '../../support/lapack/matrices.js';
import { type Spoil, spoiled } from '../../support/spoiledRuntime.js';

const core = await createCore();
const a = core.goe(6, { seed: 9 });

describe('verify', () => {
  const close = (x: number | undefined, y: number) => Math.abs(x! - y) <= 0.05 * y + 0.02;

  test.each(Array.from({ length: TYPE_COUNT }, (_, i) => i + 1))(
    'gives the ratios of plain loops: type %i',
    (type) => {
      for (const n of [0, 1, 2, 5, 33, 64, 130, 260]) {
        const b = driverMatrix(core, type, n);
        for (const method of methodNames) {
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
      for (const method of methodNames) {
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
