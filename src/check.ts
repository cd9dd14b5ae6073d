// The entry emft/check: checks of arguments in the words of this package, for programs built on it. Internal to emft-cli:
// it may change with any version.
export { checkChoice, checkInteger, checkNumber, type Range, readOptions, show } from './wasm/check.js';
export { MAX_BYTES } from './wasm/heap.js';
