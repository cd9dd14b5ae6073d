// How an experiment is cut into pieces. Tasks are numbered through ensembles, grid points and samples; a chunk
// is a run of tasks of one ensemble and becomes one shard. The cut follows from the experiment alone, never
// from timings, engine or workers.
import { InputError } from 'emft/check';
import type { ParameterValues } from '../common/parameters.js';
import type { Experiment, RunSettings } from './experiment.js';
import { grid } from './grid.js';
import { kindOf } from './kindOf.js';

/** Tasks from … to − 1. */
export interface Chunk {
  from: number;
  to: number;
  /** Estimated seconds. */
  cost: number;
}

/** One realization at one point of the grid. */
interface PlannedTask {
  parameters: ParameterValues;
  sample: number;
}

/** A shard should take about this many estimated seconds … */
const CHUNK_SECONDS = 1;
/** … and hold no more tasks than this. */
const CHUNK_TASKS = 10_000;
/** Most shards of a run. */
const MAX_CHUNKS = 1_000_000;

/** The first task of each ensemble, and the total number at the end. */
export function taskOffsets(experiment: Experiment): number[] {
  const offsets = [0];
  for (const ensemble of experiment.ensembles) {
    offsets.push(offsets.at(-1)! + grid(ensemble).points * ensemble.samples);
  }
  return offsets;
}

/** Finds tasks by number. */
export function taskTable(experiment: Experiment): { count: number; task(number: number): PlannedTask } {
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

/** Estimated seconds of a task at each point, for each ensemble; stored, because a grid can have many points. */
function pointCosts(experiment: Experiment): Float64Array[] {
  let costs = knownCosts.get(experiment);
  if (!costs) {
    const { cost } = kindOf(experiment);
    costs = experiment.ensembles.map((ensemble) => {
      const { points, parametersAt } = grid(ensemble);
      const list = new Float64Array(points);
      for (let p = 0; p < points; ++p) list[p] = cost(parametersAt(p));
      return list;
    });
    knownCosts.set(experiment, costs);
  }
  return costs;
}

const knownCosts = new WeakMap<Experiment, Float64Array[]>();

/** Number of tasks in a chunk, for each ensemble. */
export function chunkSizes(experiment: Experiment, { chunk }: Pick<RunSettings, 'chunk'>): number[] {
  const offsets = taskOffsets(experiment);
  // Keeps the chunks of all ensembles together within the limit.
  const least = Math.ceil(offsets.at(-1)! / (MAX_CHUNKS - experiment.ensembles.length));
  const sizes = pointCosts(experiment).map((costs) => {
    if (chunk !== null) return chunk;
    const longest = costs.reduce((a, b) => Math.max(a, b), 0);
    return Math.max(least, Math.min(CHUNK_TASKS, Math.max(1, Math.floor(CHUNK_SECONDS / longest))));
  });
  return checkChunkSizes(experiment, sizes);
}

/** Throws an InputError if there are more chunks than a directory should hold files. */
export function checkChunkSizes(experiment: Experiment, sizes: number[]): number[] {
  const offsets = taskOffsets(experiment);
  const count = sizes.reduce((sum, size, e) => sum + Math.ceil((offsets[e + 1] - offsets[e]) / size), 0);
  if (count > MAX_CHUNKS) {
    throw new InputError('run.chunk', `gives ${count} shards, more than ${MAX_CHUNKS}: take larger chunks`);
  }
  return sizes;
}

export function chunksOf(experiment: Experiment, sizes: readonly number[]): Chunk[] {
  const offsets = taskOffsets(experiment);
  const allCosts = pointCosts(experiment);
  const chunks: Chunk[] = [];
  experiment.ensembles.forEach(({ samples }, e) => {
    const costs = allCosts[e];
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
