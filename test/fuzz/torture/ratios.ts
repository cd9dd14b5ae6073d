// LAPACK's test ratios (TESTING/EIG/ddrvst.f), by plain loops that share nothing with the code under test. Everything is
// scaled by a power of two first, so that nothing overflows, and what underflows lies 1000 powers of two below the norm.
// Products of doubles are rounded, which adds at most about 1 to a ratio; where one comes out large it is computed again
// with products and sums of twice the precision, so that no verdict rests on the rounding of the check.
import { exponentOf, largest, QUANTUM, timesPowerOfTwo, ULP } from './doubles.js';

export interface Ratios {
  /** ‖A − Z D Zᵀ‖/(‖A‖ n ulp), 1-norms. */
  residual: number;
  /** ‖I − Z Zᵀ‖/(n ulp), 1-norm. */
  orthogonality: number;
}

/** Ratios from here on are computed with twice the precision. */
const SUSPICIOUS = 8;
/** Up to this order matrices are compared entry by entry; larger ones by what they make of random vectors of ±1. */
const WHOLE = 320;
const PROBES = 4;

/** The scaled copy of A and the exponent: a · 2^−exponent, largest entry in [1, 2). */
export interface Scaled {
  n: number;
  a: Float64Array;
  exponent: number;
  /** ‖a‖₁ of the scaled copy. */
  norm: number;
}

export function scaledCopy(a: Float64Array, n: number): Scaled {
  const size = largest(a);
  const exponent = size === 0 ? 0 : exponentOf(size);
  const copy = a.map((x) => timesPowerOfTwo(x, -exponent));
  let norm = 0;
  for (let j = 0; j < n; ++j) {
    let sum = 0;
    for (let i = j * n; i < j * n + n; ++i) sum += Math.abs(copy[i]);
    if (sum > norm) norm = sum;
  }
  return { n, a: copy, exponent, norm };
}

/** An eigenvalue is rounded once more where it is subnormal: ‖Z δD Zᵀ‖ ≤ √n · half a quantum. */
function allowance({ n, exponent }: Scaled): number {
  return exponent > -960 ? 0 : 0.51 * Math.sqrt(n) * timesPowerOfTwo(QUANTUM, -exponent);
}

/** The eigenvalues are values · 2^shift: those of a matrix may lie beyond the range of doubles. */
export function ratios(matrix: Scaled, values: Float64Array, vectors: Float64Array, shift = 0): Ratios {
  const { n, exponent } = matrix;
  if (n === 0) return { residual: 0, orthogonality: 0 };
  const d = values.map((x) => timesPowerOfTwo(x, shift - exponent));
  let found = n > WHOLE ? probed(matrix, d, vectors) : compared(matrix, d, vectors, plainEntry);
  const ratio = ({ residual, orthogonality }: Ratios): Ratios => ({
    residual: Math.max(0, residual - allowance(matrix)) / ((matrix.norm || 1) * n * ULP),
    orthogonality: orthogonality / (n * ULP),
  });
  const first = ratio(found);
  if (first.residual < SUSPICIOUS && first.orthogonality < SUSPICIOUS) return first;
  if (n > WHOLE || !Number.isFinite(largest(d)) || !Number.isFinite(largest(vectors)))
    return nanAsInfinity(first);
  found = compared(matrix, d, vectors, preciseEntry);
  return nanAsInfinity(ratio(found));
}

const nanAsInfinity = ({ residual, orthogonality }: Ratios): Ratios => ({
  residual: Number.isNaN(residual) ? Number.POSITIVE_INFINITY : residual,
  orthogonality: Number.isNaN(orthogonality) ? Number.POSITIVE_INFINITY : orthogonality,
});

/** Σ_k x_k y_k − start. */
type Entry = (x: Float64Array, y: Float64Array, at: number, n: number, start: number) => number;

function plainEntry(x: Float64Array, y: Float64Array, at: number, n: number, start: number): number {
  let sum = -start;
  for (let k = 0; k < n; ++k) sum += x[k] * y[at + k];
  return sum;
}

/** The compensated dot product of T. Ogita, S. M. Rump, S. Oishi, SIAM J. Sci. Comput. 26 (2005) 1955, as if in quad. */
function preciseEntry(x: Float64Array, y: Float64Array, at: number, n: number, start: number): number {
  let [sum, error] = [-start, 0];
  for (let k = 0; k < n; ++k) {
    const product = x[k] * y[at + k];
    const rest = productError(x[k], y[at + k], product);
    const next = sum + product;
    const part = next - sum;
    error += sum - (next - part) + (product - part) + rest;
    sum = next;
  }
  return sum + error;
}

