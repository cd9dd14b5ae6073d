// H times a power of two, which rounds nothing, so that |H| is about 1: thresholds and sums of
// squares then hold for any H.
import { eighOf } from '../eigen/eighOf.js';
import type { SpectrumEnds } from '../operator/filtered/bounds.js';
import type { Runtime } from '../wasm/runtime.js';
import type { CheckedModel } from './model.js';

/** Bounds of the spectrum, from the bounds of its terms. */
export function normBounds(runtime: Runtime, { dg, grain, fields, couplings }: CheckedModel): SpectrumEnds {
  const { values } = eighOf(runtime, grain, dg, { vectors: false });
  let sum = 0;
  for (const h of fields) sum += Math.abs(h);
  for (const j of couplings) sum += 2 * Math.abs(j);
  return { low: values[0] - sum, high: values[dg - 1] + sum };
}

/** A bound of |H|. */
export function sizeOf(runtime: Runtime, model: CheckedModel): number {
  const { low, high } = normBounds(runtime, model);
  return Math.max(Math.abs(low), Math.abs(high));
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
