// Which core decomposes a matrix.
import type { Core } from 'emft';
import type { Cores } from './task.js';
import { THREADED_ORDER } from './tuning.js';

/** The core for a matrix of order n. */
export const solverFor = async (n: number, { core, threaded }: Cores): Promise<Core> =>
  n >= THREADED_ORDER ? await threaded() : core;
