// What both entries export beside their cores, emft and emft/eigen.

export type { ArgumentPath } from '../wasm/errors.js';
export { ConvergenceError, EmftError, InputError, MemoryError } from '../wasm/errors.js';
export type { WasmSource } from '../wasm/load.js';
export type { ComplexMatrixNumbers, MatrixNumbers, Numbers } from '../wasm/numbers.js';
export type {
  EighBandedAsyncOptions,
  EighBandedOptions,
  EighTridiagonalAsyncOptions,
  EighTridiagonalOptions,
} from './bandedTypes.js';
export type { EighMethod } from './methods.js';
export type { Eigh, EighBatch } from './result.js';
export type {
  BatchConvergence,
  Convergence,
  EighAsyncOptions,
  EighBatchAsyncOptions,
  EighBatchOptions,
  EighComplexAsyncOptions,
  EighComplexOptions,
  EighOptions,
  EighRange,
  EighSizeOptions,
} from './types.js';