/** a b − product, exactly, by Veltkamp's splitting; entries are near 1 or far below. */
function productError(a: number, b: number, product: number): number {
  const [p, q] = [a * 134217729, b * 134217729];
  const a1 = p - (p - a);
  const b1 = q - (q - b);
  const [a2, b2] = [a - a1, b - b1];
  return a2 * b2 - (product - a1 * b1 - a2 * b1 - a1 * b2);
}

function compared({ n, a }: Scaled, d: Float64Array, vectors: Float64Array, entry: Entry): Ratios {
  // Row i of z holds component i of every eigenvector.
  const z = new Float64Array(n * n);
  for (let k = 0; k < n; ++k) for (let i = 0; i < n; ++i) z[i * n + k] = vectors[k * n + i];
  const residuals = new Float64Array(n);
  const products = new Float64Array(n);
  const row = new Float64Array(n);
  const scaledRow = new Float64Array(n);
  for (let i = 0; i < n; ++i) {
    for (let k = 0; k < n; ++k) {
      row[k] = z[i * n + k];
      scaledRow[k] = row[k] * d[k];
    }
    for (let j = 0; j <= i; ++j) {
      const r = Math.abs(entry(scaledRow, z, j * n, n, a[i * n + j]));
      const o = Math.abs(entry(row, z, j * n, n, i === j ? 1 : 0));
      residuals[i] += r;
      products[i] += o;
      if (i === j) continue;
      residuals[j] += r;
      products[j] += o;
    }
  }
  return { residual: largest(residuals), orthogonality: largest(products) };
}

/** |R x|₂ for x of random signs has the mean square of the Frobenius norm of R, which is near its 1-norm or above. */
function probed({ n, a }: Scaled, d: Float64Array, vectors: Float64Array): Ratios {
  let [residual, orthogonality] = [0, 0];
  let state = 1;
  for (let probe = 0; probe < PROBES; ++probe) {
    const x = Float64Array.from({ length: n }, () => {
      state = Math.imul(state, 1664525) + 1013904223;
      return state < 0 ? -1 : 1;
    });
    const coefficients = new Float64Array(n);
    for (let k = 0; k < n; ++k) coefficients[k] = plainEntry(x, vectors, k * n, n, 0);
    const r = new Float64Array(n);
    const o = x.map((t) => -t);
    for (let i = 0; i < n; ++i) r[i] = -plainEntry(x, a, i * n, n, 0);
    for (let k = 0; k < n; ++k) {
      const [c, dc] = [coefficients[k], d[k] * coefficients[k]];
      for (let i = 0; i < n; ++i) {
        r[i] += vectors[k * n + i] * dc;
        o[i] += vectors[k * n + i] * c;
      }
    }
    residual = Math.max(residual, Math.hypot(...chunked(r)));
    orthogonality = Math.max(orthogonality, Math.hypot(...chunked(o)));
  }
  return { residual, orthogonality };
}

/** Norms of parts: Math.hypot takes its numbers as arguments. */
function chunked(x: Float64Array): number[] {
  const norms: number[] = [];
  for (let from = 0; from < x.length; from += 1024) norms.push(Math.hypot(...x.subarray(from, from + 1024)));
  return norms;
}

/** max |D1 − D2|/(‖A‖ ulp) in the norm of the other ratios; a subnormal eigenvalue may be off by its rounding. */
export function valuesRatio({ exponent, norm }: Scaled, d1: Float64Array, d2: Float64Array): number {
  let difference = 0;
  for (let k = 0; k < d1.length; ++k) {
    if (d1[k] === d2[k]) continue;
    const x = Math.abs(timesPowerOfTwo(d1[k], -exponent) - timesPowerOfTwo(d2[k], -exponent));
    if (!(x <= difference)) difference = x;
  }
  const quantum = exponent > -960 ? 0 : timesPowerOfTwo(QUANTUM, -exponent);
  const ratio = Math.max(0, difference - quantum) / ((norm || 1) * ULP);
  return Number.isNaN(ratio) ? Number.POSITIVE_INFINITY : ratio;
}
