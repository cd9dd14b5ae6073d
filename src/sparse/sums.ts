// Entries at one place of a sparse matrix, added up.
import { LARGEST_ENTRY } from '../wasm/limits.js';
import { magnitude } from '../wasm/magnitude.js';
import type { Steps } from '../wasm/steps.js';
import type { SortedTriplets } from './sort.js';
import { rowSteps } from './steps.js';
import type { SparseMatrix } from './types.js';

/** Makes the error that is thrown for a sum, at row i and column j, that is larger than any core accepts. */
export type TooLarge = (i: number, j: number, sum: number) => Error;

/** Sums in compressed rows, and for each the sum of the sizes of what was added up. */
export interface Sums {
  matrix: SparseMatrix;
  sizes: Float64Array;
}

/** Adds up what stands at one place in the rows `from` … `to` − 1, in the order given, where the first of it stood or before that. */
function sumRows({ matrix, sizes }: Sums, starts: Uint32Array, from: number, to: number): void {
  const { complex, indptr, indices, data } = matrix;
  const width = complex ? 2 : 1;
  let end = indptr[from];
  for (let i = from; i < to; ++i) {
    const first = end;
    for (let k = starts[i]; k < starts[i + 1]; ++k) {
      const re = data[width * k];
      const im = complex ? data[2 * k + 1] : 0;
      if (end === first || indices[end - 1] !== indices[k]) {
        indices[end] = indices[k];
        data[width * end] = 0;
        if (complex) data[2 * end + 1] = 0;
        end++;
      }
      data[width * (end - 1)] += re;
      if (complex) data[2 * end - 1] += im;
      sizes[end - 1] += complex ? magnitude(re, im) : Math.abs(re);
    }
    indptr[i + 1] = end;
  }
}

function checkRows(
  { complex, indptr, indices, data }: SparseMatrix,
  from: number,
  to: number,
  tooLarge: TooLarge,
): void {
  const width = complex ? 2 : 1;
  const last = width * indptr[to];
  let k = width * indptr[from];
  while (k < last && Math.abs(data[k]) <= LARGEST_ENTRY) ++k;
  if (k === last) return;
  const p = Math.floor(k / width);
  let i = from;
  while (indptr[i + 1] <= p) ++i;
  throw tooLarge(i, indices[p], data[k]);
}

/** Adds up what stands at one place, in the memory of the entries. */
export function* sumSteps(sorted: SortedTriplets, tooLarge: TooLarge): Steps<Sums> {
  const { n, complex, starts, columns: indices, data } = sorted;
  const sizes = new Float64Array(indices.length);
  const matrix = { n, complex, indptr: new Uint32Array(n + 1), indices, data };
  yield* rowSteps(starts, (from, to) => {
    sumRows({ matrix, sizes }, starts, from, to);
    checkRows(matrix, from, to, tooLarge);
  });
  const end = matrix.indptr[n];
  const kept = { indices: indices.subarray(0, end), data: data.subarray(0, (complex ? 2 : 1) * end) };
  return { matrix: { ...matrix, ...kept }, sizes };
}
