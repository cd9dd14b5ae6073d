// Kinds of matrices that people bring: kernels, correlations, integers, graphs, chains, the classic test matrices.
import type { Random } from './random.js';
import { type Kind, symmetric, tridiagonal } from './symmetric.js';

export const named: Record<string, Kind> = {
  tridiagonal: (random, n) =>
    tridiagonal(
      n,
      () => random.normal(),
      () => random.normal(),
    ),
  'tridiagonal, all exponents': (random, n) => {
    const span = random.pick([40, 300, 1000]);
    const any = () => random.withExponent(random.integer(-span, span));
    return tridiagonal(n, () => (random.chance(0.3) ? 0 : any()), any);
  },
  'zero-diagonal chain': (random, n) => {
    const size = 2 ** random.integer(-400, 400);
    return tridiagonal(
      n,
      () => 0,
      () => size * random.pick([1, random.uniform(), 1e-150, 1e-170, 1e-8]),
    );
  },
  'Wilkinson, glued': (random, n) => {
    const part = random.pick([5, 11, 21]);
    const glue = 10 ** -random.integer(0, 20);
    return tridiagonal(
      n,
      (i) => Math.abs((i % part) - (part - 1) / 2),
      (i) => ((i + 1) % part === 0 ? glue : 1),
    );
  },
  Clement: (_, n) =>
    tridiagonal(
      n,
      () => 0,
      (i) => Math.sqrt((i + 1) * (n - 1 - i)),
    ),
  'one band': (random, n) => {
    const distance = random.integer(0, Math.max(0, n - 1));
    return symmetric(n, (i, j) => (i - j === distance ? random.normal() : 0));
  },
  arrow: (random, n) => {
    const tip = random.pick([0, n - 1, Math.floor(n / 2)]);
    const size = 2 ** (random.chance(0.6) ? 0 : random.integer(-1070, 600));
    const flat = random.chance(0.3);
    return symmetric(n, (i, j) => {
      if (i === j) return flat ? 1 : random.normal();
      return i === tip || j === tip ? size * random.normal() : 0;
    });
  },
  'Toeplitz, random': (random, n) => {
    const c = Array.from({ length: n }, () => random.normal());
    return symmetric(n, (i, j) => c[i - j]);
  },
  'Toeplitz, rho^|i-j|': (random, n) => {
    const rho = random.pick([0.5, 0.99, 0.9999999, 1e-5, 1e-100, -0.7]);
    return symmetric(n, (i, j) => rho ** (i - j));
  },
  '(1, 2, 1)': (random, n) => {
    const size = random.pick([1, 1e300, 1e-300, 1e154, 1e-160]);
    return tridiagonal(
      n,
      () => 2 * size,
      () => (random.chance(0.5) ? size : -size),
    );
  },
  'Gaussian kernel': (random, n) => kernel(random, n, (r2) => Math.exp(-r2 / 2)),
  'exponential kernel': (random, n) => kernel(random, n, (r2) => Math.exp(-Math.sqrt(r2))),
  'distance matrix': (random, n) => kernel(random, n, (r2) => Math.sqrt(r2)),
  correlation: (random, n) => {
    const rows = Math.max(2, random.pick([n >> 1, n, 2 * n, 10]));
    const x = Array.from({ length: n }, () => {
      const v = Float64Array.from({ length: rows }, () => random.normal());
      const norm = Math.sqrt(v.reduce((s, t) => s + t * t, 0));
      return v.map((t) => t / norm);
    });
    const digits = random.pick([0, 0, 1e2, 1e3]);
    return symmetric(n, (i, j) => {
      if (i === j) return 1;
      const r = x[i].reduce((s, t, k) => s + t * x[j][k], 0);
      return digits ? Math.round(r * digits) / digits : r;
    });
  },
  'small integers': (random, n) => {
    const most = random.pick([1, 2, 10, 1000]);
    return symmetric(n, () => random.integer(-most, most));
  },
  'positive definite integers': (random, n) => {
    const b = Array.from({ length: n }, () => Array.from({ length: n }, () => random.integer(-2, 3)));
    return symmetric(n, (i, j) =>
      b[i].reduce((s, t, k) => s + t * b[j][k], i === j ? random.integer(0, 2) : 0),
    );
  },
  graph: (random, n) => {
    const p = random.pick([0.05, 0.3, 0.5, 1]);
    const edges = symmetric(n, (i, j) => (i !== j && random.chance(p) ? 1 : 0));
    return random.chance(0.5) ? edges : laplacian(n, edges);
  },
  'hypercube or ring': (random, n) => {
    const ring = random.chance(0.5);
    return symmetric(n, (i, j) => {
      const flip = i ^ j;
      return ring ? Number(i - j === 1 || i - j === n - 1) : Number(flip !== 0 && (flip & (flip - 1)) === 0);
    });
  },
  'all equal': (random, n) => new Float64Array(n * n).fill(random.pick([1, 1e-310, 1e300, -3])),
  Hilbert: (_, n) => symmetric(n, (i, j) => 1 / (i + j + 1)),
  Lehmer: (_, n) => symmetric(n, (i, j) => (j + 1) / (i + 1)),
  'min(i, j)': (_, n) => symmetric(n, (_i, j) => j + 1),
  Pascal: (_, n) => {
    const a = symmetric(n, () => 1);
    for (let i = 1; i < n; ++i)
      for (let j = 1; j < n; ++j) a[i * n + j] = a[(i - 1) * n + j] + a[i * n + j - 1];
    return a;
  },
  sparse: (random, n) => {
    const p = random.pick([0.02, 0.1, 0.3]);
    const span = random.pick([0, 50, 1000]);
    return symmetric(n, () => (random.chance(p) ? random.withExponent(random.integer(-span, span)) : 0));
  },
  bipartite: (random, n) => {
    const half = random.integer(0, n);
    return symmetric(n, (i, j) => (i >= half === j >= half ? 0 : random.normal()));
  },
};

/** Of points in one to three dimensions; some lie so far out that what couples them to the rest is subnormal or nearly. */
function kernel(random: Random, n: number, of: (r2: number) => number): Float64Array {
  const dimensions = random.integer(1, 3);
  const spread = random.pick([0.01, 0.1, 1, 10, 40]);
  const outliers = random.pick([0, 0.15, 0.5, 0.9]);
  const distance = random.pick([10, 26, 36 + 3 * random.uniform()]);
  const points = Array.from({ length: n }, () => {
    const far = random.chance(outliers) ? distance : 0;
    return Array.from({ length: dimensions }, (_, k) => spread * random.normal() + (k === 0 ? far : 0));
  });
  return symmetric(n, (i, j) => of(points[i].reduce((s, x, k) => s + (x - points[j][k]) ** 2, 0)));
}

function laplacian(n: number, edges: Float64Array): Float64Array {
  const degree = Array.from({ length: n }, (_, i) =>
    edges.subarray(i * n, i * n + n).reduce((s, x) => s + x, 0),
  );
  return symmetric(n, (i, j) => (i === j ? degree[i] : 0) - edges[i * n + j]);
}
