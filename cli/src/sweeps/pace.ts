// How fast a run goes, from the logs of the processes that work on it: only they know when work began. Shards that several
// workers finish together appear within milliseconds, so that the times of shards alone do not show how long the work took.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readBounded } from '../files/boundedRead.js';

/** Only the last minutes of work count. */
const WINDOW_MS = 600_000;
/** Most logs that are read, the newest first, and most bytes of each. */
const MOST_LOGS = 500;
const LONGEST_LOG = 2 ** 24;

/** What a process did from `begin` to its last chunk; times in milliseconds. */
interface Session {
  begin: number;
  chunks: { time: number; chunk: number }[];
}

export interface Pace {
  tasksPerSecond: number;
  costPerSecond: number;
  /** In which at least one process worked. */
  seconds: number;
}

/** Finished work, and the seconds in which at least one process worked on it; undefined if the logs do not show it. */
export function paceOf(
  sessions: readonly Session[],
  size: (chunk: number) => { tasks: number; cost: number },
): Pace | undefined {
  const worked = sessions.filter(({ chunks }) => chunks.length > 0);
  const end = ({ chunks }: Session) => chunks.reduce((last, { time }) => Math.max(last, time), 0);
  const from = worked.reduce((last, session) => Math.max(last, end(session)), 0) - WINDOW_MS;
  let [milliseconds, until, tasks, cost] = [0, from, 0, 0];
  for (const session of [...worked].sort((a, b) => a.begin - b.begin)) {
    milliseconds += Math.max(0, end(session) - Math.max(session.begin, until));
    until = Math.max(until, end(session));
    for (const { time, chunk } of session.chunks) {
      if (time < from) continue;
      const done = size(chunk);
      tasks += done.tasks;
      cost += done.cost;
    }
  }
  if (milliseconds <= 0 || cost <= 0) return undefined;
  const seconds = milliseconds / 1000;
  return { tasksPerSecond: tasks / seconds, costPerSecond: cost / seconds, seconds };
}

/** The sessions in the logs of a run; lines that say nothing are passed over, and so are logs that cannot be read. */
export async function sessionsOf(path: string, chunks: number): Promise<Session[]> {
  const directory = join(path, 'log');
  const names = await readdir(directory).catch(() => [] as string[]);
  const sessions: Session[] = [];
  const newest = names.filter((name) => name.endsWith('.jsonl')).sort();
  for (const name of newest.slice(-MOST_LOGS)) {
    const bytes = await readBounded(name, join(directory, name), { limit: LONGEST_LOG }).catch(
      () => undefined,
    );
    let session: Session | undefined;
    for (const line of bytes?.toString('utf8').split('\n') ?? []) {
      const { event, time, chunk } = entry(line);
      const at = Date.parse(String(time));
      if (Number.isNaN(at)) continue;
      if (event === 'begin') {
        session = { begin: at, chunks: [] };
        sessions.push(session);
      } else if (
        event === 'chunk' &&
        Number.isInteger(chunk) &&
        Number(chunk) >= 0 &&
        Number(chunk) < chunks
      ) {
        session?.chunks.push({ time: at, chunk: Number(chunk) });
      }
    }
  }
  return sessions;
}

function entry(line: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(line)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
