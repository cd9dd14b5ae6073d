// Computes the experiment of a figure whose table comes from its experiment file alone: all of it, or the ensemble that was asked for; or
// takes its rows from where they were computed before.
import { computeExperiment } from '../sweeps/compute.js';
import type { Columns } from '../sweeps/rows.js';
import { collectedRows } from './collected.js';
import { example, partOfExperiment } from './example.js';
import { checkpoint, type FigureContext } from './figure.js';
import { onWorkers } from './runAll.js';

/** Columns of the experiment of figure `id`; `size`: the parameter that has another value in each ensemble. */
export async function sampled(context: FigureContext, id: string, size: string): Promise<Columns> {
  const { profile, signal, onTime, ensemble, rows } = context;
  const whole = example(id, profile);
  if (rows) return collectedRows(id, whole, size, rows);
  const experiment = ensemble ? partOfExperiment(whole, size, ensemble) : whole;
  const columns = await onWorkers(context, (pool) =>
    computeExperiment(experiment, { pool, signal, onTime, onProgress: (x) => void context.progress(x) }),
  );
  await checkpoint(context, 1);
  return columns;
}
