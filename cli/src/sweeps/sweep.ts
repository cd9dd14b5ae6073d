// Computes chunks of a run on this machine's cores and makes each durable when it is done. The local engine and the
// elements of a Slurm array both use this.
import { EmftError } from 'emft/check';
import type { ParameterValues } from '../common/parameters.js';
import { type ChunkData, type ChunkOrder, type Failure, joinChunks } from './chunk.js';
import { type Outcome, TaskPool, type WorkerTask } from './engines/local/pool.js';
import { taskTable } from './plan.js';
import type { RunDirectory } from './runDirectory.js';
import { DamagedShardError } from './shard.js';
import type { Shard } from './shardStore.js';
import { timeLeft } from './timeLeft.js';

export interface SweepProgress {
  /** Tasks of the whole run that have been computed, including failed ones. */
  done: number;
  failed: number;
  total: number;
  /** Tasks computed by this process so far, and the seconds since it began. */
  computed: number;
  seconds: number;
  /** Estimated from the costs of the chunks left and the pace of late; null before enough is done. */
  secondsLeft: number | null;
}

export interface SweepOptions {
  /** The chunks to compute, all by default. Chunks that have a shard are skipped. */
  chunks?: readonly number[];
  /** Whether to compute chunks again in which tasks failed. */
  retryFailed?: boolean;
  /** Worker threads; by default the number in the experiment file, or one for each core. */
  workers?: number;
  /** A running pool to use in place of a new one. */
  pool?: TaskPool;
  /** When it aborts, running chunks finish and no more begin. */
  stop?: AbortSignal;
  /** When it aborts, running chunks are given up; whoever resumes the run computes them. */
  giveUp?: AbortSignal;
  onProgress?(progress: SweepProgress): void;
  /** Receives messages about damaged shards and where they are kept, and about a log that cannot be written. */
  onNotice?(text: string): void;
}

export interface FailedTask extends Failure {
  parameters: ParameterValues;
  sample: number;
}

export interface SweepSummary {
  /** Chunks that were computed now. */
  computed: number;
  /** Chunks asked for that still have no shard, because the sweep was stopped. */
  missing: number;
  /** Failed tasks of all chunks asked for, including earlier failures. */
  failures: FailedTask[];
}

/** A worker cannot even start; nothing is recorded, because every task would fail in the same way. */
class EngineError extends EmftError {
  override name = 'EngineError';
}

export async function sweep(run: RunDirectory, options: SweepOptions = {}): Promise<SweepSummary> {
  const { onNotice, onProgress, retryFailed = false, stop, giveUp } = options;
  const { experiment, run: settings } = run.manifest;
  const asked = options.chunks ?? run.chunks.map((_, i) => i);
  if (onNotice) run.onNotice = onNotice;
  for (const text of await run.setDamagedAside(asked)) {
    run.onNotice(text);
    await run.log('damaged', { text });
  }
  const shards = await run.shards();
  const todo = asked.filter((i) => !shards.has(i) || (retryFailed && shards.get(i)!.failed > 0));
  const workers = options.workers ?? settings.workers ?? undefined;
  const pool = options.pool ?? new TaskPool({ workers, build: experiment.build });
  await run.log('begin', { pid: process.pid, workers: pool.workers, chunks: todo.length });
  const order = (from: number, to: number): WorkerTask => {
    const params: ChunkOrder = { experiment, from, to, retries: settings.retries };
    return { kind: 'chunk', params, seed: experiment.seed, index: from };
  };
  const count = tally(run, shards, todo);
  const died: number[] = [];
  const save = async (chunk: number, data: ChunkData): Promise<void> => {
    const shard = await run.writeShard(chunk, data, shards.get(chunk));
    shards.set(chunk, shard);
    await run.log('chunk', { chunk, tasks: data.to - data.from, failed: shard.failed });
    const progress = count.add(chunk, shard);
    onProgress?.(progress);
  };
  const writes = new Serial();
  try {
    await pool.run<ChunkData>(
      todo.map((i) => order(run.chunks[i].from, run.chunks[i].to)),
      {
        stop,
        signal: giveUp,
        onOutcome(outcome, position) {
          const chunk = todo[position];
          if (outcome.status === 'done') return writes.add(() => save(chunk, outcome.value));
          if (outcome.status === 'failed') died.push(checkDeath(outcome, chunk));
        },
      },
    );
    await writes.end();
    for (const chunk of died) {
      if (stop?.aborted) break;
      await save(chunk, await isolate(run, chunk, pool, order, giveUp));
    }
  } catch (error) {
    // What is given up is no fault; results that could not be written are one all the same.
    if (!giveUp?.aborted || !(error instanceof DOMException)) throw error;
    await writes.end();
  } finally {
    await writes.end().catch(() => {});
    if (!options.pool) await pool.close();
  }
  const missing = asked.filter((i) => !shards.has(i)).length;
  const { failures } = await failedTasks(run, asked, shards);
  await run.log('end', { missing, failed: failures.length });
  return { computed: count.chunks, missing, failures };
}

