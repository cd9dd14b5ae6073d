// Makes the tables of spinsRecord.ts from the terms of H, in two passes: the first finds how long the tables become, the second writes them.
// Entries are sums of terms as accurate as `coefficient`.
//
// Terms must be sorted: those of the diagonal first, then flips of low bits alone whose masks have no high bits, then flips of
// high bits alone whose masks have no low bits, then the others, by flip and by mask of low bits.
import { end, enter, portion, recordBytes, start } from '../job';
import { align } from '../numeric/align';
import { OK } from '../status';
import { writePlaces } from './places';
import { flipEnd, flipsOf, mixedEnd, signsOf, termOf } from './sortedTerms';
import { beginMixed, MixedTables, writeMixed } from './spinsPairs';
import {
  Counts,
  coefficient,
  FlipTerms,
  levels,
  lowDown,
  MixedTerms,
  Sign,
  Span,
  Spins,
  Term,
} from './spinsRecord';
import { DIAGONAL_TERM, LISTED, ROW_PARTS } from './tuning';

/** Bytes of the record alone. */
export function spinsBytes(): usize {
  return recordBytes<Spins>();
}

/**
 * Bytes of the block. Of the block itself only the record is written, to `record`.
 * @param counts numbers of terms (Counts)
 */
export function spinsTablesBytes(
  record: usize,
  sites: i32,
  lowBits: i32,
  down: i32,
  n: u32,
  complex: i32,
  terms: usize,
  counts: usize,
): usize {
  const spins = changetype<Spins>(record);
  memory.fill(record, 0, offsetof<Spins>());
  spins.tasks = ROW_PARTS;
  spins.n = n;
  spins.complex = complex;
  spins.lowBits = lowBits;
  spins.down = down;
  spins.rows = 1 << (sites - lowBits);
  const kinds = <usize>levels(spins);
  const configurations = (<usize>1) << lowBits;
  const number = changetype<Counts>(counts);
  const low = number.low;
  const high = number.high;
  const mixed = number.mixed;
  const diagonal = number.diagonal;
  const mixedTerms = diagonal + low + high;
  spins.highCount = flipsOf(terms, diagonal + low, mixedTerms);
  let signs: usize = 0;
  let mixedCount: usize = 0;
  let lists: usize = 0;
  for (let t = mixedTerms; t < mixedTerms + mixed; ) {
    const end = mixedEnd(terms, t, mixedTerms + mixed, lowBits);
    const own = signsOf(terms, t, end, lowBits);
    signs += own;
    lists += (<usize>1) << own;
    mixedCount++;
    t = end;
  }
  spins.mixedCount = <i32>mixedCount;
  // The diagonal comes last: all else is read for every row and should lie together.
  let at = align(offsetof<Spins>());
  spins.bases = at;
  at = align(at + 4 * (<usize>spins.rows + 1));
  spins.starts = at;
  at = align(at + 4 * (ROW_PARTS + 1));
  spins.lowPlaces = at;
  at = align(at + 2 * configurations);
  spins.lowFirst = at;
  at = align(at + 4 * kinds);
  spins.lowRows = at;
  at = align(at + 4 * (configurations + kinds));
  const entries = configurations * flipsOf(terms, diagonal, diagonal + low);
  spins.lowColumns = at;
  at = align(at + 2 * entries);
  spins.lowEntries = at;
  at = align(at + ((entries << 3) << complex));
  spins.high = at;
  at = align(at + <usize>spins.highCount * offsetof<FlipTerms>());
  spins.mixed = at;
  at = align(at + mixedCount * offsetof<MixedTerms>());
  spins.signs = at;
  at = align(at + signs * offsetof<Sign>());
  spins.ranges = at;
  at = align(at + lists * kinds * kinds * offsetof<Span>());
  spins.pairs = at;
  at = align(at + 4 * mixedCount * configurations);
  spins.terms = at;
  at = align(at + <usize>(mixedTerms + mixed) * offsetof<Term>());
  spins.diagonal = at;
  return align(at + 8 * <usize>n);
}

/** The job that writes the tables of a block. */
@unmanaged
class Tables extends MixedTables {
  counts: usize;
}

export function spinsTablesWorkspace(): usize {
  return recordBytes<Tables>();
}

/** Writes the tables into the block, which begins with the record that `spinsTablesBytes` has written: a job. */
export function spinsTablesStart(block: usize, terms: usize, counts: usize, work: usize): void {
  const tables = changetype<Tables>(work);
  tables.block = block;
  tables.terms = terms;
  tables.counts = counts;
  start(tables, shortPart.index);
}

/** Step: everything except the mixed terms with their lists and the diagonal. */
function shortPart(work: usize, _budget: f64): void {
  const tables = changetype<Tables>(work);
  const spins = changetype<Spins>(tables.block);
  const number = changetype<Counts>(tables.counts);
  const terms = tables.terms;
  const diagonal = number.diagonal;
  const low = diagonal + number.low;
  const high = low + number.high;
  const mixed = high + number.mixed;
  writeRows(spins);
  writeLow(spins, terms, diagonal, low);
  writeTerms(spins, terms, mixed);
  writeHigh(spins, terms, low, high);
  beginMixed(tables, high, mixed);
  enter(tables, mixedPart.index);
}

function mixedPart(work: usize, budget: f64): void {
  const tables = changetype<Tables>(work);
  const spins = changetype<Spins>(tables.block);
  const count = spins.mixedCount;
  const last = tables.position + portion(budget, mixedCost(spins), 1, count - tables.position);
  for (; tables.position < last; ++tables.position) writeMixed(tables);
  report(tables, tables.position, 0);
  if (tables.position == count) enter(tables, diagonalPart.index);
}

