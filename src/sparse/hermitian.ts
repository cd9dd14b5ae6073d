// Sparse Hermitian matrices from lists of entries: those at one place are added up, the triangles compared, and the lower one written
// twice, so that the matrix is Hermitian to the bit.
import { magnitude } from '../wasm/magnitude.js';
import { type Steps, share } from '../wasm/steps.js';
import type { SortedTriplets } from './sort.js';
import { addUpSteps, listSteps, rowSteps } from './steps.js';
import { type Sums, sumSteps, type TooLarge } from './sums.js';
import { PROGRESS } from './tuning.js';
import type { SparseMatrix } from './types.js';

/** An entry: its real part, and its imaginary part, which is 0 in a real matrix. */
export type Entry = readonly [re: number, im: number];

/** What is allowed, and what is said of the rest. */
export interface Rules {
  /** Whether entries are those of the lower triangle, and each stands for its mirror image too. */
  lower: boolean;
  /**
   * Sums may differ by this from the conjugates of those in the other triangle, relative to the largest of all, or to what was added up
   * in the two places: that rounds, and what cancels leaves less than it.
   */
  rounding: number;
  tooLarge: TooLarge;
  /** The error of an entry at row i and column j that is not the conjugate of the one at row j and column i. */
  apart(i: number, j: number, entry: Entry, mirrored: Entry): Error;
}

/** The first entry of a row at `from` or behind it, before `to`, whose column is not below `column`. */
function passed(indices: Uint32Array, from: number, to: number, column: number): number {
  let p = from;
  while (p < to && indices[p] < column) ++p;
  return p;
}

/** The largest size of the entries `from` … `to` − 1. */
function largestOf({ complex, data }: SparseMatrix, from: number, to: number): number {
  let most = 0;
  for (let p = from; p < to; ++p)
    most = Math.max(most, complex ? magnitude(data[2 * p], data[2 * p + 1]) : Math.abs(data[p]));
  return most;
}

/** An entry, or 0 where there is none (−1). */
function entryAt({ complex, data }: SparseMatrix, p: number): Entry {
  if (p < 0) return [0, 0];
  return complex ? [data[2 * p], data[2 * p + 1]] : [data[p], 0];
}

/** What the rows of a matrix are compared by. */
interface Compared extends Sums {
  rules: Rules;
  largest: number;
  /** Where in each row the search for the next partner begins: rows are gone through in order, so partners come in order too. */
  next: Uint32Array;
}

/** Refuses entries of the rows `from` … `to` − 1 that are not the conjugates of their partners. */
function compareRows({ matrix, sizes, rules, largest, next }: Compared, from: number, to: number): void {
  const { complex, indptr, indices, data } = matrix;
  const width = complex ? 2 : 1;
  for (let i = from; i < to; ++i) {
    for (let p = indptr[i]; p < indptr[i + 1]; ++p) {
      const j = indices[p];
      if (rules.lower && j < i) continue;
      const q = passed(indices, next[j], indptr[j + 1], i);
      next[j] = q;
      const there = q < indptr[j + 1] && indices[q] === i;
      const re = data[width * p] - (there ? data[width * q] : 0);
      const im = complex ? data[2 * p + 1] + (there ? data[2 * q + 1] : 0) : 0;
      const most = Math.max(largest, sizes[p], there ? sizes[q] : 0);
      if (!((complex ? magnitude(re, im) : Math.abs(re)) <= rules.rounding * most)) {
        throw rules.apart(i, j, entryAt(matrix, p), entryAt(matrix, there ? q : -1));
      }
    }
  }
}

function* compareSteps({ matrix, sizes }: Sums, rules: Rules): Steps<void> {
  const { n, indptr, indices } = matrix;
  const compared = { matrix, sizes, rules, largest: 0, next: indptr.slice(0, n) };
  const measure = (from: number, to: number) => {
    compared.largest = Math.max(compared.largest, largestOf(matrix, from, to));
  };
  const { measured } = PROGRESS.hermitian;
  yield* share(listSteps(indices.length, measure), 0, measured);
  const some = (from: number, to: number) => compareRows(compared, from, to);
  yield* share(rowSteps(indptr, some), measured, 1);
}

/** Counts for each row, one place on, the entries that it will have, those of the upper triangle as the lower one has them. */
function countRows({ indptr, indices }: SparseMatrix, counts: Uint32Array, from: number, to: number): void {
  for (let i = from; i < to; ++i) {
    for (let p = indptr[i]; p < indptr[i + 1] && indices[p] <= i; ++p) {
      counts[i + 1]++;
      if (indices[p] < i) counts[indices[p] + 1]++;
    }
  }
}

/**
 * Writes the lower triangle of the rows `from` … `to` − 1, and for the upper one its adjoint, to the places `next`. Rows come in order: one
 * gets its own part before the rows behind it add theirs, in ascending columns.
 */
function mirrorRows(of: SparseMatrix, out: SparseMatrix, next: Uint32Array, from: number, to: number): void {
  const { complex, indptr, indices, data } = of;
  const width = complex ? 2 : 1;
  const put = (row: number, column: number, re: number, im: number) => {
    const p = next[row]++;
    out.indices[p] = column;
    out.data[width * p] = re;
    if (complex) out.data[2 * p + 1] = im;
  };
  for (let i = from; i < to; ++i) {
    for (let p = indptr[i]; p < indptr[i + 1] && indices[p] <= i; ++p) {
      const j = indices[p];
      const re = data[width * p];
      const im = complex ? data[2 * p + 1] : 0;
      put(i, j, re, i === j ? 0 : im);
      if (j < i) put(j, i, re, 0 - im);
    }
  }
}

/** The lower triangle for both. */
function* mirrorSteps(of: SparseMatrix): Steps<SparseMatrix> {
  const { n, complex, indptr } = of;
  const counts = new Uint32Array(n + 1);
  const { counted, begun } = PROGRESS.mirror;
  const count = (from: number, to: number) => countRows(of, counts, from, to);
  yield* share(rowSteps(indptr, count), 0, counted);
  yield* share(addUpSteps(counts), counted, begun);
  const next = counts.slice(0, n);
  const out = {
    n,
    complex,
    indptr: counts,
    indices: new Uint32Array(counts[n]),
    data: new Float64Array((complex ? 2 : 1) * counts[n]),
  };
  const some = (from: number, to: number) => mirrorRows(of, out, next, from, to);
  yield* share(rowSteps(indptr, some), begun, 1);
  return out;
}

/** The matrix of sorted entries, whose memory is used up; where the triangles differ by rounding the lower one counts. */
export function* hermitianSteps(sorted: SortedTriplets, rules: Rules): Steps<SparseMatrix> {
  const { summed, compared } = PROGRESS.hermitian;
  const sums = yield* share(sumSteps(sorted, rules.tooLarge), 0, summed);
  yield* share(compareSteps(sums, rules), summed, compared);
  return yield* share(mirrorSteps(sums.matrix), compared, 1);
}