/** A worker that died takes its chunk with it. Any other error that ends a chunk would end every other one too. */
function checkDeath(outcome: Extract<Outcome<unknown>, { status: 'failed' }>, chunk: number): number {
  const { name, message } = outcome.error;
  if (name !== 'WorkerError') throw new EngineError(`workers cannot compute: ${name}: ${message}`);
  return chunk;
}

/** Computes the chunk of a worker that died task by task, so that only the tasks at fault are recorded as failed. */
async function isolate(
  run: RunDirectory,
  chunk: number,
  pool: TaskPool,
  order: (from: number, to: number) => WorkerTask,
  signal?: AbortSignal,
): Promise<ChunkData> {
  const { from, to } = run.chunks[chunk];
  const { columns, run: settings } = run.manifest;
  await run.log('isolate', { chunk });
  const single = Array.from({ length: to - from }, (_, i) => order(from + i, from + i + 1));
  const outcomes = await pool.run<ChunkData>(single, { retries: settings.retries, signal });
  const types = columns.map(({ type }) => type);
  const parts = outcomes.map((outcome, i): ChunkData => {
    if (outcome.status === 'done') return outcome.value;
    const { error, attempts } = outcome as Extract<typeof outcome, { status: 'failed' }>;
    const failure: Failure = { task: from + i, attempts, error };
    const empty = { tasks: new Int32Array(0), columns: types.map(() => new Uint8Array(0)) };
    return { from: from + i, to: from + i + 1, ...empty, failures: [failure] };
  });
  return joinChunks(parts, types);
}

/**
 * Every recorded failure of the given chunks with the parameters of its task, and what is wrong with unreadable shards.
 */
export async function failedTasks(
  run: RunDirectory,
  chunks: readonly number[],
  shards: ReadonlyMap<number, Shard>,
): Promise<{ failures: FailedTask[]; damaged: string[] }> {
  const { task } = taskTable(run.manifest.experiment);
  const failures: FailedTask[] = [];
  const damaged: string[] = [];
  for (const chunk of chunks) {
    const shard = shards.get(chunk);
    if (!shard?.failed) continue;
    try {
      const data = await run.readLatest(chunk, shard);
      for (const f of data?.failures ?? []) failures.push({ ...f, ...task(f.task) });
    } catch (error) {
      if (!(error instanceof DamagedShardError)) throw error;
      damaged.push(error.message);
    }
  }
  return { failures, damaged };
}

function tally(run: RunDirectory, shards: ReadonlyMap<number, Shard>, todo: readonly number[]) {
  const size = (i: number) => run.chunks[i].to - run.chunks[i].from;
  const started = performance.now();
  const again = new Set(todo);
  let [done, failed, computed, chunks] = [0, 0, 0, 0];
  for (const [i, shard] of shards) {
    if (again.has(i)) continue;
    done += size(i);
    failed += shard.failed;
  }
  const estimate = timeLeft(todo.reduce((sum, i) => sum + run.chunks[i].cost, 0));
  return {
    get chunks() {
      return chunks;
    },
    add(i: number, shard: Shard): SweepProgress {
      done += size(i);
      computed += size(i);
      failed += shard.failed;
      chunks++;
      const seconds = (performance.now() - started) / 1000;
      const secondsLeft = estimate.add(run.chunks[i].cost, seconds);
      return { done, failed, total: run.manifest.tasks, computed, seconds, secondsLeft };
    },
  };
}

/** Writes one at a time: each addition waits for the write before it, so that computing and writing overlap. */
class Serial {
  #last: Promise<void> = Promise.resolve();

  add(write: () => Promise<void>): Promise<void> {
    const before = this.#last;
    this.#last = before.then(write);
    this.#last.catch(() => {});
    return before;
  }

  end(): Promise<void> {
    return this.#last;
  }
}
