// The state of a run, from a listing of its shards, a check of some of them, and the queue.

import { type Element, queue, SlurmError } from './engines/slurm/slurm.js';
import { inspect } from './inspection.js';
import type { Engine } from './manifest.js';
import { type Pace, paceOf, sessionsOf } from './pace.js';
import type { RunDirectory } from './runDirectory.js';
import type { Shard } from './shardStore.js';
import { type FailedTask, failedTasks } from './sweep.js';
import { enoughDone } from './timeLeft.js';

export interface RunStatus {
  directory: string;
  title: string;
  engine: Engine;
  /** Numbers of tasks; `computed` includes failed ones. */
  tasks: { total: number; computed: number; failed: number; missing: number };
  /** Numbers of shards; `present` excludes damaged ones; `read`: how many were read in full and found whole. */
  shards: { total: number; present: number; read: number };
  complete: boolean;
  failures: FailedTask[];
  /** Entries that are no whole shards, among those that were read; `collect` and `resume` check the others. */
  damaged: string[];
  /** Seconds since the newest shard appeared; null before the first. */
  lastShardSeconds: number | null;
  /** Tasks a second over the last minutes of work, from the logs; null if unknown. */
  rate: number | null;
  /** Seconds left at that rate, weighted by estimated costs; null if unknown, or too little is done. */
  secondsLeft: number | null;
  /** For runs on Slurm: elements by state; null when the queue does not answer. */
  queue: Record<string, number> | null;
  queueError?: string;
}

/** Most files examined for the time of the newest. */
const SAMPLE = 2000;

export async function statusOf(run: RunDirectory): Promise<RunStatus> {
  const { manifest, chunks } = run;
  const { candidates, oddities } = await run.listing();
  const { shards, whole, damaged: unreadable } = await inspect(run, candidates);
  let computed = 0;
  let failed = 0;
  let [costDone, costLeft] = [0, 0];
  chunks.forEach(({ from, to, cost }, i) => {
    const shard = shards.get(i);
    if (shard) {
      computed += to - from;
      costDone += cost;
    } else costLeft += cost;
    failed += shard?.failed ?? 0;
  });
  const { newest, pace } = await timesOf(run, shards);
  const { failures, damaged: others } = await failedTasks(
    run,
    [...shards.keys()].sort((a, b) => a - b),
    shards,
  );
  const status: RunStatus = {
    directory: run.path,
    title: manifest.experiment.title,
    engine: manifest.engine,
    tasks: { total: manifest.tasks, computed, failed, missing: manifest.tasks - computed },
    shards: { total: chunks.length, present: shards.size, read: whole },
    complete: shards.size === chunks.length,
    failures,
    damaged: [...new Set([...oddities.map(({ text }) => text), ...unreadable, ...others])],
    lastShardSeconds: newest === null ? null : Math.max(0, (Date.now() - newest) / 1000),
    rate: pace?.tasksPerSecond ?? null,
    secondsLeft: secondsLeft(pace, costDone, costLeft),
    queue: null,
  };
  if (run.wasSubmitted()) {
    try {
      status.queue = countStates(await queue(manifest.id));
    } catch (error) {
      if (!(error instanceof SlurmError)) throw error;
      status.queueError = error.message;
    }
  }
  return status;
}

function countStates(elements: Element[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { state } of elements) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

/** The time of the newest shard, and tasks and estimated cost a second according to the logs. */
async function timesOf(run: RunDirectory, shards: ReadonlyMap<number, Shard>) {
  const list = [...shards.values()];
  const stride = Math.max(1, Math.ceil(list.length / SAMPLE));
  let newest: number | null = null;
  for (let i = 0; i < list.length; i += stride) {
    const time = await run.shardTime(list[i]);
    if (time !== undefined) newest = Math.max(newest ?? time, time);
  }
  const pace = paceOf(await sessionsOf(run.path, run.chunks.length), (chunk) => {
    const { from, to, cost } = run.chunks[chunk];
    return { tasks: to - from, cost };
  });
  return { newest, pace };
}

/** Null before enough is done to know the pace. */
function secondsLeft(pace: Pace | undefined, done: number, left: number): number | null {
  return pace && enoughDone(done / (done + left), pace.seconds) ? left / pace.costPerSecond : null;
}
