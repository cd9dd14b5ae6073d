// What the worker can be asked for. Every number comes through the public API of the package.
import type { Core } from 'emft';
import { chain } from './tasks/chain.js';
import { ed } from './tasks/ed.js';
import { lbit } from './tasks/lbit.js';
import { plane } from './tasks/plane.js';
import { solvers } from './tasks/solvers.js';

/** Tells how far the task is and what there is so far. To be awaited: a cancelled task ends there. */
export type Report = (fraction: number, partial?: unknown) => Promise<void>;
/** The core of one thread, and one on as many as the page may use: they pay only for large matrices. */
export interface Cores {
  core: Core;
  threaded(): Promise<Core>;
}
/** `signal`: for what stops by itself between two reports. */
export type Task<I, O> = (input: I, cores: Cores, report: Report, signal: AbortSignal) => O | Promise<O>;

export const tasks = { lbit, chain, plane, ed, solvers };
export type Tasks = typeof tasks;
