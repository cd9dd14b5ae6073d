// The rows of a sweep of the kind `bath` as the table of figure b1: medians, and where those of neighbouring sizes cross.
import type { Core } from 'emft';
import { columnsOf, distinct } from '../columns.js';
import type { Measured, Profile } from '../figure.js';
import { type Cell, type Cells, crossingsOf, type Estimate, medianOf, steady } from './crossings.js';

export const potentials = ['random', 'quasiperiodic'] as const;

interface Row {
  /**
   * The name of a potential in rows with the median of one size at one W; 'crossing of …' where that size and the next larger one cross,
   * `spins` being the mean of both; 'drift of …': how far the last of these W is above the first.
   */
  kind: string;
  spins: number;
  strength: number;
  /** 0 where too few draws cross for an error. */
  strengthError: number;
  /** log10 of the median of rate × 4^L, and the ends of its interval: ranks one standard deviation below and above the middle. */
  logRate: number;
  low: number;
  high: number;
  /** Share of the rates that exceed what rounding may have changed of them: up to one half the median is only an upper bound. */
  resolved: number;
  samples: number;
  /** Share of the draws that have the crossing. */
  crossed: number;
}

/** Columns of a collected sweep of the kind `bath`. */
export interface BathColumns {
  spins: ArrayLike<number>;
  strength: ArrayLike<number>;
  potential: ArrayLike<string>;
  sample: ArrayLike<number>;
  rate: ArrayLike<number>;
  error: ArrayLike<number>;
  resolved: ArrayLike<boolean | number>;
}

function cellsOf(columns: BathColumns, potential: string): Cells {
  const sizes = distinct(columns.spins);
  const strengths = distinct(columns.strength);
  const places = sizes.map(() => strengths.map(() => [] as number[]));
  for (let i = 0; i < columns.rate.length; ++i) {
    if (columns.potential[i] !== potential) continue;
    places[sizes.indexOf(columns.spins[i])][strengths.indexOf(columns.strength[i])].push(i);
  }
  const logOf = (i: number) => {
    const rate = columns.resolved[i] ? columns.rate[i] : columns.error[i];
    return steady(Math.log10(rate * 4 ** columns.spins[i]));
  };
  const cellOf = (list: number[]): Cell => ({
    samples: list.map((i) => columns.sample[i]),
    logs: Float64Array.from(list, logOf),
    resolved: list.map((i) => Boolean(columns.resolved[i])),
  });
  return { sizes, strengths, cells: places.map((size) => size.map(cellOf)) };
}

const NONE = {
  ...{ strengthError: 0, logRate: 0, low: 0, high: 0 },
  ...{ resolved: 0, samples: 0, crossed: 0 },
};

function medianRows(kind: string, { sizes, strengths, cells }: Cells): Row[] {
  return sizes.flatMap((spins, s) =>
    strengths.flatMap((strength, k): Row[] => {
      const { logs, resolved } = cells[s][k];
      const sorted = logs.slice().sort();
      const samples = sorted.length;
      // Of a large size there may be fewer W.
      if (samples === 0) return [];
      // The rank of the median has a standard deviation of √n / 2.
      const at = (rank: number) => sorted[Math.min(samples - 1, Math.max(0, Math.round(rank)))];
      const [middle, spread] = [(samples - 1) / 2, Math.sqrt(samples) / 2];
      const interval = { low: at(middle - spread), high: at(middle + spread) };
      const share = resolved.filter(Boolean).length / samples;
      const median = { kind, spins, strength, logRate: medianOf(sorted) };
      return [{ ...NONE, ...median, ...interval, resolved: share, samples }];
    }),
  );
}

const rowOf = (kind: string, spins: number, { value, error, crossed }: Estimate): Row => ({
  ...NONE,
  ...{ kind, spins, strength: value, strengthError: error, crossed },
});

export function analyse(core: Core, columns: BathColumns, profile: Profile): Measured {
  const measured: Record<string, number> = {};
  const rows = potentials.flatMap((kind) => {
    const own = cellsOf(columns, kind);
    const { crossings, drift } = crossingsOf(core, own);
    const crossed = crossings.flatMap((estimate, s): Row[] => {
      // Two sizes that do not cross have no row.
      if (!Number.isFinite(estimate.value)) return [];
      measured[`${kind}Crossing${own.sizes[s]}`] = estimate.value;
      return [rowOf(`crossing of ${kind}`, (own.sizes[s] + own.sizes[s + 1]) / 2, estimate)];
    });
    return [...medianRows(kind, own), ...crossed, ...(drift ? [rowOf(`drift of ${kind}`, 0, drift)] : [])];
  });
  return { columns: columnsOf(rows), parameters: { profile, sizes: distinct(columns.spins) }, measured };
}
