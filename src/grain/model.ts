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

/** The same of one for products. */
export function productBytes(model: Pick<CheckedModel, 'dg' | 'bits'>): number {
  return modelBytes(model) + 8 * model.dg * model.dg + 16 * model.bits + TABLE;
}

/** Of the table of flips, which is rounded up: 16 bytes for a place that is no l-bit's, and a cache line. */
const TABLE = 80;

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

/** Addresses of a model as products take it (assembly/grain/apply.ts). */
export interface PlacedProduct extends PlacedModel {
  pairs: number;
  flips: number;
}

/** The model for products of 2^lgp vectors side by side, in rows. */
export function placeProduct(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  alpha = 1,
  sigma = 0,
  lgp = 0,
): PlacedProduct {
  const { dg, bits } = model;
  const at = placeModel(runtime, arena, model, alpha, sigma);
  const pairs = arena.f64(dg * dg);
  const flips = arena.bytes(runtime.wasm.grainFlipsBytes(bits, lgp) >>> 0);
  runtime.wasm.grainPairs(dg, at.grain, pairs);
  runtime.wasm.grainFlips(bits, lgp, at.flip, 1, flips);
  return { ...at, pairs, flips };
}
