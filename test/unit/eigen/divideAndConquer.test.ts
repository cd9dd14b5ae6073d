// T = Z Λ Zᵀ by divide and conquer, in LAPACK's ratios: ‖T Z − Z Λ‖ / (‖T‖ n ulp) and ‖I − Zᵀ Z‖ / (n ulp),
// 1-norms, below 10 (LAPACK's own threshold is 60), and Sturm counts.
import { beforeAll, describe, expect, test } from 'vitest';
import type { CoreBindings } from '../../../src/wasm/bindings.js';
import { Runtime } from '../../../src/wasm/runtime.js';
import { shipped } from '../../../src/wasm/shipped.js';
import {
  countBelow,
  families,
  normalized,
  random,
  ratios,
  type Tridiagonal,
  ULP,
} from '../../support/lapack/tridiagonal.js';

const THRESHOLD = 10;
let runtime: Runtime;
let wasm: CoreBindings;

beforeAll(async () => {
  runtime = await Runtime.create(shipped, 'simd');
  wasm = runtime.wasm;
});

function solve({ d, e }: Tridiagonal, cutoff: number) {
  const n = d.length;
  return runtime.scope((arena) => {
    const pd = arena.put(Float64Array.from(d));
    const pe = arena.put(Float64Array.from(e));
    const z = arena.f64(n * n);
    const work = arena.bytes(wasm.tridiagonalDivideAndConquerWorkspace(n, cutoff) >>> 0);
    // Nothing may depend on what memory held before.
    arena.view(z, n * n).fill(Number.NaN);
    const status = wasm.tridiagonalDivideAndConquer(n, pd, pe, z, n, 0, n, work, cutoff);
    return { status, values: arena.take(pd, n), vectors: arena.take(z, n * n) };
  });
}

// Sizes on each side of the cutoff and of its double; cutoffs down to 2, so that small trees have every merge.
const sizes: [number, number][] = [
  ...[1, 2, 3, 5, 6, 7, 8, 9, 11, 13, 16, 17].map((n): [number, number] => [n, 2]),
  ...[3, 4, 5, 7, 8, 9].map((n): [number, number] => [n, 4]),
  ...[31, 32, 33, 63, 64, 65, 100, 257].map((n): [number, number] => [n, 32]),
  [100, 3],
];

