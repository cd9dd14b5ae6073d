// Fig. 2(b): entropy of each l-bit along the chain below the critical point, and its distribution at the end.
import type { Core } from 'emft';
import { entropyCounts } from 'emft/check';
import { columnsOf } from '../columns.js';
import {
  alphaCritical,
  bits,
  type Cell,
  couplingOfEntropy,
  diagonalizeCells,
  fitFirstCoupling,
  meanFieldEntropy,
} from '../drhSamples.js';
import { example, samplesOf, valuesOf } from '../example.js';
import type { Data } from '../figure.js';

const BINS = 16;

interface Row {
  kind: string;
  alpha: number;
  x: number;
  value: number;
  error: number;
  meanField: number;
}

export interface Findings {
  n: number;
  /** Points that the profiles consist of, and their rms difference from mean field, in units of log 2. */
  points: number;
  rms: number;
  g10: number;
  alphas: number[];
  /** [S_end]/log 2 at each α: measured here, and in mean field with what the paper seems to have. */
  lastBits: number[];
  paperBits: number[];
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

/** Share of states in each of BINS equal bins of S/log 2, and the same from p_S of the coupling with the same [S]. */
function distributionRows(core: Core, { alpha, n, last, entropy }: Cell, samples: number): Row[] {
  const per = last.length / samples;
  const counts = Array.from({ length: samples }, (_, k) =>
    entropyCounts(last.subarray(k * per, (k + 1) * per), BINS),
  );
  const gEnd = couplingOfEntropy(core, entropy[n - 1].mean);
  const predicted = core.entropyShares(Float64Array.of(gEnd), BINS);
  return Array.from(predicted, (share, b) => {
    // Standard error from the spread of the share between samples.
    const { mean, error } = core.meanAndError(Float64Array.from(counts, (own) => own[b] / per));
    return {
      kind: 'distribution',
      alpha,
      x: (b + 0.5) / BINS,
      value: mean * BINS,
      error: error * BINS,
      meanField: share * BINS,
    };
  });
}

/** Of the profiles of `cells` from mean field. */
function rmsDifference(core: Core, cells: Cell[], g10: number): number {
  let [squares, count] = [0, 0];
  for (const { alpha, n, entropy } of cells) {
    const theory = meanFieldEntropy(core, g10, alpha, n);
    for (let k = 0; k < n; ++k, ++count) squares += bits(theory[k] - entropy[k].mean) ** 2;
  }
  return Math.sqrt(squares / count);
}

export const data: Data<Findings> = {
  title: 'Fig. 2(b) Entropy along the chain, and its distribution over eigenstates',
  ensemble: (profile) => samplesOf(example('2b', profile), 'n'),
  sizesAtOnce: 1,
  async compute(context) {
    const { core, profile } = context;
    const sweep = example('2b', profile);
    const { seed } = sweep;
    const ensemble = context.ensemble ?? samplesOf(sweep, 'n');
    const n = Math.max(...Object.keys(ensemble).map(Number));
    const samples = ensemble[n];
    const all = await diagonalizeCells(
      context,
      seed,
      valuesOf(sweep, 'alpha').map((alpha) => ({ n, alpha, samples })),
    );
    const g10 = fitFirstCoupling(core, all, (c) => c.entropy);
    // The critical point is there for the fit.
    const cells = all.filter(({ alpha }) => alpha !== alphaCritical);
    const alphas = cells.map(({ alpha }) => alpha);
    const lastBits = cells.map(({ entropy }) => bits(entropy[n - 1].mean));
    const rms = rmsDifference(core, cells, g10);
    return {
      parameters: { profile, seed, n, samples, alphas, g10, lastBits },
      columns: columnsOf(
        cells.flatMap((cell) => [...profileRows(core, cell, g10), ...distributionRows(core, cell, samples)]),
      ),
      measured: {
        g10,
        ...Object.fromEntries(alphas.map((alpha, i) => [`lastEntropyBitsAt${alpha}`, lastBits[i]])),
        rmsResidualBits: rms,
      },
      findings: {
        n,
        points: cells.length * n,
        rms,
        g10,
        alphas,
        lastBits,
        paperBits: alphas.map((alpha) => bits(meanFieldEntropy(core, 0.9, alpha, 10)[9])),
      },
    };
  },
};
