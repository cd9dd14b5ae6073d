// Kinds of matrices that are about eigenvalues: clustered, degenerate, low rank, LAPACK's own.
import type { Random } from './random.js';
import { type Kind, symmetric } from './symmetric.js';

const ULP = 2 ** -52;

export const spectral: Record<string, Kind> = {
  zero: (_, n) => new Float64Array(n * n),
  diagonal: (random, n) => {
    const values = spectrum(random, n);
    return symmetric(n, (i, j) => (i === j ? values[i] : 0));
  },
  'c times identity': (random, n) => {
    const c = random.withExponent(random.integer(-1074, 1000));
    return symmetric(n, (i, j) => (i === j ? c : 0));
  },
  'given spectrum': (random, n) => similar(random, n, spectrum(random, n)),
  clustered: (random, n) => {
    const width = 10 ** -random.integer(1, 17);
    const centres = Array.from({ length: random.integer(1, 4) }, () => random.signed());
    return similar(
      random,
      n,
      Float64Array.from({ length: n }, () => random.pick(centres) + width * random.normal()),
    );
  },
  degenerate: (random, n) => {
    const levels = random.pick([
      [0, 1],
      [1, -1],
      [0, 1, 2],
      [1, 1e-8],
      [1, 1e-20, 0],
      [1, 1 + ULP],
    ]);
    return similar(
      random,
      n,
      Float64Array.from({ length: n }, () => random.pick(levels)),
    );
  },
  'low rank': (random, n) => {
    const a = new Float64Array(n * n);
    const rank = random.integer(1, Math.max(1, Math.min(4, n - 1)));
    const fall = random.integer(0, 400);
    for (let k = 0; k < rank; ++k) {
      const v = Float64Array.from({ length: n }, () => (random.chance(0.2) ? 0 : random.normal()));
      const weight = (random.chance(0.3) ? -1 : 1) * 2 ** (-fall * k);
      for (let i = 0; i < n; ++i) for (let j = 0; j < n; ++j) a[i * n + j] += weight * v[i] * v[j];
    }
    for (let i = 0; i < n; ++i) for (let j = 0; j < i; ++j) a[j * n + i] = a[i * n + j];
    return a;
  },
  'noise about a low rank': (random, n) => {
    const v = Float64Array.from({ length: n }, () => random.normal());
    const noise = 10 ** -random.integer(6, 18);
    return symmetric(n, (i, j) => v[i] * v[j] + noise * random.normal());
  },
  'diagonal and rank one': (random, n) => {
    const d = spectrum(random, n);
    const z = Float64Array.from({ length: n }, () => random.normal() * 10 ** -random.integer(0, 20));
    const rho = random.pick([1, -1, 1e-8, 1e8]);
    return symmetric(n, (i, j) => (i === j ? d[i] : 0) + rho * z[i] * z[j]);
  },
  'nearly diagonal': (random, n) => {
    const d = spectrum(random, n);
    const size = random.integer(-1074, -1);
    return symmetric(n, (i, j) => (i === j ? d[i] : random.withExponent(size)));
  },
  'ddrvst type': ddrvst,
  'band of a spectrum': (random, n) => {
    const a = similar(random, n, spectrum(random, n));
    const width = random.integer(0, n - 1);
    return symmetric(n, (i, j) => (i - j <= width ? a[i * n + j] : 0));
  },
};

/** n eigenvalues, by one of LAPACK's modes, or random. */
function spectrum(random: Random, n: number): Float64Array {
  const mode = random.integer(1, 6);
  const condition = random.pick([1 / ULP, 1e3, 1e100, 1e300]);
  const signs = random.chance(0.5);
  return Float64Array.from({ length: n }, (_, i) => {
    const t = n > 1 ? i / (n - 1) : 0;
    const sign = signs && random.chance(0.5) ? -1 : 1;
    if (mode === 1) return sign * (i === 0 ? 1 : 1 / condition);
    if (mode === 2) return sign * (i < n - 1 ? 1 : 1 / condition);
    if (mode === 3) return sign * condition ** -t;
    if (mode === 4) return sign * (1 - t * (1 - 1 / condition));
    if (mode === 5) return sign * condition ** -random.uniform();
    return random.normal();
  });
}

/** Q diag(values) Qᵀ by reflections: all of them, which makes Q Haar distributed, or a few. */
function similar(random: Random, n: number, values: Float64Array): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) a[i * n + i] = values[i];
  const count = n > 64 ? 3 : random.chance(0.7) ? n - 1 : random.integer(0, Math.min(3, n - 1));
  const w = new Float64Array(n);
  for (let k = 0; k < count; ++k) {
    const from = n > 64 ? 0 : k;
    const v = Float64Array.from({ length: n }, (_, i) => (i < from ? 0 : random.normal()));
    let norm = 0;
    for (const x of v) norm += x * x;
    if (norm === 0) continue;
    // A := (I − β v vᵀ) A (I − β v vᵀ), β = 2/|v|²: A − v wᵀ − w vᵀ, w = β (A v − ½ β (vᵀ A v) v).
    const beta = 2 / norm;
    let vav = 0;
    for (let i = 0; i < n; ++i) {
      let s = 0;
      for (let j = from; j < n; ++j) s += a[i * n + j] * v[j];
      w[i] = s;
      vav += s * v[i];
    }
    for (let i = 0; i < n; ++i) w[i] = beta * (w[i] - 0.5 * beta * vav * v[i]);
    for (let i = 0; i < n; ++i) for (let j = 0; j <= i; ++j) a[i * n + j] -= v[i] * w[j] + w[i] * v[j];
    for (let i = 0; i < n; ++i) for (let j = 0; j < i; ++j) a[j * n + i] = a[i * n + j];
  }
  return a;
}

/** TESTING/EIG/ddrvst.f: kind of matrix, mode of the spectrum, magnitude. */
function ddrvst(random: Random, n: number): Float64Array {
  const magnitude = random.pick([1, (Math.sqrt(2 ** 1022) * ULP) / n, (Math.sqrt(2 ** -1022) * n) / ULP]);
  const type = random.pick(['diagonal', 'similar', 'random', 'band']);
  if (type === 'random') return symmetric(n, () => random.signed() * magnitude);
  const mode = random.pick([1, 3, 4]);
  const values = Float64Array.from({ length: n }, (_, i) => {
    const t = n > 1 ? i / (n - 1) : 0;
    const size = mode === 1 ? (i === 0 ? 1 : ULP) : mode === 3 ? ULP ** t : 1 - t * (1 - ULP);
    return random.chance(0.5) ? -size : size;
  });
  const a =
    type === 'diagonal' ? symmetric(n, (i, j) => (i === j ? values[i] : 0)) : similar(random, n, values);
  const width = type === 'band' ? random.integer(0, n - 1) : n;
  return symmetric(n, (i, j) => (i - j <= width ? a[i * n + j] * magnitude : 0));
}
