// The basis of a symmetry sector of spins ½: assembly/operator/sectorStates.ts.
import { SEARCH_FOUND, SEARCH_STATE } from '../wasm/constants.js';
import { jobSteps } from '../wasm/jobs.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import { elementTables } from './group.js';
import { joined, putBytes, takeWords } from './pieces.js';
import { configurations, type SectorBasis } from './sector.js';
import type { Sector } from './sectorIdentity.js';

/** Configurations that are examined between two copies out of WebAssembly memory. A bound on memory. */
const CONFIGURATIONS = 2 ** 20;

export function sectorBasis(runtime: Runtime, sector: Sector, budget: number): Steps<SectorBasis> {
  const { down, elements, sites } = sector;
  const all = configurations(sector);
  return runtime.steps(function* (arena) {
    const table = putBytes(arena, elementTables(elements, sites));
    const work = arena.bytes(runtime.wasm.sectorStatesWorkspace() >>> 0);
    const room = Math.min(all, CONFIGURATIONS);
    const [states, stabilizers] = [arena.i32(room), arena.i32(room)];
    const pieces: SectorBasis[] = [];
    let next = 2 ** Math.max(down, 0) - 1;
    for (let done = 0; done < all; done += room) {
      const count = Math.min(room, all - done);
      const any = Number(down < 0);
      runtime.wasm.sectorStatesStart(next, count, any, elements.length, table, states, stabilizers, work);
      yield* share(jobSteps(runtime, work, budget), done / all, (done + count) / all);
      next = arena.view(work + SEARCH_STATE, 1)[0];
      const found = arena.word(work + SEARCH_FOUND);
      pieces.push({
        states: takeWords(arena, states, found),
        stabilizers: takeWords(arena, stabilizers, found),
      });
    }
    return {
      states: yield* joined(
        pieces.map((piece) => piece.states),
        Uint32Array,
      ),
      stabilizers: yield* joined(
        pieces.map((piece) => piece.stabilizers),
        Uint32Array,
      ),
    };
  });
}
