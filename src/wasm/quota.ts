// How much processor time the control groups of Linux allow a process, as containers are given it: threads beyond it are
// stopped in the middle of their work until the next period, while the others wait for them.

const ROOT = '/sys/fs/cgroup';

/** The text of a file; throws, or gives undefined, where it cannot be read. */
type Read = (path: string) => string | undefined;

/** The text of a file, or undefined on another system, or on a host that forbids it. */
function textOf(read: Read, path: string): string | undefined {
  try {
    return read(path);
  } catch {
    return undefined;
  }
}

/** A folder of a hierarchy and all above it: the quota of each holds for what is in it. */
function upwards(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return Array.from({ length: parts.length + 1 }, (_, k) => ['', ...parts.slice(0, k)].join('/'));
}

/** Cores' worth of time in `quota` of `period` microseconds; without a bound for the word max, for −1, and for what is no number. */
function share(quota: string | undefined, period: string | undefined): number {
  const [time, span] = [Number(quota?.trim()), Number(period?.trim())];
  return time > 0 && span > 0 ? time / span : Number.POSITIVE_INFINITY;
}

/**
 * The cores' worth of processor time that this process may use, infinite where nothing bounds it. Both versions of the
 * control groups are read; in a container the path of the process may be one of the host's, which the folder of the root
 * stands for.
 */
export function processorQuota(read: Read): number {
  const shares: number[] = [];
  for (const line of (textOf(read, '/proc/self/cgroup') ?? '').split('\n')) {
    const [, controllers, path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    if (path === undefined) continue;
    const names = controllers.split(',');
    for (const folder of upwards(path)) {
      if (controllers === '') {
        const [quota, period] = textOf(read, `${ROOT}${folder}/cpu.max`)?.split(' ') ?? [];
        shares.push(share(quota, period));
      } else if (names.includes('cpu')) {
        const home = `${ROOT}/cpu${folder}`;
        shares.push(
          share(textOf(read, `${home}/cpu.cfs_quota_us`), textOf(read, `${home}/cpu.cfs_period_us`)),
        );
      }
    }
  }
  return Math.min(Number.POSITIVE_INFINITY, ...shares);
}

/**
 * The number of cores that a process may use: of `all`, which are those that its host shows it, no more than its quota of processor time
 * pays for, and one at least. Node 20 does not see the quota, and newer ones not in every container.
 *
 * @param all - The cores that the host shows, at least 1.
 * @param read - Gives the text of a file; throws, or gives undefined, where it cannot be read.
 * @returns A whole number from 1 to `all`.
 * @throws Nothing.
 */
export function coresAllowed(all: number, read: (path: string) => string | undefined): number {
  return Math.max(1, Math.min(all, Math.floor(processorQuota(read))));
}
