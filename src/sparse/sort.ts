// Lists of entries in the order of their rows and columns, by counting: the time is proportional to the entries and rows.
import { type Steps, share } from '../wasm/steps.js';
import { addUpSteps, listSteps } from './steps.js';
import { PROGRESS } from './tuning.js';
import type { Triplets } from './types.js';

/** Entries row by row, in ascending columns; those at one place stay in the order in which they were listed. */
export interface SortedTriplets {
  n: number;
  complex: boolean;
  /** n + 1 numbers: row i has the entries starts[i] … starts[i + 1] − 1. */
  starts: Uint32Array;
  columns: Uint32Array;
  data: Float64Array;
  /** Where each entry was listed, if that is asked for. */
  places: Uint32Array | undefined;
}

/** Entries by keys: what goes with each is moved with it. */
interface Keyed {
  keys: Uint32Array;
  others: Uint32Array;
  data: Float64Array;
  places: Uint32Array | undefined;
}

/**
 * Moves the entries `from` … `to` − 1 to the places of their keys, `next`. They are moved themselves: reading millions of numbers by an
 * index takes several times as long.
 */
function move(width: number, given: Keyed, moved: Keyed, next: Uint32Array, from: number, to: number): void {
  const { keys, others, data, places } = given;
  for (let k = from; k < to; ++k) {
    const key = keys[k];
    const at = next[key]++;
    moved.keys[at] = key;
    moved.others[at] = others[k];
    moved.data[width * at] = data[width * k];
    if (width === 2) moved.data[2 * at + 1] = data[2 * k + 1];
    if (places && moved.places) moved.places[at] = places[k];
  }
}

/** The same in the order of their keys, which are below n, and where each key begins; those with one key stay as they are. */
function* byKeys(n: number, width: number, given: Keyed): Steps<Keyed & { starts: Uint32Array }> {
  const { keys, data, places } = given;
  const starts = new Uint32Array(n + 1);
  const moved = {
    keys: new Uint32Array(keys.length),
    others: new Uint32Array(keys.length),
    data: new Float64Array(data.length),
    places: places && new Uint32Array(places.length),
  };
  const { counted, begun } = PROGRESS.sort;
  const count = (from: number, to: number) => {
    for (let k = from; k < to; ++k) starts[keys[k] + 1]++;
  };
  yield* share(listSteps(keys.length, count), 0, counted);
  yield* share(addUpSteps(starts), counted, begun);
  const next = starts.slice();
  const some = (from: number, to: number) => move(width, given, moved, next, from, to);
  yield* share(listSteps(keys.length, some), begun, 1);
  return { ...moved, starts };
}

/** The numbers 0 … length − 1. */
function* countingSteps(length: number): Steps<Uint32Array> {
  const numbers = new Uint32Array(length);
  yield* listSteps(length, (from, to) => {
    for (let k = from; k < to; ++k) numbers[k] = k;
  });
  return numbers;
}

/** Sorts entries, whose places lie in the matrix; `wherefrom` asks for where each was listed. */
export function* sortSteps(
  { n, complex, rows, columns, data }: Triplets,
  wherefrom = false,
): Steps<SortedTriplets> {
  const width = complex ? 2 : 1;
  const { listed, once } = PROGRESS.sort;
  const places = wherefrom ? yield* share(countingSteps(rows.length), 0, listed) : undefined;
  const given = { keys: columns, others: rows, data, places };
  const byColumn = yield* share(byKeys(n, width, given), listed, once);
  const turned = { ...byColumn, keys: byColumn.others, others: byColumn.keys };
  const byRow = yield* share(byKeys(n, width, turned), once, 1);
  return {
    n,
    complex,
    starts: byRow.starts,
    columns: byRow.others,
    data: byRow.data,
    places: byRow.places,
  };
}
