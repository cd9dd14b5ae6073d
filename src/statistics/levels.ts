// Statistics of levels, on checked arguments: assembly/statistics.

import { floats } from '../wasm/arena.js';
import { FORM_FACTOR, GAP_RATIO, GOE, GUE, NUMBER_VARIANCE, POISSON, SPACING } from '../wasm/constants.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import type { Ensemble, FormFactor, LevelQuantity, ThoulessTime } from './types.js';

export const ENSEMBLES: Record<Ensemble, number> = { poisson: POISSON, goe: GOE, gue: GUE };

export const QUANTITIES: Record<LevelQuantity, number> = {
  gapRatio: GAP_RATIO,
  spacing: SPACING,
  numberVariance: NUMBER_VARIANCE,
  formFactor: FORM_FACTOR,
};

/** Levels nearer to the one before them than this share of the largest are made equal to it: copies, but for rounding. */
function resolved(levels: Float64Array, tolerance: number): Float64Array {
  const least = tolerance * Math.max(Math.abs(levels[0]), Math.abs(levels[levels.length - 1]));
  const equal = levels.slice();
  for (let k = 1; k < equal.length; ++k) if (levels[k] - levels[k - 1] <= least) equal[k] = equal[k - 1];
  return equal;
}

/** Ascending levels of `spectra` spectra of equal length, one after another. */
interface GapsTask {
  levels: Float64Array;
  spectra: number;
  tolerance: number;
}

/** The ratios of all spectra, and the mean of the means of those that have gaps. */
export function gapRatios(
  runtime: Runtime,
  { levels, spectra, tolerance }: GapsTask,
): { mean: number; ratios: Float64Array } {
  const n = levels.length / spectra;
  return runtime.scope((arena) => {
    const out = arena.f64(spectra * (n - 2));
    const at = arena.f64(n);
    let [sum, count] = [0, 0];
    for (let k = 0; k < spectra; ++k) {
      arena.view(at, n).set(resolved(levels.subarray(n * k, n * (k + 1)), tolerance));
      const mean = runtime.wasm.gapRatios(n, at, out + 8 * (n - 2) * k);
      if (!Number.isNaN(mean)) [sum, count] = [sum + mean, count + 1];
    }
    return { mean: sum / count, ratios: arena.take(out, spectra * (n - 2)) };
  });
}

/** What is unfolded, and how: `spectra` of `length` levels each. */
interface UnfoldTask {
  levels: Float64Array;
  spectra: number;
  method: 'polynomial' | 'ensemble' | 'local';
  degree: number;
  window: number;
}

export function unfold(runtime: Runtime, task: UnfoldTask): Float64Array {
  const { levels, spectra, method, degree, window } = task;
  const total = levels.length;
  if (total === 0) return new Float64Array(0);
  return runtime.scope((arena) => {
    const wasm = runtime.wasm;
    const out = arena.f64(total);
    const at = arena.put(levels);
    if (method === 'local') {
      const n = total / spectra;
      for (let k = 0; k < spectra; ++k) wasm.unfoldLocal(n, window, at + 8 * n * k, out + 8 * n * k);
    } else {
      const work = arena.bytes(wasm.unfoldWorkspace(total) >>> 0);
      if (method === 'ensemble') wasm.unfoldEnsemble(total, spectra, at, out, work);
      else wasm.unfoldPolynomial(total, spectra, degree, at, out, work);
    }
    return arena.take(out, total);
  });
}

export function numberVariance(
  runtime: Runtime,
  levels: Float64Array,
  lengths: Float64Array,
  spectra: number,
): Float64Array {
  const n = levels.length / spectra;
  return runtime.scope((arena) => {
    const at = arena.put(levels);
    const sums = arena.f64(3);
    return lengths.map((length) => {
      arena.view(sums, 3).fill(0);
      for (let k = 0; k < spectra; ++k) runtime.wasm.windowCounts(n, at + 8 * n * k, length, sums);
      const [whole, first, second] = arena.view(sums, 3);
      const mean = first / whole;
      return second / whole - mean * mean;
    });
  });
}

/** The levels of which a form factor is taken, and how. */
export interface FormFactorTask {
  levels: Float64Array;
  times: Float64Array;
  spectra: number;
  width: number;
}

export function formFactorSteps(runtime: Runtime, task: FormFactorTask): Steps<FormFactor> {
  return runtime.steps((arena) => addSpectra(runtime, arena, task));
}

function* addSpectra(runtime: Runtime, arena: Arena, task: FormFactorTask): Steps<FormFactor> {
  const { levels, times, spectra, width } = task;
  const n = levels.length / spectra;
  const count = times.length;
  const bytes = runtime.wasm.formFactorWorkspace(n, count) >>> 0;
  const work = arena.bytes(bytes);
  new Uint8Array(runtime.memory.buffer, work, bytes).fill(0);
  const tau = arena.put(times);
  // One spectrum after another, so that memory does not depend on how many there are.
  const at = arena.f64(n);
  for (let k = 0; k < spectra; ++k) {
    arena.view(at, n).set(levels.subarray(n * k, n * (k + 1)));
    runtime.wasm.formFactorAdd(n, at, width, count, tau, work);
    yield (k + 1) / spectra;
  }
  const out = arena.f64(4 * count);
  const part = (k: number) => out + 8 * k * count;
  runtime.wasm.formFactorEnd(count, work, out, part(1), part(2), part(3));
  const take = (k: number) => arena.take(part(k), count, floats(count));
  return { values: take(0), errors: take(1), connected: take(2), connectedErrors: take(3) };
}

export function levelReference(
  runtime: Runtime,
  ensemble: Ensemble,
  quantity: LevelQuantity,
  x: Float64Array,
): Float64Array {
  return runtime.scope((arena) => {
    const [at, out, work] = [arena.put(x), arena.f64(x.length), arena.f64(4)];
    runtime.wasm.levelReference(ENSEMBLES[ensemble], QUANTITIES[quantity], x.length, at, out, work);
    return arena.take(out, x.length);
  });
}

export function thoulessTime(
  runtime: Runtime,
  times: Float64Array,
  formFactor: Float64Array,
  ensemble: Ensemble,
  tolerance: number,
): ThoulessTime {
  const reference = levelReference(runtime, ensemble, 'formFactor', times);
  return runtime.scope((arena) => {
    const [tau, k, of] = [arena.put(times), arena.put(formFactor), arena.put(reference)];
    const out = arena.f64(2);
    runtime.wasm.thoulessTime(times.length, tau, k, of, tolerance, out);
    const [time, g] = arena.take(out, 2);
    // Where they meet at τ = 1, g is 0 and not −0.
    return { time, g: g + 0 };
  });
}
