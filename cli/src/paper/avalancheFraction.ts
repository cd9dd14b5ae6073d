// Figs. 5(a) and 5(b): the fraction f_aval of lattices whose avalanche runs ([CC22] (19)) against the disorder W, and how
// far the failed ones come. The data are the rows of the sweep in cli/examples/, computed in memory.
import { computeExperiment } from '../sweeps/compute.js';
import { show } from './claim.js';
import { example, exampleName, partOfExperiment, samplesOf } from './example.js';
import type { Columns, Data } from './figure.js';

/** All lattices of one radius and disorder. */
export interface Cell {
  radius: number;
  strength: number;
  count: number;
  /** Fraction with an avalanche, and its 68 % interval (Wilson's, which stays sensible at 0 and 1). */
  fraction: number;
  low: number;
  high: number;
  uncertain: number;
  /** Largest and median η_tot/log 2 of the failed avalanches; NaN where none failed. */
  largest: number;
  median: number;
}

/** Rows in groups of equal radius and strength, in the order in which they come. */
export function cells(columns: Columns): Cell[] {
  const { radius, strength, etaTot, avalanche, certain } = columns as Record<string, ArrayLike<number>>;
  const groups = new Map<string, number[]>();
  for (let i = 0; i < radius.length; ++i) {
    const key = `${radius[i]} ${strength[i]}`;
    const rows = groups.get(key);
    if (rows) rows.push(i);
    else groups.set(key, [i]);
  }
  return [...groups.values()].map((rows) => {
    const count = rows.length;
    const fraction = rows.filter((i) => avalanche[i]).length / count;
    const failed = Float64Array.from(
      rows.filter((i) => !avalanche[i]),
      (i) => etaTot[i],
    ).sort();
    const centre = (fraction + 1 / (2 * count)) / (1 + 1 / count);
    const half = Math.sqrt((fraction * (1 - fraction)) / count + 1 / (4 * count * count)) / (1 + 1 / count);
    return {
      radius: radius[rows[0]],
      strength: strength[rows[0]],
      count,
      fraction,
      low: Math.min(fraction, centre - half),
      high: Math.max(fraction, centre + half),
      uncertain: rows.filter((i) => !certain[i]).length,
      largest: failed.at(-1) ?? Number.NaN,
      median: failed.length ? failed[failed.length >> 1] : Number.NaN,
    };
  });
}

/** Largest W with any avalanche and smallest without one above it, of one radius; NaN where the grid does not tell. */
export function thresholdBracket(all: readonly Cell[], radius: number): [number, number] {
  const rows = all.filter((c) => c.radius === radius).sort((a, b) => a.strength - b.strength);
  const last = rows.findLastIndex((c) => c.fraction > 0);
  return [rows[last]?.strength ?? Number.NaN, rows[last + 1]?.strength ?? Number.NaN];
}

/** Rows of `emft sweep` as a table: booleans are 0 and 1, and a column without any number is left out. */
function tableOf(rows: Awaited<ReturnType<typeof computeExperiment>>): Columns {
  const columns: Columns = {};
  for (const [key, data] of Object.entries(rows)) {
    // Random phases have no offset.
    if (data instanceof Float64Array && data.every(Number.isNaN)) continue;
    columns[key] = data instanceof Uint8Array ? Int32Array.from(data) : data;
  }
  return columns;
}

export function fractionData(id: '5a' | '5b', title: string): Data<Cell[]> {
  return {
    title,
    ensemble: (profile) => samplesOf(example(id, profile), 'radius'),
    async compute({ profile, progress, signal, ensemble: part }) {
      const whole = example(id, profile);
      const experiment = part ? partOfExperiment(whole, 'radius', part) : whole;
      const rows = await computeExperiment(experiment, {
        signal,
        onProgress: (fraction) => void progress(0.99 * fraction),
      }).catch((error) => {
        // The reason says more than that the workers were ended.
        signal?.throwIfAborted();
        throw error;
      });
      const columns = tableOf(rows);
      const all = cells(columns);
      const measured: Record<string, number> = {};
      for (const r of new Set(all.map((c) => c.radius))) {
        [measured[`lastAvalancheAtRadius${r}`], measured[`noAvalancheAtRadius${r}`]] = thresholdBracket(
          all,
          r,
        );
      }
      return {
        parameters: {
          profile,
          experiment: exampleName(id, profile),
          seed: experiment.seed,
          ...(part && { realizations: part }),
        },
        columns,
        measured,
        findings: all,
      };
    },
  };
}

/** "0.98 ± 0.02"-like text of one cell. */
export function fractionText(c: Cell): string {
  return `${show(c.fraction, 3)} (${show(c.low, 2)} … ${show(c.high, 2)})`;
}
