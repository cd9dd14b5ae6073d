// Every view by the name it has in the URL, in the order of the tabs; the first opens by default. The worker takes the
// tasks of this file and the page the views: neither bundle holds what the other needs.
import type { View } from '../parts/view.js';
import { chain } from './chain/task.js';
import { chainView } from './chain/view.js';
import { ed } from './ed/task.js';
import { edView } from './ed/view.js';
import { hamiltonian } from './hamiltonian/task.js';
import { hamiltonianView } from './hamiltonian/view.js';
import { lbit } from './lbit/task.js';
import { lbitView } from './lbit/view.js';
import { matrix } from './matrix/task.js';
import { matrixView } from './matrix/view.js';
import { plane } from './plane/task.js';
import { planeView } from './plane/view.js';
import { solvers } from './solvers/task.js';
import { solversView } from './solvers/view.js';
import { story } from './story/task.js';
import { storyView } from './story/view.js';

export const tasks = { story, lbit, chain, plane, ed, solvers, matrix, hamiltonian };

export type Tasks = typeof tasks;
export type TaskName = keyof Tasks;

/** A view computes with the task of its own name. */
export const views: { readonly [Name in TaskName]: View<Tasks[Name]> } = {
  story: storyView,
  lbit: lbitView,
  chain: chainView,
  plane: planeView,
  ed: edView,
  solvers: solversView,
  matrix: matrixView,
  hamiltonian: hamiltonianView,
};
