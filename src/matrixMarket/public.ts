// Reading texts in the Matrix Market format: no core is needed.
import type { SparseMatrix } from '../sparse/types.js';
import { readOptions, show } from '../wasm/check.js';
import { copyTyped } from '../wasm/copies.js';
import { InputError } from '../wasm/errors.js';
import { atOnce, checkWatch, inSlices, type Steps, WATCH_KEYS, type Watch } from '../wasm/steps.js';
import { sparseSteps } from './sparse.js';

export type { SparseMatrix } from '../sparse/types.js';

function checkedSteps(source: string | Uint8Array): Steps<SparseMatrix> {
  // A copy, for what reads in slices must not see what its caller writes meanwhile.
  const bytes =
    typeof source === 'string' ? new TextEncoder().encode(source) : copyTyped('source', source, 'Uint8Array');
  if (!bytes) throw new InputError('source', `expected a string or a Uint8Array, got ${show(source)}`);
  return sparseSteps('source', bytes);
}

/**
 * A symmetric or Hermitian matrix from a text in the Matrix Market format (Boisvert, Pozo, Remington, NISTIR 5935, 1996), as
 * scipy.io.mmread reads it: coordinates or an array of real, complex or whole numbers, or a pattern, whose entries are 1.
 *
 * @param source - The text, or its bytes in UTF-8, with or without a byte order mark.
 * @returns Compressed rows with both triangles, for `core.csr`. Entries at one place are added up in the order of the text. What
 *   stands above the diagonal of a general matrix may differ from what mirrors it by rounding, as for `core.coo`, and the lower triangle
 *   counts; whole numbers have to add up exactly, and to mirror each other.
 * @throws InputError for what is no such text, is not square, has a number or a sum beyond 1e150, or both entries of a pair of a
 *   symmetric matrix, with the number of the line; for a matrix that is not Hermitian, with the element, counted from 1; for a text that
 *   is cut off or has no line of the format, which no one line shows.
 * @example
 * ```js
 * import { createCore, mmread } from 'emft';
 * const text = `%%MatrixMarket matrix coordinate real symmetric
 * 3 3 5
 * 1 1 2
 * 2 1 -1
 * 2 2 2
 * 3 2 -1
 * 3 3 2`;
 * const core = await createCore();
 * const { values } = core.eigsh(core.csr(mmread(text)), { k: 1 });
 * console.log(values[0].toFixed(6)); // 0.585786
 * core.dispose();
 * ```
 */
export function mmread(source: string | Uint8Array): SparseMatrix {
  return atOnce(checkedSteps(source));
}

/**
 * `mmread` in slices, so that a page stays responsive: a million entries take some 2 s.
 *
 * @param source - As for `mmread`; it is copied.
 * @param options - What watches the call.
 * @returns A promise of what `mmread` returns.
 * @throws InputError as `mmread`, by a rejected promise; the signal's reason when it aborts; what `onProgress` throws.
 */
export async function mmreadAsync(source: string | Uint8Array, options: Watch = {}): Promise<SparseMatrix> {
  const watch = checkWatch('options', readOptions<Watch>('options', options, WATCH_KEYS));
  return await inSlices(checkedSteps(source), watch);
}
