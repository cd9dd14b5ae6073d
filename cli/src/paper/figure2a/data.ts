// Fig. 2(a): entropy of the last l-bit against α for chains of N l-bits, exact diagonalization over mean field.
import type { Core } from 'emft';
import { columnsOf } from '../columns.js';
import {
  alphaCritical,
  bits,
  type Cell,
  diagonalizeCells,
  fitFirstCoupling,
  meanFieldEntropy,
} from '../drhSamples.js';
import { example, samplesOf, valuesOf } from '../example.js';
import type { Data, Ensemble } from '../figure.js';

/** Points of a mean-field curve. */
const CURVE = 61;

interface Row {
  kind: string;
  n: number;
  alpha: number;
  entropyBits: number;
  errorBits: number;
  meanFieldBits: number;
  middleBits: number;
  middleErrorBits: number;
  middleMeanFieldBits: number;
}

/** The first coupling fitted to averages over all states, and over the middle of the spectrum. */
interface Fit {
  g10: number;
  g10Middle: number;
}

export interface Findings extends Fit {
  /** At α_c, one an N. */
  critical: Cell[];
  realizations: Ensemble;
  /** Of the differences between mean field and exact diagonalization, in units of log 2. */
  rms: number;
  middleRms: number;
  largest: number;
}

function pointRow(core: Core, cell: Cell, { g10, g10Middle }: Fit): Row {
  const { n, alpha } = cell;
  const [all, middle] = [cell.entropy[n - 1], cell.middle[n - 1]];
  return {
    kind: 'ED',
    n,
    alpha,
    entropyBits: bits(all.mean),
    errorBits: bits(all.error),
    meanFieldBits: bits(meanFieldEntropy(core, g10, alpha, n)[n - 1]),
    middleBits: bits(middle.mean),
    middleErrorBits: bits(middle.error),
    middleMeanFieldBits: bits(meanFieldEntropy(core, g10Middle, alpha, n)[n - 1]),
  };
}

function curveRow(core: Core, n: number, alpha: number, g10: number): Row {
  const value = bits(meanFieldEntropy(core, g10, alpha, n)[n - 1]);
  return {
    kind: 'mean field',
    n,
    alpha,
    entropyBits: value,
    errorBits: 0,
    meanFieldBits: value,
    middleBits: value,
    middleErrorBits: 0,
    middleMeanFieldBits: value,
  };
}

function compareCells(core: Core, cells: Cell[], { g10, g10Middle }: Fit) {
  let [squares, middleSquares, largest] = [0, 0, 0];
  for (const { n, alpha, entropy, middle } of cells) {
    const difference = bits(meanFieldEntropy(core, g10, alpha, n)[n - 1] - entropy[n - 1].mean);
    squares += difference ** 2;
    middleSquares += bits(meanFieldEntropy(core, g10Middle, alpha, n)[n - 1] - middle[n - 1].mean) ** 2;
    largest = Math.max(largest, Math.abs(difference));
  }
  const rms = (sum: number) => Math.sqrt(sum / cells.length);
  return { rms: rms(squares), middleRms: rms(middleSquares), largest };
}

export const data: Data<Findings> = {
  title: 'Fig. 2(a) Entropy of the last l-bit at the end of a chain',
  ensemble: (profile) => samplesOf(example('2a', profile), 'n'),
  async compute(context) {
    const { core, profile } = context;
    const sweep = example('2a', profile);
    const { seed } = sweep;
    const alphas = valuesOf(sweep, 'alpha');
    const realizations = context.ensemble ?? samplesOf(sweep, 'n');
    const cells = await diagonalizeCells(
      context,
      seed,
      Object.entries(realizations).flatMap(([n, samples]) =>
        alphas.map((alpha) => ({ n: Number(n), alpha, samples })),
      ),
    );
    const fit: Fit = {
      g10: fitFirstCoupling(core, cells, (c) => c.entropy),
      g10Middle: fitFirstCoupling(core, cells, (c) => c.middle),
    };
    const rows = cells.map((cell) => pointRow(core, cell, fit));
    const [low, high] = [alphas[0], alphas.at(-1)!];
    for (const n of Object.keys(realizations).map(Number)) {
      for (let i = 0; i < CURVE; ++i) {
        rows.push(curveRow(core, n, low + ((high - low) * i) / (CURVE - 1), fit.g10));
      }
    }
    const { rms, middleRms, largest } = compareCells(core, cells, fit);
    const critical = cells.filter((c) => c.alpha === alphaCritical);
    return {
      parameters: { profile, seed, realizations, alphas, ...fit, alphaCritical },
      columns: columnsOf(rows),
      measured: {
        ...fit,
        rmsResidualBits: rms,
        middleRmsResidualBits: middleRms,
        largestResidualBits: largest,
      },
      findings: { ...fit, critical, realizations, rms, middleRms, largest },
    };
  },
};