function diagonalPart(work: usize, budget: f64): void {
  const tables = changetype<Tables>(work);
  const spins = changetype<Spins>(tables.block);
  const count = changetype<Counts>(tables.counts).diagonal;
  const rows = <i32>spins.rows;
  const last = tables.position + portion(budget, diagonalCost(tables), 1, rows - tables.position);
  for (; tables.position < last; ++tables.position)
    writeDiagonal(spins, tables.terms, count, tables.position);
  report(tables, spins.mixedCount, tables.position);
  if (tables.position == rows) end(tables, OK);
}

/** Nanoseconds that one MixedTerms takes. */
function mixedCost(spins: Spins): f64 {
  return LISTED * <f64>(1 << spins.lowBits);
}

/** Nanoseconds that a row of the diagonal takes. */
function diagonalCost(tables: Tables): f64 {
  const spins = changetype<Spins>(tables.block);
  return DIAGONAL_TERM * <f64>((1 + changetype<Counts>(tables.counts).diagonal) << spins.lowBits);
}

function report(tables: Tables, mixedDone: i32, rowsDone: i32): void {
  const spins = changetype<Spins>(tables.block);
  const mixed = mixedCost(spins);
  const diagonal = diagonalCost(tables);
  const all = mixed * <f64>spins.mixedCount + diagonal * <f64>spins.rows;
  tables.progress = (mixed * <f64>mixedDone + diagonal * <f64>rowsDone) / all;
}

/** Places of configurations, and tasks with about equally many elements. */
function writeRows(spins: Spins): void {
  const block = changetype<usize>(spins);
  const bases = block + spins.bases;
  const counted = block + spins.lowRows;
  writePlaces(spins.lowBits, spins.down, spins.rows, block + spins.lowPlaces, bases, counted);
  let task = 0;
  const starts = block + spins.starts;
  for (let high: u32 = 0; high < spins.rows; ++high) {
    const first = load<u32>(bases + ((<usize>high) << 2));
    while (task < ROW_PARTS && <u64>first * ROW_PARTS >= <u64>task * spins.n) {
      store<u32>(starts + ((<usize>task) << 2), high);
      task++;
    }
  }
  for (; task <= ROW_PARTS; ++task) store<u32>(starts + ((<usize>task) << 2), spins.rows);
}

/** The sparse matrices of flips of low bits alone. */
function writeLow(spins: Spins, terms: usize, from: u32, to: u32): void {
  const block = changetype<usize>(spins);
  const bits = spins.lowBits;
  const rows = block + spins.lowRows;
  let row = rows;
  let entries: usize = 0;
  for (let kind = 0; kind < levels(spins); ++kind) {
    store<u32>(block + spins.lowFirst + ((<usize>kind) << 2), <u32>((row - rows) >> 2));
    for (let low: u32 = 0; low >>> bits == 0; ++low) {
      if (spins.down >= 0 && <i32>popcnt<u32>(low) != kind) continue;
      store<u32>(row, <u32>entries);
      row += 4;
      for (let t = from; t < to; ) {
        const end = flipEnd(terms, t, to);
        const source = low ^ termOf(terms, t).flip;
        const re = coefficient(terms, t, end - t, source, false);
        const im = coefficient(terms, t, end - t, source, true);
        t = end;
        if (re == 0 && im == 0) continue;
        if (spins.down >= 0 && <i32>popcnt<u32>(source) != kind) continue;
        const place = load<u16>(block + spins.lowPlaces + ((<usize>source) << 1));
        store<u16>(block + spins.lowColumns + (entries << 1), place);
        const at = block + spins.lowEntries + (entries << (3 + spins.complex));
        store<f64>(at, re);
        if (spins.complex) store<f64>(at, im, 8);
        entries++;
      }
    }
    store<u32>(row, <u32>entries);
    row += 4;
  }
}

/** Copies the terms; in the copies only the high bits of masks and flips are left. */
function writeTerms(spins: Spins, terms: usize, count: u32): void {
  const own = changetype<usize>(spins) + spins.terms;
  for (let t: u32 = 0; t < count; ++t) {
    const term = termOf(own, t);
    const given = termOf(terms, t);
    term.flip = given.flip >>> spins.lowBits;
    term.mask = given.mask >>> spins.lowBits;
    term.re = given.re;
    term.im = given.im;
  }
}

function writeHigh(spins: Spins, terms: usize, from: u32, to: u32): void {
  let at = changetype<usize>(spins) + spins.high;
  for (let t = from; t < to; ) {
    const end = flipEnd(terms, t, to);
    const flip = changetype<FlipTerms>(at);
    flip.flip = termOf(terms, t).flip >>> spins.lowBits;
    flip.first = t;
    flip.count = end - t;
    at += offsetof<FlipTerms>();
    t = end;
  }
}

/** The diagonal of one row. */
function writeDiagonal(spins: Spins, terms: usize, count: u32, high: u32): void {
  const bits = spins.lowBits;
  const down = lowDown(spins, high);
  if (down < 0 || down >= levels(spins)) return;
  const block = changetype<usize>(spins);
  const first = load<u32>(block + spins.bases + ((<usize>high) << 2));
  let out = block + spins.diagonal + ((<usize>first) << 3);
  for (let low: u32 = 0; low >>> bits == 0; ++low) {
    if (spins.down >= 0 && <i32>popcnt<u32>(low) != down) continue;
    store<f64>(out, coefficient(terms, 0, count, (high << bits) | low, false));
    out += 8;
  }
}