describe('divide and conquer', () => {
  test('the empty matrix', () => {
    expect(solve({ d: [], e: [] }, 2).status).toBe(0);
  });

  describe.each(Object.entries(families))('%s', (_name, family) => {
    test.each(sizes)('order %i, cutoff %i', (n, cutoff) => {
      const t = family(n);
      const { status, values, vectors } = solve(t, cutoff);
      expect(status).toBe(0);
      for (let i = 1; i < n; ++i) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1]);
      const { residual, orthogonality } = ratios(t, values, vectors);
      expect(residual).toBeLessThan(THRESHOLD);
      expect(orthogonality).toBeLessThan(THRESHOLD);
      const { norm, d, e } = normalized(t);
      const tolerance = THRESHOLD * n * ULP;
      for (let i = 0; i < n; ++i) {
        expect(countBelow(d, e, values[i] / norm - tolerance)).toBeLessThanOrEqual(i);
        expect(countBelow(d, e, values[i] / norm + tolerance)).toBeGreaterThan(i);
      }
    });
  });

  test.each(['random', '(1,2,1)', 'glued Wilkinson, 1e-8', 'graded down to 1e-16'])(
    'order 500: %s',
    (name) => {
      const t = families[name](500);
      const { status, values, vectors } = solve(t, 32);
      expect(status).toBe(0);
      const { residual, orthogonality } = ratios(t, values, vectors);
      expect(residual).toBeLessThan(THRESHOLD);
      expect(orthogonality).toBeLessThan(THRESHOLD);
    },
  );

  test('two panels of columns, all roots kept', () => {
    const n = 700;
    const t = families['from a random dense matrix'](n);
    const { values, vectors } = solve(t, 32);
    const { residual, orthogonality } = ratios(t, values, vectors);
    expect(residual).toBeLessThan(THRESHOLD);
    expect(orthogonality).toBeLessThan(THRESHOLD);
  });

  test('known eigenvalues: (1,2,1) and Clement', () => {
    const n = 257;
    const one = solve(families['(1,2,1)'](n), 16).values;
    const clement = solve(families.Clement(n), 16).values;
    for (let k = 1; k <= n; ++k) {
      expect(Math.abs(one[n - k] - (2 + 2 * Math.cos((k * Math.PI) / (n + 1))))).toBeLessThan(40 * ULP);
      expect(Math.abs(clement[k - 1] - (2 * k - 1 - n))).toBeLessThan(n * 10 * ULP);
    }
  });

  test.each(Object.entries(families))('agrees with the QR iteration: %s', (_name, family) => {
    const n = 100;
    const t = family(n);
    const { values } = solve(t, 8);
    const expected = runtime.scope((arena) => {
      const pd = arena.put(Float64Array.from(t.d));
      const pe = arena.put(Float64Array.from(t.e));
      const work = arena.bytes(wasm.tridiagonalQrWorkspace(n, false) >>> 0);
      expect(wasm.tridiagonalQr(n, pd, pe, 0, 1, 0, false, work, 60 * n)).toBe(0);
      return arena.take(pd, n);
    });
    const { norm } = normalized(t);
    for (let i = 0; i < n; ++i) {
      expect(Math.abs(values[i] / norm - expected[i] / norm)).toBeLessThan(THRESHOLD * n * ULP);
    }
  });

  test('rows beyond n of a longer leading dimension are left alone', () => {
    const n = 40;
    const ldz = 43;
    const t = random(n);
    const dense = solve(t, 8);
    runtime.scope((arena) => {
      const pd = arena.put(Float64Array.from(t.d));
      const pe = arena.put(Float64Array.from(t.e));
      const z = arena.f64(n * ldz);
      const work = arena.bytes(wasm.tridiagonalDivideAndConquerWorkspace(n, 8) >>> 0);
      arena.view(z, n * ldz).fill(77);
      expect(wasm.tridiagonalDivideAndConquer(n, pd, pe, z, ldz, 0, n, work, 8)).toBe(0);
      const view = arena.view(z, n * ldz);
      for (let j = 0; j < n; ++j) {
        expect(view.slice(j * ldz, j * ldz + n)).toEqual(dense.vectors.slice(j * n, (j + 1) * n));
        for (let i = n; i < ldz; ++i) expect(view[i + j * ldz]).toBe(77);
      }
      expect(arena.take(pd, n)).toEqual(dense.values);
    });
  });

  test.each(['random', '(1,2,1)', 'glued Wilkinson, 1e-8', 'many equal eigenvalues'])(
    'a range of eigenvectors has the bits of the whole: %s',
    (name) => {
      const n = 101;
      const t = families[name](n);
      const all = solve(t, 8);
      const ranges = [
        [0, n],
        [0, 1],
        [n - 1, n],
        [17, 64],
        [50, 50],
      ];
      for (const [first, last] of ranges) {
        runtime.scope((arena) => {
          const pd = arena.put(Float64Array.from(t.d));
          const pe = arena.put(Float64Array.from(t.e));
          const z = arena.f64(n * n);
          const work = arena.bytes(wasm.tridiagonalDivideAndConquerWorkspace(n, 8) >>> 0);
          arena.view(z, n * n).fill(Number.NaN);
          expect(wasm.tridiagonalDivideAndConquer(n, pd, pe, z, n, first, last, work, 8)).toBe(0);
          expect(arena.take(pd, n)).toEqual(all.values);
          expect(arena.take(z, n * n).subarray(n * first, n * last)).toEqual(
            all.vectors.subarray(n * first, n * last),
          );
        });
      }
    },
  );

  test('the workspace fits beside two matrices of order 8192', () => {
    const matrix = 8 * 8192 ** 2;
    const workspace = wasm.tridiagonalDivideAndConquerWorkspace(8192, 32) >>> 0;
    expect(workspace).toBeGreaterThan(matrix);
    expect(workspace).toBeLessThan(1.25 * matrix);
  });

  test('writes nothing outside its workspace', () => {
    for (const [n, cutoff] of [
      [2, 2],
      [3, 2],
      [9, 2],
      [33, 32],
      [130, 4],
    ]) {
      const t = random(n);
      runtime.scope((arena) => {
        const pd = arena.put(Float64Array.from(t.d));
        const pe = arena.put(Float64Array.from(t.e));
        const z = arena.f64(n * n);
        const bytes = wasm.tridiagonalDivideAndConquerWorkspace(n, cutoff) >>> 0;
        const work = arena.bytes(bytes + 4096);
        const guard = () => new Uint8Array(runtime.memory.buffer, work + bytes, 4096);
        guard().fill(0xa5);
        expect(wasm.tridiagonalDivideAndConquer(n, pd, pe, z, n, 0, n, work, cutoff)).toBe(0);
        expect(guard().every((byte) => byte === 0xa5)).toBe(true);
      });
    }
  });
});
