// The basis of a symmetry sector (sector.ts): the configurations r that stand for a state, ascending, and S_r of each. r stands for one if
// it is the least of its orbit and Σ χ(g) over the g with g r = r, which is S_r or 0, is S_r. Exact but for that sum of characters.
import { end, Job, portion, recordBytes, start } from '../job';
import { OK } from '../status';
import { ELEMENT_BYTES, Element, image } from './sector';
import { IMAGE, LEAST_STATES } from './tuning';

/** A job that looks through some configurations. */
@unmanaged
export class StateSearch extends Job {
  /** The next configuration, below 2^33; when the job has ended, where the next search begins. */
  state: f64;
  /** How many configurations to look at. */
  count: i32;
  any: i32;
  order: i32;
  elements: usize;
  states: usize;
  stabilizers: usize;
  /** The result: how many of them stand for a state. */
  found: i32;
}

export function sectorStatesWorkspace(): usize {
  return recordBytes<StateSearch>();
}

/**
 * Looks at `count` configurations: a job. Those that stand for a state of the sector are written to `states`, and the number of elements
 * that leave each of them as it is to `stabilizers`.
 * @param first where to begin: a whole number below 2^32
 * @param any   1: all configurations; 0: those with as many bits set as the first
 * @param elements |G| elements with their tables, the identity first
 */
export function sectorStatesStart(
  first: f64,
  count: i32,
  any: i32,
  order: i32,
  elements: usize,
  states: usize,
  stabilizers: usize,
  work: usize,
): void {
  const search = changetype<StateSearch>(work);
  search.state = first;
  search.count = count;
  search.any = any;
  search.order = order;
  search.elements = elements;
  search.states = states;
  search.stabilizers = stabilizers;
  search.found = 0;
  start(search, searchPart.index);
}

function searchPart(work: usize, budget: f64): void {
  const search = changetype<StateSearch>(work);
  const order = search.order;
  const elements = search.elements;
  const any = search.any != 0;
  // The cost of a configuration that stands for a state; most others are dropped after a few images.
  const cost = IMAGE * <f64>order;
  const last = search.position + portion(budget, cost, LEAST_STATES, search.count - search.position);
  let state = <u64>search.state;
  let found = search.found;
  for (let k = search.position; k < last; ++k) {
    const fixed = stabilizer(<u32>state, order, elements);
    if (fixed > 0) {
      store<u32>(search.states + ((<usize>found) << 2), <u32>state);
      store<u32>(search.stabilizers + ((<usize>found) << 2), fixed);
      found++;
    }
    state = nextState(state, any);
  }
  search.state = <f64>state;
  search.found = found;
  search.position = last;
  search.progress = <f64>last / <f64>max(search.count, 1);
  if (last == search.count) end(search, OK);
}

/** The next larger number with as many bits set as s (0 after 0), or with `any` s + 1. It may need the 33rd bit, hence 64 bits. */
@inline
export function nextState(s: u64, any: bool): u64 {
  if (any) return s + 1;
  if (s == 0) return 0;
  const lowest = s & (0 - s);
  const carried = s + lowest;
  return carried | (((s ^ carried) / lowest) >> 2);
}

/** S_s, or 0 if s is not the least of its orbit or has no state in the sector. */
function stabilizer(s: u32, order: i32, elements: usize): u32 {
  let fixed: u32 = 0;
  let re: f64 = 0;
  for (let g = 0; g < order; ++g) {
    const element = elements + <usize>g * ELEMENT_BYTES;
    const t = image(element, s);
    if (t < s) return 0;
    if (t != s) continue;
    fixed++;
    re += changetype<Element>(element).re;
  }
  // Over the stabilizer, a group, a character sums to its order or to 0.
  return re > 0.5 * fixed ? fixed : 0;
}
