// Spins ½: the tables of products without a matrix (assembly/operator/spins.ts), or the matrix in compressed rows.
import { floats } from '../wasm/arena.js';
import { COUNTS_BYTES, COUNTS_DIAGONAL, COUNTS_HIGH, COUNTS_LOW, COUNTS_MIXED } from '../wasm/constants.js';
import { jobSteps } from '../wasm/jobs.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import { type Computed, recorded } from './compute.js';
import { csrComputed } from './csr.js';
import { embedded, projected } from './embed.js';
import type { Element } from './group.js';
import type { Pauli } from './paulis.js';
import { putBytes } from './pieces.js';
import { configurations, matrixBytes, sectorMatrix, termTable } from './sector.js';
import { sectorBasis } from './sectorBasis.js';
import { sectorComputed } from './sectorFree.js';
import type { Sector } from './sectorIdentity.js';
import { CSR_BYTES, LOW_SITES, PROGRESS } from './tuning.js';

/** Bytes that are copied at a time: a few milliseconds. A bound on a wait. */
const COPIED = 2 ** 24;

/** A Hamiltonian, checked. */
export interface SpinTask {
  sites: number;
  sum: readonly Pauli[];
  up?: number;
  /** The group, the identity first. */
  elements: readonly Element[];
  /** `auto`: without a matrix where there are no symmetries, or where it takes more than `CSR_BYTES`. */
  storage: 'auto' | 'free' | 'csr';
}

/** What a public SpinOperator is made of. */
export interface SpinComputed {
  computed: Computed;
  states(): Uint32Array;
  /** Vectors in the whole space; `width` numbers an amplitude. */
  embed(x: Float64Array, columns: number, width: 1 | 2): Float64Array;
  /** Their parts in the sector, of vectors in the whole space. */
  project(x: Float64Array, columns: number, width: 1 | 2): Float64Array;
}

export function* spinOperator(runtime: Runtime, task: SpinTask, budget: number): Steps<SpinComputed> {
  const sector: Sector = {
    sites: task.sites,
    down: task.up === undefined ? -1 : task.sites - task.up,
    elements: task.elements,
  };
  const complex =
    task.sum.some(({ im }) => im !== 0) || task.elements.some(({ character }) => character[1] !== 0);
  const plain = task.elements.length === 1;
  if (plain && task.storage !== 'csr') return yield* free(runtime, task, sector, complex, budget);
  const known = task.storage === 'free' ? 1 : PROGRESS.basis;
  const basis = yield* share(sectorBasis(runtime, sector, budget), 0, known);
  const inOrder = task.sum.toSorted(byFlip(lowBitsOf(task.sites)));
  const rows = { sector, basis, sum: inOrder, complex };
  const small = task.storage === 'csr' || (task.storage === 'auto' && matrixBytes(rows) <= CSR_BYTES);
  return {
    computed: small
      ? { ...csrComputed(yield* share(sectorMatrix(runtime, rows, budget), known, 1)), basis: sector }
      : sectorComputed(runtime, rows),
    states: () => basis.states.slice(),
    embed: (x, columns, width) => embedded(runtime, sector, basis, { x, columns, width }),
    project: (x, columns, width) => projected(runtime, sector, basis, { x, columns, width }),
  };
}

function lowBitsOf(sites: number): number {
  return Math.min(sites, LOW_SITES);
}

/** The order in which terms are added up, with a matrix and without, so that both have the same bits. */
function byFlip(lowBits: number): (a: Pauli, b: Pauli) => number {
  const low = 2 ** lowBits - 1;
  return (a, b) => a.flip - b.flip || (a.mask & low) - (b.mask & low) || a.mask - b.mask;
}

