// The state of a run, from a listing of its shards, a check of some of them, and the queue.

import { type Element, queue, SlurmError } from './engines/slurm/slurm.js';
import { inspect } from './inspection.js';
import type { Engine } from './manifest.js';
import type { RunDirectory } from './runDirectory.js';
import type { Shard } from './shardStore.js';
import { type FailedTask, failedTasks } from './sweep.js';

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
  /** Tasks a second over the last minutes in which shards appeared; null if unknown. */
  rate: number | null;
  /** Seconds left at that rate, weighted by estimated costs; null if unknown. */
  secondsLeft: number | null;
  /** For runs on Slurm: elements by state; null when the queue does not answer. */
  queue: Record<string, number> | null;
  queueError?: string;
}

/** Shards older than the newest by more than this do not enter the rate. */
const WINDOW_MS = 600_000;
/** Most files examined for the rate. */
const SAMPLE = 2000;

export async function statusOf(run: RunDirectory): Promise<RunStatus> {
  const { manifest, chunks } = run;
  const { candidates, oddities } = await run.listing();
  const { shards, whole, damaged: unreadable } = await inspect(run, candidates);
  let computed = 0;
  let failed = 0;
  let costLeft = 0;
  chunks.forEach(({ from, to, cost }, i) => {
    const shard = shards.get(i);
    if (shard) computed += to - from;
    else costLeft += cost;
    failed += shard?.failed ?? 0;
  });
  const pace = await paceOf(run, shards);
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
    lastShardSeconds: pace.newest === null ? null : Math.max(0, (Date.now() - pace.newest) / 1000),
    rate: pace.tasksPerSecond,
    secondsLeft: pace.costPerSecond === null ? null : costLeft / pace.costPerSecond,
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

/** Tasks and estimated cost a second, from the times at which shards appeared. */
async function paceOf(run: RunDirectory, shards: ReadonlyMap<number, Shard>) {
  const list = [...shards];
  const stride = Math.max(1, Math.ceil(list.length / SAMPLE));
  const seen: { time: number; tasks: number; cost: number }[] = [];
  for (let i = 0; i < list.length; i += stride) {
    const [number, shard] = list[i];
    const time = await run.shardTime(shard);
    if (time === undefined) continue;
    const { from, to, cost } = run.chunks[number];
    seen.push({ time, tasks: (to - from) * stride, cost: cost * stride });
  }
  seen.sort((a, b) => a.time - b.time);
  const newest = seen.at(-1)?.time ?? null;
  const recent = seen.filter(({ time }) => newest !== null && newest - time <= WINDOW_MS);
  const span = recent.length > 1 ? (recent.at(-1)!.time - recent[0].time) / 1000 : 0;
  if (span <= 0) return { newest, tasksPerSecond: null, costPerSecond: null };
  // The contents of the first shard were computed before the interval begins.
  const sum = (key: 'tasks' | 'cost') => recent.slice(1).reduce((total, shard) => total + shard[key], 0);
  return { newest, tasksPerSecond: sum('tasks') / span, costPerSecond: sum('cost') / span };
}
