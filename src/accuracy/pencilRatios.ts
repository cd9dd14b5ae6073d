// LAPACK's test ratios of complex matrices and of A x = λ B x (itype 1), A B x = λ x (2) and B A x = λ x (3), in plain loops
// that share nothing with the solvers: in the 1-norm, as of zsgt01,
//
//     ‖A Z − B Z D‖, ‖A B Z − Z D‖ or ‖B A Z − Z D‖, over ‖A‖ ‖Z‖ n ulp,
//
// and ‖1 − Zᴴ B Z‖ / (‖B‖ ‖Z‖² n ulp); of A x = λ x without ‖B‖ and ‖Z‖, as of zdrvst. With itype 3, where Zᴴ B⁻¹ Z = 1, no
// inverse is formed: ‖B − Z Zᴴ‖ / (‖B‖ n ulp) of all eigenvectors, ‖D − Zᴴ A Z‖ / (‖A‖ ‖Z‖² n ulp) of some.
// Range: A is scaled by its largest element, so that nothing over- or underflows whatever its size; B and Z are taken as they are.

import { ULP } from '../wasm/constants.js';
import { magnitude } from '../wasm/magnitude.js';
import type { Ratios } from './ratios.js';

/** Numbers in pairs, matrices row by row, vectors one after another. */
interface Pairs {
  n: number;
  a: Float64Array;
  b?: Float64Array;
  itype: number;
  values: Float64Array;
  vectors: Float64Array;
}

/** Every `stride`-th eigenvector counts: its residual, and its products with all others. Each costs 16 n² operations, with B 24 n². */
export function pencilRatios({ n, a, b, itype, values, vectors }: Pairs, stride: number): Ratios {
  const count = values.length;
  const scale = inverseSize(a);
  const [sizeA, sizeB, sizeZ] = [
    norm(a, n, scale),
    b ? norm(b, n, 1) : 1,
    b ? norm(vectors, n, 1, count) : 1,
  ];
  const whole = itype === 3 && count === n;
  let [residual, skew, top] = [0, 0, 0];
  for (const value of values) top = Math.max(top, Math.abs(value * scale));
  for (let k = 0; k < count; k += stride) {
    const z = vectors.subarray(2 * k * n, 2 * (k + 1) * n);
    const value = values[k] * scale;
    const bz = b && itype < 3 ? product(b, n, z, 1) : z;
    const az = product(a, n, itype === 2 ? bz : z, scale);
    const left = b && itype === 3 ? product(b, n, az, 1) : az;
    residual = Math.max(residual, missed(left, value, itype === 1 ? bz : z));
    if (whole) skew = Math.max(skew, unlike(b!, vectors, n, k));
    else if (itype === 3) skew = Math.max(skew, skewness(vectors, n, count, k, az, value));
    else skew = Math.max(skew, skewness(vectors, n, count, k, bz, 1));
  }
  const over = (x: number, size: number) => (x === 0 ? 0 : x / (size * n * ULP));
  const ofSkew = whole ? sizeB : (itype === 3 ? sizeA : sizeB) * sizeZ * sizeZ;
  const ratios = { residual: over(residual, sizeA * sizeZ), orthogonality: over(skew, ofSkew) };
  if (!b) return ratios;
  const size = itype === 1 ? sizeA + sizeB * top : sizeA * sizeB;
  return { ...ratios, backward: over(residual, size * sizeZ) };
}

/** Sum of |x − value y|. */
function missed(x: Float64Array, value: number, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i += 2) sum += magnitude(x[i] - value * y[i], x[i + 1] - value * y[i + 1]);
  return sum;
}

/** Sum over i of |B − Z Zᴴ| in column k. */
function unlike(b: Float64Array, vectors: Float64Array, n: number, k: number): number {
  // Row k of a Hermitian B is its column k, conjugated.
  const column = b.slice(2 * k * n, 2 * (k + 1) * n);
  for (let l = 0, p = 0; l < n; ++l) {
    const [c, s] = [vectors[2 * (l * n + k)], vectors[2 * (l * n + k) + 1]];
    for (let q = 0; q < 2 * n; q += 2, p += 2) {
      column[q] -= c * vectors[p] + s * vectors[p + 1];
      column[q + 1] -= s * vectors[p] - c * vectors[p + 1];
    }
  }
  return missed(column, 0, column);
}

/** Sum over l of |z_lᴴ x − size δ_kl|. */
function skewness(
  vectors: Float64Array,
  n: number,
  count: number,
  k: number,
  x: Float64Array,
  size: number,
): number {
  let sum = 0;
  for (let l = 0, p = 0; l < count; ++l) {
    let [re, im] = [l === k ? -size : 0, 0];
    for (let q = 0; q < 2 * n; q += 2, p += 2) {
      re += vectors[p] * x[q] + vectors[p + 1] * x[q + 1];
      im += vectors[p] * x[q + 1] - vectors[p + 1] * x[q];
    }
    sum += magnitude(re, im);
  }
  return sum;
}

/** By which A is multiplied, so that nothing over- or underflows. */
function inverseSize(a: Float64Array): number {
  let size = 0;
  for (const x of a) size = Math.max(size, Math.abs(x));
  return size === 0 ? 1 : 1 / Math.max(size, 2 ** -1000);
}

/** scale A x for a Hermitian A. */
function product(a: Float64Array, n: number, x: Float64Array, scale: number): Float64Array {
  const y = new Float64Array(2 * n);
  for (let i = 0, p = 0; i < n; ++i) {
    let [re, im] = [0, 0];
    for (let q = 0; q < 2 * n; q += 2, p += 2) {
      const [c, s] = [scale * a[p], scale * a[p + 1]];
      re += c * x[q] - s * x[q + 1];
      im += c * x[q + 1] + s * x[q];
    }
    y[2 * i] = re;
    y[2 * i + 1] = im;
  }
  return y;
}

/** The largest sum of scale |a_ij| of one of `count` lines of n. */
function norm(a: Float64Array, n: number, scale: number, count = n): number {
  let most = 0;
  for (let i = 0, p = 0; i < count; ++i) {
    let sum = 0;
    for (let j = 0; j < n; ++j, p += 2) sum += magnitude(scale * a[p], scale * a[p + 1]);
    most = Math.max(most, sum);
  }
  return most;
}
