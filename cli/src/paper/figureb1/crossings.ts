// Where medians of neighbouring sizes cross, with errors by bootstrap: realizations are drawn with replacement, each with all its W and
// with all sizes that have it, because a longer chain begins with the fields of a shorter one.
import type { Core } from 'emft';

/** The rates of one size at one W. */
export interface Cell {
  /** The numbers of the realizations. */
  samples: readonly number[];
  /** log10 of rate × 4^L, where the bound takes the place of a rate that is not resolved. */
  logs: Float64Array;
  resolved: readonly boolean[];
}

/** cells[size][W]. */
export interface Cells {
  sizes: readonly number[];
  strengths: readonly number[];
  cells: readonly (readonly Cell[])[];
}

/** A number read off the curves, and how far it goes with the draws. */
export interface Estimate {
  value: number;
  /** Half the width of the middle 68 per cent of all draws, those without a crossing counting as beyond every W; 0 where too few have one. */
  error: number;
  /** The share of draws that have it. */
  crossed: number;
}

/** Draws of the realizations. */
const DRAWS = 200;
const SEED = 99;

/** Unless this share of the draws has a crossing, its upper end is beyond every W, and there is no error. */
export const NEARLY_ALL = 0.84;

/** With no more than this share of the rates resolved, a median is only an upper bound. */
const HALF = 0.5;
export const isBound = (resolved: number) => resolved <= HALF;

/** The digits on which the logarithms of hosts agree. */
export const steady = (x: number) => Number(x.toPrecision(12));

export function medianOf(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** How often a realization counts. */
type Times = (sample: number) => number;
const once: Times = () => 1;

/** The median of a cell; NaN where there is none, or a bound alone. */
function knownMedian({ samples, logs, resolved }: Cell, times: Times): number {
  const drawn: number[] = [];
  let known = 0;
  samples.forEach((sample, i) => {
    const count = times(sample);
    if (resolved[i]) known += count;
    for (let k = 0; k < count; ++k) drawn.push(logs[i]);
  });
  if (drawn.length === 0 || isBound(known / drawn.length)) return Number.NaN;
  return medianOf(Float64Array.from(drawn).sort());
}

/** Where the second of two curves first falls below the first, with W on a logarithmic scale; NaN where it does not. W that only one has are left out. */
function crossingOf(strengths: readonly number[], first: readonly number[], second: readonly number[]) {
  let [before, above] = [0, Number.NaN];
  for (let k = 0; k < strengths.length; ++k) {
    const next = second[k] - first[k];
    if (Number.isNaN(next)) continue;
    if (above > 0 && next <= 0) return before * (strengths[k] / before) ** (above / (above - next));
    [before, above] = [strengths[k], next];
  }
  return Number.NaN;
}

function crossings({ strengths, cells }: Cells, times: Times): number[] {
  const curves = cells.map((size) => size.map((cell) => knownMedian(cell, times)));
  return curves.slice(1).map((curve, s) => crossingOf(strengths, curves[s], curve));
}

/** Realizations that the same sizes have: each group is drawn by itself. */
function groupsOf({ cells }: Cells): number[][] {
  const sizesOf = new Map<number, number[]>();
  cells.forEach((size, s) => {
    for (const sample of new Set(size.flatMap(({ samples }) => samples)))
      sizesOf.set(sample, [...(sizesOf.get(sample) ?? []), s]);
  });
  const groups = new Map<string, number[]>();
  for (const [sample, sizes] of [...sizesOf].sort(([a], [b]) => a - b)) {
    const key = sizes.join();
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  return [...groups.values()];
}

function drawOf(core: Core, groups: readonly number[][], index: number): Times {
  const counts = new Map<number, number>();
  groups.forEach((group, stream) => {
    for (const u of core.uniforms({ seed: SEED, stream, index }, group.length)) {
      const sample = group[Math.floor(u * group.length)];
      counts.set(sample, (counts.get(sample) ?? 0) + 1);
    }
  });
  return (sample) => counts.get(sample) ?? 0;
}

function estimate(value: number, drawn: readonly number[]): Estimate {
  const crossed = drawn.filter(Number.isFinite).length / drawn.length;
  if (crossed < NEARLY_ALL) return { value: steady(value), error: 0, crossed };
  const sorted = drawn.map((x) => (Number.isFinite(x) ? x : Number.POSITIVE_INFINITY)).sort((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.ceil(share * sorted.length) - 1];
  return {
    value: steady(value),
    error: steady((quantile(NEARLY_ALL) - quantile(1 - NEARLY_ALL)) / 2),
    crossed,
  };
}

/** The crossings of neighbouring sizes, NaN for two that do not cross, and how far the last of them is above the first. */
export function crossingsOf(core: Core, cells: Cells): { crossings: Estimate[]; drift?: Estimate } {
  const values = crossings(cells, once);
  const groups = groupsOf(cells);
  const draws = Array.from({ length: DRAWS }, (_, k) => crossings(cells, drawOf(core, groups, k)));
  const found = values.flatMap((value, s) => (Number.isFinite(value) ? [s] : []));
  const driftOf = (list: readonly number[]) => list[found.at(-1)!] - list[found[0]];
  return {
    crossings: values.map((value, s) =>
      estimate(
        value,
        draws.map((list) => list[s]),
      ),
    ),
    ...(found.length > 1 && { drift: estimate(driftOf(values), draws.map(driftOf)) }),
  };
}
