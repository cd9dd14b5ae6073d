// Constants that both sides of the border use. scripts/generate-bindings.js compiles this file alone, reads the values and
// writes them to src/wasm/constants.ts: one line of comment and one list of names each, or
// all constants of a file (`export *`).

import { Check } from './eigen/accuracy';
import { Generalized } from './eigen/generalized/record';
import { Batch } from './eigen/symmetricBatch';
import { Decomposition } from './eigen/symmetricRecord';
import { Recursion } from './lattice/lanczos';
import { Rows, Search } from './operator/sector';

// Methods of symmetricEigenStart and hermitianEigenStart.
export * from './eigen/methods';
// What every driver returns (assembly/status.ts).
export { MORE, NOT_CONVERGED, NOT_DEFINITE, OK } from './status';
// Offsets of the results in the record of symmetricEigenStart and its kin, each an i32.
export const RECORD_SWEEPS: usize = offsetof<Decomposition>('sweeps');
export const RECORD_FIRST: usize = offsetof<Decomposition>('first');
export const RECORD_LAST: usize = offsetof<Decomposition>('last');
// The same of symmetricEigenBatchStart, an i32.
export const RECORD_BATCH_SWEEPS: usize = offsetof<Batch>('sweeps');
// The same of generalizedEigenStart: the first pivot that is not positive, an i32, and its value, an f64.
export const RECORD_FAILED: usize = offsetof<Generalized>('failed');
export const RECORD_PIVOT: usize = offsetof<Generalized>('pivot');
// The same of accuracyStart, each an f64.
export const RECORD_RESIDUAL: usize = offsetof<Check>('residual');
export const RECORD_ORTHOGONALITY: usize = offsetof<Check>('orthogonality');
// The same of lanczosContinue, each an i32.
export const RECORD_LANCZOS_STEPS: usize = offsetof<Recursion>('steps');
export const RECORD_LANCZOS_EXHAUSTED: usize = offsetof<Recursion>('exhausted');
// Version of the package, major · 10⁶ + minor · 10³ + patch, and traits of a build (assembly/build.ts).
export { RELAXED as BUILD_RELAXED, SHARED as BUILD_SHARED, VERSION, WHOLE as BUILD_WHOLE } from './build';
// The block through which a team of threads communicates (assembly/kernel/teamBlock.ts).
export { AWAY, LOST, PENDING, TEAM_BYTES } from './kernel/teamBlock';
// Scalar maps of leastRootStart and allRootsStart: every spin feels all the others (11), or all spins (21).
export { ETA as MAP_ETA, PSI as MAP_PSI } from './meanfield/scalarMap';
// Offsets in the records of sectorStates (two of 64 bits) and sectorRows.
export const SEARCH_STATE: usize = offsetof<Search>('state');
export const SEARCH_LEFT: usize = offsetof<Search>('left');
export const SEARCH_BYTES: usize = offsetof<Search>();
export const ROWS_STATES: usize = offsetof<Rows>('states');
export const ROWS_STABILIZERS: usize = offsetof<Rows>('stabilizers');
export const ROWS_N: usize = offsetof<Rows>('n');
export const ROWS_ORDER: usize = offsetof<Rows>('order');
export const ROWS_ELEMENTS: usize = offsetof<Rows>('elements');
export const ROWS_GROUPS: usize = offsetof<Rows>('groups');
export const ROWS_FLIPS: usize = offsetof<Rows>('flips');
export const ROWS_TERMS: usize = offsetof<Rows>('terms');
export const ROWS_DOWN: usize = offsetof<Rows>('down');
export const ROWS_COMPLEX: usize = offsetof<Rows>('complex');
export const ROWS_INDICES: usize = offsetof<Rows>('indices');
export const ROWS_DATA: usize = offsetof<Rows>('data');
export const ROWS_ENDS: usize = offsetof<Rows>('ends');
export const ROWS_BYTES: usize = offsetof<Rows>();
// The cap of QR sweeps (assembly/eigen/tridiagonal/cap.ts).
export { SWEEPS_PER_ROW } from './eigen/tridiagonal/cap';
// Numbers of the arithmetic (assembly/numeric/constants.ts).
export { LOG2, ULP } from './numeric/constants';
// Ensembles and quantities of levelReference.
export { FORM_FACTOR, GAP_RATIO, GOE, GUE, NUMBER_VARIANCE, POISSON, SPACING } from './statistics/reference';
