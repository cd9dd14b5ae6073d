// The rows of a sweep of quantum suns as the table of figure s1.
import type { Core } from 'emft';
import { columnsOf, distinct } from '../columns.js';
import type { Measured, Profile } from '../figure.js';
import { type Curves, crossingsOf } from './crossings.js';

interface Row {
  /** 'states': means of one size at one α; 'crossing of …': where that size and the next larger one cross, `spins` being the mean of both; 'limit of …': of the crossings. */
  kind: string;
  spins: number;
  alpha: number;
  alphaError: number;
  gapRatio: number;
  gapRatioError: number;
  entropyBits: number;
  entropyError: number;
  samples: number;
}

/** Columns of a collected sweep of the kind `sun`. */
export type SunColumns = Record<
  'spins' | 'alpha' | 'sample' | 'dimension' | 'gapRatio' | 'entropyEnd',
  ArrayLike<number>
>;

/** The rows of a sweep, entropies in units of log 2, as the figure's table. */
export function analyse(core: Core, columns: SunColumns, profile: Profile): Measured {
  const [sizes, alphas] = [distinct(columns.spins), distinct(columns.alpha)];
  const dimensions = distinct(columns.dimension);
  const ofCells = (list: ArrayLike<number>) =>
    sizes.map((size) =>
      alphas.map((alpha) =>
        Float64Array.from(list).filter((_, i) => columns.spins[i] === size && columns.alpha[i] === alpha),
      ),
    );
  const samples = ofCells(columns.sample);
  const of = (list: ArrayLike<number>): Curves => ({ sizes, alphas, samples, values: ofCells(list) });
  const [ratios, entropies] = [of(columns.gapRatio), of(columns.entropyEnd)];
  const rows: Row[] = sizes.flatMap((spins, s) =>
    alphas.flatMap((alpha, k) => {
      // Of a large size there may be fewer α.
      if (ratios.values[s][k].length === 0) return [];
      const [r, e] = [ratios, entropies].map(({ values }) => core.meanAndError(values[s][k]));
      return {
        kind: 'states',
        spins,
        alpha,
        alphaError: 0,
        gapRatio: r.mean,
        gapRatioError: r.error,
        entropyBits: e.mean,
        entropyError: e.error,
        samples: samples[s][k].length,
      };
    }),
  );
  const crossed = { gapRatio: crossingsOf(ratios), entropy: crossingsOf(entropies) };
  // No column of a figure has NaN: `kind` says which numbers a row has.
  const none = { gapRatio: 0, gapRatioError: 0, entropyBits: 0, entropyError: 0, samples: 0 };
  for (const [kind, { crossings, limit }] of Object.entries(crossed)) {
    crossings.forEach(({ value, error }, s) => {
      const spins = (sizes[s] + sizes[s + 1]) / 2;
      rows.push({ ...none, kind: `crossing of ${kind}`, spins, alpha: value, alphaError: error });
    });
    // The limit belongs to no finite size.
    if (limit)
      rows.push({ ...none, kind: `limit of ${kind}`, spins: 0, alpha: limit.value, alphaError: limit.error });
  }
  const { gapRatio, entropy } = crossed;
  return {
    columns: columnsOf(rows),
    parameters: { profile, sizes, dimensions, dotSpins: 3 },
    measured: {
      entropyCrossing: entropy.crossings.at(-1)!.value,
      gapRatioCrossing: gapRatio.crossings.at(-1)!.value,
      ...(entropy.limit && { alphaC: entropy.limit.value, alphaCError: entropy.limit.error }),
    },
  };
}
