// Figs. 5(a) and 5(b): the ensemble average of η_tot against the disorder W, and the fraction f_aval of the lattice that
// avalanches take, by [CC22] (19): [η_tot] = N f_aval log 2. The data are the rows of the sweep in cli/examples/, computed in
// memory.

import type { Core } from 'emft';
import * as v from 'valibot';
import { latticeSites } from '../common/counts.js';
import { meanAndError } from '../common/sample.js';
import { columnName } from '../files/columnNames.js';
import { axisValues } from '../sweeps/axis.js';
import { computeExperiment } from '../sweeps/compute.js';
import type { Experiment } from '../sweeps/experiment.js';
import { kindOf } from '../sweeps/kindOf.js';
import type { Threshold, ThresholdOptions } from '../sweeps/threshold.js';
import { besidesSweep, count, example, exampleName, finite, partOfExperiment, samplesOf } from './example.js';
import type { Columns, Data, FigureContext, Profile } from './figure.js';
import { atHopping, hoppingOf, hoppings } from './hoppings.js';
import { clopperPearson } from './proportion.js';
import { onWorkers, runAll } from './runAll.js';

/** η_tot/log 2 that failed avalanches do not exceed, by the paper. */
export const PRINTED_FAILED = 14;

/** All lattices of one radius and disorder. */
export interface Cell {
  radius: number;
  strength: number;
  count: number;
  /** Mean of η_tot/log 2, and its standard error. */
  mean: number;
  error: number;
  /** f_aval by (19), and its standard error. */
  fraction: number;
  fractionError: number;
  /** Avalanches, and the 95 % interval of their probability. */
  avalanches: number;
  low: number;
  high: number;
  uncertain: number;
  /** Failed avalanches beyond `PRINTED_FAILED`, and the largest η_tot/log 2 of any; NaN where none failed. */
  beyond: number;
  largest: number;
}

/** Rows in groups of equal radius and strength, in the order in which they come. */
function groupsOf({ radius, strength }: Columns): number[][] {
  const groups = new Map<string, number[]>();
  for (let i = 0; i < radius.length; ++i) {
    const key = `${radius[i]} ${strength[i]}`;
    const rows = groups.get(key);
    if (rows) rows.push(i);
    else groups.set(key, [i]);
  }
  return [...groups.values()];
}

/** One cell for each radius and strength, in the order in which they come. */
export function cells(columns: Columns): Cell[] {
  const { radius, strength, etaTot_log2, etaHigh_log2, avalanche, certain } = columns as Record<
    string,
    ArrayLike<number>
  >;
  return groupsOf(columns).map((rows) => {
    const count = rows.length;
    const sites = latticeSites(radius[rows[0]]);
    // A verdict ends as soon as a lower bound on η_tot shows an avalanche, which takes the whole lattice: from R = 8 on η_tot
    // is the upper bound, N log 2, to double precision.
    const { mean, error } = meanAndError(rows.map((i) => (avalanche[i] ? etaHigh_log2[i] : etaTot_log2[i])));
    const failed = rows.flatMap((i) => (avalanche[i] ? [] : [etaTot_log2[i]]));
    const avalanches = count - failed.length;
    const [low, high] = clopperPearson(avalanches, count);
    return {
      radius: radius[rows[0]],
      strength: strength[rows[0]],
      count,
      mean,
      error,
      fraction: mean / sites,
      fractionError: error / sites,
      avalanches,
      low,
      high,
      uncertain: rows.filter((i) => !certain[i]).length,
      beyond: failed.filter((x) => x > PRINTED_FAILED).length,
      largest: failed.length ? failed.reduce((a, b) => Math.max(a, b)) : Number.NaN,
    };
  });
}

/** What stands in the columns of the table, which has a row for each lattice. */
const COLUMN_NOTES = {
  etaTot_log2:
    'η_tot/log 2 of the resolved couplings; a lower bound where the verdict came early, from groups of orbitals, before it was computed whole',
  etaLow_log2: 'lower bound on η_tot/log 2 over what is not resolved',
  etaHigh_log2: 'upper bound on it; of an avalanche N, to double precision from R = 8 on',
  etaAveraged_log2: 'what the figure averages: etaHigh_log2 of an avalanche, etaTot_log2 of a failed one',
  etaMean_log2: 'the mean of etaAveraged_log2 over all lattices of this radius and strength: the upper panel',
  etaMeanError_log2: 'the standard error of that mean',
  fAval: 'that mean over N, (19): the lower panel',
};

/** The table with what the figure shows of it: the value that is averaged in each row, and the average beside it. */
export function withAverages(columns: Columns): Columns {
  const { etaTot_log2, etaHigh_log2, avalanche } = columns as Record<string, ArrayLike<number>>;
  const count = avalanche.length;
  const [averaged, mean, error, fraction] = Array.from({ length: 4 }, () => new Float64Array(count));
  const all = cells(columns);
  for (const [k, rows] of groupsOf(columns).entries()) {
    for (const i of rows) {
      averaged[i] = avalanche[i] ? etaHigh_log2[i] : etaTot_log2[i];
      [mean[i], error[i], fraction[i]] = [all[k].mean, all[k].error, all[k].fraction];
    }
  }
  return {
    ...columns,
    etaAveraged_log2: averaged,
    etaMean_log2: mean,
    etaMeanError_log2: error,
    fAval: fraction,
  };
}

/** Ends of the crossover of quasiperiodic lattices of one radius, each a bracket. */
export interface Crossover {
  radius: number;
  /** The largest W at which every offset avalanches; not searched for where only W_th is used. */
  every?: [number, number];
  /** W_th, the largest W at which some offset does. */
  some: [number, number];
}

