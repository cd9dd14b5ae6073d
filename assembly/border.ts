// Constants that both sides of the border use. scripts/generate-bindings.js compiles this file alone, reads the values and
// writes them to src/wasm/constants.ts: one line of comment and one list of names each, or
// all constants of a file (`export *`).

import { Check } from './eigen/accuracy';
import { Generalized } from './eigen/generalized/record';
import { Batch } from './eigen/symmetricBatch';
import { Decomposition } from './eigen/symmetricRecord';
import { Recursion } from './lattice/lanczos';
import { RefinedOrbital } from './lattice/refineOrbital';
import { Limits } from './meanfield/fits';
import { Fold, Found, Root, Solution } from './meanfield/results';
import { Bipartition } from './operator/bipartition';
import { Element, Rows, SomeRows } from './operator/sector';
import { StateSearch } from './operator/sectorStates';
import { Counts, FlipTerms, Term } from './operator/spinsRecord';
import { Sun } from './operator/sunRows';
import { Weights } from './statistics/weights';

// Methods of symmetricEigenStart and hermitianEigenStart.
export * from './eigen/methods';
// Largest order that symmetricAlone takes; order from which a tridiagonal matrix is divided.
export { DIVIDED_FROM, LANES_TO } from './eigen/tuning';
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
// The same of refineOrbital, each an f64.
export const RECORD_REFINED_ENERGY: usize = offsetof<RefinedOrbital>('energy');
export const RECORD_REFINED_PHI: usize = offsetof<RefinedOrbital>('phi');
// Version of the package, major · 10⁶ + minor · 10³ + patch, and traits of a build (assembly/build.ts).
export { RELAXED as BUILD_RELAXED, SHARED as BUILD_SHARED, VERSION, WHOLE as BUILD_WHOLE } from './build';
// The block through which a team of threads communicates (assembly/kernel/teamBlock.ts).
export { BUSY, LOST, TASKS_LEFT, TEAM_BYTES } from './kernel/teamBlock';
// The fits of other statistics than the GOE (assembly/meanfield/fits.ts): their layout, and offsets of doubles in their head.
export { FIT_COEFFICIENTS, FIT_FIRST, FIT_INTERVALS, FIT_SWITCH } from './meanfield/fit';
export { FITS_BYTES, FITS_ETA, FITS_MIX, FITS_PSI, FITS_SLOPE } from './meanfield/fits';
export const FITS_ETA_B: usize = offsetof<Limits>('etaB');
export const FITS_ETA_TAIL: usize = offsetof<Limits>('etaTail');
export const FITS_ENTROPY_TAIL: usize = offsetof<Limits>('entropyTail');
export const FITS_CZZ_TAIL: usize = offsetof<Limits>('czzTail');
export const FITS_PSI_PEAK: usize = offsetof<Limits>('psiPeak');
export const FITS_PSI_PEAK_SLOPE: usize = offsetof<Limits>('psiPeakSlope');
export const FITS_ETA_PEAK: usize = offsetof<Limits>('etaPeak');
export const FITS_ETA_PEAK_SLOPE: usize = offsetof<Limits>('etaPeakSlope');
// B of η = g (B − 8 log g) for other statistics than the GOE.
export { ETA_B_GSE, ETA_B_GUE, ETA_B_POISSON } from './meanfield/quadrature';
// Scalar maps of leastRootStart and allRootsStart: every spin feels all the others (11), or all spins (21).
export { MAP_ETA, MAP_PSI } from './meanfield/scalarMap';
// Level statistics, of the grain in the mean field (distributionVector and its kin) and of levelReference.
export { GOE, GSE, GUE, POISSON } from './numeric/ensembles';
// Offsets of what leastRootStart and iterateStart write: doubles.
export const SOLUTION_ETA_TOT: usize = offsetof<Solution>('etaTot');
export const SOLUTION_SLOPE: usize = offsetof<Solution>('slope');
export const SOLUTION_ITERATIONS: usize = offsetof<Solution>('iterations');
export const SOLUTION_BYTES: usize = offsetof<Solution>();
// The same of each of the two folds that symmetricFolds writes.
export const FOLD_LOG_G0: usize = offsetof<Fold>('logG0');
export const FOLD_LOG_G: usize = offsetof<Fold>('logG');
export const FOLD_ETA: usize = offsetof<Fold>('eta');
export const FOLD_BYTES: usize = offsetof<Fold>();
// The same of a row of allRootsStart, and of what stands behind the rows.
export const ROOT_ETA_TOT: usize = offsetof<Root>('etaTot');
export const ROOT_SLOPE: usize = offsetof<Root>('slope');
export const ROOT_TANGENT: usize = offsetof<Root>('tangent');
export const ROOT_BYTES: usize = offsetof<Root>();
export const FOUND_COUNT: usize = offsetof<Found>('count');
export const FOUND_BYTES: usize = offsetof<Found>();
// Columns of responseFit and of responseComplementsFit (responseQuadrature has both, one behind the other), of mixingVector
// and of distributionVector.
export * from './meanfield/columns';
// Results in the records of sectorStatesStart (an f64, an i32), of sectorRowsStart and of sunRowsStart (an i32 each), and offsets in
// what sectorRowsStart reads.
export const SEARCH_STATE: usize = offsetof<StateSearch>('state');
export const SEARCH_FOUND: usize = offsetof<StateSearch>('found');
export const SOME_ROWS_ENTRIES: usize = offsetof<SomeRows>('entries');
export const SUN_ENTRIES: usize = offsetof<Sun>('entries');
export const ROWS_STATES: usize = offsetof<Rows>('states');
export const ROWS_STABILIZERS: usize = offsetof<Rows>('stabilizers');
export const ROWS_N: usize = offsetof<Rows>('n');
export const ROWS_ORDER: usize = offsetof<Rows>('order');
export const ROWS_ELEMENTS: usize = offsetof<Rows>('elements');
export const ROWS_FLIP_COUNT: usize = offsetof<Rows>('flipCount');
export const ROWS_FLIPS: usize = offsetof<Rows>('flips');
export const ROWS_TERMS: usize = offsetof<Rows>('terms');
export const ROWS_LIMITS: usize = offsetof<Rows>('limits');
export const ROWS_DOWN: usize = offsetof<Rows>('down');
export const ROWS_COMPLEX: usize = offsetof<Rows>('complex');
export const ROWS_INDICES: usize = offsetof<Rows>('indices');
export const ROWS_DATA: usize = offsetof<Rows>('data');
export const ROWS_ENDS: usize = offsetof<Rows>('ends');
export const ROWS_NOTHING: usize = offsetof<Rows>('nothing');
export const ROWS_BYTES: usize = offsetof<Rows>();
// The cap of QR sweeps (assembly/eigen/tridiagonal/cap.ts).
export { SWEEPS_PER_ROW } from './eigen/tridiagonal/cap';
// Parts into which the rows of an operator are divided.
export { ROW_PARTS } from './operator/tuning';
// Offsets in an element of a group, bytes before its tables, of each table, and of the whole.
export const ELEMENT_FLIP: usize = offsetof<Element>('flip');
export const ELEMENT_RE: usize = offsetof<Element>('re');
export const ELEMENT_IM: usize = offsetof<Element>('im');
export { ELEMENT_BYTES, ELEMENT_HEAD, ELEMENT_TABLE } from './operator/sector';
// Offsets in a term of an operator, in a flip with its terms, and in the numbers of terms of each kind.
export const TERM_FLIP: usize = offsetof<Term>('flip');
export const TERM_MASK: usize = offsetof<Term>('mask');
export const TERM_RE: usize = offsetof<Term>('re');
export const TERM_IM: usize = offsetof<Term>('im');
export const TERM_BYTES: usize = offsetof<Term>();
export const FLIP_TERMS_FLIP: usize = offsetof<FlipTerms>('flip');
export const FLIP_TERMS_FIRST: usize = offsetof<FlipTerms>('first');
export const FLIP_TERMS_COUNT: usize = offsetof<FlipTerms>('count');
export const FLIP_TERMS_BYTES: usize = offsetof<FlipTerms>();
export const COUNTS_DIAGONAL: usize = offsetof<Counts>('diagonal');
export const COUNTS_LOW: usize = offsetof<Counts>('low');
export const COUNTS_HIGH: usize = offsetof<Counts>('high');
export const COUNTS_MIXED: usize = offsetof<Counts>('mixed');
export const COUNTS_BYTES: usize = offsetof<Counts>();
// Numbers of the arithmetic (assembly/numeric/constants.ts).
export { LOG2, ULP } from './numeric/constants';
// Quantities of levelReference.
export { FORM_FACTOR, GAP_RATIO, NUMBER_VARIANCE, SPACING } from './statistics/reference';
// Offset of the result in the record of weightEntropyStart, an f64.
export const RECORD_ENTROPY: usize = offsetof<Weights>('entropy');
// Depth of a packed block of gemm: sums of products that are cut at multiples of it have the same bits.
export { KC } from './kernel/tuning';
// Offsets in the record of bipartition.
export const BIPARTITION_PARTS: usize = offsetof<Bipartition>('parts');
export const BIPARTITION_DIMENSIONS: usize = offsetof<Bipartition>('dimensions');
export const BIPARTITION_INSIDE: usize = offsetof<Bipartition>('inside');
export const BIPARTITION_ROWS: usize = offsetof<Bipartition>('rows');
export const BIPARTITION_COLUMNS: usize = offsetof<Bipartition>('columns');
export const BIPARTITION_BYTES: usize = offsetof<Bipartition>();
