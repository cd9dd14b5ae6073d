// Matrices as lists of entries in any order, those of one place added up, as scipy.sparse.coo_array has them; in steps.
import { checkBoolean, checkInteger, readOptions } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { magnitude } from '../wasm/magnitude.js';
import { type Steps, share } from '../wasm/steps.js';
import type { CheckedCsr } from './entries.js';
import { checkLength, copyEntries, copyWords, entrySteps, listSteps, rowSteps, wordSteps } from './lists.js';
import type { CooMatrix } from './types.js';

/**
 * Sums may differ by this from the conjugates of those in the other triangle, relative to the largest of all, or to what was added up
 * in the two places: that rounds, and what cancels leaves less than it.
 */
const APART_FROM_MIRROR = 1e-12;

/** Rows with ascending columns, Hermitian to the bit, of a list of entries: what is copied before the first step, and the steps. */
export function cooSteps(matrix: unknown): Steps<CheckedCsr> {
  const given = readOptions<CooMatrix>('matrix', matrix, ['n', 'row', 'col', 'data', 'complex']);
  const n = checkInteger(['matrix', 'n'], given.n, { min: 0, max: 2 ** 28 });
  const complex = checkBoolean(['matrix', 'complex'], given.complex ?? false);
  const rows = copyWords(['matrix', 'row'], given.row);
  const columns = copyWords(['matrix', 'col'], given.col);
  checkLength(['matrix', 'col'], columns, rows.length);
  const numbers = copyEntries(['matrix', 'data'], given.data);
  return (function* () {
    const row = yield* share(wordSteps(['matrix', 'row'], rows), 0, 0.04);
    const col = yield* share(wordSteps(['matrix', 'col'], columns), 0.04, 0.08);
    yield* share(placeSteps('row', row, n), 0.08, 0.1);
    yield* share(placeSteps('col', col, n), 0.1, 0.12);
    const length = complex ? 2 * row.length : row.length;
    const data = yield* share(entrySteps(['matrix', 'data'], numbers, length), 0.12, 0.2);
    const width = complex ? 2 : 1;
    const byColumn = yield* share(sortSteps(n, width, { keys: col, others: row, data }), 0.2, 0.4);
    const turned = { keys: byColumn.others, others: byColumn.keys, data: byColumn.data };
    const byRow = yield* share(sortSteps(n, width, turned), 0.4, 0.6);
    const { matrix: sums, sizes } = yield* share(sumSteps(n, complex, byRow), 0.6, 0.7);
    const counts = yield* share(countSteps(sums, sizes), 0.7, 0.85);
    return yield* share(hermitianSteps(sums, counts), 0.85, 1);
  })();
}

/** Checks that places lie in a matrix of order n. */
function placeSteps(name: string, places: Uint32Array, n: number): Steps<void> {
  return listSteps(places.length, (from, to) => {
    let bad = from;
    while (bad < to && places[bad] < n) ++bad;
    if (bad < to) {
      throw new InputError(['matrix', name, bad], `is ${places[bad]}, expected a number below ${n}`);
    }
  });
}

/** Entries as they are listed: at each place of three arrays a key, what goes with it, and `width` numbers. */
interface Listed {
  keys: Uint32Array;
  others: Uint32Array;
  data: Float64Array;
}

/** A list in the order of its keys, and where each key begins. */
interface Sorted extends Listed {
  starts: Uint32Array;
}

/**
 * Moves the entries `from` … `to` − 1 to the places of their keys, `next`. They are moved themselves: reading millions of numbers by an
 * index takes several times as long.
 */
function move(
  width: number,
  given: Listed,
  moved: Listed,
  next: Uint32Array,
  from: number,
  to: number,
): void {
  const { keys, others, data } = given;
  for (let k = from; k < to; ++k) {
    const key = keys[k];
    const at = next[key]++;
    moved.keys[at] = key;
    moved.others[at] = others[k];
    moved.data[width * at] = data[width * k];
    if (width === 2) moved.data[2 * at + 1] = data[2 * k + 1];
  }
}

function countKeys(keys: Uint32Array, counts: Uint32Array, from: number, to: number): void {
  for (let k = from; k < to; ++k) counts[keys[k] + 1]++;
}

/** Makes of numbers of entries in a row where rows begin. */
function addUp(counts: Uint32Array, from: number, to: number): void {
  for (let i = from; i < to; ++i) counts[i + 1] += counts[i];
}

/** The same in the order of their keys, which are below n; those with one key stay as they are. */
function* sortSteps(n: number, width: number, given: Listed): Steps<Sorted> {
  const { keys, data } = given;
  const starts = new Uint32Array(n + 1);
  const moved = {
    keys: new Uint32Array(keys.length),
    others: new Uint32Array(keys.length),
    data: new Float64Array(data.length),
  };
  yield* share(
    listSteps(keys.length, (from, to) => countKeys(keys, starts, from, to)),
    0,
    0.2,
  );
  yield* share(
    listSteps(n, (from, to) => addUp(starts, from, to)),
    0.2,
    0.3,
  );
  const next = starts.slice();
  yield* share(
    listSteps(keys.length, (from, to) => move(width, given, moved, next, from, to)),
    0.3,
    1,
  );
  return { ...moved, starts };
}

