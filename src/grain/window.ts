// Selects the part of the spectrum that a window asks for.
import { InputError } from '../wasm/errors.js';
import { middleStates } from './middle.js';
import type { GrainWindow } from './types.js';

/** Error of the ends of a spectrum that were printed with ten digits, as a share of the largest energy. */
const PRINTED = 1e-9;

interface Ends {
  lowest: number;
  highest: number;
}

function outside({ lowest, highest }: Ends, window: GrainWindow): InputError {
  const text = Object.entries(window)
    .map(([k, x]) => `${k} ${x}`)
    .join(', ');
  return new InputError(
    'window',
    `${text}: outside the spectrum, which reaches from ${lowest} to ${highest}`,
  );
}

/** Distance outside the spectrum at which an energy still counts as its end. */
function slack({ lowest, highest }: Ends): number {
  return PRINTED * Math.max(Math.abs(lowest), Math.abs(highest));
}

/**
 * The energy itself, or the nearest end of the spectrum where the energy is outside by no more than printing rounds.
 */
export function intoSpectrum(energy: number, count: number, ends: Ends): number {
  const { lowest, highest } = ends;
  if (energy < lowest - slack(ends) || energy > highest + slack(ends)) throw outside(ends, { energy, count });
  return Math.min(Math.max(energy, lowest), highest);
}

/** States first ≤ k < last of an ascending spectrum. */
export function selectStates(
  values: Float64Array,
  window: GrainWindow | undefined,
): { first: number; last: number } {
  const d = values.length;
  if (window === undefined) return { first: 0, last: d };
  const ends = { lowest: values[0], highest: values[d - 1] };
  if ('fraction' in window) return middleStates(d, window.fraction);
  if ('from' in window) {
    if (window.from > ends.highest + slack(ends) || window.to < ends.lowest - slack(ends))
      throw outside(ends, window);
    const [from, to] = [Math.min(window.from, ends.highest), Math.max(window.to, ends.lowest)];
    const first = values.findIndex((e) => e >= from);
    const last = values.findLastIndex((e) => e <= to) + 1;
    if (last <= first)
      throw new InputError('window', `no eigenvalue between ${window.from} and ${window.to}`);
    return { first, last };
  }
  const { count } = window;
  const energy = intoSpectrum(window.energy, count, ends);
  if (count > d) throw new InputError(['window', 'count'], `expected at most D = ${d}, got ${count}`);
  let last = values.findIndex((e) => e >= energy);
  let first = last;
  while (last - first < count) {
    if (first > 0 && (last === d || energy - values[first - 1] <= values[last] - energy)) first--;
    else last++;
  }
  return { first, last };
}
