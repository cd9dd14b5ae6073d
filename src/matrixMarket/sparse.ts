// Sparse symmetric and Hermitian matrices from Matrix Market files, as compressed rows: memory goes by the entries.
import { InputError } from '../wasm/errors.js';
import { MAX_BYTES } from '../wasm/heap.js';
import { byRows } from '../wasm/order.js';
import { atOnce, type Steps } from '../wasm/steps.js';
import { checkLength, entriesOf, type MarketSize, parseSize, roundingOf, twice } from './format.js';
import { dataLines } from './lines.js';
import { checkSum } from './numbers.js';
import { withoutMark } from './text.js';
import type { SparseMatrix } from './types.js';

/** Largest number in a matrix that a core takes. */
export const LARGEST_ELEMENT = 1e150;
/** Entries between two pauses at most: some 10 ms. */
const STRETCH = 2 ** 14;
/** Shares of the work, by what an entry takes: reading its line, adding it up, putting it into its row. */
const [READ, ADDED] = [0.85, 0.95];

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
  const listed = yield* listedSteps(name, lines, size);
  const triangle = yield* triangleSteps(name, listed, size);
  checkMirrored(name, triangle, size);
  return yield* compressedSteps(size.n, size.banner.parts === 2, triangle);
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

/** Entries of the lower triangle as the text lists them: those of the upper one are conjugated, and say so. */
interface Listed {
  rows: Uint32Array;
  columns: Uint32Array;
  upper: Uint8Array;
  lines: Float64Array;
  re: Float64Array;
  im: Float64Array;
}

/** An array's zeros are left out. */
function* listedSteps(name: string, lines: ReturnType<typeof dataLines>, size: MarketSize): Steps<Listed> {
  const { count, banner } = size;
  const [rows, columns] = [new Uint32Array(count), new Uint32Array(count)];
  const [upper, at] = [new Uint8Array(count), new Float64Array(count)];
  const [re, im] = [new Float64Array(count), new Float64Array(count)];
  let [kept, seen] = [0, 0];
  for (const entry of entriesOf(name, lines, size)) {
    if (++seen % STRETCH === 0) yield (READ * seen) / count;
    if (banner.layout === 'array' && entry.re === 0 && entry.im === 0) continue;
    const { i, j } = entry;
    rows[kept] = Math.max(i, j);
    columns[kept] = Math.min(i, j);
    upper[kept] = Number(j > i);
    at[kept] = entry.line;
    re[kept] = entry.re;
    im[kept++] = j > i ? 0 - entry.im : entry.im;
  }
  return {
    rows: rows.subarray(0, kept),
    columns: columns.subarray(0, kept),
    upper,
    lines: at,
    re,
    im,
  };
}

/** Each place of the lower triangle once, row by row: `count` of them. Of a general matrix `re1`, `im1` are what the upper triangle makes of it. */
interface Triangle {
  count: number;
  rows: Uint32Array;
  columns: Uint32Array;
  re: Float64Array;
  im: Float64Array;
  re1: Float64Array;
  im1: Float64Array;
  largest: number;
}

/** Adds up what is there several times. */
function* triangleSteps(name: string, listed: Listed, { banner, n }: MarketSize): Steps<Triangle> {
  const { rows, columns, upper, lines } = listed;
  const exact = roundingOf(banner) === 0;
  const most = rows.length;
  const order = byRows(rows, columns, n);
  const out: Triangle = {
    count: 0,
    rows: new Uint32Array(most),
    columns: new Uint32Array(most),
    re: new Float64Array(most),
    im: new Float64Array(most),
    re1: new Float64Array(most),
    im1: new Float64Array(most),
    largest: 0,
  };
  for (let from = 0, to = 0, rest = STRETCH; from < most; from = to) {
    const i = rows[order[from]];
    const j = columns[order[from]];
    const at = out.count++;
    out.rows[at] = i;
    out.columns[at] = j;
    for (let sides = 0; to < most && rows[order[to]] === i && columns[order[to]] === j; ++to) {
      const k = order[to];
      sides |= 1 << upper[k];
      if (banner.symmetric && sides === 3) throw twice(name, lines[k], i, j);
      // A symmetric file has one of the two.
      const mirror = upper[k] === 1 && !banner.symmetric;
      const re = mirror ? out.re1 : out.re;
      const im = mirror ? out.im1 : out.im;
      if (exact) checkSum(name, lines[k], re[at], listed.re[k]);
      re[at] += listed.re[k];
      im[at] += listed.im[k];
    }
    const size = Math.max(
      Math.abs(out.re[at]),
      Math.abs(out.im[at]),
      Math.abs(out.re1[at]),
      Math.abs(out.im1[at]),
    );
    if (!(size <= LARGEST_ELEMENT)) throw tooLarge(name, size);
    out.largest = Math.max(out.largest, size);
    if (to - from < rest) rest -= to - from;
    else {
      rest = STRETCH;
      yield READ + ((ADDED - READ) * to) / most;
    }
  }
  return out;
}

