// How many threads or processes of this machine are started unasked.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { coresAllowed } from 'emft/check';

/** The number of cores that this process may use, by the rule of the library's `threads: 'auto'`: quotas of containers count. */
export function cores(): number {
  return coresAllowed(availableParallelism(), (path) => readFileSync(path, 'utf8'));
}
