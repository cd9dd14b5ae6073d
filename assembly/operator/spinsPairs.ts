// The lists of pairs in the tables of spinsRecord.ts, for flips of low bits that come with flips or signs of high bits.
import { Job } from '../job';
import { mixedEnd, signEnd, termOf } from './sortedTerms';
import { levels, MixedTerms, Sign, Span, Spins } from './spinsRecord';

/** Where the next MixedTerms is written, and how much room those before it have used. */
@unmanaged
export class MixedTables extends Job {
  block: usize;
  terms: usize;
  /** The first term of the next one, and where the terms of all end. */
  term: u32;
  to: u32;
  at: usize;
  signs: u32;
  ranges: u32;
  pairs: u32;
}

/** The state before the first MixedTerms; all are made of the terms `from` … `to` − 1. */
export function beginMixed(tables: MixedTables, from: u32, to: u32): void {
  tables.term = from;
  tables.to = to;
  tables.at = tables.block + changetype<Spins>(tables.block).mixed;
  tables.signs = 0;
  tables.ranges = 0;
  tables.pairs = 0;
}

/** Writes the next MixedTerms, its masks of low bits, and its lists, unless an earlier one has the same lists. */
export function writeMixed(tables: MixedTables): void {
  const block = tables.block;
  const spins = changetype<Spins>(block);
  const terms = tables.terms;
  const bits = spins.lowBits;
  const kinds = <u32>levels(spins);
  const end = mixedEnd(terms, tables.term, tables.to, bits);
  const mixed = changetype<MixedTerms>(tables.at);
  mixed.flip = termOf(terms, tables.term).flip >>> bits;
  mixed.firstSign = tables.signs;
  mixed.signs = 0;
  for (let s = tables.term; s < end; ) {
    const last = signEnd(terms, s, end, bits);
    const sign = changetype<Sign>(block + spins.signs + <usize>tables.signs * offsetof<Sign>());
    tables.signs++;
    sign.first = s;
    sign.count = last - s;
    mixed.signs++;
    s = last;
  }
  const like = alike(spins, terms, tables.at);
  if (like != 0) {
    mixed.ranges = changetype<MixedTerms>(like).ranges;
  } else {
    mixed.ranges = tables.ranges;
    tables.pairs = writePairs(spins, terms, mixed, tables.pairs);
    tables.ranges += (kinds * kinds) << mixed.signs;
  }
  tables.at += offsetof<MixedTerms>();
  tables.term = end;
}

/** An earlier MixedTerms with the same flip and the same masks of low bits, whose lists are therefore the same. */
function alike(spins: Spins, terms: usize, at: usize): usize {
  const mixed = changetype<MixedTerms>(at);
  const first = changetype<usize>(spins) + spins.mixed;
  for (let other = first; other < at; other += offsetof<MixedTerms>()) {
    const before = changetype<MixedTerms>(other);
    if (before.signs != mixed.signs) continue;
    const low = ((<u32>1) << spins.lowBits) - 1;
    let same =
      ((termOf(terms, firstTerm(spins, before, 0)).flip ^ termOf(terms, firstTerm(spins, mixed, 0)).flip) &
        low) ==
      0;
    for (let j: u32 = 0; same && j < mixed.signs; ++j)
      same = maskOf(spins, terms, before, j) == maskOf(spins, terms, mixed, j);
    if (same) return other;
  }
  return 0;
}

@inline
function firstTerm(spins: Spins, mixed: MixedTerms, j: u32): u32 {
  const signs = changetype<usize>(spins) + spins.signs;
  return changetype<Sign>(signs + <usize>(mixed.firstSign + j) * offsetof<Sign>()).first;
}

@inline
function maskOf(spins: Spins, terms: usize, mixed: MixedTerms, j: u32): u32 {
  return termOf(terms, firstTerm(spins, mixed, j)).mask & (((<u32>1) << spins.lowBits) - 1);
}

/** Writes the lists of mixed terms, from place `first` on; returns where they end. */
function writePairs(spins: Spins, terms: usize, mixed: MixedTerms, first: u32): u32 {
  const block = changetype<usize>(spins);
  const kinds = <u32>levels(spins);
  const count = (kinds * kinds) << mixed.signs;
  const spans = block + spins.ranges + <usize>mixed.ranges * offsetof<Span>();
  memory.fill(spans, 0, <usize>count * offsetof<Span>());
  // First the length of each list, then where it begins, then its pairs.
  for (let low: u32 = 0; low >>> spins.lowBits == 0; ++low) {
    changetype<Span>(spans + listOf(spins, terms, mixed, low) * offsetof<Span>()).to++;
  }
  let next = first;
  for (let k: u32 = 0; k < count; ++k) {
    const span = changetype<Span>(spans + <usize>k * offsetof<Span>());
    span.from = next;
    next += span.to;
    span.to = span.from;
  }
  for (let low: u32 = 0; low >>> spins.lowBits == 0; ++low) {
    const span = changetype<Span>(spans + listOf(spins, terms, mixed, low) * offsetof<Span>());
    const source = low ^ lowFlip(spins, terms, mixed);
    const pair = block + spins.pairs + ((<usize>span.to) << 2);
    span.to++;
    store<u16>(pair, load<u16>(block + spins.lowPlaces + ((<usize>low) << 1)));
    store<u16>(pair, load<u16>(block + spins.lowPlaces + ((<usize>source) << 1)), 2);
  }
  return next;
}

@inline
function lowFlip(spins: Spins, terms: usize, mixed: MixedTerms): u32 {
  return termOf(terms, firstTerm(spins, mixed, 0)).flip & (((<u32>1) << spins.lowBits) - 1);
}

/** The list of mixed terms that an element with these low bits is in: by the signs of its source, and by the down spins of both. */
function listOf(spins: Spins, terms: usize, mixed: MixedTerms, low: u32): usize {
  const source = low ^ lowFlip(spins, terms, mixed);
  let bits: u32 = 0;
  for (let j: u32 = 0; j < mixed.signs; ++j) {
    bits |= (popcnt<u32>(source & maskOf(spins, terms, mixed, j)) & 1) << j;
  }
  if (spins.down < 0) return bits;
  const kinds = <u32>levels(spins);
  return (bits * kinds + popcnt<u32>(low)) * kinds + popcnt<u32>(source);
}
