// Written by scripts/generate-bindings.js (npm run bindings).

// Methods of symmetricEigenStart and hermitianEigenStart.
export const METHOD_QR = 0;
export const METHOD_JACOBI = 1;
export const METHOD_DC = 2;

// Largest order that symmetricAlone takes; order from which a tridiagonal matrix is divided.
export const DIVIDED_FROM = 40;
export const LANES_TO = 32;

// What every driver returns (assembly/status.ts).
export const MORE = -1;
export const NOT_CONVERGED = 1;
export const NOT_DEFINITE = 2;
export const OK = 0;

// Offsets of the results in the record of symmetricEigenStart and its kin, each an i32.
export const RECORD_SWEEPS = 24;
export const RECORD_FIRST = 28;
export const RECORD_LAST = 32;

// The same of symmetricEigenBatchStart, an i32.
export const RECORD_BATCH_SWEEPS = 24;

// The same of generalizedEigenStart: the first pivot that is not positive, an i32, and its value, an f64.
export const RECORD_FAILED = 36;
export const RECORD_PIVOT = 48;

// The same of accuracyStart, each an f64.
export const RECORD_RESIDUAL = 24;
export const RECORD_ORTHOGONALITY = 32;

// The same of lanczosContinue, each an i32.
export const RECORD_LANCZOS_STEPS = 24;
export const RECORD_LANCZOS_EXHAUSTED = 28;

// The same of refineOrbital, each an f64.
export const RECORD_REFINED_ENERGY = 0;
export const RECORD_REFINED_PHI = 8;

// Version of the package, major · 10⁶ + minor · 10³ + patch, and traits of a build (assembly/build.ts).
export const BUILD_RELAXED = 2;
export const BUILD_SHARED = 1;
export const VERSION = 1000;
export const BUILD_WHOLE = 4;

// The block through which a team of threads communicates (assembly/kernel/teamBlock.ts).
export const BUSY = 64;
export const LOST = 256;
export const TASKS_LEFT = 464;
export const TEAM_BYTES = 768;

// The fits of other statistics than the GOE (assembly/meanfield/fits.ts): their layout, and offsets of doubles in their head.
export const FIT_COEFFICIENTS = 14;
export const FIT_FIRST = -46;
export const FIT_INTERVALS = 129;
export const FIT_SWITCH = 86;
export const FITS_BYTES = 86752;
export const FITS_ETA = 64;
export const FITS_MIX = 28960;
export const FITS_PSI = 57856;
export const FITS_SLOPE = 14512;
export const FITS_ETA_B = 0;
export const FITS_ETA_TAIL = 8;
export const FITS_ENTROPY_TAIL = 16;
export const FITS_CZZ_TAIL = 24;
export const FITS_PSI_PEAK = 32;
export const FITS_PSI_PEAK_SLOPE = 40;
export const FITS_ETA_PEAK = 48;
export const FITS_ETA_PEAK_SLOPE = 56;

// B of η = g (B − 8 log g) for other statistics than the GOE.
export const ETA_B_GSE = -13.276082893764205;
export const ETA_B_GUE = -13.432959647483294;
export const ETA_B_POISSON = -14.887782203003733;

// Scalar maps of leastRootStart and allRootsStart: every spin feels all the others (11), or all spins (21).
export const MAP_ETA = 1;
export const MAP_PSI = 0;

// Level statistics, of the grain in the mean field (distributionVector and its kin) and of levelReference.
export const GOE = 0;
export const GSE = 3;
export const GUE = 1;
export const POISSON = 2;

// Offsets of what leastRootStart and iterateStart write: doubles.
export const SOLUTION_ETA_TOT = 0;
export const SOLUTION_SLOPE = 8;
export const SOLUTION_ITERATIONS = 16;
export const SOLUTION_BYTES = 24;

// The same of each of the two folds that symmetricFolds writes.
export const FOLD_LOG_G0 = 0;
export const FOLD_LOG_G = 8;
export const FOLD_ETA = 16;
export const FOLD_BYTES = 24;

// The same of a row of allRootsStart, and of what stands behind the rows.
export const ROOT_ETA_TOT = 0;
export const ROOT_SLOPE = 8;
export const ROOT_TANGENT = 16;
export const ROOT_BYTES = 24;
export const FOUND_COUNT = 0;
export const FOUND_BYTES = 16;