/**
 * The error of an element that no core takes.
 *
 * @param name - What stands for the file in messages.
 * @param x - The element, or its size.
 * @returns What is to be thrown.
 * @throws Nothing.
 */
export function tooLarge(name: string, x: number): InputError {
  return new InputError(name, `has an element ${x}, expected at most ${LARGEST_ELEMENT} in size`);
}

/** Refuses a diagonal that is not real, and triangles of a general matrix that are not each other's adjoint; makes the diagonal real. */
function checkMirrored(name: string, triangle: Triangle, { banner }: MarketSize): void {
  const { count, rows, columns, re, im, re1, im1, largest } = triangle;
  const allowed = roundingOf(banner) * largest;
  for (let k = 0; k < count; ++k) {
    const [i, j] = [rows[k], columns[k]];
    const onDiagonal = i === j;
    if (!onDiagonal && banner.symmetric) continue;
    const [mirrorRe, mirrorIm] = onDiagonal ? [re[k], 0] : [re1[k], im1[k]];
    if (Math.abs(re[k] - mirrorRe) > allowed || Math.abs(im[k] - mirrorIm) > allowed) {
      const complex = banner.parts === 2;
      const of = onDiagonal ? 'its conjugate' : `the one that mirrors it, in row ${j + 1},`;
      const shown = (x: number, y: number) => (complex ? `${x}${y < 0 ? '-' : '+'}${Math.abs(y)}i` : `${x}`);
      throw new InputError(
        name,
        `is not ${complex ? 'Hermitian' : 'symmetric'}: element (${i + 1}, ${j + 1}) is ${shown(re[k], im[k])}, and ${of} makes it ${shown(mirrorRe, mirrorIm)}`,
      );
    }
    if (onDiagonal) im[k] = 0;
  }
}

/** Both triangles: a row has its part of the lower one first. */
function* compressedSteps(n: number, complex: boolean, triangle: Triangle): Steps<SparseMatrix> {
  const { count, rows, columns, re, im } = triangle;
  const width = complex ? 2 : 1;
  const indptr = new Uint32Array(n + 1);
  // Where the next entry of each row goes: one of its lower part, and one of its upper part.
  const next = new Uint32Array(n);
  const after = new Uint32Array(n);
  for (let k = 0; k < count; ++k) {
    if (k % STRETCH === 0) yield ADDED;
    const i = rows[k];
    indptr[i + 1]++;
    after[i]++;
    if (columns[k] !== i) indptr[columns[k] + 1]++;
  }
  for (let i = 0; i < n; ++i) {
    indptr[i + 1] += indptr[i];
    next[i] = indptr[i];
    after[i] += indptr[i];
  }
  const stored = indptr[n];
  const [indices, data] = [new Uint32Array(stored), new Float64Array(width * stored)];
  const put = (p: number, column: number, k: number, sign: number) => {
    indices[p] = column;
    data[width * p] = re[k];
    if (complex) data[2 * p + 1] = sign < 0 ? 0 - im[k] : im[k];
  };
  for (let k = 0; k < count; ++k) {
    if (k % STRETCH === 0) yield ADDED + ((1 - ADDED) * k) / count;
    const i = rows[k];
    const j = columns[k];
    put(next[i]++, j, k, 1);
    if (j !== i) put(after[j]++, i, k, -1);
  }
  return { n, complex, indptr, indices, data };
}
