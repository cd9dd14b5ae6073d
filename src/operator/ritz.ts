// The small eigenproblems of a Krylov space: the projection of H on it, real or complex.
import { eighOfSteps } from '../eigen/eighOf.js';
import { eighBytes, eighComplexBytes, fastestMethod } from '../eigen/memory.js';
import type { Runtime } from '../wasm/runtime.js';
import { atOnce, type Steps, UNBOUNDED } from '../wasm/steps.js';
import type { Apply } from './compute.js';
import { type Small, small, type VectorBlocks } from './vectorBlocks.js';

export interface Ritz {
  /** Ascending. */
  values: Float64Array;
  /** Vector k in column k. */
  vectors: Small;
}

/**
 * Q* H Q of `count` vectors at q, with H Q at `product`, one vector at a time. Its two triangles differ by rounding: both are computed, and
 * the one above the diagonal counts, or with `below` the one below it.
 */
export function* projection(
  columns: VectorBlocks,
  apply: Apply,
  q: number,
  count: number,
  product: number,
  below: boolean,
): Steps<Small> {
  const t = small(count, count, columns.pairs);
  for (let j = 0; j < count; ++j) {
    apply(columns.column(q, j), product);
    const c = columns.overlap(count, q, 1, product);
    for (let i = 0; i < count; ++i) {
      // As a row it is the conjugate.
      const at = below ? j + i * count : i + j * count;
      t.re[at] = c.re[i];
      if (t.im && c.im) t.im[at] = below ? -c.im[i] : c.im[i];
    }
    yield undefined;
  }
  return t;
}

/** Eigenpairs of rows and columns `first` … `first + size` − 1 of T, whose upper triangle counts; null if they do not converge. */
export function ritz(runtime: Runtime, t: Small, first: number, size: number): Ritz | null {
  return atOnce(ritzSteps(runtime, t, first, size, UNBOUNDED));
}

/** Bytes that `ritz` takes for a T of this order. */
export function ritzBytes(runtime: Runtime, size: number, complex: boolean): number {
  return complex
    ? eighComplexBytes(runtime, size, 'qr', true)
    : eighBytes(runtime, size, fastestMethod(size), true);
}

/** The same in steps of about the given number of nanoseconds; with `plain` by QR, whatever the order. */
export function* ritzSteps(
  runtime: Runtime,
  t: Small,
  first: number,
  size: number,
  budget: number,
  plain = false,
): Steps<Ritz | null> {
  const vectors = small(size, size, t.im !== null);
  const a = t.im ? hermitian(t.re, t.im, t.rows, first, size) : symmetric(t.re, t.rows, first, size);
  const method = t.im || plain ? 'qr' : fastestMethod(size);
  const wanted = { complex: t.im !== null, vectors: true, method } as const;
  const { values, vectors: z, convergence } = yield* eighOfSteps(runtime, a, size, wanted, budget);
  if (!vectors.im) vectors.re.set(z);
  else {
    for (let k = 0; k < size * size; ++k) {
      vectors.re[k] = z[2 * k];
      vectors.im[k] = z[2 * k + 1];
    }
  }
  return convergence.converged ? { values, vectors } : null;
}

function symmetric(t: Float64Array, rows: number, first: number, size: number): Float64Array {
  const a = new Float64Array(size * size);
  for (let j = 0; j < size; ++j) {
    for (let i = 0; i <= j; ++i) a[i * size + j] = a[j * size + i] = t[first + i + (first + j) * rows];
  }
  return a;
}

function hermitian(
  re: Float64Array,
  im: Float64Array,
  rows: number,
  first: number,
  size: number,
): Float64Array {
  const a = new Float64Array(2 * size * size);
  for (let j = 0; j < size; ++j) {
    for (let i = 0; i <= j; ++i) {
      const from = first + i + (first + j) * rows;
      // The other triangle holds the conjugates.
      a[2 * (j * size + i)] = re[from];
      a[2 * (j * size + i) + 1] = i === j ? 0 : -im[from];
    }
  }
  return a;
}

/** The first `count` columns of a matrix. */
export function leading(y: Small, count: number): Small {
  return {
    rows: y.rows,
    columns: count,
    re: y.re.subarray(0, y.rows * count),
    im: y.im?.subarray(0, y.rows * count) ?? null,
  };
}
