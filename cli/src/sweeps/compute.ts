// Computes an experiment in memory: the rows that a sweep of the same file would collect.

import { EmftError } from 'emft/check';
import { type ChunkData, type ChunkOrder, type Failure, joinChunks } from './chunk.js';
import { type PoolOptions, type RunOptions, runTasks, type TaskPool } from './engines/local/pool.js';
import type { Experiment } from './experiment.js';
import { kindOf } from './kindOf.js';
import { type Chunk, chunkSizes, chunksOf } from './plan.js';
import { type Columns, rowColumns } from './rows.js';

interface ComputeOptions extends Pick<PoolOptions, 'workers'>, Pick<RunOptions<unknown>, 'onTime'> {
  /** Threads to use, which must be of the experiment's build; by default own ones. */
  pool?: TaskPool;
  retries?: number;
  signal?: AbortSignal;
  /** Fraction of the estimated work done, in [0, 1]. */
  onProgress?(fraction: number): void;
}

/**
 * Parameters, sample and output columns of every row, in the order of the tasks, with the bits that `emft sweep` and
 * `emft collect` give for the experiment. Throws when a task fails.
 */
export async function computeExperiment(
  experiment: Experiment,
  options: ComputeOptions = {},
): Promise<Columns> {
  const { retries = 0, workers, pool, signal, onProgress, onTime } = options;
  const chunks = chunksOf(experiment, chunkSizes(experiment, { chunk: null }));
  const total = chunks.reduce((sum, c) => sum + c.cost, 0);
  let spent = 0;
  const tasks = chunks.map(({ from, to }: Chunk) => {
    const params: ChunkOrder = { experiment, from, to, retries };
    return { kind: 'chunk', params, seed: experiment.seed, index: from };
  });
  const running: RunOptions<ChunkData> = {
    signal,
    onTime,
    onOutcome(_outcome, position) {
      spent += chunks[position].cost;
      onProgress?.(spent / total);
    },
  };
  const outcomes = pool
    ? await pool.run(tasks, running)
    : await runTasks(tasks, { workers, build: experiment.build, ...running });
  const parts = outcomes.map((outcome, i) => {
    if (outcome.status === 'done') {
      const [failure] = outcome.value.failures;
      if (failure) throw failed(failure.task, failure);
      return outcome.value;
    }
    throw failed(chunks[i].from, outcome as { error: Failure['error'] });
  });
  const { columns } = kindOf(experiment).tables[experiment.table];
  return rowColumns(
    experiment,
    joinChunks(
      parts,
      experiment.columns.map(({ name }) => columns[name].type),
    ),
  );
}

function failed(task: number, { error }: Pick<Failure, 'error'>): EmftError {
  return new EmftError(`task ${task}: ${error.name}: ${error.message}`);
}
