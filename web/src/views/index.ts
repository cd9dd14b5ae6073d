// The views in the order of their tabs; the first opens by default.
import { chain } from './chain.js';
import { ed } from './ed.js';
import { lbit } from './lbit.js';
import { plane } from './plane.js';
import { solvers } from './solvers.js';

export const views = [lbit, chain, plane, ed, solvers];
