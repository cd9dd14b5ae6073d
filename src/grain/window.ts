// The part of the spectrum that is asked for.
import { checkInteger, checkNumber, readOptions } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';

/**
 * `{ energy, count }`: the `count` eigenstates nearest to an energy. `{ from, to }`: all with from ≤ E ≤ to.
 * `{ fraction }`: the middle part of the spectrum, by state number; in (0, 1].
 */
export type GrainWindow =
  | {
      /** The energy they are nearest to, within the spectrum. */
      energy: number;
      /** How many, 1 … D. */
      count: number;
    }
  | {
      /** Least energy. */
      from: number;
      /** Largest energy. */
      to: number;
    }
  | {
      /** Part of the D states, in (0, 1]. */
      fraction: number;
    };

const KEYS = ['energy', 'count', 'from', 'to', 'fraction'] as const;

export function checkWindow(window: GrainWindow | undefined): GrainWindow | undefined {
  if (window === undefined) return undefined;
  const w = readOptions<Record<string, unknown>>('window', window, KEYS);
  const keys = Object.keys(w).sort().join(' ');
  if (keys === 'count energy') {
    return {
      energy: checkNumber('window.energy', w.energy),
      count: checkInteger('window.count', w.count, { min: 1 }),
    };
  }
  if (keys === 'from to') {
    const from = checkNumber('window.from', w.from);
    return { from, to: checkNumber('window.to', w.to, { min: from }) };
  }
  if (keys === 'fraction') {
    return { fraction: checkNumber('window.fraction', w.fraction, { above: 0, max: 1 }) };
  }
  throw new InputError(
    'window',
    `expected { energy, count }, { from, to } or { fraction }, got keys ${keys || '(none)'}`,
  );
}

/** Share of the largest energy by which the ends of a spectrum are off when they were printed with ten digits. */
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

/** How far outside of the spectrum an energy counts as its end. */
function slack({ lowest, highest }: Ends): number {
  return PRINTED * Math.max(Math.abs(lowest), Math.abs(highest));
}

/** The energy itself, or the end of the spectrum next to it when it is outside by what printing rounds. */
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
  if ('fraction' in window) {
    const count = Math.max(1, Math.round(window.fraction * d));
    const first = Math.floor((d - count) / 2);
    return { first, last: first + count };
  }
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
  if (count > d) throw new InputError('window.count', `expected at most D = ${d}, got ${count}`);
  let last = values.findIndex((e) => e >= energy);
  let first = last;
  while (last - first < count) {
    if (first > 0 && (last === d || energy - values[first - 1] <= values[last] - energy)) first--;
    else last++;
  }
  return { first, last };
}
