// How an experiment is cut into pieces. Tasks are numbered through ensembles, grid points and samples; a chunk
// is a run of tasks of one ensemble and becomes one shard. The cut follows from the experiment alone, never
// from timings, engine or workers.
import { type Experiment, grid, type RunSettings } from './experiment.js';
import type { ParameterValues } from './sweepKind.js';
import { sweepKinds } from './sweepKinds.js';

/** Tasks from … to − 1. */
export interface Chunk {
  from: number;
  to: number;
  /** Estimated seconds. */
  cost: number;
}

export interface Task {
  parameters: ParameterValues;
  sample: number;
}

/** A shard should take about this many estimated seconds … */
const CHUNK_SECONDS = 1;
/** … and hold no more tasks than this. */
const CHUNK_TASKS = 10_000;

/** Where each ensemble's tasks begin, and the total at the end. */
export function taskOffsets(experiment: Experiment): number[] {
  const offsets = [0];
  for (const ensemble of experiment.ensembles) {
    offsets.push(offsets.at(-1)! + grid(ensemble).points * ensemble.samples);
  }
  return offsets;
}

/** Looks tasks up by number. */
export function taskTable(experiment: Experiment): { count: number; task(number: number): Task } {
  const offsets = taskOffsets(experiment);
  const grids = experiment.ensembles.map(grid);
  let e = 0;
  return {
    count: offsets.at(-1)!,
    task(number) {
      if (!(offsets[e] <= number && number < offsets[e + 1])) e = offsets.findLastIndex((o) => o <= number);
      const { samples } = experiment.ensembles[e];
      const local = number - offsets[e];
      return { parameters: grids[e].parametersAt(Math.floor(local / samples)), sample: local % samples };
    },
  };
}

/** Tasks in a chunk of each ensemble. */
export function chunkSizes(experiment: Experiment, { chunk }: Pick<RunSettings, 'chunk'>): number[] {
  const { cost } = sweepKinds[experiment.compute];
  return experiment.ensembles.map((ensemble) => {
    if (chunk !== null) return chunk;
    const { points, parametersAt } = grid(ensemble);
    let dearest = 0;
    for (let p = 0; p < points; ++p) dearest = Math.max(dearest, cost(parametersAt(p)));
    return Math.min(CHUNK_TASKS, Math.max(1, Math.floor(CHUNK_SECONDS / dearest)));
  });
}

export function chunksOf(experiment: Experiment, sizes: readonly number[]): Chunk[] {
  const offsets = taskOffsets(experiment);
  const { cost } = sweepKinds[experiment.compute];
  const chunks: Chunk[] = [];
  experiment.ensembles.forEach((ensemble, e) => {
    const { points, parametersAt } = grid(ensemble);
    const costs = Array.from({ length: points }, (_, p) => cost(parametersAt(p)));
    const { samples } = ensemble;
    const [begin, end] = [offsets[e], offsets[e + 1]];
    for (let from = begin; from < end; from += sizes[e]) {
      const to = Math.min(from + sizes[e], end);
      let seconds = 0;
      for (let t = from; t < to; ) {
        const p = Math.floor((t - begin) / samples);
        const next = Math.min(to, begin + (p + 1) * samples);
        seconds += costs[p] * (next - t);
        t = next;
      }
      chunks.push({ from, to, cost: seconds });
    }
  });
  return chunks;
}
