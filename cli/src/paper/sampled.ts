// Computes the experiment of a figure whose table comes from its experiment file alone: all of it, or the ensemble that was asked for; or
// takes its rows from where they were computed before.
import { computeExperiment } from '../sweeps/compute.js';
import type { Columns } from '../sweeps/rows.js';
import { collectedRows, type Least } from './collected.js';
import { example, exampleName, partOfExperiment } from './example.js';
import { checkpoint, type FigureContext } from './figure.js';
import { onWorkers } from './runAll.js';

/** Columns of the experiment of figure `id`; `size`: the parameter that has another value in each ensemble; `least`: what rows must have. */
export async function sampled(
  context: FigureContext,
  id: string,
  size: string,
  least: Least,
): Promise<Columns> {
  const { profile, signal, onTime, ensemble, rows } = context;
  const whole = example(id, profile);
  if (rows) return collectedRows(`${exampleName(id)}, profile ${profile}`, whole, size, rows, least);
  const experiment = ensemble ? partOfExperiment(whole, size, ensemble) : whole;
  const columns = await onWorkers(context, (pool) =>
    computeExperiment(experiment, { pool, signal, onTime, onProgress: (x) => void context.progress(x) }),
  );
  await checkpoint(context, 1);
  return columns;
}
