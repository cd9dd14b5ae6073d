// LAPACK's test ratios in the 1-norm, as plain loops that share nothing with the code under test.
import { ULP } from './matrices.js';

export interface Ratios {
  /** ‖A − ZDZᵀ‖/(‖A‖ n ulp) */
  residual: number;
  /** ‖I − ZZᵀ‖/(n ulp) */
  orthogonality: number;
}

/** Largest entry of a in size: everything is divided by it, so that norms near overflow stay finite. */
function largest(a: Float64Array): number {
  let size = 0;
  for (const x of a) size = Math.max(size, Math.abs(x));
  return size;
}

export function ratios(a: Float64Array, n: number, values: Float64Array, vectors: Float64Array): Ratios {
  if (n === 0) return { residual: 0, orthogonality: 0 };
  const size = largest(a) || 1;
  // Row i of z holds component i of every eigenvector.
  const z = new Float64Array(n * n);
  for (let k = 0; k < n; ++k) for (let i = 0; i < n; ++i) z[i * n + k] = vectors[k * n + i];
  const d = values.map((x) => x / size);
  const row = new Float64Array(n);
  let norm = 0;
  let residual = 0;
  let orthogonality = 0;
  for (let i = 0; i < n; ++i) {
    for (let k = 0; k < n; ++k) row[k] = z[i * n + k] * d[k];
    let sumA = 0;
    let sumR = 0;
    let sumO = 0;
    for (let j = 0; j < n; ++j) {
      let zdz = 0;
      let zz = 0;
      for (let k = 0; k < n; ++k) {
        zdz += row[k] * z[j * n + k];
        zz += z[i * n + k] * z[j * n + k];
      }
      const x = a[i * n + j] / size;
      sumA += Math.abs(x);
      sumR += Math.abs(x - zdz);
      sumO += Math.abs((i === j ? 1 : 0) - zz);
    }
    norm = Math.max(norm, sumA);
    residual = Math.max(residual, sumR);
    orthogonality = Math.max(orthogonality, sumO);
  }
  return { residual: residual / ((norm || 1) * n * ULP), orthogonality: orthogonality / (n * ULP) };
}

/** max |D1 − D2|/(max(|D1|, |D2|) ulp) */
export function valuesRatio(d1: Float64Array, d2: Float64Array): number {
  const size = Math.max(largest(d1), largest(d2));
  if (size === 0) return 0;
  let difference = 0;
  d1.forEach((x, i) => {
    difference = Math.max(difference, Math.abs(x / size - d2[i] / size));
  });
  return difference / ULP;
}

/** Number of eigenvalues of the tridiagonal a below x, by the signs of the pivots of a − x. */
export function sturmCount(a: Float64Array, n: number, x: number): number {
  const size = largest(a) || 1;
  let count = 0;
  let pivot = 1;
  for (let i = 0; i < n; ++i) {
    const e = i > 0 ? a[i * n + i - 1] / size : 0;
    pivot = (a[i * n + i] - x) / size - (e === 0 ? 0 : (e * e) / pivot);
    if (pivot === 0) pivot = -(ULP ** 3);
    if (pivot < 0) ++count;
  }
  return count;
}
