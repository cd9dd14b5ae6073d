// H times a power of two, which rounds nothing, so that |H| is about 1: thresholds and sums of squares hold for any H then.
import type { Runtime } from '../wasm/runtime.js';
import type { CheckedModel } from './model.js';
import { normBounds } from './spectrum.js';

/** A bound of |H|. */
export function sizeOf(runtime: Runtime, model: CheckedModel): number {
  const { low, high } = normBounds(runtime, model);
  return Math.max(Math.abs(low), Math.abs(high));
}

/** The power of two that brings a size above 0 into [1, 2), or as near as 2^1020 does. */
export function unitOf(size: number): number {
  // Below 2^-1020 a power of two is no longer exact in one factor.
  let unit = 1;
  while (size * unit < 1 && unit < 2 ** 1020) unit *= 2;
  while (size * unit >= 2) unit /= 2;
  return unit;
}

export function scaledModel(model: CheckedModel, unit: number): CheckedModel {
  const times = (x: Float64Array) => x.map((v) => v * unit);
  return {
    ...model,
    grain: times(model.grain),
    fields: times(model.fields),
    couplings: times(model.couplings),
  };
}
