// T = Z Λ Zᵀ by divide and conquer, in LAPACK's ratios: ‖T Z − Z Λ‖ / (‖T‖ n ulp) and ‖I − Zᵀ Z‖ / (n ulp),
// 1-norms, below 10 (LAPACK's own threshold is 60), and Sturm counts.
import { beforeAll, describe, expect, test } from 'vitest';
import type { CoreBindings } from '../../../src/wasm/bindings.js';
import { Runtime } from '../../../src/wasm/runtime.js';
import { shipped } from '../../../src/wasm/shipped.js';

const ULP = 2 ** -53;
const THRESHOLD = 10;
let runtime: Runtime;
let wasm: CoreBindings;

beforeAll(async () => {
  runtime = await Runtime.create(shipped, 'simd');
  wasm = runtime.wasm;
});

/** Deterministic deviates in (−1, 1). */
function generator(seed: number): () => number {
  let state = BigInt(seed) + 1n;
  return () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 11n) / 2 ** 52 - 1;
  };
}

interface Tridiagonal {
  d: number[];
  e: number[];
}

function tridiagonal(n: number, d: (i: number) => number, e: (i: number) => number): Tridiagonal {
  return {
    d: Array.from({ length: n }, (_, i) => d(i)),
    e: Array.from({ length: Math.max(0, n - 1) }, (_, i) => e(i)),
  };
}

/** W21+ copies coupled by `gap`. */
function glued(n: number, gap: number): Tridiagonal {
  return tridiagonal(
    n,
    (i) => Math.abs((i % 21) - 10),
    (i) => (i % 21 === 20 ? gap : 1),
  );
}

function random(n: number, scale = 1): Tridiagonal {
  const r = generator(n);
  return tridiagonal(
    n,
    () => scale * r(),
    () => scale * r(),
  );
}

const families: Record<string, (n: number) => Tridiagonal> = {
  random,
  'from a random dense matrix': (n) => {
    const r = generator(n);
    return tridiagonal(n, r, (i) => Math.sqrt(n - 1 - i) + 0.5 * r());
  },
  '(1,2,1)': (n) =>
    tridiagonal(
      n,
      () => 2,
      () => 1,
    ),
  '(−1,−2,−1)': (n) =>
    tridiagonal(
      n,
      () => -2,
      () => -1,
    ),
  Clement: (n) =>
    tridiagonal(
      n,
      () => 0,
      (i) => Math.sqrt((i + 1) * (n - 1 - i)),
    ),
  'Wilkinson W+': (n) =>
    tridiagonal(
      n,
      (i) => Math.abs(i - (n - 1) / 2),
      () => 1,
    ),
  'glued Wilkinson, 1e-4': (n) => glued(n, 1e-4),
  'glued Wilkinson, 1e-8': (n) => glued(n, 1e-8),
  'glued Wilkinson, 1e-14': (n) => glued(n, 1e-14),
  'equal diagonal, tiny off-diagonal': (n) =>
    tridiagonal(
      n,
      () => 1,
      () => 1e-9,
    ),
  'equal diagonal, negligible off-diagonal': (n) =>
    tridiagonal(
      n,
      () => 1,
      () => 1e-17,
    ),
  'equal diagonal, random off-diagonal': (n) => {
    const r = generator(n);
    return tridiagonal(n, () => 0.7, r);
  },
  diagonal: (n) => tridiagonal(n, generator(n), () => 0),
  zero: (n) =>
    tridiagonal(
      n,
      () => 0,
      () => 0,
    ),
  'many equal eigenvalues': (n) =>
    tridiagonal(
      n,
      (i) => i % 3,
      (i) => [0, 1e-3, 1, 1][i % 4],
    ),
  'graded down to 1e-16': (n) =>
    tridiagonal(
      n,
      (i) => 10 ** ((-16 * i) / n),
      (i) => 0.5 * 10 ** ((-16 * (i + 0.5)) / n),
    ),
  'graded up from 1e-16': (n) =>
    tridiagonal(
      n,
      (i) => 10 ** ((16 * i) / n - 16),
      (i) => 0.5 * 10 ** ((16 * (i + 0.5)) / n - 16),
    ),
  'magnitudes mixed over 13 orders': (n) => {
    const r = generator(n);
    return tridiagonal(
      n,
      (i) => r() * 10 ** -((i * 7) % 13),
      (i) => r() * 10 ** -((i * 5) % 13),
    );
  },
  'scaled by 1e300': (n) => random(n, 1e300),
  'scaled by 1e-300': (n) => random(n, 1e-300),
  'blocks scaled by 1e150 and 1e-150': (n) => {
    const r = generator(n);
    const half = n >> 1;
    return tridiagonal(
      n,
      (i) => r() * (i < half ? 1e-150 : 1e150),
      (i) => (i === half - 1 ? 0 : r() * (i < half ? 1e-150 : 1e150)),
    );
  },
};