/** Diagonal terms, flips of low bits whose masks are low, flips of high bits whose masks are high, and the others. */
function sorted(sum: readonly Pauli[], lowBits: number): { terms: Pauli[]; counts: Uint32Array } {
  const low = 2 ** lowBits - 1;
  // The place of the counter of its kind; kinds are sorted by it.
  const kind = ({ flip, mask }: Pauli) => {
    if (flip === 0) return COUNTS_DIAGONAL;
    if (((flip | mask) & ~low) === 0) return COUNTS_LOW;
    return ((flip | mask) & low) === 0 ? COUNTS_HIGH : COUNTS_MIXED;
  };
  const order = byFlip(lowBits);
  const terms = sum.toSorted((a, b) => kind(a) - kind(b) || order(a, b));
  const counts = new Uint32Array(COUNTS_BYTES / 4);
  for (const term of terms) counts[kind(term) / 4]++;
  return { terms, counts };
}

function* free(
  runtime: Runtime,
  task: SpinTask,
  sector: Sector,
  complex: boolean,
  budget: number,
): Steps<SpinComputed> {
  const n = configurations(sector);
  const block = yield* tables(runtime, task, sector, complex, budget);
  const cost = n * new Set(task.sum.map(({ flip }) => flip)).size;
  const computed = recorded({ n, complex, bytes: block.byteLength, cost, basis: sector }, (own, arena) => {
    const record = putBytes(arena, block);
    own.wasm.spinsOperator(record);
    return record;
  });
  return { computed, ...plainBasis(runtime, sector, () => allStates(sector, n)) };
}

/** What is known of a basis without symmetries. */
export function plainBasis(
  runtime: Runtime,
  sector: Sector,
  states: () => Uint32Array,
): Omit<SpinComputed, 'computed'> {
  const basis = () => {
    const all = states();
    return { states: all, stabilizers: all.map(() => 1) };
  };
  return {
    states,
    embed: (x, columns, width) => embedded(runtime, sector, basis(), { x, columns, width }),
    project: (x, columns, width) => projected(runtime, sector, basis(), { x, columns, width }),
  };
}

/** The block of tables, which is the same wherever it lies. */
function tables(
  runtime: Runtime,
  { sites, sum }: SpinTask,
  sector: Sector,
  complex: boolean,
  budget: number,
): Steps<ArrayBuffer> {
  const lowBits = lowBitsOf(sites);
  const { terms, counts } = sorted(sum, lowBits);
  const n = configurations(sector);
  return runtime.steps(function* (arena) {
    const { wasm } = runtime;
    const [at, numbers] = [putBytes(arena, termTable(terms)), arena.putWords(counts)];
    const head = wasm.spinsBytes() >>> 0;
    const record = arena.bytes(head);
    const bytes =
      wasm.spinsTablesBytes(record, sites, lowBits, sector.down, n, Number(complex), at, numbers) >>> 0;
    const block = arena.bytes(bytes);
    const work = arena.bytes(wasm.spinsTablesWorkspace() >>> 0);
    arena.viewBytes(block, head).set(arena.viewBytes(record, head));
    wasm.spinsTablesStart(block, at, numbers, work);
    yield* share(jobSteps(runtime, work, budget), 0, PROGRESS.tables);
    const taken = floats(Math.ceil(bytes / 8)).buffer as ArrayBuffer;
    const copy = new Uint8Array(taken);
    for (let from = 0; from < bytes; from += COPIED) {
      copy.set(arena.viewBytes(block + from, Math.min(COPIED, bytes - from)), from);
      yield PROGRESS.tables + (1 - PROGRESS.tables) * (from / bytes);
    }
    return taken;
  });
}

/** Configurations with `down` bits, or all, ascending. */
export function allStates({ sites, down }: Sector, n: number): Uint32Array {
  const states = new Uint32Array(n);
  if (down < 0) return states.map((_, i) => i);
  let k = 0;
  const put = (prefix: number, site: number, left: number) => {
    if (left === 0) {
      states[k++] = prefix >>> 0;
      return;
    }
    if (site + 1 > left) put(prefix, site - 1, left);
    put(prefix | (1 << site), site - 1, left - 1);
  };
  put(0, sites - 1, down);
  return states;
}
