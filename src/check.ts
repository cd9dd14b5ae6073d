// The entry emft/check: what this package checks its arguments and results with, and the tables and ranges it checks them
// against, for programs that take these from people and compare results: a command line, a page, a benchmark.
export { accurate, inaccuracy } from './eigen/accuracy.js';
export { METHODS, type Method, methodNames, rangeMethods } from './eigen/methods.js';
export { entropyCounts, middleStates } from './grain/middle.js';
export { grainMethods, grainRanges } from './grain/ranges.js';
export { POTENTIALS as latticePotentials } from './lattice/model.js';
export { latticeMethods, latticeRanges } from './lattice/ranges.js';
export {
  checkChoice,
  checkInteger,
  checkNumber,
  type Name,
  type Range,
  readOptions,
  show,
} from './wasm/check.js';
export { type ArgumentPath, EmftError, InputError } from './wasm/errors.js';
export { HOLDS, MAX_BYTES, mebibytes, wholeMebibytes } from './wasm/heap.js';
