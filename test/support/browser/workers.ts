// What the workers of a page really do, as the operating system sees it: processor time of their threads.
import { readdirSync, readFileSync } from 'node:fs';

/** Fields of /proc/…/stat behind the command, which may hold blanks. */
function stat(path: string): string[] | null {
  try {
    const text = readFileSync(path, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/** Processes that this one started, and those that they started. */
function descendants(): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const parent = /^\d+$/.test(name) ? Number(stat(`/proc/${name}/stat`)?.[1]) : Number.NaN;
    if (parent >= 0) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [...(children.get(process.pid) ?? [])];
  for (let i = 0; i < found.length; ++i) found.push(...(children.get(found[i]) ?? []));
  return found;
}

/** Processor time of each worker thread of Chromium that there is now, in hundredths of a second, by thread. */
function workerTimes(): Map<number, number> {
  const times = new Map<number, number>();
  for (const pid of descendants()) {
    let threads: string[] = [];
    try {
      threads = readdirSync(`/proc/${pid}/task`);
    } catch {
      // It has ended meanwhile.
    }
    for (const thread of threads) {
      const path = `/proc/${pid}/task/${thread}`;
      const fields = stat(`${path}/stat`);
      let name = '';
      try {
        name = readFileSync(`${path}/comm`, 'utf8').trim();
      } catch {}
      if (fields && name.startsWith('DedicatedWorker')) {
        times.set(Number(thread), Number(fields[11]) + Number(fields[12]));
      }
    }
  }
  return times;
}

const POLL = 20;
const poll = () => new Promise((resolve) => setTimeout(resolve, POLL));

/** Waits until worker threads have taken `milliseconds` of processor time from now on: a task is under way, whatever else runs. */
export async function worked(milliseconds: number, seconds = 60): Promise<void> {
  const spent = meter();
  for (const end = performance.now() + 1000 * seconds; spent() < milliseconds; await poll()) {
    if (performance.now() > end) throw new Error(`workers have computed for ${spent()} ms in ${seconds} s`);
  }
}

/** Waits until no worker has computed for a while; milliseconds of processor time that they took until then. */
export async function untilRest(seconds = 60): Promise<number> {
  const spent = meter();
  let [quiet, last] = [0, 0];
  for (const end = performance.now() + 1000 * seconds; quiet < 300; await poll()) {
    const now = spent();
    // A hundredth of a second now and then is housekeeping.
    quiet = now - last > 10 ? 0 : quiet + POLL;
    if (quiet === 0) last = now;
    if (performance.now() > end) throw new Error(`workers still compute after ${seconds} s`);
  }
  return last;
}

/** A function that says what processor time worker threads have taken since, also those that have ended meanwhile. */
export function meter(): () => number {
  const before = workerTimes();
  const seen = new Map<number, number>();
  return () => {
    for (const [thread, time] of workerTimes()) seen.set(thread, time - (before.get(thread) ?? 0));
    let sum = 0;
    for (const time of seen.values()) sum += time;
    return 10 * sum;
  };
}
