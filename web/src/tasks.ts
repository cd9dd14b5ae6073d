// What the worker can be asked for. Every number comes through the public API of the package.
import type { Core } from 'emft';
import { chain } from './tasks/chain.js';
import { ed } from './tasks/ed.js';
import { lbit } from './tasks/lbit.js';
import { plane } from './tasks/plane.js';
import { solvers } from './tasks/solvers.js';

export type Report = (fraction: number, partial?: unknown) => void;
export type Task<I, O> = (input: I, core: Core, report: Report) => O | Promise<O>;

export const tasks = { lbit, chain, plane, ed, solvers };
export type Tasks = typeof tasks;
