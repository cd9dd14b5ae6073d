// Takes vectors of a sector of spins ½ to the whole space and back, by assembly/operator/sectorVectors.ts, in parts, so that memory is
// bounded.
import { type Arena, floats } from '../wasm/arena.js';
import { ELEMENT_BYTES } from '../wasm/constants.js';
import type { Runtime } from '../wasm/runtime.js';
import { elementTables } from './group.js';
import { putBytes } from './pieces.js';
import type { SectorBasis } from './sector.js';
import type { Sector } from './sectorIdentity.js';

/** Doubles of the whole space that are in memory at a time: 512 MiB. A bound on memory, like the next two. */
const WINDOW = 2 ** 26;
/** States of the sector at a time. */
const STATES = 2 ** 20;
/** Doubles of the vectors that are moved together, 32 MiB, or one vector if it has more. */
const MOVED_TOGETHER = 2 ** 22;

/** Vectors, one after another, with `width` numbers an amplitude. */
interface SectorVectors {
  x: Float64Array;
  columns: number;
  width: 1 | 2;
}

/** `columns` vectors of 2^sites amplitudes. */
export function embedded(
  runtime: Runtime,
  sector: Sector,
  basis: SectorBasis,
  vectors: SectorVectors,
): Float64Array {
  return moved(runtime, sector, basis, vectors, false);
}

/**
 * The parts in the sector of `columns` vectors of 2^sites amplitudes. Of vectors in the sector it is the inverse of `embedded`; the part
 * of others outside of the sector is dropped.
 */
export function projected(
  runtime: Runtime,
  sector: Sector,
  basis: SectorBasis,
  vectors: SectorVectors,
): Float64Array {
  return moved(runtime, sector, basis, vectors, true);
}

/** The amplitudes `first` … `first` + `count` − 1 of `columns` vectors, from number `column` on, that have `all` amplitudes each. */
interface Cut {
  all: number;
  column: number;
  columns: number;
  first: number;
  count: number;
  width: number;
}

/** Copies a cut between `x` and the memory at `address`, where its columns follow one another. */
function copyCut(arena: Arena, x: Float64Array, cut: Cut, address: number, out: boolean): void {
  const size = cut.width * cut.count;
  for (let k = 0; k < cut.columns; ++k) {
    const at = cut.width * (cut.all * (cut.column + k) + cut.first);
    const [here, there] = [x.subarray(at, at + size), arena.view(address + 8 * size * k, size)];
    if (out) here.set(there);
    else there.set(here);
  }
}

function moved(
  runtime: Runtime,
  { sites, elements }: Sector,
  { states, stabilizers }: SectorBasis,
  { x, columns, width }: SectorVectors,
  back: boolean,
): Float64Array {
  const [n, whole] = [states.length, 2 ** sites];
  const out = floats(width * columns * (back ? n : whole));
  const window = Math.min(whole, WINDOW / width);
  const section = Math.min(n, STATES);
  const together = Math.min(columns, Math.max(1, Math.floor(MOVED_TOGETHER / (width * window))));
  if (together === 0 || n === 0) return out;
  runtime.scope((arena) => {
    const table = putBytes(arena, elementTables(elements, sites));
    const [own, psi] = [arena.f64(width * section * together), arena.f64(width * window * together)];
    const [list, fixed, norms] = [arena.i32(section), arena.i32(section), arena.f64(section)];
    const { wasm } = runtime;
    const move = back ? wasm.sectorProject : wasm.sectorEmbed;
    for (let column = 0; column < columns; column += together) {
      const some = { column, columns: Math.min(together, columns - column), width };
      for (let from = 0; from < whole; from += window) {
        const wide = { ...some, all: whole, first: from, count: window };
        if (back) copyCut(arena, x, wide, psi, false);
        else arena.view(psi, width * window * some.columns).fill(0);
        for (let first = 0; first < n; first += section) {
          const count = Math.min(section, n - first);
          const narrow = { ...some, all: n, first, count };
          // Contributions from other parts of the whole space are added up.
          copyCut(arena, back ? out : x, narrow, own, false);
          arena.viewI32(list, count).set(states.subarray(first, first + count));
          arena.viewI32(fixed, count).set(stabilizers.subarray(first, first + count));
          wasm.sectorNorms(count, elements.length, back, fixed, norms);
          for (let g = 0; g < elements.length; ++g) {
            const element = table + ELEMENT_BYTES * g;
            move(some.columns, width === 2, element, count, list, norms, from, window, own, psi);
          }
          if (back) copyCut(arena, out, narrow, own, true);
        }
        if (!back) copyCut(arena, out, wide, psi, true);
      }
    }
  });
  return out;
}
