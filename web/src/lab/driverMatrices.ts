// The matrices of LAPACK's driver test for the symmetric eigenproblem (TESTING/EIG/ddrvst.f), types 1 to 18, made here
// from their description. All are n×n, row i in a[i*n …].
import type { Core } from 'emft';

export const ULP = 2 ** -52;
const UNDERFLOW = 2 ** -1022;
const OVERFLOW = 1 / UNDERFLOW;

/** KTYPE, KMODE and KMAGN of types 1 … 18. */
const TYPES: readonly (readonly [number, number, number])[] = [
  [1, 0, 1],
  [2, 0, 1],
  [4, 4, 1],
  [4, 3, 1],
  [4, 1, 1],
  [4, 4, 2],
  [4, 4, 3],
  [5, 4, 1],
  [5, 3, 1],
  [5, 1, 1],
  [5, 4, 2],
  [5, 4, 3],
  [8, 0, 1],
  [8, 0, 2],
  [8, 0, 3],
  [9, 4, 1],
  [9, 4, 2],
  [9, 4, 3],
];
export const TYPE_COUNT = TYPES.length;

/** Matrix of type 1 … 18; random ones depend on (type, n, seed) alone. */
export function driverMatrix(core: Core, type: number, n: number, seed = 1): Float64Array {
  const [kind, mode, magnitude] = TYPES[type - 1];
  const random = { seed, stream: 1000 * type + n };
  const norm = [
    1,
    (Math.sqrt(OVERFLOW) * ULP) / Math.max(1, n),
    (Math.sqrt(UNDERFLOW) * Math.max(1, n)) / ULP,
  ][magnitude - 1];
  let a: Float64Array = new Float64Array(n * n);
  if (kind === 8) {
    const u = core.uniforms(random, n * n);
    for (let i = 0; i < n; ++i)
      for (let j = 0; j <= i; ++j) a[i * n + j] = a[j * n + i] = 2 * u[i * n + j] - 1;
  } else if (kind > 1) {
    const d = kind === 2 ? new Float64Array(n).fill(1) : spectrum(core, mode, n, random);
    for (let i = 0; i < n; ++i) a[i * n + i] = d[i];
    if (kind >= 5) a = randomSimilarity(core, a, n, random);
    if (kind === 9) {
      const [u] = core.uniforms({ ...random, index: 2 }, 1);
      toBand(a, n, Math.floor((n - 1) * u));
    }
  }
  return a.map((x) => x * norm);
}

function spectrum(
  core: Core,
  mode: number,
  n: number,
  random: { seed: number; stream: number },
): Float64Array {
  const signs = core.uniforms({ ...random, index: 1 }, n);
  return Float64Array.from({ length: n }, (_, i) => {
    const t = n > 1 ? i / (n - 1) : 0;
    const size = mode === 1 ? (i === 0 ? 1 : ULP) : mode === 3 ? ULP ** t : 1 - t * (1 - ULP);
    return signs[i] < 0.5 ? -size : size;
  });
}

/** a := H a H for the reflection H = 1 − 2 v vᵀ, |v| = 1, that acts on rows and columns from `from` on. */
function reflect(a: Float64Array, n: number, from: number, v: Float64Array): void {
  const rows = new Float64Array(n);
  for (let i = 0; i < v.length; ++i) {
    const row = (from + i) * n;
    for (let j = 0; j < n; ++j) rows[j] += v[i] * a[row + j];
  }
  for (let i = 0; i < v.length; ++i) {
    const row = (from + i) * n;
    for (let j = 0; j < n; ++j) a[row + j] -= 2 * v[i] * rows[j];
  }
  for (let j = 0; j < n; ++j) {
    let s = 0;
    for (let i = 0; i < v.length; ++i) s += v[i] * a[j * n + from + i];
    for (let i = 0; i < v.length; ++i) a[j * n + from + i] -= 2 * s * v[i];
  }
}

function symmetrize(a: Float64Array, n: number): void {
  for (let i = 0; i < n; ++i) for (let j = 0; j < i; ++j) a[j * n + i] = a[i * n + j];
}

/** Qᵀ a Q with Q a product of n random reflections: Haar distributed. */
function randomSimilarity(core: Core, a: Float64Array, n: number, random: { seed: number; stream: number }) {
  for (let from = 0; from < n - 1; ++from) {
    const v = core.normals({ ...random, index: 10 + from }, n - from);
    const norm = Math.sqrt(v.reduce((s, x) => s + x * x, 0));
    reflect(
      a,
      n,
      from,
      v.map((x) => x / norm),
    );
  }
  symmetrize(a, n);
  return a;
}

/** Reduces the symmetric a to half-width `width` by reflections, so that its eigenvalues stay. */
function toBand(a: Float64Array, n: number, width: number): void {
  for (let j = 0; j + Math.max(1, width) + 1 < n; ++j) {
    const from = j + Math.max(1, width);
    const v = Float64Array.from({ length: n - from }, (_, i) => a[(from + i) * n + j]);
    const size = Math.sqrt(v.reduce((s, x) => s + x * x, 0));
    if (size === 0) continue;
    v[0] += v[0] < 0 ? -size : size;
    const norm = Math.sqrt(v.reduce((s, x) => s + x * x, 0));
    reflect(
      a,
      n,
      from,
      v.map((x) => x / norm),
    );
    for (let i = from + 1; i < n; ++i) a[i * n + j] = a[j * n + i] = 0;
  }
  symmetrize(a, n);
}

/** A tridiagonal matrix: d(i) on the diagonal, e(i) between i and i + 1. */
export function tridiagonal(n: number, d: (i: number) => number, e: (i: number) => number): Float64Array {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; ++i) {
    a[i * n + i] = d(i);
    if (i + 1 < n) a[i * n + i + 1] = a[(i + 1) * n + i] = e(i);
  }
  return a;
}
