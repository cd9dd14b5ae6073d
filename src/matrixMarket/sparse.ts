// Sparse symmetric and Hermitian matrices from Matrix Market files, as compressed rows: memory goes by the entries.
import { type Entry, hermitianSteps, type Rules } from '../sparse/hermitian.js';
import { type SortedTriplets, sortSteps } from '../sparse/sort.js';
import { rowSteps } from '../sparse/steps.js';
import type { SparseMatrix, Triplets } from '../sparse/types.js';
import { InputError } from '../wasm/errors.js';
import { MAX_BYTES } from '../wasm/heap.js';
import { LARGEST_ENTRY } from '../wasm/limits.js';
import { atOnce, type Steps, share } from '../wasm/steps.js';
import { checkLength, entriesOf, type MarketSize, parseSize, roundingOf, twice } from './format.js';
import { dataLines } from './lines.js';
import { checkSum } from './numbers.js';
import { withoutMark } from './text.js';
import { PROGRESS, STRETCH } from './tuning.js';

/** Largest order: beyond it even the vectors of the smallest search would not fit. */
const LARGEST_ORDER = Math.floor(MAX_BYTES / 8 / 40);

/**
 * Refuses orders that no search can have.
 *
 * @param name - What stands for the file in messages.
 * @param rows - Number of rows.
 * @param columns - Number of columns.
 * @returns The order.
 * @throws InputError for a matrix that is not square, or too large.
 */
export function checkSparseOrder(name: string, rows: number, columns: number): number {
  if (rows !== columns) throw new InputError(name, `is ${rows} × ${columns}, expected a square matrix`);
  if (rows > LARGEST_ORDER) {
    throw new InputError(name, `is ${rows} × ${rows}, expected an order of at most ${LARGEST_ORDER}`);
  }
  return rows;
}

/** Reads a matrix of either layout; `name` stands for the text in messages. */
export function* sparseSteps(name: string, bytes: Uint8Array): Steps<SparseMatrix> {
  const text = withoutMark(bytes);
  const lines = dataLines(name, text);
  const size = parseSize(name, text, lines, checkSparseOrder);
  checkLength(name, text, size);
  const { read, sorted, checked } = PROGRESS;
  const entries = yield* share(readSteps(name, lines, size), 0, read);
  const inOrder = yield* share(sortSteps(entries, true), read, sorted);
  yield* share(repeatedSteps(name, size, entries, inOrder), sorted, checked);
  return yield* share(hermitianSteps(inOrder, rulesOf(name, size, entries)), checked, 1);
}

/**
 * A sparse matrix from the bytes of a file.
 *
 * @param name - What stands for the file in messages.
 * @param bytes - The whole file.
 * @returns As `mmread`.
 * @throws InputError that begins with `name`, as `mmread`.
 */
export const parseSparseMatrix = (name: string, bytes: Uint8Array): SparseMatrix =>
  atOnce(sparseSteps(name, bytes));

/** Entries as a file has them; of a symmetric one those of the upper triangle are conjugated, in the lower one, and say so. */
interface FileEntries extends Triplets {
  lines: Float64Array;
  upper: Uint8Array;
}

/** An array's zeros are left out. */
function* readSteps(name: string, lines: ReturnType<typeof dataLines>, size: MarketSize): Steps<FileEntries> {
  const { n, count, banner } = size;
  const complex = banner.parts === 2;
  const width = banner.parts;
  const [rows, columns] = [new Uint32Array(count), new Uint32Array(count)];
  const [upper, at] = [new Uint8Array(count), new Float64Array(count)];
  const data = new Float64Array(width * count);
  let [kept, seen] = [0, 0];
  for (const { line, i, j, re, im } of entriesOf(name, lines, size)) {
    if (++seen % STRETCH === 0) yield seen / count;
    if (banner.layout === 'array' && re === 0 && im === 0) continue;
    const most = Math.abs(re) > Math.abs(im) ? re : im;
    if (Math.abs(most) > LARGEST_ENTRY) throw tooLarge(name, `line ${line}: the element is ${most}`);
    const above = banner.symmetric && j > i;
    rows[kept] = above ? j : i;
    columns[kept] = above ? i : j;
    upper[kept] = Number(above);
    at[kept] = line;
    data[width * kept] = re;
    if (complex) data[2 * kept + 1] = above ? 0 - im : im;
    kept++;
  }
  return {
    n,
    complex,
    rows: rows.subarray(0, kept),
    columns: columns.subarray(0, kept),
    data: data.subarray(0, width * kept),
    lines: at,
    upper,
  };
}

const tooLarge = (name: string, what: string): InputError =>
  new InputError(name, `${what}, expected at most ${LARGEST_ENTRY} in size`);

/** Refuses both entries of a pair of a symmetric file, and sums of integers on the way to which one may round. */
function* repeatedSteps(
  name: string,
  { banner }: MarketSize,
  { lines, upper }: FileEntries,
  { starts, columns, data, places }: SortedTriplets,
): Steps<void> {
  const exact = roundingOf(banner) === 0;
  if (!places || !(exact || banner.symmetric)) return;
  yield* rowSteps(starts, (from, to) => {
    for (let i = from; i < to; ++i) {
      let sum = 0;
      for (let k = starts[i]; k < starts[i + 1]; ++k) {
        if (k === starts[i] || columns[k] !== columns[k - 1]) sum = 0;
        else {
          const line = lines[places[k]];
          if (banner.symmetric && upper[places[k]] !== upper[places[k - 1]])
            throw twice(name, line, i, columns[k]);
          if (exact) checkSum(name, line, sum, data[k]);
        }
        // Integers are real.
        if (exact) sum += data[k];
      }
    }
  });
}

/** What is allowed in a file, and what is said of the rest, with places counted from 1. */
function rulesOf(name: string, { banner }: MarketSize, { rows, columns, lines }: FileEntries): Rules {
  const complex = banner.parts === 2;
  const shown = ([re, im]: Entry) => (complex ? `${re}${im < 0 ? '-' : '+'}${Math.abs(im)}i` : `${re}`);
  return {
    lower: banner.symmetric,
    rounding: roundingOf(banner),
    tooLarge(i, j, sum) {
      let last = rows.length - 1;
      while (rows[last] !== i || columns[last] !== j) --last;
      return tooLarge(name, `line ${lines[last]}: with it the entries there add up to ${sum}`);
    },
    apart(i, j, entry, mirrored) {
      const [lower, upper] = i < j ? [mirrored, entry] : [entry, mirrored];
      const [row, column] = [Math.max(i, j) + 1, Math.min(i, j) + 1];
      const of = i === j ? 'its conjugate' : `the one that mirrors it, in row ${column},`;
      return new InputError(
        name,
        `is not ${complex ? 'Hermitian' : 'symmetric'}: element (${row}, ${column}) is ${shown(lower)}, and ${of} makes it ${shown([upper[0], 0 - upper[1]])}`,
      );
    },
  };
}
