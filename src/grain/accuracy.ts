// How accurately given states are eigenstates of the model, without forming H: LAPACK's two ratios,
// and |H z − E z| of each state.

import { type Accuracy, startAccuracy, takeAccuracy } from '../eigen/accuracy.js';
import type { CoreBindings } from '../wasm/bindings.js';
import { ULP } from '../wasm/constants.js';
import { jobSteps } from '../wasm/jobs.js';
import { unitFactor } from '../wasm/magnitude.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import { type CheckedModel, type PlacedModel, type PlacedProduct, placeProduct } from './model.js';
import { scaledModel, sizeOf } from './scale.js';
import { PRODUCTS } from './tuning.js';

/** States of a model: `count` energies at address `energies`, and columns of D doubles at `z`. */
export interface PlacedStates {
  count: number;
  energies: number;
  z: number;
}

/** Calls `look` with a few products H z at a time, their states, and the factor that the model was multiplied with. */
function* withProducts(
  runtime: Runtime,
  model: CheckedModel,
  { count, z }: PlacedStates,
  look: (
    wasm: CoreBindings,
    first: number,
    width: number,
    w: number,
    unit: number,
    at: PlacedProduct,
  ) => void,
): Steps<void> {
  const { dg, bits, dimension: d } = model;
  const unit = unitFactor(sizeOf(runtime, model) || 1);
  yield* runtime.steps(function* (scratch) {
    const at = placeProduct(runtime, scratch, scaledModel(model, unit));
    const w = scratch.f64(d * PRODUCTS);
    for (let first = 0; first < count; first += PRODUCTS) {
      const width = Math.min(PRODUCTS, count - first);
      const { wasm } = runtime;
      wasm.grainMultiply(dg, bits, width, at.pairs, at.diag, at.flips, z + 8 * d * first, w);
      look(wasm, first, width, w, unit, at);
      yield undefined;
    }
  });
}

/** ‖H Z − Z E‖₁/(‖H‖₁ D ulp) and ‖I − Zᵀ Z‖₁/(D ulp). */
export function* statesAccuracy(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  states: PlacedStates,
  budget: number,
): Steps<Accuracy> {
  const d = model.dimension;
  const { count, energies, z } = states;
  let [residual, norm] = [0, 0];
  yield* withProducts(runtime, model, states, (wasm, first, width, w, unit, at) => {
    if (first === 0) norm = columnNorm(arena, model, unit, at);
    const most = wasm.largestResidual(d, width, w, z + 8 * d * first, energies + 8 * first, unit);
    residual = most <= residual ? residual : most;
  });
  const pairs = { n: d, count, values: energies, vectors: z };
  const work = startAccuracy(runtime, arena, 0, false, pairs);
  yield* share(jobSteps(runtime, work, budget), 1, 1);
  const { orthogonality } = takeAccuracy(arena, work);
  const none = norm === 0 && residual === 0;
  return { residual: none ? 0 : residual / (norm * d * ULP), orthogonality };
}

/** |H z − E z| of every state. */
export function* stateResiduals(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  states: PlacedStates,
): Steps<Float64Array> {
  const d = model.dimension;
  const { count, energies, z } = states;
  const [out, scaled] = [arena.f64(count), arena.f64(count)];
  let scale = 1;
  yield* withProducts(runtime, model, states, (wasm, first, width, w, unit) => {
    if (first === 0) arena.view(scaled, count).set(arena.view(energies, count).map((e) => e * unit));
    scale = unit;
    const at = 8 * first;
    wasm.residualNorms(d, width, w, z + d * at, scaled + at, out + at);
  });
  return arena.take(out, count).map((x) => x / scale);
}

/** ‖H‖₁ of the model times `unit`: the largest column sum of |H_ij|. */
function columnNorm(arena: Arena, model: CheckedModel, unit: number, at: PlacedModel): number {
  const { dg, bits } = model;
  const diagonal = arena.view(at.diag, 2 ** bits);
  const flips = model.couplings.map((j) => 2 * Math.abs(j * unit));
  // down[s]: Σ 2|J_n| over the l-bits that are down in configuration s. A grain spin that is up couples to these
  // l-bits, a grain spin that is down to the others.
  const down = new Float64Array(2 ** bits);
  for (let s = 1; s < down.length; ++s) {
    const n = 31 - Math.clz32(s);
    down[s] = down[s - (1 << n)] + flips[n];
  }
  const all = down[down.length - 1];
  let norm = 0;
  for (let b = 0; b < dg; ++b) {
    let others = 0;
    for (let a = 0; a < dg; ++a) if (a !== b) others += Math.abs(model.grain[a + b * dg] * unit);
    const own = model.grain[b * (dg + 1)] * unit;
    for (let s = 0; s < down.length; ++s) {
      norm = Math.max(norm, others + Math.abs(own + diagonal[s]) + (b & 1 ? all - down[s] : down[s]));
    }
  }
  return norm;
}
