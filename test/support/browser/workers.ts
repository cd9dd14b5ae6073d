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
export function workerTimes(): Map<number, number> {
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

/** Processor time that worker threads take in the next `milliseconds`, in milliseconds. */
export async function workerLoad(milliseconds: number): Promise<number> {
  const before = workerTimes();
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  let load = 0;
  for (const [thread, time] of workerTimes()) load += time - (before.get(thread) ?? 0);
  return 10 * load;
}
