// The central-grain model as an operator, without its matrix: assembly/grain/apply.ts.
import type { Computed } from '../operator/compute.js';
import { type CheckedModel, type PlacedModel, placeModel } from './model.js';

/** Factors that are kept placed: those of a recurrence and its ends. */
const KEPT = 8;

export function grainComputed(model: CheckedModel): Computed {
  const { dg, bits, dimension: n } = model;
  return {
    n,
    complex: false,
    bytes: 8 * KEPT * (dg * dg + 2 ** bits + 2 * bits),
    place(runtime, arena, pairs) {
      // Two columns side by side are a pair.
      const lgp = Number(pairs);
      const ld = 2 ** (bits + lgp);
      const placed = new Map<string, PlacedModel>();
      const withFactors = (alpha: number, sigma: number): PlacedModel => {
        const key = `${alpha} ${sigma}`;
        const known = placed.get(key);
        if (known) return known;
        const shift = alpha === 0 ? 0 : -sigma / alpha;
        const made = placeModel(runtime, arena, model, alpha, shift);
        placed.set(key, made);
        return made;
      };
      return (x, w, { alpha = 1, sigma = 0, beta = 0, gamma = 0 } = {}, y = 0) => {
        const { grain, diag, flip } = withFactors(alpha, sigma);
        runtime.wasm.grainApply(dg, bits, lgp, grain, diag, flip, x, w, y, ld, beta, gamma);
      };
    },
  };
}
