// Symmetry sectors of spins ½, and H in them in compressed rows: assembly/operator/sector.ts.

import {
  ELEMENT_BYTES,
  FLIP_TERMS_BYTES,
  FLIP_TERMS_COUNT,
  FLIP_TERMS_FIRST,
  FLIP_TERMS_FLIP,
  ROWS_BYTES,
  ROWS_COMPLEX,
  ROWS_DATA,
  ROWS_DOWN,
  ROWS_ELEMENTS,
  ROWS_ENDS,
  ROWS_FLIP_COUNT,
  ROWS_FLIPS,
  ROWS_INDICES,
  ROWS_LIMITS,
  ROWS_N,
  ROWS_NOTHING,
  ROWS_ORDER,
  ROWS_STABILIZERS,
  ROWS_STATES,
  ROWS_TERMS,
  SOME_ROWS_ENTRIES,
  TERM_BYTES,
  TERM_FLIP,
  TERM_IM,
  TERM_MASK,
  TERM_RE,
  ULP,
} from '../wasm/constants.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import type { CheckedCsr } from './entries.js';
import { elementTables } from './group.js';
import type { Pauli } from './paulis.js';
import { putBytes } from './pieces.js';
import { matrixByRows, rowsRoom } from './rows.js';
import type { Sector } from './sectorIdentity.js';

/** The uncertainty of coefficients, relative to their sizes. */
const KNOWN = 4 * ULP;

/** The configurations that stand for the states of a sector, ascending, and the number of group elements that leave each unchanged. */
export interface SectorBasis {
  states: Uint32Array;
  stabilizers: Uint32Array;
}

/** (n choose k), exact below 2^53. */
function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; ++i) value = (value * (n - k + i)) / i;
  return Math.round(value);
}

/** The number of configurations without symmetries. */
export function configurations({ sites, down }: Sector): number {
  return down < 0 ? 2 ** sites : binomial(sites, down);
}

/** H and the basis in which its rows are written; the terms of H are sorted by their flips. */
export interface RowsTask {
  sector: Sector;
  basis: SectorBasis;
  sum: readonly Pauli[];
  complex: boolean;
}

function flipsOf(sum: readonly Pauli[]): number[] {
  return [...new Set(sum.map(({ flip }) => flip))];
}

/** Bytes that `putRows` takes. */
export function rowsBytes({ sector, basis, sum }: RowsTask): number {
  const tables = ELEMENT_BYTES * sector.elements.length;
  return (
    ROWS_BYTES +
    8 * basis.states.length +
    tables +
    (FLIP_TERMS_BYTES + 8) * flipsOf(sum).length +
    TERM_BYTES * sum.length
  );
}

/** Addresses that rows are written to. */
interface RowAddresses {
  indices: number;
  data: number;
  ends: number;
  nothing: number;
}

/** The record of `sectorRowsStart`, and what it points to. */
export function putRows(
  runtime: Runtime,
  arena: Arena,
  { sector, basis: { states, stabilizers }, sum, complex }: RowsTask,
  written: RowAddresses,
): number {
  const flips = flipsOf(sum);
  const at = {
    states: arena.putWords(states),
    stabilizers: arena.putWords(stabilizers),
    elements: putBytes(arena, elementTables(sector.elements, sector.sites)),
    flips: putBytes(arena, flipTable(sum, flips)),
    terms: putBytes(arena, termTable(sum)),
    limits: arena.put(limits(sum, flips)),
  };
  const record = arena.bytes(ROWS_BYTES);
  const head = new DataView(runtime.memory.buffer, record);
  const set = (offset: number, value: number) => head.setInt32(offset, value, true);
  set(ROWS_STATES, at.states);
  set(ROWS_STABILIZERS, at.stabilizers);
  set(ROWS_N, states.length);
  set(ROWS_ORDER, sector.elements.length);
  set(ROWS_ELEMENTS, at.elements);
  set(ROWS_FLIP_COUNT, flips.length);
  set(ROWS_FLIPS, at.flips);
  set(ROWS_TERMS, at.terms);
  set(ROWS_LIMITS, at.limits);
  set(ROWS_DOWN, sector.down);
  set(ROWS_COMPLEX, Number(complex));
  set(ROWS_INDICES, written.indices);
  set(ROWS_DATA, written.data);
  set(ROWS_ENDS, written.ends);
  set(ROWS_NOTHING, written.nothing);
  return record;
}

/** Bytes of the matrix, at most: every flip may give an entry of every row. */
export function matrixBytes({ basis, sum, complex }: RowsTask): number {
  return basis.states.length * (4 + (complex ? 20 : 12) * flipsOf(sum).length);
}

/** H in the sector. */
export function sectorMatrix(runtime: Runtime, task: RowsTask, budget: number): Steps<CheckedCsr> {
  const most = flipsOf(task.sum).length;
  const shape = { n: task.basis.states.length, complex: task.complex, most };
  return runtime.steps(function* (arena) {
    const room = rowsRoom(arena, shape);
    const record = putRows(runtime, arena, task, { ...room, nothing: arena.f64(most) });
    const work = arena.bytes(runtime.wasm.sectorRowsWorkspace() >>> 0);
    const job = {
      work,
      entries: work + SOME_ROWS_ENTRIES,
      start: (from: number, to: number) => runtime.wasm.sectorRowsStart(record, from, to, work),
    };
    return yield* matrixByRows(runtime, arena, shape, room, job, budget);
  });
}

/**
 * For each flip a bound on what the rounding of coefficients leaves of terms that cancel. It is 0 for the diagonal: H is Hermitian whatever
 * is there, and small terms beside large ones that cancel in the sector may be all that remains.
 */
function limits(sum: readonly Pauli[], flips: readonly number[]): Float64Array {
  const sizes = new Map(flips.map((flip) => [flip, 0]));
  for (const { flip, size } of sum) {
    if (flip !== 0) sizes.set(flip, (sizes.get(flip) ?? 0) + KNOWN * size);
  }
  return Float64Array.from(sizes.values());
}

/** The record of every flip: {flip, first term, number of terms}. */
function flipTable(sum: readonly Pauli[], flips: readonly number[]): ArrayBuffer {
  const buffer = new ArrayBuffer(FLIP_TERMS_BYTES * flips.length);
  let first = 0;
  flips.forEach((flip, f) => {
    const count = sum.filter((p) => p.flip === flip).length;
    const at = new DataView(buffer, FLIP_TERMS_BYTES * f, FLIP_TERMS_BYTES);
    at.setUint32(FLIP_TERMS_FLIP, flip, true);
    at.setUint32(FLIP_TERMS_FIRST, first, true);
    at.setUint32(FLIP_TERMS_COUNT, count, true);
    first += count;
  });
  return buffer;
}

/** The record of every term: {flip, mask, re, im}. */
export function termTable(sum: readonly Pauli[]): ArrayBuffer {
  const buffer = new ArrayBuffer(TERM_BYTES * sum.length);
  sum.forEach(({ flip, mask, re, im }, t) => {
    const at = new DataView(buffer, TERM_BYTES * t, TERM_BYTES);
    at.setUint32(TERM_FLIP, flip, true);
    at.setUint32(TERM_MASK, mask, true);
    at.setFloat64(TERM_RE, re, true);
    at.setFloat64(TERM_IM, im, true);
  });
  return buffer;
}