/** W/t between which an end lies. */
const bracket = v.tuple([finite, finite]);
/**
 * The search for both ends, which is that of quasiperiodic lattices in both figures: beyond the first radius the largest that
 * is searched, how many offsets, and the relative width at which it stops.
 */
const besidesOf = besidesSweep(
  '5a',
  v.strictObject({
    search: v.strictObject({ largest: count, angles: count, tolerance: finite }),
    every: bracket,
    some: bracket,
  }),
);

/** The searches made with a core, by their options: figures and readings of one run share them. */
const searches = new WeakMap<Core, Map<string, Promise<Threshold>>>();

/** An end of the crossover in W/t, which is all that enters: the hopping is 1. */
function search(context: FigureContext, options: ThresholdOptions): Promise<Threshold> {
  const known = searches.get(context.core) ?? new Map<string, Promise<Threshold>>();
  searches.set(context.core, known);
  const key = JSON.stringify(options);
  const found =
    known.get(key) ??
    runAll<Threshold>(context, [{ kind: 'threshold', params: options, seed: 0, index: 0 }]).then(([t]) => t);
  known.set(key, found);
  // A search that failed or was stopped is forgotten, so that it can be made again.
  found.catch(() => known.delete(key));
  return found;
}

/** The ends, by search at each radius that the profile looks at. */
async function crossovers(
  context: FigureContext,
  { radii, hopping, ends }: { radii: number[]; hopping: number; ends: readonly ('every' | 'some')[] },
): Promise<Crossover[]> {
  const grid = besidesOf(context.profile);
  const { largest, ...fineness } = grid.search;
  const searched = radii.filter((radius, k) => k === 0 || radius <= largest);
  return Promise.all(
    searched.map(async (radius) => {
      const brackets = await Promise.all(
        ends.map(async (offsets) => {
          const [from, to] = grid[offsets];
          const { low, high } = await search(context, { radius, from, to, offsets, ...fineness });
          return [offsets, [low * hopping, high * hopping]];
        }),
      );
      return { radius, ...(Object.fromEntries(brackets) as Pick<Crossover, 'some' | 'every'>) };
    }),
  );
}

/**
 * Rows of `emft sweep` as a table, whose columns are called as those of a collected file, by quantity and unit: booleans are
 * 0 and 1, and a column without any number is left out.
 */
function tableOf(experiment: Experiment, rows: Awaited<ReturnType<typeof computeExperiment>>): Columns {
  const units = new Map([
    ...Object.entries(kindOf(experiment).parameters).map(([name, { unit }]) => [name, unit] as const),
    ...experiment.columns.map(({ name, unit }) => [name, unit] as const),
  ]);
  const columns: Columns = {};
  for (const [key, data] of Object.entries(rows)) {
    // Random phases have no offset.
    if (data instanceof Float64Array && data.every(Number.isNaN)) continue;
    columns[columnName(key, units.get(key) ?? '1')] =
      data instanceof Uint8Array ? Int32Array.from(data) : data;
  }
  return columns;
}

export interface FractionFindings {
  hopping: number;
  cells: Cell[];
  /** The ends are those of quasiperiodic lattices, also in the figure of random ones. */
  crossovers: Crossover[];
}

interface FractionOptions {
  title: string;
  /** Which ends of the crossover are looked for. */
  ends: readonly ('every' | 'some')[];
}

export function fractionData(id: '5a' | '5b', { title, ends }: FractionOptions): Data<FractionFindings> {
  const experimentOf = (profile: Profile, hopping: number) => atHopping(example(id, profile), hopping);
  return {
    title,
    readings: hoppings,
    ensemble: (profile) => samplesOf(example(id, profile), 'radius'),
    async compute(context, reading) {
      const { profile, progress, signal, onTime, ensemble: part } = context;
      const hopping = hoppingOf(reading);
      const whole = experimentOf(profile, hopping);
      const experiment = part ? partOfExperiment(whole, 'radius', part) : whole;
      const radii = [
        ...new Set(experiment.ensembles.map(({ axes }) => axisValues(axes.radius)[0] as number)),
      ];
      const [found, rows] = await Promise.all([
        crossovers({ ...context, progress: async () => {} }, { radii, hopping, ends }),
        onWorkers(context, (pool) =>
          computeExperiment(experiment, { pool, signal, onTime, onProgress: (f) => void progress(f) }),
        ),
      ]);
      const columns = withAverages(tableOf(experiment, rows));
      return {
        parameters: {
          profile,
          experiment: exampleName(id),
          seed: experiment.seed,
          hopping,
          crossovers: found,
          columns: COLUMN_NOTES,
          ...(part && { realizations: part }),
        },
        columns,
        measured: measuredOf(cells(columns), found),
      };
    },
    findings: ({ parameters, columns }) => ({
      hopping: parameters.hopping as number,
      cells: cells(columns),
      crossovers: parameters.crossovers as Crossover[],
    }),
  };
}

function measuredOf(all: readonly Cell[], found: readonly Crossover[]): Record<string, number> {
  const measured: Record<string, number> = {};
  for (const { radius, every, some } of found) {
    if (every) {
      [measured[`everyOffsetUpToAtRadius${radius}`], measured[`someOffsetFailsFromAtRadius${radius}`]] =
        every;
    }
    [measured[`thresholdAboveAtRadius${radius}`], measured[`thresholdBelowAtRadius${radius}`]] = some;
  }
  const failed = all.filter((c) => c.avalanches < c.count);
  measured.failed = failed.reduce((sum, c) => sum + c.count - c.avalanches, 0);
  measured.failedBeyond14 = failed.reduce((sum, c) => sum + c.beyond, 0);
  measured.largestFailedBits = Math.max(0, ...failed.map((c) => c.largest));
  return measured;
}
