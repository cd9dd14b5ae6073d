// The tables of an operator on spins ½: one block of memory that begins with this record. Addresses in it are relative to the record, so
// that a block may be copied anywhere.
import { sumError } from '../numeric/exact';
import { Operator } from './operator';
import { downBelow, lowKinds } from './places';

@unmanaged
export class Spins extends Operator {
  lowBits: i32;
  /** Number of down spins, −1 for any. */
  down: i32;
  /** 2^(sites − lowBits). */
  rows: u32;
  /** First element of each row, and n: rows + 1 numbers. */
  bases: usize;
  /** First row of each task, `tasks` + 1 numbers. */
  starts: usize;
  /** n diagonal entries. */
  diagonal: usize;
  /** Place of a low configuration among those with as many down spins: 16 bits each. */
  lowPlaces: usize;
  /** Flips of low bits alone, a sparse matrix for each number of down spins: where its rows begin in lowRows, and their entries. */
  lowFirst: usize;
  lowRows: usize;
  lowColumns: usize;
  lowEntries: usize;
  /** Flips of high bits alone. */
  highCount: i32;
  high: usize;
  /** All others. */
  mixedCount: i32;
  mixed: usize;
  signs: usize;
  ranges: usize;
  pairs: usize;
  /** All terms, to which FlipTerms and Sign point. */
  terms: usize;
}

/** c (−1)^|s & mask|, the factor that comes with a flip. In the list of terms as given, mask and flip cover all bits. */
@unmanaged
export class Term {
  flip: u32;
  mask: u32;
  re: f64;
  im: f64;
}

/** How many terms there are of each kind, in their order. */
@unmanaged
export class Counts {
  diagonal: u32;
  low: u32;
  high: u32;
  mixed: u32;
}

/** Terms with the same flip: in these tables of high bits only, in sector.ts of any. */
@unmanaged
export class FlipTerms {
  flip: u32;
  first: u32;
  count: u32;
}

/** Terms with the same flip, which may have high bits and low ones: up to SIGNS masks of low bits, each with its own terms. */
@unmanaged
export class MixedTerms {
  /** Of high bits. */
  flip: u32;
  signs: u32;
  firstSign: u32;
  /** First of its ranges of pairs. There is one for each combination of signs and of down spins among the low bits of row and source. */
  ranges: u32;
}

/** Terms that share a mask of low bits. */
@unmanaged
export class Sign {
  first: u32;
  count: u32;
}

/** From and to, in a list. */
@unmanaged
export class Span {
  from: u32;
  to: u32;
}

/** Most masks of low bits in a MixedTerms: each of the 2^SIGNS combinations of their signs has a list of its own. */
export const SIGNS: u32 = 4;

/** How many numbers of down spins among the low bits have tables of their own. */
@inline
export function levels(spins: Spins): i32 {
  return lowKinds(spins.lowBits, spins.down);
}

/** Down spins among the low bits of a row: 0 where any number shares one table, and outside of 0 … lowBits where the row is empty. */
@inline
export function lowDown(spins: Spins, high: u32): i32 {
  return downBelow(spins.down, high);
}

/**
 * Σ c (−1)^|s & mask| of `count` terms, real or imaginary part. The rounding errors of the additions are summed too and added in
 * the end: |error| ≤ ulp |Σ|/2 + (count ulp/2)² Σ|c|, so that small terms survive beside large ones that cancel.
 */
@inline
export function coefficient(terms: usize, first: u32, count: u32, s: u32, imaginary: bool): f64 {
  let sum: f64 = 0;
  let lost: f64 = 0;
  let at = terms + <usize>first * offsetof<Term>();
  for (let t: u32 = 0; t < count; ++t) {
    const term = changetype<Term>(at);
    const c = imaginary ? term.im : term.re;
    const x = popcnt<u32>(s & term.mask) & 1 ? -c : c;
    const next = sum + x;
    lost += sumError(sum, x, next);
    sum = next;
    at += offsetof<Term>();
  }
  return sum + lost;
}