// Columns of responseFit and of responseComplementsFit (responseQuadrature has both, one behind the other), of mixingVector

// and of distributionVector.
export const ETA = 0;
export const ENTROPY = 1;
export const CZZ = 2;
export const RESPONSES = 3;
export const ETA_COMPLEMENT = 0;
export const ENTROPY_COMPLEMENT = 1;
export const CZZ_COMPLEMENT = 2;
export const ETA_SLOPE = 3;
export const COMPLEMENTS = 4;
export const POPULATION = 0;
export const OTHER_POPULATION = 1;
export const MIXING_ENTROPY = 2;
export const POLARIZATION = 3;
export const MIXING_COLUMNS = 4;
export const DENSITY = 0;
export const BELOW = 1;
export const ABOVE = 2;
export const DISTRIBUTION_COLUMNS = 3;

// Results in the records of sectorStatesStart (an f64, an i32), of sectorRowsStart and of sunRowsStart (an i32 each), and offsets in

// what sectorRowsStart reads.
export const SEARCH_STATE = 24;
export const SEARCH_FOUND = 56;
export const SOME_ROWS_ENTRIES = 36;
export const SUN_ENTRIES = 92;
export const ROWS_STATES = 0;
export const ROWS_STABILIZERS = 4;
export const ROWS_N = 8;
export const ROWS_ORDER = 12;
export const ROWS_ELEMENTS = 16;
export const ROWS_FLIP_COUNT = 20;
export const ROWS_FLIPS = 24;
export const ROWS_TERMS = 28;
export const ROWS_LIMITS = 32;
export const ROWS_DOWN = 36;
export const ROWS_COMPLEX = 40;
export const ROWS_INDICES = 44;
export const ROWS_DATA = 48;
export const ROWS_ENDS = 52;
export const ROWS_NOTHING = 56;
export const ROWS_BYTES = 60;

// The cap of QR sweeps (assembly/eigen/tridiagonal/cap.ts).
export const SWEEPS_PER_ROW = 30;

// Parts into which the rows of an operator are divided.
export const ROW_PARTS = 64;

// Offsets in an element of a group, bytes before its tables, of each table, and of the whole.
export const ELEMENT_FLIP = 0;
export const ELEMENT_RE = 8;
export const ELEMENT_IM = 16;
export const ELEMENT_BYTES = 4120;
export const ELEMENT_HEAD = 24;
export const ELEMENT_TABLE = 1024;

// Offsets in a term of an operator, in a flip with its terms, and in the numbers of terms of each kind.
export const TERM_FLIP = 0;
export const TERM_MASK = 4;
export const TERM_RE = 8;
export const TERM_IM = 16;
export const TERM_BYTES = 24;
export const FLIP_TERMS_FLIP = 0;
export const FLIP_TERMS_FIRST = 4;
export const FLIP_TERMS_COUNT = 8;
export const FLIP_TERMS_BYTES = 12;
export const COUNTS_DIAGONAL = 0;
export const COUNTS_LOW = 4;
export const COUNTS_HIGH = 8;
export const COUNTS_MIXED = 12;
export const COUNTS_BYTES = 16;

// Numbers of the arithmetic (assembly/numeric/constants.ts).
export const LOG2 = 0.6931471805599453;
export const ULP = 2.220446049250313e-16;

// Quantities of levelReference.
export const FORM_FACTOR = 3;
export const GAP_RATIO = 0;
export const NUMBER_VARIANCE = 2;
export const SPACING = 1;

// Offset of the result in the record of weightEntropyStart, an f64.
export const RECORD_ENTROPY = 72;

// Depth of a packed block of gemm: sums of products that are cut at multiples of it have the same bits.
export const KC = 256;

// Offsets in the record of bipartition.
export const BIPARTITION_PARTS = 0;
export const BIPARTITION_DIMENSIONS = 4;
export const BIPARTITION_INSIDE = 8;
export const BIPARTITION_ROWS = 12;
export const BIPARTITION_COLUMNS = 16;
export const BIPARTITION_BYTES = 20;
