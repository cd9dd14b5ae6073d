// A central-grain model ([CC22] (1), (2)) in the form that computations use, and its copy in WebAssembly memory.

import type { Arena, Runtime } from '../wasm/runtime.js';
import type { GrainWindow } from './types.js';

/** The model after checks; `grain` flat and exactly symmetric, or Hermitian and in pairs. */
export interface CheckedModel {
  dg: number;
  bits: number;
  /** d_g 2^N. */
  dimension: number;
  complex: boolean;
  grain: Float64Array;
  fields: Float64Array;
  couplings: Float64Array;
}

/** The checked options of `diagonalizeGrain`. */
export interface StatesTask {
  model: CheckedModel;
  window: GrainWindow | undefined;
  vectors: boolean;
  verify: boolean;
  /** The method that was asked for; `filtered` only with a window { energy, count }. */
  asked: 'auto' | 'dense' | 'filtered';
}

/** Addresses of a model alpha·H + sigma. */
export interface PlacedModel {
  grain: number;
  diag: number;
  flip: number;
}

/** Bytes of a placed model. */
export function modelBytes({ dg, bits }: Pick<CheckedModel, 'dg' | 'bits'>): number {
  return 8 * (dg * dg + 2 ** bits + 2 * bits);
}

export function placeModel(
  runtime: Runtime,
  arena: Arena,
  { bits, grain, fields, couplings }: CheckedModel,
  alpha = 1,
  sigma = 0,
): PlacedModel {
  const at = {
    grain: arena.put(grain.map((x) => alpha * x)),
    flip: arena.put(couplings.map((j) => 2 * alpha * j)),
    diag: arena.f64(2 ** bits),
  };
  const h = arena.put(fields);
  runtime.wasm.grainDiagonal(bits, h, alpha, sigma, at.diag);
  return at;
}
