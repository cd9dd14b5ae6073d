// Symmetry sectors of spins ½. A group G of permutations of sites (with or without a flip of all spins), g having the number
// χ(g) in a one-dimensional representation, gives to each configuration r that is the least of its orbit the state
//     |r⟩ = (|G| S_r)^-½ Σ_g χ(g)* g|r⟩ ,   S_r = the number of g with g r = r,
// provided that χ is 1 on all of those; otherwise r stands for no state. H commutes with G, so that with H|r⟩ = Σ_t a_t |t⟩ and
// t = g_t r_t
//     ⟨r'|H|r⟩ = Σ_{t: r_t = r'} a_t χ(g_t) (S_r'/S_r)^½ .
// Accuracy: an entry ⟨r'|H|r⟩ is known to within
//     Σ_t (limit of the flip that leads to t) (S_r'/S_r)^½ + an ulp of each partial sum ,
// and one that is no larger than that has cancelled and becomes 0. Every entry is judged by its own bound, so that a large constant on
// the diagonal does not remove small couplings. Configurations have 32 bits; bit i is site i.

import { end, Job, portion, recordBytes, start } from '../job';
import { ULP } from '../numeric/constants';
import { OK } from '../status';
import { coefficient, FlipTerms } from './spinsRecord';
import { IMAGE, LEAST_ROWS, PLACE } from './tuning';

/** An element of G: the image of a configuration is the OR of one word from a table for each of its bytes, XOR `flip`. */
@unmanaged
export class Element {
  flip: u32;
  padding: u32;
  re: f64;
  im: f64;
}

/** Bytes of an element without its tables, of the table for one byte of a configuration, and of an element with its four tables. */
export const ELEMENT_HEAD: usize = offsetof<Element>();
export const ELEMENT_TABLE: usize = 256 * sizeof<u32>();
export const ELEMENT_BYTES: usize = ELEMENT_HEAD + 4 * ELEMENT_TABLE;

@inline
export function image(element: usize, s: u32): u32 {
  const table = element + ELEMENT_HEAD;
  return (
    (load<u32>(table + ((<usize>(s & 255)) << 2)) |
      load<u32>(table + ((<usize>((s >>> 8) & 255)) << 2), ELEMENT_TABLE) |
      load<u32>(table + ((<usize>((s >>> 16) & 255)) << 2), 2 * ELEMENT_TABLE) |
      load<u32>(table + ((<usize>(s >>> 24)) << 2), 3 * ELEMENT_TABLE)) ^
    changetype<Element>(element).flip
  );
}

/** H in a sector: what the job that writes rows and the products without a matrix read. */
@unmanaged
export class Rows {
  /** n configurations r, ascending, and S_r of each. */
  states: usize;
  stabilizers: usize;
  n: u32;
  /** |G|, and its elements. */
  order: i32;
  elements: usize;
  /** The flips of H with their terms (FlipTerms, Term). */
  flipCount: i32;
  flips: usize;
  terms: usize;
  /** For each flip a bound on the rounding of the sum of its terms. */
  limits: usize;
  /** Number of down spins, −1 for any. */
  down: i32;
  complex: i32;
  /** Output: column indices and entries, and for each row where it ends, counted from 0. */
  indices: usize;
  data: usize;
  ends: usize;
  /** Workspace, one number a flip: bounds on the rounding of the entries of the current row. */
  nothing: usize;
}

/** A job that writes some rows of H. */
@unmanaged
export class SomeRows extends Job {
  rows: usize;
  from: i32;
  to: i32;
  /** The result: how many entries they have. */
  entries: i32;
}

export function sectorRowsWorkspace(): usize {
  return recordBytes<SomeRows>();
}

/**
 * Writes rows `from` … `to` − 1 of H in the sector, columns ascending: a job. `indices` and `data` need room for `flipCount` entries a row;
 * flips that lead out of the sector give no entry.
 */
export function sectorRowsStart(record: usize, from: i32, to: i32, work: usize): void {
  const some = changetype<SomeRows>(work);
  some.rows = record;
  some.from = from;
  some.to = to;
  some.entries = 0;
  start(some, rowsPart.index);
}

function rowsPart(work: usize, budget: f64): void {
  const some = changetype<SomeRows>(work);
  const rows = changetype<Rows>(some.rows);
  const count = some.to - some.from;
  const cost = <f64>rows.flipCount * (PLACE + IMAGE * <f64>rows.order);
  const last = some.position + portion(budget, cost, LEAST_ROWS, count - some.position);
  for (; some.position < last; ++some.position) {
    some.entries = sectorRow(rows, some.from + some.position, some.entries);
    store<u32>(rows.ends + ((<usize>some.position) << 2), some.entries);
  }
  some.progress = <f64>some.position / <f64>max(count, 1);
  if (some.position == count) end(some, OK);
}

/** The entry {re, im} in this column of a row with S_r = `own`; `element` takes t to the configuration of the column. */
@inline
export function entryBy(rows: Rows, element: usize, column: i32, own: f64, re: f64, im: f64): v128 {
  // t = g r' where g is the inverse of this element, so that χ(g) is the conjugate of its character.
  const c = changetype<Element>(element).re;
  const d = -changetype<Element>(element).im;
  const weight = Math.sqrt(<f64>load<u32>(rows.stabilizers + ((<usize>column) << 2)) / own);
  // (re, im) is what H takes from r to t: the entry in row r is its conjugate.
  return f64x2.replace_lane(f64x2.splat(weight * (re * c - im * d)), 1, -weight * (re * d + im * c));
}

