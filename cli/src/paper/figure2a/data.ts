// Fig. 2(a): entropy of the last l-bit against α for chains of N l-bits, exact diagonalization over mean field.

import type { Core, GrainReadingName } from 'emft';
import * as v from 'valibot';
import { ALPHA_CRITICAL } from '../../common/constants.js';
import { columnsOf, rowsOfKind } from '../columns.js';
import { largestDeviation, rms } from '../deviation.js';
import { bits, type Cell, diagonalizeCells, fitFirstCoupling, meanFieldEntropy } from '../drhSamples.js';
import { besidesSweep, count, samplesOf, valuesOf } from '../example.js';
import type { Columns, Data, Ensemble, Reading } from '../figure.js';
import { grainEnsemble, grainExperiment, grains, grainTermsOf } from '../grains.js';

/** Fewer realizations than this have no standard error worth the name. */
export const FEWEST = 4;
/** Points of a mean-field curve. */
const besidesOf = besidesSweep('2a', v.strictObject({ curve: count }));

type Row = {
  kind: string;
  n: number;
  alpha: number;
  entropyBits: number;
  errorBits: number;
  meanFieldBits: number;
  /** Over the middle quarter of the spectrum; only where all states were computed. */
  middleBits?: number;
  middleErrorBits?: number;
  middleMeanFieldBits?: number;
};

/** The first coupling, fitted to averages over the states; and over the middle of the spectrum, where all states were computed. */
interface Fit {
  g10: number;
  g10Middle?: number;
}

/** [S_end]/log 2 of chains of one length at α_c, and its standard error. */
export interface Critical {
  n: number;
  mean: number;
  error: number;
}

export interface Findings extends Fit {
  /** One for each N. */
  critical: Critical[];
  realizations: Ensemble;
  /** The rms difference between mean field and exact diagonalization, over the states and over the middle, and the largest; in units of log 2. */
  rms: number;
  middleRms?: number;
  largest: number;
  /** The largest difference in standard errors; left out where no point has enough realizations for one. */
  deviation?: string;
  /** As named in `grains`. */
  reading: GrainReadingName;
}

function pointRow(core: Core, cell: Cell, { g10, g10Middle }: Fit): Row {
  const { n, alpha } = cell;
  const [all, middle] = [cell.entropy[n - 1], cell.middle?.[n - 1]];
  return {
    kind: 'ED',
    n,
    alpha,
    entropyBits: bits(all.mean),
    errorBits: bits(all.error),
    meanFieldBits: bits(meanFieldEntropy(core, g10, alpha, n)[n - 1]),
    ...(middle &&
      g10Middle !== undefined && {
        middleBits: bits(middle.mean),
        middleErrorBits: bits(middle.error),
        middleMeanFieldBits: bits(meanFieldEntropy(core, g10Middle, alpha, n)[n - 1]),
      }),
  };
}

function curveRow(core: Core, n: number, alpha: number, { g10, g10Middle }: Fit): Row {
  const value = bits(meanFieldEntropy(core, g10, alpha, n)[n - 1]);
  return {
    kind: 'mean field',
    n,
    alpha,
    entropyBits: value,
    errorBits: 0,
    meanFieldBits: value,
    ...(g10Middle !== undefined && { middleBits: value, middleErrorBits: 0, middleMeanFieldBits: value }),
  };
}

function deviationOf(columns: Columns, realizations: Ensemble): string | undefined {
  const points = rowsOfKind(columns, 'ED', ['n', 'entropyBits', 'errorBits', 'meanFieldBits'])
    .filter(({ n }) => realizations[n] >= FEWEST)
    .map(({ entropyBits, errorBits, meanFieldBits }) => [entropyBits - meanFieldBits, errorBits] as const);
  return points.length > 0 ? largestDeviation(points) : undefined;
}

/** The differences of the points from mean field. */
function compareRows(columns: Columns) {
  const differences = (measured: string, meanField: string) =>
    rowsOfKind(columns, 'ED', [measured, meanField]).map((row) => row[meanField] - row[measured]);
  const all = differences('entropyBits', 'meanFieldBits');
  return {
    rms: rms(all),
    largest: Math.max(...all.map(Math.abs)),
    middleRms: columns.middleBits && rms(differences('middleBits', 'middleMeanFieldBits')),
  };
}

export const data: Data<Findings> = {
  title: 'Fig. 2(a) Entropy of the last l-bit at the end of a chain',
  readings: grains,
  ensemble: (profile, reading) => grainEnsemble('2a', profile, reading),
  async compute(context, reading) {
    const { core, profile } = context;
    const terms = grainTermsOf(reading);
    const sweep = grainExperiment('2a', profile, terms);
    const { seed } = sweep;
    const alphas = valuesOf(sweep, 'alpha');
    const realizations = context.ensemble ?? samplesOf(sweep, 'n');
    const cells = await diagonalizeCells(
      context,
      { seed, ...terms },
      Object.entries(realizations).flatMap(([n, samples]) =>
        alphas.map((alpha) => ({ n: Number(n), alpha, samples })),
      ),
    );
    const all = terms.states === undefined;
    const fit: Fit = {
      g10: fitFirstCoupling(core, cells, (c) => c.entropy),
      ...(all && { g10Middle: fitFirstCoupling(core, cells, (c) => c.middle!) }),
    };
    const rows = cells.map((cell) => pointRow(core, cell, fit));
    const [low, high] = [alphas[0], alphas.at(-1)!];
    const { curve } = besidesOf(profile);
    for (const n of Object.keys(realizations).map(Number)) {
      for (let i = 0; i < curve; ++i) {
        rows.push(curveRow(core, n, low + ((high - low) * i) / (curve - 1), fit));
      }
    }
    const columns = columnsOf(rows as Required<Row>[]);
    const { rms, middleRms, largest } = compareRows(columns);
    return {
      parameters: { profile, seed, ...terms, realizations, alphas, ...fit, alphaCritical: ALPHA_CRITICAL },
      columns,
      measured: {
        ...fit,
        rmsResidualBits: rms,
        ...(middleRms !== undefined && { middleRmsResidualBits: middleRms }),
        largestResidualBits: largest,
      },
    };
  },
  findings({ parameters, columns }) {
    const critical = rowsOfKind(columns, 'ED', ['n', 'alpha', 'entropyBits', 'errorBits'])
      .filter(({ alpha }) => alpha === ALPHA_CRITICAL)
      .map(({ n, entropyBits, errorBits }) => ({ n, mean: entropyBits, error: errorBits }));
    const { g10, g10Middle, realizations, reading } = parameters as unknown as Fit & {
      realizations: Ensemble;
      reading: Reading;
    };
    return {
      g10,
      g10Middle,
      deviation: deviationOf(columns, realizations),
      critical,
      realizations,
      ...compareRows(columns),
      reading: grainTermsOf(reading).reading,
    };
  },
};
