// Rows of a quantum sun, H_dot + Σ J_j S^x_{n(j)} S^x_j + Σ h_j S^z_j, in ascending columns. A configuration is rest·2^{n_d} + dot. Its row
// is a row of H_dot with Σ ±h_j/2 added to the diagonal, and for each spin one more entry, in the configuration with that spin and its
// partner flipped: J/4 for S^x S^x; for S^x S^x + S^y S^y it is J/2 where the two differ, and none where they are alike. Exact but for
// the sum of the fields, taken in their order. Zeros are left out.
import { end, Job, portion, recordBytes, start } from '../job';
import { align } from '../numeric/align';
import { OK } from '../status';
import { placeOf, writePlaces } from './places';
import { nextState } from './sectorStates';
import { LEAST_ROWS, SUN_ELEMENT, SUN_SPIN } from './tuning';

/** A sun and the state of the job that writes its rows; if the number of down spins is fixed, tables of places follow. */
@unmanaged
export class Sun extends Job {
  dotSpins: i32;
  spins: i32;
  /** Number of down spins, −1 for any. */
  down: i32;
  /** 1: couplings are S^x S^x + S^y S^y. */
  exchange: i32;
  /** H_dot, row by row; h_j, J_j and n(j) of every spin. */
  dot: usize;
  fields: usize;
  couplings: usize;
  partners: usize;
  /** Tables of places. */
  low: usize;
  high: usize;
  lowBits: i32;
  /** How many rows the current job writes, and the configuration of the next one. */
  rows: i32;
  state: u64;
  /** Output: columns and entries, and for each row where it ends, counted from 0. */
  indices: usize;
  data: usize;
  ends: usize;
  /** The result: how many entries there are. */
  entries: i32;
}

/** Bytes of the table of low places and of the counters that are needed to make it. */
@inline
function lowBytes(lowBits: i32): usize {
  return align((<usize>2) << lowBits);
}

export function sunWorkspace(sites: i32): usize {
  const low = sites >> 1;
  return recordBytes<Sun>() + lowBytes(low) + 4 * (((<usize>1) << (sites - low)) + 1) + 4 * <usize>(low + 1);
}

/**
 * Writes the record, before the first of its rows.
 * @param down     number of down spins, −1 for any
 * @param exchange 1: S^x S^x + S^y S^y, 0: S^x S^x
 * @param dot      4^dotSpins numbers, symmetric, of which none leads to another number of down spins where that is fixed
 * @param fields   h_j, then J_j as doubles
 * @param partners sites of the dot, 32 bits each
 */
export function sunStart(
  dotSpins: i32,
  spins: i32,
  down: i32,
  exchange: i32,
  dot: usize,
  fields: usize,
  couplings: usize,
  partners: usize,
  work: usize,
): void {
  const sun = changetype<Sun>(work);
  const sites = dotSpins + spins;
  sun.dotSpins = dotSpins;
  sun.spins = spins;
  sun.down = down;
  sun.exchange = exchange;
  sun.dot = dot;
  sun.fields = fields;
  sun.couplings = couplings;
  sun.partners = partners;
  sun.lowBits = sites >> 1;
  sun.low = work + recordBytes<Sun>();
  sun.high = sun.low + lowBytes(sun.lowBits);
  sun.state = down < 0 ? 0 : ((<u64>1) << down) - 1;
  if (down < 0) return;
  const highs: u32 = 1 << (sites - sun.lowBits);
  writePlaces(sun.lowBits, down, highs, sun.low, sun.high, sun.high + 4 * <usize>(highs + 1));
}

/** Writes the next `rows` rows: a job. */
export function sunRowsStart(rows: i32, indices: usize, data: usize, ends: usize, work: usize): void {
  const sun = changetype<Sun>(work);
  sun.rows = rows;
  sun.indices = indices;
  sun.data = data;
  sun.ends = ends;
  sun.entries = 0;
  start(sun, rowsPart.index);
}

function rowsPart(work: usize, budget: f64): void {
  const sun = changetype<Sun>(work);
  const cost = SUN_ELEMENT * <f64>(1 << sun.dotSpins) + SUN_SPIN * <f64>sun.spins;
  const last = sun.position + portion(budget, cost, LEAST_ROWS, sun.rows - sun.position);
  for (; sun.position < last; ++sun.position) {
    writeRow(sun, <u32>sun.state);
    store<u32>(sun.ends + ((<usize>sun.position) << 2), sun.entries);
    sun.state = nextState(sun.state, sun.down < 0);
  }
  sun.progress = <f64>last / <f64>sun.rows;
  if (last == sun.rows) end(sun, OK);
}

/** The entries of configuration s, columns ascending: first flips of spins that are down, then the dot, then flips of spins that are up. */
function writeRow(sun: Sun, s: u32): void {
  const d: u32 = 1 << sun.dotSpins;
  const a = s & (d - 1);
  const rest = s - a;
  const row = sun.dot + ((<usize>(a << sun.dotSpins)) << 3);
  for (let j = sun.spins - 1; j >= 0; --j) if (isDown(sun, s, j)) writeFlip(sun, s, j);
  for (let b: u32 = 0; b < d; ++b) {
    let value = load<f64>(row + ((<usize>b) << 3));
    if (b == a) value += fieldEnergy(sun, s);
    put(sun, rest + b, value);
  }
  for (let j = 0; j < sun.spins; ++j) if (!isDown(sun, s, j)) writeFlip(sun, s, j);
}

@inline
function isDown(sun: Sun, s: u32, j: i32): bool {
  return ((s >>> (sun.dotSpins + j)) & 1) != 0;
}

/** Σ h_j S^z_j of a configuration. */
function fieldEnergy(sun: Sun, s: u32): f64 {
  let sum: f64 = 0;
  for (let j = 0; j < sun.spins; ++j) {
    const half = 0.5 * load<f64>(sun.fields + ((<usize>j) << 3));
    sum += isDown(sun, s, j) ? -half : half;
  }
  return sum;
}

/** The entry of the coupling of spin j, if it has one in this row. */
@inline
function writeFlip(sun: Sun, s: u32, j: i32): void {
  const partner = load<u32>(sun.partners + ((<usize>j) << 2));
  const alike = u32(isDown(sun, s, j)) == ((s >>> partner) & 1);
  if (sun.exchange && alike) return;
  const coupling = load<f64>(sun.couplings + ((<usize>j) << 3));
  put(sun, s ^ (1 << (sun.dotSpins + j)) ^ (1 << partner), (sun.exchange ? 0.5 : 0.25) * coupling);
}

/** Appends an entry to the current row, in the column of a configuration. */
@inline
function put(sun: Sun, to: u32, value: f64): void {
  if (value == 0) return;
  const k = sun.entries++;
  const column = sun.down < 0 ? to : placeOf(to, sun.lowBits, sun.low, sun.high);
  store<u32>(sun.indices + ((<usize>k) << 2), column);
  store<f64>(sun.data + ((<usize>k) << 3), value);
}
