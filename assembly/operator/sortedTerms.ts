// Ranges of sorted terms: those with the same flip, and among them those with the same mask of low bits.
import { SIGNS, Term } from './spinsRecord';

@inline
export function termOf(terms: usize, t: u32): Term {
  return changetype<Term>(terms + <usize>t * offsetof<Term>());
}

/** Number of different flips of the terms `from` … `to` − 1. */
export function flipsOf(terms: usize, from: u32, to: u32): i32 {
  let count = 0;
  for (let t = from; t < to; t = flipEnd(terms, t, to)) count++;
  return count;
}

/** Where the terms with the flip of term t end. */
export function flipEnd(terms: usize, t: u32, to: u32): u32 {
  const flip = termOf(terms, t).flip;
  while (t < to && termOf(terms, t).flip == flip) ++t;
  return t;
}

/** Where the MixedTerms that begins with term t ends: at another flip, or when it has as many masks of low bits as it can hold. */
export function mixedEnd(terms: usize, t: u32, to: u32, lowBits: i32): u32 {
  const last = flipEnd(terms, t, to);
  let masks: u32 = 0;
  while (t < last && masks < SIGNS) {
    t = signEnd(terms, t, last, lowBits);
    masks++;
  }
  return t;
}

/** Where the terms with the same mask of low bits end. */
export function signEnd(terms: usize, t: u32, to: u32, lowBits: i32): u32 {
  const low = ((<u32>1) << lowBits) - 1;
  const mask = termOf(terms, t).mask & low;
  while (t < to && (termOf(terms, t).mask & low) == mask) ++t;
  return t;
}

export function signsOf(terms: usize, from: u32, to: u32, lowBits: i32): u32 {
  let count: u32 = 0;
  for (let t = from; t < to; t = signEnd(terms, t, to, lowBits)) count++;
  return count;
}
