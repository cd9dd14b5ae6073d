// The rows of a sweep of the kind `bath` as the table of figure b1: medians, and where those of neighbouring sizes cross.
import type { Core } from 'emft';
import { columnsOf, distinct } from '../columns.js';
import type { Measured, Profile } from '../figure.js';

export const potentials = ['random', 'quasiperiodic'] as const;

interface Row {
  /** The name of a potential in rows with the median of one size at one W; 'crossing of …' where that size and the next larger one cross: `spins` is then the mean of both. */
  kind: string;
  spins: number;
  strength: number;
  strengthError: number;
  /** log10 of the median of rate × 4^L, and the ends of its interval: ranks one standard deviation below and above the middle. */
  logRate: number;
  low: number;
  high: number;
  /** Share of the rates that exceed what rounding may have changed of them: below one half the median is only an upper bound. */
  resolved: number;
  samples: number;
}

/** Columns of a collected sweep of the kind `bath`. */
export interface BathColumns {
  spins: ArrayLike<number>;
  strength: ArrayLike<number>;
  potential: ArrayLike<string>;
  rate: ArrayLike<number>;
  error: ArrayLike<number>;
  resolved: ArrayLike<boolean | number>;
}

/** values[size][W][realization]: log10 of rate × 4^L, where the bound takes the place of a rate that is not resolved. */
interface Logs {
  sizes: number[];
  strengths: number[];
  values: Float64Array[][];
}

/** How often the realizations are drawn with replacement, for the errors of crossings (bootstrap). */
const DRAWS = 200;
const SEED = 99;

/** The digits on which the logarithms of hosts agree. */
const steady = (x: number) => Number(x.toPrecision(12));

function medianOf(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function logsOf(columns: BathColumns, potential: string): Logs {
  const sizes = distinct(columns.spins);
  const strengths = distinct(columns.strength);
  const values = sizes.map(() => strengths.map(() => [] as number[]));
  for (let i = 0; i < columns.rate.length; ++i) {
    if (columns.potential[i] !== potential) continue;
    const size = columns.spins[i];
    const rate = columns.resolved[i] ? columns.rate[i] : columns.error[i];
    values[sizes.indexOf(size)][strengths.indexOf(columns.strength[i])].push(
      steady(Math.log10(rate * 4 ** size)),
    );
  }
  return { sizes, strengths, values: values.map((size) => size.map((list) => Float64Array.from(list))) };
}

/** Where the second of two curves first falls below the first, with W on a logarithmic scale; NaN where it does not. */
function crossingOf(strengths: readonly number[], first: readonly number[], second: readonly number[]) {
  const above = second.map((y, k) => y - first[k]);
  for (let k = 1; k < above.length; ++k) {
    if (!(above[k - 1] > 0 && above[k] <= 0)) continue;
    const share = above[k - 1] / (above[k - 1] - above[k]);
    return strengths[k - 1] * (strengths[k] / strengths[k - 1]) ** share;
  }
  return Number.NaN;
}

/** Crossings of neighbouring sizes. Errors are by bootstrap: half the width of the middle 68 per cent; a realization is drawn with all its W. */
function crossingsOf(core: Core, { sizes, strengths, values }: Logs): { value: number; error: number }[] {
  const medians = values.map((size) => size.map((list) => medianOf(list.slice().sort())));
  // Those W that both sizes have.
  const shared = (s: number) =>
    strengths.flatMap((_, k) => (values[s][k].length > 0 && values[s + 1][k].length > 0 ? [k] : []));
  const drawn = Array.from({ length: DRAWS }, (_, draw) =>
    values.map((size, s) => {
      const most = Math.max(...size.map((list) => list.length));
      const u = core.uniforms({ seed: SEED, stream: s, index: draw }, most);
      const drawnOf = (list: Float64Array) =>
        Float64Array.from(u.subarray(0, list.length), (x) => list[Math.floor(x * list.length)]);
      return size.map((list) => medianOf(drawnOf(list).sort()));
    }),
  );
  return sizes.slice(1).map((_, s) => {
    const places = shared(s);
    const at = (list: readonly number[]) => places.map((k) => list[k]);
    const of = (curves: number[][]) => crossingOf(at(strengths), at(curves[s]), at(curves[s + 1]));
    const spread = Float64Array.from(drawn.map(of).filter(Number.isFinite)).sort();
    const quantile = (share: number) => spread[Math.round(share * (spread.length - 1))];
    return { value: steady(of(medians)), error: steady((quantile(0.84) - quantile(0.16)) / 2) };
  });
}

function medianRows(columns: BathColumns, kind: string, { sizes, strengths, values }: Logs): Row[] {
  return sizes.flatMap((spins, s) =>
    strengths.flatMap((strength, k): Row[] => {
      const sorted = values[s][k].slice().sort();
      const samples = sorted.length;
      // Of a large size there may be fewer W.
      if (samples === 0) return [];
      // The rank of the median has a standard deviation of √n / 2.
      const at = (rank: number) => sorted[Math.min(samples - 1, Math.max(0, Math.round(rank)))];
      const [middle, spread] = [(samples - 1) / 2, Math.sqrt(samples) / 2];
      let resolved = 0;
      for (let i = 0; i < columns.rate.length; ++i) {
        const own = columns.potential[i] === kind && columns.spins[i] === spins;
        if (own && columns.strength[i] === strength && columns.resolved[i]) resolved++;
      }
      const row = { kind, spins, strength, strengthError: 0, logRate: medianOf(sorted) };
      const interval = { low: at(middle - spread), high: at(middle + spread) };
      return [{ ...row, ...interval, resolved: resolved / samples, samples }];
    }),
  );
}

export function analyse(core: Core, columns: BathColumns, profile: Profile): Measured {
  const none = { strengthError: 0, logRate: 0, low: 0, high: 0, resolved: 0, samples: 0 };
  const measured: Record<string, number> = {};
  const rows = potentials.flatMap((kind) => {
    const logs = logsOf(columns, kind);
    const crossings = crossingsOf(core, logs).flatMap(({ value, error }, s): Row[] => {
      if (!Number.isFinite(value) || !Number.isFinite(error)) return [];
      const spins = (logs.sizes[s] + logs.sizes[s + 1]) / 2;
      measured[`${kind}Crossing${logs.sizes[s]}`] = value;
      return [{ ...none, kind: `crossing of ${kind}`, spins, strength: value, strengthError: error }];
    });
    return [...medianRows(columns, kind, logs), ...crossings];
  });
  return { columns: columnsOf(rows), parameters: { profile, sizes: distinct(columns.spins) }, measured };
}
