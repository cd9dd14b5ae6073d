// The central-grain model as an operator, without its matrix: products by assembly/grain/apply.ts, polynomials of it
// by assembly/grain/filter.ts.
import type { Computed, FilterKernel } from '../operator/compute.js';
import { jobSteps } from '../wasm/jobs.js';
import { hermitianComputed } from './hermitian.js';
import { type CheckedModel, type PlacedProduct, placeProduct, productBytes } from './model.js';

/** Pairs of factors whose scaled models stay in memory: those of a recurrence and of its first step. */
const SCALED_MODELS = 2;

export function grainComputed(model: CheckedModel): Computed {
  if (model.complex) return hermitianComputed(model);
  const { dg, bits, dimension: n } = model;
  return {
    n,
    complex: false,
    bytes: SCALED_MODELS * productBytes(model),
    cost: n * (dg + 2 * bits),
    place(runtime, arena, pairs) {
      // A pair is two columns side by side.
      const lgp = Number(pairs);
      const ld = 2 ** (bits + lgp);
      const placed = new Map<string, PlacedProduct>();
      const withFactors = (alpha: number, sigma: number): PlacedProduct => {
        const key = `${alpha} ${sigma}`;
        const known = placed.get(key);
        if (known) return known;
        const made = placeProduct(runtime, arena, model, alpha, sigma, lgp);
        placed.set(key, made);
        return made;
      };
      return (x, w, { alpha = 1, sigma = 0, beta = 0, gamma = 0 } = {}, y = 0, columns = 1) => {
        const at = withFactors(alpha, sigma);
        for (let k = 0; k < columns; ++k) {
          const from = 8 * dg * ld * k;
          const before = y === 0 ? 0 : y + from;
          runtime.wasm.grainApply(
            dg,
            bits,
            lgp,
            at.pairs,
            at.diag,
            at.flips,
            x + from,
            w + from,
            before,
            ld,
            beta,
            gamma,
          );
        }
      };
    },
    filter: grainFilter(model),
  };
}

function grainFilter(model: CheckedModel): FilterKernel {
  const { dg, bits } = model;
  return {
    place(runtime, arena, { alpha, sigma, coefficients, columns }) {
      const { pairs, diag, flip } = placeProduct(runtime, arena, model, alpha, sigma);
      const c = arena.put(coefficients);
      const work = arena.bytes(runtime.wasm.grainFilterWorkspace(dg, bits, columns) >>> 0);
      const order = coefficients.length - 1;
      return function* (at, budget) {
        runtime.wasm.grainFilterStart(dg, bits, columns, pairs, diag, flip, order, c, at, work);
        yield* jobSteps(runtime, work, budget);
      };
    },
    bytes: (runtime, columns) =>
      productBytes(model) + (runtime.wasm.grainFilterWorkspace(dg, bits, columns) >>> 0),
  };
}