function sectorRow(rows: Rows, r: i32, first: i32): i32 {
  const s = load<u32>(rows.states + ((<usize>r) << 2));
  const own = <f64>load<u32>(rows.stabilizers + ((<usize>r) << 2));
  let last = first;
  for (let f = 0; f < rows.flipCount; ++f) {
    const flip = changetype<FlipTerms>(rows.flips + <usize>f * offsetof<FlipTerms>());
    const t = s ^ flip.flip;
    if (rows.down >= 0 && <i32>popcnt<u32>(t) != rows.down) continue;
    const re = coefficient(rows.terms, flip.first, flip.count, s, false);
    const im = coefficient(rows.terms, flip.first, flip.count, s, true);
    if (re == 0 && im == 0) continue;
    const element = toLeast(rows, t);
    const column = place(rows, image(element, t));
    if (column < 0) continue;
    const entry = entryBy(rows, element, column, own, re, im);
    const unknown = limitOf(rows, f, column, own);
    last = insert(
      rows,
      first,
      last,
      column,
      f64x2.extract_lane(entry, 0),
      f64x2.extract_lane(entry, 1),
      unknown,
    );
  }
  clear(rows, first, last, r);
  return last;
}

/** A bound on the rounding of the entry that flip number f of H contributes to this column. */
@inline
export function limitOf(rows: Rows, f: i32, column: i32, own: f64): f64 {
  const weight = Math.sqrt(<f64>load<u32>(rows.stabilizers + ((<usize>column) << 2)) / own);
  return weight * load<f64>(rows.limits + ((<usize>f) << 3));
}

/** Sets to 0 what has cancelled in a row, and the imaginary part of the diagonal: rounding alone would not be Hermitian. */
function clear(rows: Rows, first: i32, last: i32, r: i32): void {
  const shift = <usize>(3 + rows.complex);
  for (let k = first; k < last; ++k) {
    const at = rows.data + ((<usize>k) << shift);
    const nothing = load<f64>(rows.nothing + ((<usize>(k - first)) << 3));
    if (Math.abs(load<f64>(at)) <= nothing) store<f64>(at, 0);
    if (!rows.complex) continue;
    const diagonal = load<i32>(rows.indices + ((<usize>k) << 2)) == r;
    if (diagonal || Math.abs(load<f64>(at, 8)) <= nothing) store<f64>(at, 0, 8);
  }
}

/** The first element that takes t to the least configuration of its orbit. */
export function toLeast(rows: Rows, t: u32): usize {
  let best = rows.elements;
  let least = t;
  for (let g = 1; g < rows.order; ++g) {
    const element = rows.elements + <usize>g * ELEMENT_BYTES;
    const other = image(element, t);
    if (other < least) {
      least = other;
      best = element;
    }
  }
  return best;
}

/** Index of a configuration among those of the sector, or −1. */
export function place(rows: Rows, s: u32): i32 {
  let low = 0;
  let high = <i32>rows.n;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (load<u32>(rows.states + ((<usize>middle) << 2)) < s) low = middle + 1;
    else high = middle;
  }
  const here = low < <i32>rows.n && load<u32>(rows.states + ((<usize>low) << 2)) == s;
  return here ? low : -1;
}

/**
 * Adds to the entry of a column in the row that occupies `first` … `last` − 1, or inserts one; returns where the row ends then.
 * @param unknown a bound on the rounding of what is added
 */
function insert(rows: Rows, first: i32, last: i32, column: i32, re: f64, im: f64, unknown: f64): i32 {
  const shift = <usize>(3 + rows.complex);
  let k = last;
  while (k > first && load<i32>(rows.indices + ((<usize>(k - 1)) << 2)) > column) --k;
  if (k > first && load<i32>(rows.indices + ((<usize>(k - 1)) << 2)) == column) {
    const at = rows.data + ((<usize>(k - 1)) << shift);
    const limit = rows.nothing + ((<usize>(k - 1 - first)) << 3);
    const sum = load<f64>(at) + re;
    store<f64>(at, sum);
    const other = rows.complex ? load<f64>(at, 8) + im : 0;
    if (rows.complex) store<f64>(at, other, 8);
    store<f64>(limit, load<f64>(limit) + unknown + ULP * (Math.abs(sum) + Math.abs(other)));
    return last;
  }
  const at = rows.data + ((<usize>k) << shift);
  const index = rows.indices + ((<usize>k) << 2);
  const limit = rows.nothing + ((<usize>(k - first)) << 3);
  memory.copy(at + ((<usize>1) << shift), at, (<usize>(last - k)) << shift);
  memory.copy(index + 4, index, (<usize>(last - k)) << 2);
  memory.copy(limit + 8, limit, (<usize>(last - k)) << 3);
  store<i32>(index, column);
  store<f64>(at, re);
  if (rows.complex) store<f64>(at, im, 8);
  store<f64>(limit, unknown);
  return last + 1;
}
