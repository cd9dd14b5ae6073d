// Which core decomposes a matrix.
import type { Core } from 'emft';
import type { Cores } from './task.js';

/** Order from which threads make a decomposition faster. */
const THREADED = 256;

/** The core for a matrix of order n. */
export const solverFor = async (n: number, { core, threaded }: Cores): Promise<Core> =>
  n >= THREADED ? await threaded() : core;
