// Quantum suns: gap ratio and entropy of the last spin against α, where sizes cross, and where crossings go.
import { rowsOfKind } from '../columns.js';
import { example, samplesOf } from '../example.js';
import type { Data, Measured } from '../figure.js';
import { sampled } from '../sampled.js';
import { analyse, type SunColumns } from './analyse.js';
import type { Crossings } from './crossings.js';

export interface Findings {
  sizes: number[];
  dimensions: number[];
  fewest: number;
  gapRatio: Crossings;
  entropy: Crossings;
  /** Mean gap ratio of the largest size at the ends of the grid. */
  ends: { alpha: number; gapRatio: number; error: number }[];
}

/** What is read off the table. */
function findings({ columns, parameters }: Measured): Findings {
  const { sizes, dimensions } = parameters as { sizes: number[]; dimensions: number[] };
  const names = ['spins', 'alpha', 'alphaError', 'gapRatio', 'gapRatioError', 'samples'] as const;
  const states = rowsOfKind(columns, 'states', names);
  const crossed = (kind: string): Crossings => {
    const of = (name: string) =>
      rowsOfKind(columns, name, names).map(({ alpha, alphaError }) => ({ value: alpha, error: alphaError }));
    return { crossings: of(`crossing of ${kind}`), limit: of(`limit of ${kind}`)[0] };
  };
  const largest = states.filter(({ spins }) => spins === sizes.at(-1));
  const ends = [largest[0], largest.at(-1)!].map(({ alpha, gapRatio, gapRatioError: error }) => ({
    alpha,
    gapRatio,
    error,
  }));
  const fewest = Math.min(...states.map(({ samples }) => samples));
  return { sizes, dimensions, fewest, gapRatio: crossed('gapRatio'), entropy: crossed('entropy'), ends };
}

export const data: Data<Findings> = {
  title: 'Test S1: quantum suns, gap ratio and entropy of the last spin where sizes cross',
  drawsRows: true,
  ensemble: (profile) => samplesOf(example('s1', profile), 'spins'),
  async compute(context) {
    const columns = await sampled(context, 's1', 'spins', { sizes: 2, realizations: 2 });
    return analyse(context.core, columns as unknown as SunColumns, context.profile);
  },
  findings,
};
