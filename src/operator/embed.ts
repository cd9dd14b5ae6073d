// Vectors of a sector of spins ½ in the whole space. The state of a configuration r is (|G| S_r)^-½ Σ_g χ(g)* g|r⟩
// (assembly/operator/sector.ts), in which g r comes S_r times: its amplitude is that of r times χ(g)* (S_r/|G|)^½.
import { floats } from '../wasm/arena.js';
import { ELEMENT_BYTES, ELEMENT_FLIP, ELEMENT_HEAD, ELEMENT_TABLE } from '../wasm/constants.js';
import { elementTables } from './group.js';
import type { Basis, Sector } from './sector.js';

/** The same in 32-bit words: of an element, of what stands before its tables, and of each table. */
const [ELEMENT, HEAD, TABLE] = [ELEMENT_BYTES / 4, ELEMENT_HEAD / 4, ELEMENT_TABLE / 4];

/** `columns` vectors of 2^sites amplitudes, `width` numbers each. */
export function embedded(
  sector: Sector,
  { states, stabilizers }: Basis,
  x: Float64Array,
  columns: number,
  width: 1 | 2,
): Float64Array {
  const { sites, elements } = sector;
  const whole = width * 2 ** sites;
  const n = states.length;
  const out = floats(whole * columns);
  const norms = Float64Array.from(stabilizers, (fixed) => Math.sqrt(fixed / elements.length));
  eachImage(sector, states, ([re, im], i, place) => {
    const [to, norm] = [width * place, norms[i]];
    for (let k = 0; k < columns; ++k) {
      const from = width * (n * k + i);
      if (width === 1) out[whole * k + to] = norm * re * x[from];
      else {
        out[whole * k + to] = norm * (re * x[from] + im * x[from + 1]);
        out[whole * k + to + 1] = norm * (re * x[from + 1] - im * x[from]);
      }
    }
  });
  return out;
}

/**
 * The parts of `columns` vectors of 2^sites amplitudes in the sector: ⟨r|ψ⟩ = (|G| S_r)^-½ Σ_g χ(g) ψ(g r). The inverse of
 * `embedded` for vectors in the sector; what of others lies outside of it is left out.
 */
export function projected(
  sector: Sector,
  { states, stabilizers }: Basis,
  x: Float64Array,
  columns: number,
  width: 1 | 2,
): Float64Array {
  const { sites, elements } = sector;
  const whole = width * 2 ** sites;
  const n = states.length;
  const out = floats(width * n * columns);
  const norms = Float64Array.from(stabilizers, (fixed) => 1 / Math.sqrt(fixed * elements.length));
  eachImage(sector, states, ([re, im], i, place) => {
    const from = width * place;
    const [c, d] = [norms[i] * re, norms[i] * im];
    for (let k = 0; k < columns; ++k) {
      const [to, p] = [width * (n * k + i), whole * k + from];
      if (width === 1) out[to] += c * x[p];
      else {
        out[to] += c * x[p] - d * x[p + 1];
        out[to + 1] += c * x[p + 1] + d * x[p];
      }
    }
  });
  return out;
}

/** Calls `part` with the character of each element, the place of each state, and where the element takes its configuration. */
function eachImage(
  { sites, elements }: Sector,
  states: Basis['states'],
  part: (character: Sector['elements'][number]['character'], i: number, place: number) => void,
): void {
  const tables = new Uint32Array(elementTables(elements, sites));
  elements.forEach(({ character }, g) => {
    for (let i = 0; i < states.length; ++i) part(character, i, image(tables, ELEMENT * g, states[i]));
  });
}

/** Where an element takes a configuration. */
function image(tables: Uint32Array, at: number, s: number): number {
  const words = at + HEAD;
  const low = tables[words + (s & 255)] | tables[words + TABLE + ((s >>> 8) & 255)];
  const high = tables[words + 2 * TABLE + ((s >>> 16) & 255)] | tables[words + 3 * TABLE + (s >>> 24)];
  return ((low | high) ^ tables[at + ELEMENT_FLIP / 4]) >>> 0;
}
