// Fig. 2(b): entropy of each l-bit along the chain below the critical point, and its distribution at the end.

import type { Core, GrainReadingName } from 'emft';
import { entropyCounts } from 'emft/check';
import * as v from 'valibot';
import { ALPHA_CRITICAL } from '../../common/constants.js';
import { columnsOf, rowsOfKind } from '../columns.js';
import {
  bits,
  type Cell,
  couplingOfEntropy,
  diagonalizeCells,
  fitFirstCoupling,
  meanFieldEntropy,
} from '../drhSamples.js';
import { besidesSweep, count, samplesOf, valuesOf } from '../example.js';
import type { Columns, Data, Reading } from '../figure.js';
import { grainEnsemble, grainExperiment, grains, grainTermsOf } from '../grains.js';

const besidesOf = besidesSweep('2b', v.strictObject({ bins: count }));

interface Row {
  kind: string;
  alpha: number;
  x: number;
  value: number;
  error: number;
  meanField: number;
}

/** A point of a profile, and how far it is from mean field. */
interface Off {
  alpha: number;
  spin: number;
  off: number;
}

export interface Findings {
  n: number;
  /** Points that the profiles consist of, and their rms difference from mean field, in units of log 2. */
  points: number;
  rms: number;
  g10: number;
  alphas: number[];
  /** [S_end]/log 2 as measured at each α; and of ten l-bits in mean field, at the paper's three α. */
  lastBits: number[];
  paperBits: number[];
  /** Standard errors of `lastBits`. */
  lastErrors: number[];
  samples: number;
  /** The points farthest from mean field, in units of log 2, and in standard errors among those that have one. */
  farthest: { byValue: Off; byError: Off };
  /** As named in `grains`. */
  reading: GrainReadingName;
}

/** [S_n] along the chain. */
function profileRows(core: Core, { alpha, n, entropy }: Cell, g10: number): Row[] {
  const theory = meanFieldEntropy(core, g10, alpha, n);
  return entropy.map(({ mean, error }, k) => ({
    kind: 'profile',
    alpha,
    x: k + 1,
    value: bits(mean),
    error: bits(error),
    meanField: bits(theory[k]),
  }));
}

/** Share of the states in each of equal bins of S/log 2 with its standard error, beside the share by p_S at the coupling that has the same [S]. */
function distributionRows(core: Core, { alpha, n, last, entropy }: Cell, bins: number): Row[] {
  const states = last[0].length;
  const counts = last.map((own) => entropyCounts(own, bins));
  const gEnd = couplingOfEntropy(core, entropy[n - 1].mean);
  const predicted = core.entropyShares(Float64Array.of(gEnd), bins);
  return Array.from(predicted, (theory, b) => {
    const { mean, error } = core.meanAndError(Float64Array.from(counts, (own) => own[b] / states));
    // The error of a single sample is that of a count, as if its states were independent.
    const counting = Math.sqrt((mean * (1 - mean)) / states);
    return {
      kind: 'distribution',
      alpha,
      x: (b + 0.5) / bins,
      value: mean * bins,
      error: (last.length > 1 ? error : counting) * bins,
      meanField: theory * bins,
    };
  });
}

/** How many points the profiles have, and their rms difference from mean field. */
function differenceOf(columns: Columns): { points: number; rms: number } {
  const profile = rowsOfKind(columns, 'profile', ['value', 'meanField']);
  const squares = profile.reduce((sum, { value, meanField }) => sum + (meanField - value) ** 2, 0);
  return { points: profile.length, rms: Math.sqrt(squares / profile.length) };
}

function farthestOf(columns: Columns): Findings['farthest'] {
  const profile = rowsOfKind(columns, 'profile', ['alpha', 'x', 'value', 'error', 'meanField']);
  const most = (measure: (row: (typeof profile)[number]) => number): Off =>
    profile
      .map((row) => ({ alpha: row.alpha, spin: row.x, off: measure(row) }))
      .filter(({ off }) => Number.isFinite(off))
      .reduce((best, point) => (point.off > best.off ? point : best));
  const difference = (row: (typeof profile)[number]) => Math.abs(row.value - row.meanField);
  return { byValue: most(difference), byError: most((row) => difference(row) / row.error) };
}

export const data: Data<Findings> = {
  title: 'Fig. 2(b) Entropy along the chain, and its distribution over eigenstates',
  readings: grains,
  ensemble: (profile, reading) => grainEnsemble('2b', profile, reading),
  sizesAtOnce: 1,
  fewestRealizations: 1,
  async compute(context, reading) {
    const { core, profile } = context;
    const terms = grainTermsOf(reading);
    const sweep = grainExperiment('2b', profile, terms);
    const { seed } = sweep;
    const ensemble = context.ensemble ?? samplesOf(sweep, 'n');
    const n = Math.max(...Object.keys(ensemble).map(Number));
    const samples = ensemble[n];
    const all = await diagonalizeCells(
      context,
      { seed, ...terms },
      valuesOf(sweep, 'alpha').map((alpha) => ({ n, alpha, samples })),
    );
    const g10 = fitFirstCoupling(core, all, (c) => c.entropy);
    // The critical point is computed for the fit alone.
    const fittedAtCritical = all.some(({ alpha }) => alpha === ALPHA_CRITICAL);
    const cells = all.filter(({ alpha }) => alpha !== ALPHA_CRITICAL);
    const alphas = cells.map(({ alpha }) => alpha);
    const lastBits = cells.map(({ entropy }) => bits(entropy[n - 1].mean));
    const { bins } = besidesOf(profile);
    const columns = columnsOf(
      cells.flatMap((cell) => [...profileRows(core, cell, g10), ...distributionRows(core, cell, bins)]),
    );
    return {
      parameters: { profile, seed, ...terms, n, samples, alphas, g10, fittedAtCritical, lastBits },
      columns,
      measured: {
        g10,
        ...Object.fromEntries(alphas.map((alpha, i) => [`lastEntropyBitsAt${alpha}`, lastBits[i]])),
        rmsResidualBits: differenceOf(columns).rms,
      },
    };
  },
  findings({ parameters, columns }, core) {
    const { reading, n, g10, alphas, lastBits, samples } = parameters as unknown as Omit<
      Findings,
      'reading'
    > & {
      reading: Reading;
    };
    const last = rowsOfKind(columns, 'profile', ['alpha', 'x', 'error']).filter(({ x }) => x === n);
    return {
      n,
      g10,
      farthest: farthestOf(columns),
      alphas,
      lastBits,
      samples,
      ...differenceOf(columns),
      lastErrors: alphas.map((own) => last.find(({ alpha }) => alpha === own)!.error),
      reading: grainTermsOf(reading).reading,
      paperBits: [0.45, 0.55, 0.65].map((a) => bits(meanFieldEntropy(core, g10, a, 10)[9])),
    };
  },
};
