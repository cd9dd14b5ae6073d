// Symmetric tridiagonal matrices of the kinds that solvers fail on, and LAPACK's two ratios of their decompositions:
// ‖T Z − Z Λ‖ / (‖T‖ n ulp) and ‖I − Zᵀ Z‖ / (n ulp), in 1-norms.
export const ULP = 2 ** -53;

/** Deterministic deviates in (−1, 1). */
function generator(seed: number): () => number {
  let state = BigInt(seed) + 1n;
  return () => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number(state >> 11n) / 2 ** 52 - 1;
  };
}

export interface Tridiagonal {
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

export function random(n: number, scale = 1): Tridiagonal {
  const r = generator(n);
  return tridiagonal(
    n,
    () => scale * r(),
    () => scale * r(),
  );
}

export const families: Record<string, (n: number) => Tridiagonal> = {
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

/** Largest absolute column sum and the same with every entry divided by it, so that 1e±300 do not overflow. */
export function normalized({ d, e }: Tridiagonal) {
  let norm = 0;
  for (let i = 0; i < d.length; ++i) {
    norm = Math.max(norm, Math.abs(d[i]) + Math.abs(e[i - 1] ?? 0) + Math.abs(e[i] ?? 0));
  }
  const s = norm || 1;
  return { norm: s, d: d.map((x) => x / s), e: e.map((x) => x / s) };
}

export function ratios(t: Tridiagonal, values: Float64Array, vectors: Float64Array) {
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
export function countBelow(d: number[], e: number[], x: number): number {
  let count = 0;
  let pivot = 1;
  for (let i = 0; i < d.length; ++i) {
    pivot = d[i] - x - (i > 0 ? (e[i - 1] * e[i - 1]) / pivot : 0);
    if (Math.abs(pivot) < 1e-300) pivot = -1e-300;
    if (pivot < 0) ++count;
  }
  return count;
}
