// The entry emft/check: what this package checks its arguments and results with, and the tables and ranges it checks them
// against, for programs that take these from people and compare results: a command line, a page, a benchmark.
export { type Accuracy, accurate, inaccuracy } from './eigen/accuracy.js';
export {
  type EighMethod,
  METHODS,
  type Method,
  type MethodTraits,
  methodNames,
  rangeMethods,
} from './eigen/methods.js';
export { entropyCounts, type Middle, middleStates } from './grain/middle.js';
export { grainMethods, grainRanges } from './grain/ranges.js';
export { grainReadings } from './grain/readings.js';
export { POTENTIALS as latticePotentials } from './lattice/model.js';
export { latticeMethods, latticeRanges } from './lattice/ranges.js';
export { parseDecimal } from './matrixMarket/decimal.js';
export type { MarketOrderCheck } from './matrixMarket/format.js';
export { checkSparseOrder, parseSparseMatrix } from './matrixMarket/sparse.js';
export { checkEncoding, latin1, quoted, withoutMark } from './matrixMarket/text.js';
export type { MarketMatrix } from './matrixMarket/types.js';
export { isMatrixMarket, marketLayout, matrixMarketLength, parseMatrixMarket } from './matrixMarket/whole.js';
export {
  MODEL_STATISTICS as modelStatistics,
  STATISTICS as grainStatistics,
} from './meanfield/statistics.js';
export type { SparseMatrix } from './sparse/types.js';
export { sunRanges, sunSymmetries } from './sun/ranges.js';
export {
  type Bounded,
  checkChoice,
  checkInteger,
  checkNumber,
  type Name,
  type Range,
  type Ranges,
  readOptions,
  show,
} from './wasm/check.js';
export { type ArgumentPath, ConvergenceError, EmftError, InputError, MemoryError } from './wasm/errors.js';
export { HOLDS, MAX_BYTES, mebibytes, wholeMebibytes } from './wasm/heap.js';
export { LARGEST_ENTRY, LATEST_EXPONENT, ROUNDING } from './wasm/limits.js';
export { inPairs } from './wasm/numbers.js';
export { coresAllowed } from './wasm/quota.js';
