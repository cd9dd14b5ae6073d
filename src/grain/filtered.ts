// Eigenstates of H nearest to an energy E0 without forming H: src/operator/filtered on the model scaled to norm about
// 1. An offset common to all levels is subtracted where its rounding would drown the rest.
import { spectrumBounds } from '../operator/filtered/bounds.js';
import { isSolved } from '../operator/filtered/rounds.js';
import { nearestStates } from '../operator/filtered/solve.js';
import { unitFactor } from '../wasm/magnitude.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import { reserveFiltered } from './memory.js';
import type { CheckedModel } from './model.js';
import { grainComputed } from './operator.js';
import { normBounds, scaledModel, sizeOf } from './scale.js';
import { GRAIN_BLOCK, OFFSET, worthwhile } from './tuning.js';
import { intoSpectrum } from './window.js';

interface FilteredStates {
  eigenvalues: Float64Array;
  /** Address of `count` columns of D doubles. */
  vectors: number;
  residuals: Float64Array;
  work: { products: number; degree: number; subspace: number; norm: number };
}

/** Which eigenstates are sought, and how long. */
interface FilteredTask {
  energy: number;
  count: number;
  /**
   * Whether the search ends at the first sign of levels with many copies, or once it has taken as
   * long as dense diagonalization.
   */
  hasty: boolean;
}

/**
 * The `count` states nearest to `energy`; null where a number of rounds does not find them, which happens
 * where a level has many copies.
 */
export function* filteredStates(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  task: FilteredTask,
  budget: number,
): Steps<FilteredStates | null> {
  const { dg, grain } = model;
  const diagonal = Array.from({ length: dg }, (_, i) => grain[i * (dg + 1)]);
  const least = Math.min(...diagonal);
  const offset = least + (Math.max(...diagonal) - least) / 2;
  const moved = { ...model, grain: grain.map((x, p) => (p % (dg + 1) === 0 ? x - offset : x)) };
  const rest = sizeOf(runtime, moved);
  if (rest === 0) return basisStates(arena, model, offset, task);
  const apart = rest * OFFSET <= Math.abs(offset);
  const [computed, c] = apart ? [moved, offset] : [model, 0];
  return yield* unitStates(runtime, arena, computed, c, task, budget);
}

/** For H = `value` times the identity any orthonormal vectors will do. */
function basisStates(
  arena: Arena,
  { dimension: d }: CheckedModel,
  value: number,
  { energy, count }: FilteredTask,
): FilteredStates {
  intoSpectrum(energy, count, { lowest: value, highest: value });
  const vectors = arena.f64(d * count);
  const z = arena.view(vectors, d * count).fill(0);
  for (let k = 0; k < count; ++k) z[k * (d + 1)] = 1;
  return {
    eigenvalues: new Float64Array(count).fill(value),
    vectors,
    residuals: new Float64Array(count),
    work: { products: 0, degree: 0, subspace: count, norm: Math.abs(value) },
  };
}

/** States of H + offset: H is scaled by a power of two to |H| of about 1. */
function* unitStates(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  offset: number,
  { energy, count, hasty }: FilteredTask,
  budget: number,
): Steps<FilteredStates | null> {
  const size = sizeOf(runtime, model);
  // A single factor cannot bring subnormal numbers near 1.
  const lift = size < 2 ** -900 ? 2 ** 900 : 1;
  const unit = unitFactor(size * lift);
  const scaled = scaledModel(scaledModel(model, lift), unit);
  const computed = grainComputed(scaled);
  const bounds = yield* spectrumBounds(runtime, computed, normBounds(runtime, scaled));
  const given = (e: number) => e / unit / lift + offset;
  // `lowest` and `highest` may lie within a cluster of levels that Lanczos has not resolved: an energy beyond them is
  // refused for certain beyond the bounds, and else by the states that are found. It is not moved to them: other states
  // of that cluster would then be the nearest.
  const ends = { lowest: given(bounds.lowest), highest: given(bounds.highest) };
  if (energy < given(bounds.low) || energy > given(bounds.high)) intoSpectrum(energy, count, ends);
  const target = Math.min(Math.max((energy - offset) * lift * unit, bounds.low), bounds.high);
  const reserve = (states: number, block: number) => {
    reserveFiltered(runtime, model, states, block);
    return true;
  };
  const accuracy = { tolerance: 0, loose: 1, exact: false };
  const problem = { runtime, computed, bounds, reserve, accuracy, block: GRAIN_BLOCK };
  const effort = { hasty, allowance: hasty ? worthwhile(scaled) : Number.POSITIVE_INFINITY };
  const states = yield* nearestStates(problem, arena, { energy: target, count }, effort, budget);
  if (!isSolved(states)) return null;
  const { vectors, residuals, products, degree, subspace } = states;
  const eigenvalues = states.eigenvalues.map(given);
  // For an energy beyond an end of the spectrum, the nearest state is that end.
  if (energy < ends.lowest) intoSpectrum(energy, count, { ...ends, lowest: eigenvalues[0] });
  if (energy > ends.highest) intoSpectrum(energy, count, { ...ends, highest: eigenvalues[count - 1] });
  const norm = Math.max(Math.abs(given(bounds.low)), Math.abs(given(bounds.high)));
  return {
    eigenvalues,
    vectors,
    residuals: residuals.map((x) => x / unit / lift),
    work: { products, degree, subspace, norm },
  };
}