/** Adds up what stands at one place in the rows `from` … `to` − 1, in the order given, where the first of it stood or before that. */
function sumRows(out: CheckedCsr, sizes: Float64Array, starts: Uint32Array, from: number, to: number): void {
  const { complex, indptr, indices, data } = out;
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

/** Compressed rows, and for each entry the sum of the sizes of what was added up. */
function* sumSteps(
  n: number,
  complex: boolean,
  { starts, others: indices, data }: Sorted,
): Steps<{ matrix: CheckedCsr; sizes: Float64Array }> {
  const indptr = new Uint32Array(n + 1);
  const sizes = new Float64Array(indices.length);
  const rows = { n, complex, indptr, indices, data };
  yield* rowSteps(starts, (from, to) => sumRows(rows, sizes, starts, from, to));
  const end = indptr[n];
  const matrix = {
    ...rows,
    indices: indices.subarray(0, end),
    data: data.subarray(0, (complex ? 2 : 1) * end),
  };
  return { matrix, sizes };
}

/** The first entry of a row at `from` or behind it, before `to`, whose column is not below `column`. */
function passed(indices: Uint32Array, from: number, to: number, column: number): number {
  let p = from;
  while (p < to && indices[p] < column) ++p;
  return p;
}

/** The largest size of the entries `from` … `to` − 1. */
function largestOf({ complex, data }: CheckedCsr, from: number, to: number): number {
  let most = 0;
  for (let p = from; p < to; ++p)
    most = Math.max(most, complex ? magnitude(data[2 * p], data[2 * p + 1]) : Math.abs(data[p]));
  return most;
}

/** An entry, or 0 where there is none (−1), for a message. */
function shown({ complex, data }: CheckedCsr, p: number): string {
  if (!complex) return `${p < 0 ? 0 : data[p]}`;
  return p < 0 ? '[0, 0]' : `[${data[2 * p]}, ${data[2 * p + 1]}]`;
}

/** What the rows of a matrix are compared by. */
interface Compared {
  of: CheckedCsr;
  sizes: Float64Array;
  largest: number;
  /** Where in each row the search for the next partner begins: rows are gone through in order, so partners come in order too. */
  next: Uint32Array;
  /** For each row, one place on, how many entries it has, those of the upper triangle as the lower one has them. */
  counts: Uint32Array;
}

/** Counts the entries of the rows `from` … `to` − 1; refuses those that are not the conjugates of their partners. */
function countRows({ of, sizes, largest, next, counts }: Compared, from: number, to: number): void {
  const { complex, indptr, indices, data } = of;
  const width = complex ? 2 : 1;
  for (let i = from; i < to; ++i) {
    for (let p = indptr[i]; p < indptr[i + 1]; ++p) {
      const j = indices[p];
      const q = passed(indices, next[j], indptr[j + 1], i);
      next[j] = q;
      const there = q < indptr[j + 1] && indices[q] === i;
      const re = data[width * p] - (there ? data[width * q] : 0);
      const im = complex ? data[2 * p + 1] + (there ? data[2 * q + 1] : 0) : 0;
      const most = Math.max(largest, sizes[p], there ? sizes[q] : 0);
      if (!((complex ? magnitude(re, im) : Math.abs(re)) <= APART_FROM_MIRROR * most)) {
        throw new InputError(
          'matrix',
          `is not Hermitian: row ${i} has ${shown(of, p)} in column ${j}, and row ${j} has ${shown(of, there ? q : -1)} in column ${i}`,
        );
      }
      if (j > i) continue;
      counts[i + 1]++;
      if (j < i) counts[j + 1]++;
    }
  }
}

function* countSteps(of: CheckedCsr, sizes: Float64Array): Steps<Uint32Array> {
  const { n, indptr, indices } = of;
  const compared = { of, sizes, largest: 0, next: indptr.slice(0, n), counts: new Uint32Array(n + 1) };
  const measure = (from: number, to: number) => {
    compared.largest = Math.max(compared.largest, largestOf(of, from, to));
  };
  yield* share(listSteps(indices.length, measure), 0, 0.2);
  yield* share(
    rowSteps(indptr, (from, to) => countRows(compared, from, to)),
    0.2,
    1,
  );
  return compared.counts;
}

/**
 * Writes the lower triangle of the rows `from` … `to` − 1, and for the upper one its adjoint, to the places `next`. Rows come in order: one
 * gets its own part before the rows behind it add theirs, in ascending columns.
 */
function mirrorRows(of: CheckedCsr, out: CheckedCsr, next: Uint32Array, from: number, to: number): void {
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

/** The lower triangle for both, where the upper one is its adjoint but for rounding; `counts` of `countSteps`, which become ends of rows. */
function* hermitianSteps(of: CheckedCsr, counts: Uint32Array): Steps<CheckedCsr> {
  const { n, complex, indptr } = of;
  yield* share(
    listSteps(n, (from, to) => addUp(counts, from, to)),
    0,
    0.1,
  );
  const next = counts.slice(0, n);
  const out = {
    n,
    complex,
    indptr: counts,
    indices: new Uint32Array(counts[n]),
    data: new Float64Array((complex ? 2 : 1) * counts[n]),
  };
  yield* share(
    rowSteps(indptr, (from, to) => mirrorRows(of, out, next, from, to)),
    0.1,
    1,
  );
  return out;
}
