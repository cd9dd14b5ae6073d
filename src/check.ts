// The entry emft/check: checks of arguments and of results in the words of this package, for programs built on it. Internal
// to emft-cli: it may change with any version.
export { accurate, inaccuracy } from './eigen/accuracy.js';
export { METHODS, type Method, methodNames, rangeMethods } from './eigen/methods.js';
export { checkChoice, checkInteger, checkNumber, type Range, readOptions, show } from './wasm/check.js';
export { MAX_BYTES } from './wasm/heap.js';
