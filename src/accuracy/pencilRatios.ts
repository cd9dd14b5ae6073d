// LAPACK's test ratios of complex matrices and of A x = λ B x, in plain loops that share nothing with the solvers:
// ‖A Z − B Z D‖ / (‖A‖ ‖Z‖ n ulp) and ‖1 − Zᴴ B Z‖ / (‖B‖ ‖Z‖² n ulp) in the 1-norm, as of zsgt01; of A x = λ x without ‖B‖
// and ‖Z‖, as of zdrvst.
// Range: A is scaled by its largest element, so that no size of it over- or underflows; B and Z are taken as they are.

import { ULP } from '../wasm/constants.js';
import type { Ratios } from './ratios.js';

/** Numbers in pairs, matrices row by row, vectors one after another. */
interface Pairs {
  n: number;
  a: Float64Array;
  b?: Float64Array;
  values: Float64Array;
  vectors: Float64Array;
}

/** Every `stride`-th eigenvector counts: its residual, and its products with all others. Each costs 16 n² operations, with B 24 n². */
export function pencilRatios({ n, a, b, values, vectors }: Pairs, stride: number): Ratios {
  const count = values.length;
  const scale = inverseSize(a);
  const [sizeA, sizeB, sizeZ] = [
    norm(a, n, scale),
    b ? norm(b, n, 1) : 1,
    b ? norm(vectors, n, 1, count) : 1,
  ];
  let [residual, orthogonality] = [0, 0];
  for (let k = 0; k < count; k += stride) {
    const z = vectors.subarray(2 * k * n, 2 * (k + 1) * n);
    const y = product(a, n, z, scale);
    const bz = b ? product(b, n, z, 1) : z;
    const value = values[k] * scale;
    let missed = 0;
    for (let i = 0; i < 2 * n; i += 2)
      missed += Math.hypot(y[i] - value * bz[i], y[i + 1] - value * bz[i + 1]);
    residual = Math.max(residual, missed);
    orthogonality = Math.max(orthogonality, skewness(vectors, n, count, k, bz));
  }
  const unit = n * ULP;
  return {
    residual: residual === 0 ? 0 : residual / (sizeA * sizeZ * unit),
    orthogonality: orthogonality === 0 ? 0 : orthogonality / (sizeB * sizeZ * sizeZ * unit),
  };
}

/** Sum over l of |z_lᴴ x − δ_kl|. */
function skewness(vectors: Float64Array, n: number, count: number, k: number, x: Float64Array): number {
  let sum = 0;
  for (let l = 0, p = 0; l < count; ++l) {
    let [re, im] = [l === k ? -1 : 0, 0];
    for (let q = 0; q < 2 * n; q += 2, p += 2) {
      re += vectors[p] * x[q] + vectors[p + 1] * x[q + 1];
      im += vectors[p] * x[q + 1] - vectors[p + 1] * x[q];
    }
    sum += Math.hypot(re, im);
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
    for (let j = 0; j < n; ++j, p += 2) sum += Math.hypot(scale * a[p], scale * a[p + 1]);
    most = Math.max(most, sum);
  }
  return most;
}
