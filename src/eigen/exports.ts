// What both entries export beside their cores, emft and emft/eigen.

export type { ArgumentPath } from '../wasm/errors.js';
export { ConvergenceError, EmftError, InputError, MemoryError } from '../wasm/errors.js';
export type { WasmSource } from '../wasm/load.js';
export type { ComplexMatrixNumbers, MatrixNumbers, Numbers } from '../wasm/numbers.js';
export type * from './public.js';
export type * from './publicBanded.js';
