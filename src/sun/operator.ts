// The quantum sun as an operator: its rows, compressed, in the whole space or among the configurations with one number of up
// spins (assembly/operator/sunRows.ts).
import { csrComputed } from '../operator/csr.js';
import type { CheckedCsr } from '../operator/entries.js';
import { generate } from '../operator/group.js';
import { matrixByRows, rowsRoom } from '../operator/rows.js';
import { configurations } from '../operator/sector.js';
import type { Sector } from '../operator/sectorIdentity.js';
import { allStates, plainBasis, type SpinComputed } from '../operator/spins.js';
import { SUN_ENTRIES } from '../wasm/constants.js';
import type { Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import type { CheckedSun } from './model.js';

const sectorOf = ({ dotSpins, fields }: CheckedSun, up: number | undefined): Sector => {
  const sites = dotSpins + fields.length;
  return { sites, down: up === undefined ? -1 : sites - up, elements: generate(sites, []) };
};

/** Entries of a row at most. */
const entriesOfRow = ({ dotSpins, fields }: CheckedSun) => 2 ** dotSpins + fields.length;

/** Bytes of the matrix at most. */
export function entryBytes(sun: CheckedSun, up: number | undefined): number {
  return configurations(sectorOf(sun, up)) * (12 * entriesOfRow(sun) + 4);
}

function matrixOf(runtime: Runtime, sun: CheckedSun, sector: Sector, budget: number): Steps<CheckedCsr> {
  const { dotSpins, dot, fields, couplings, partners, conserve } = sun;
  const shape = { n: configurations(sector), complex: false, most: entriesOfRow(sun) };
  return runtime.steps(function* (arena) {
    const room = rowsRoom(arena, shape);
    const work = arena.bytes(runtime.wasm.sunWorkspace(sector.sites) >>> 0);
    runtime.wasm.sunStart(
      dotSpins,
      fields.length,
      sector.down,
      Number(conserve === 'u1'),
      arena.put(dot),
      arena.put(fields),
      arena.put(couplings),
      arena.putWords(partners),
      work,
    );
    const job = {
      work,
      entries: work + SUN_ENTRIES,
      start: (from: number, to: number) =>
        runtime.wasm.sunRowsStart(to - from, room.indices, room.data, room.ends, work),
    };
    return yield* matrixByRows(runtime, arena, shape, room, job, budget);
  });
}

export function* sunOperator(
  runtime: Runtime,
  sun: CheckedSun,
  up: number | undefined,
  budget: number,
): Steps<SpinComputed & { sites: number }> {
  const sector = sectorOf(sun, up);
  const matrix = yield* matrixOf(runtime, sun, sector, budget);
  return {
    sites: sector.sites,
    computed: { ...csrComputed(matrix), basis: sector },
    ...plainBasis(runtime, sector, () => allStates(sector, matrix.n)),
  };
}