function solve({ d, e }: Tridiagonal, cutoff: number) {
  const n = d.length;
  return runtime.scope((arena) => {
    const pd = arena.put(Float64Array.from(d));
    const pe = arena.put(Float64Array.from(e));
    const z = arena.f64(n * n);
    const work = arena.bytes(wasm.tridiagonalDivideAndConquerWorkspace(n, cutoff) >>> 0);
    // Nothing may depend on what memory held before.
    arena.view(z, n * n).fill(Number.NaN);
    const status = wasm.tridiagonalDivideAndConquer(n, pd, pe, z, n, work, cutoff);
    return { status, values: arena.take(pd, n), vectors: arena.take(z, n * n) };
  });
}

/** Largest absolute column sum and the same with every entry divided by it, so that 1e±300 do not overflow. */
function normalized({ d, e }: Tridiagonal) {
  let norm = 0;
  for (let i = 0; i < d.length; ++i) {
    norm = Math.max(norm, Math.abs(d[i]) + Math.abs(e[i - 1] ?? 0) + Math.abs(e[i] ?? 0));
  }
  const s = norm || 1;
  return { norm: s, d: d.map((x) => x / s), e: e.map((x) => x / s) };
}

function ratios(t: Tridiagonal, values: Float64Array, vectors: Float64Array) {
  const n = t.d.length;
  const { norm, d, e } = normalized(t);
  let residual = 0;
  for (let j = 0; j < n; ++j) {
    const v = vectors.subarray(j * n, (j + 1) * n);
    const lambda = values[j] / norm;
    let sum = 0;
    for (let i = 0; i < n; ++i) {
      let r = (d[i] - lambda) * v[i];
      if (i > 0) r += e[i - 1] * v[i - 1];
      if (i < n - 1) r += e[i] * v[i + 1];
      sum += Math.abs(r);
    }
    residual = Math.max(residual, sum);
  }
  const sums = new Float64Array(n);
  for (let j = 0; j < n; ++j) {
    for (let k = 0; k <= j; ++k) {
      let dot = j === k ? -1 : 0;
      for (let i = 0; i < n; ++i) dot += vectors[i + j * n] * vectors[i + k * n];
      sums[j] += Math.abs(dot);
      if (k < j) sums[k] += Math.abs(dot);
    }
  }
  const orthogonality = sums.reduce((a, b) => Math.max(a, b), 0);
  return { residual: residual / (n * ULP), orthogonality: orthogonality / (n * ULP) };
}

/** Number of eigenvalues below x, by the signs of the pivots of T − x. */
function countBelow(d: number[], e: number[], x: number): number {
  let count = 0;
  let pivot = 1;
  for (let i = 0; i < d.length; ++i) {
    pivot = d[i] - x - (i > 0 ? (e[i - 1] * e[i - 1]) / pivot : 0);
    if (Math.abs(pivot) < 1e-300) pivot = -1e-300;
    if (pivot < 0) ++count;
  }
  return count;
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
      expect(wasm.tridiagonalDivideAndConquer(n, pd, pe, z, ldz, work, 8)).toBe(0);
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
          expect(wasm.tridiagonalDivideAndConquerRange(n, pd, pe, z, n, first, last, work, 8)).toBe(0);
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
        expect(wasm.tridiagonalDivideAndConquer(n, pd, pe, z, n, work, cutoff)).toBe(0);
        expect(guard().every((byte) => byte === 0xa5)).toBe(true);
      });
    }
  });
});
