// Where the address space of a process is limited (ulimit -v, as batch systems set it), V8 ends the whole process when
// a new thread finds no addresses for its code. So free addresses are counted before threads start.
import { isNode } from './host.js';

/**
 * Address space kept for one worker thread of Node, with room to spare: 590 to 850 MiB were measured, 512 of them for
 * code.
 */
export const WORKER_BYTES = 2 ** 30;

/**
 * Addresses, in bytes, that this process may still take; Infinity where there is no limit or the host does not report
 * one.
 */
export async function freeAddresses(): Promise<number> {
  if (!isNode() || process.platform !== 'linux') return Number.POSITIVE_INFINITY;
  try {
    // A variable keeps bundlers for the browser from resolving the Node module.
    const fs = 'node:fs/promises';
    const { readFile } = (await import(
      /* @vite-ignore */ /* webpackIgnore: true */ fs
    )) as typeof import('node:fs/promises');
    const limit = /^Max address space +(\d+)/m.exec(await readFile('/proc/self/limits', 'utf8'));
    const used = /^VmSize:\s+(\d+) kB/m.exec(await readFile('/proc/self/status', 'utf8'));
    if (limit && used) return Number(limit[1]) - 1024 * Number(used[1]);
  } catch {
    // The file is not there, or may not be read.
  }
  return Number.POSITIVE_INFINITY;
}
