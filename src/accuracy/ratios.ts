// How good an eigendecomposition A Z = Z D is, as LAPACK's own tests measure it (ddrvst): ratios of order 1. In plain
// loops that share nothing with the solvers, so that those of other libraries are judged alike.
// Range: all of it, as A is scaled by a power of two. Of matrices below 1e-290 the rounding of eigenvalues to multiples of
// 2⁻¹⁰⁷⁴ shows in the residual.

import { ULP } from '../wasm/constants.js';
import { unitFactor } from '../wasm/magnitude.js';

/** Columns handled together: each column of A or Z is read once for all of them. */
const BLOCK = 4;

/** LAPACK's test ratios, ulp = 2⁻⁵²: good decompositions have values of order 1, LAPACK's own tests accept up to 60. */
export interface Ratios {
  /**
   * ‖A Z − Z D‖ / (‖A‖ n ulp), 1-norms; of the zero matrix 0 or Infinity. With B ‖A Z − B Z D‖ / (‖A‖ ‖Z‖ n ulp), with `itype` 2
   * and 3 ‖A B Z − Z D‖ and ‖B A Z − Z D‖ over the same.
   */
  residual: number;
  /**
   * ‖I − Zᴴ Z‖ / (n ulp), 1-norm. With B ‖I − Zᴴ B Z‖ / (‖B‖ ‖Z‖² n ulp); with `itype` 3 ‖B − Z Zᴴ‖ / (‖B‖ n ulp) of all
   * eigenvectors, ‖D − Zᴴ A Z‖ / (‖A‖ ‖Z‖² n ulp) of some.
   */
  orthogonality: number;
  /**
   * With B: the first over what rounding of Z alone can come to, so that it is of order 1 for every B, large, small or
   * ill-conditioned: (‖A‖ + ‖B‖ max|D|) ‖Z‖ n ulp, with `itype` 2 and 3 ‖A‖ ‖B‖ ‖Z‖ n ulp.
   */
  backward?: number;
}

/**
 * `a` is n × n and symmetric; there may be fewer than n eigenpairs. Every `stride`-th eigenvector counts: its residual,
 * and its products with all others.
 */
export function decompositionRatios(
  a: Float64Array,
  n: number,
  values: Float64Array,
  vectors: Float64Array,
  stride: number,
): Ratios {
  const m = values.length;
  if (m === 0) return { residual: 0, orthogonality: 0 };
  const scale = scaleToOne(a);
  let [norm, residual, orthogonality] = [0, 0, 0];
  for (let j = 0; j < n; ++j) norm = Math.max(norm, absoluteSum(a, j * n, n, scale));
  // Columns beyond the last are zero.
  const columns = new Float64Array(n * BLOCK);
  const products = new Float64Array(n * BLOCK);
  const dots = new Float64Array(BLOCK);
  const sums = new Float64Array(BLOCK);
  for (let first = 0; first < m; first += BLOCK * stride) {
    const width = Math.min(BLOCK, Math.ceil((m - first) / stride));
    columns.fill(0);
    for (let b = 0, k = first; b < width; ++b, k += stride) {
      columns.set(vectors.subarray(k * n, (k + 1) * n), b * n);
    }
    products.fill(0);
    sums.fill(0);
    for (let j = 0; j < n; ++j) addColumn(a, scale, j, n, columns, products);
    for (let j = 0; j < m; ++j) {
      dotColumns(vectors, j, n, columns, dots);
      for (let b = 0; b < width; ++b) sums[b] += Math.abs(dots[b] - (j === first + b * stride ? 1 : 0));
    }
    for (let b = 0; b < width; ++b) {
      const value = values[first + b * stride] * scale;
      for (let i = b * n; i < (b + 1) * n; ++i) products[i] -= value * columns[i];
      residual = Math.max(residual, absoluteSum(products, b * n, n, 1));
      orthogonality = Math.max(orthogonality, sums[b]);
    }
  }
  return {
    residual: norm === 0 && residual === 0 ? 0 : residual / (norm * n * ULP),
    orthogonality: orthogonality / (n * ULP),
  };
}

/** A power of two that brings the largest element near 1, so that nothing overflows. */
function scaleToOne(a: Float64Array): number {
  let largest = 0;
  for (const x of a) largest = Math.max(largest, Math.abs(x));
  if (largest === 0) return 1;
  return unitFactor(largest);
}

function absoluteSum(x: Float64Array, start: number, n: number, scale: number): number {
  let sum = 0;
  for (let i = start; i < start + n; ++i) sum += Math.abs(x[i] * scale);
  return sum;
}

/** Y += a_j x_j for each column x of X, row j, and the same column y of Y. */
function addColumn(
  a: Float64Array,
  scale: number,
  j: number,
  n: number,
  x: Float64Array,
  y: Float64Array,
): void {
  const [x0, x1, x2, x3] = [x[j], x[n + j], x[2 * n + j], x[3 * n + j]];
  for (let i = 0, p = j * n; i < n; ++i, ++p) {
    const element = a[p] * scale;
    y[i] += element * x0;
    y[n + i] += element * x1;
    y[2 * n + i] += element * x2;
    y[3 * n + i] += element * x3;
  }
}

/** The products of column j of Z with each column of X. */
function dotColumns(z: Float64Array, j: number, n: number, x: Float64Array, dots: Float64Array): void {
  let [d0, d1, d2, d3] = [0, 0, 0, 0];
  for (let i = 0, p = j * n; i < n; ++i, ++p) {
    const element = z[p];
    d0 += element * x[i];
    d1 += element * x[n + i];
    d2 += element * x[2 * n + i];
    d3 += element * x[3 * n + i];
  }
  dots[0] = d0;
  dots[1] = d1;
  dots[2] = d2;
  dots[3] = d3;
}
