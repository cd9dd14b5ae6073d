// Eigenstates of H nearest to an energy E0 without forming H: block Lanczos on p(H), a polynomial peaked at E0.
//     p(x) = Σ_k (2 − δ_k0) T_k(x0) T_k(x) / P,   p(x0) = 1,   x = (E − centre)/halfwidth,
// the degree chosen from the density of states so that about `count` states lie under the peak (P. Sierant,
// M. Lewenstein and J. Zakrzewski, Phys. Rev. Lett. 125 (2020) 156601). The states under the peak are the largest
// eigenvalues of p(H), well apart from the rest, |p| < 0.22. Full re-orthogonalization by gemm, twice; a last
// Rayleigh–Ritz step with H itself in the converged space separates states that p does not, and gives residuals.
import { ConvergenceError } from '../core/errors.js';
import type { Arena, Runtime } from '../core/runtime.js';
import { BLOCK, blockLanczos, MARGIN } from './blockLanczos.js';
import { reserveFiltered } from './memory.js';
import type { CheckedModel } from './model.js';
import { PEAK_WIDTH } from './peak.js';
import {
  BOUND_STEPS,
  type Bounds,
  DENSITY_VECTORS,
  levelDensity,
  MOMENTS,
  normBounds,
  spectrumBounds,
} from './spectrum.js';
import { intoSpectrum } from './window.js';

/** Rounds with another degree. */
const ROUNDS = 6;
/** Blocks grow by this where a level has more copies than they have columns. */
const GROWTH = 4;
/** H = c + H' is computed with as H' where c is larger than H' by this: its rounding would drown H'. */
const OFFSET = 16;

export interface FilteredStates {
  eigenvalues: Float64Array;
  /** Address of `count` columns of D doubles. */
  vectors: number;
  residuals: Float64Array;
  work: { products: number; degree: number; subspace: number; norm: number };
}

/** The `count` states nearest to `energy`. */
export function filteredStates(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  energy: number,
  count: number,
): FilteredStates {
  const { dg, grain } = model;
  const diagonal = Array.from({ length: dg }, (_, i) => grain[i * (dg + 1)]);
  const offset = 0.5 * Math.min(...diagonal) + 0.5 * Math.max(...diagonal);
  const moved = { ...model, grain: grain.map((x, p) => (p % (dg + 1) === 0 ? x - offset : x)) };
  const rest = sizeOf(runtime, moved);
  if (rest * OFFSET > Math.abs(offset))
    return unitStates(runtime, arena, model, sizeOf(runtime, model), 0, energy, count);
  return rest === 0
    ? basisStates(arena, model, offset, energy, count)
    : unitStates(runtime, arena, moved, rest, offset, energy, count);
}

/** A bound of |H|. */
function sizeOf(runtime: Runtime, model: CheckedModel): number {
  const { low, high } = normBounds(runtime, model);
  return Math.max(Math.abs(low), Math.abs(high));
}

/** H is `value` times the identity: any orthonormal vectors. */
function basisStates(
  arena: Arena,
  { dimension: d }: CheckedModel,
  value: number,
  energy: number,
  count: number,
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

/** States of H + offset, |H| at most `size`: H is scaled by a power of two so that |H| is about 1. */
function unitStates(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  size: number,
  offset: number,
  energy: number,
  count: number,
): FilteredStates {
  // Below 2^-1020 a power of two is no longer exact in one factor.
  let unit = 1;
  while (size * unit < 1 && unit < 2 ** 1020) unit *= 2;
  while (size * unit >= 2) unit /= 2;
  const times = (x: Float64Array, factor: number) => x.map((v) => v * factor);
  const scaled = {
    ...model,
    grain: times(model.grain, unit),
    fields: times(model.fields, unit),
    couplings: times(model.couplings, unit),
  };
  const bounds = spectrumBounds(runtime, scaled);
  const given = (e: number) => e / unit + offset;
  const inside = intoSpectrum(energy, count, {
    lowest: given(bounds.lowest),
    highest: given(bounds.highest),
  });
  const target = Math.min(Math.max((inside - offset) * unit, bounds.lowest), bounds.highest);
  const states = scaledStates(runtime, arena, scaled, bounds, target, count, energy);
  const { eigenvalues, vectors, residuals, work } = states;
  return {
    eigenvalues: eigenvalues.map(given),
    vectors,
    residuals: times(residuals, 1 / unit),
    work: { ...work, norm: Math.max(Math.abs(given(bounds.low)), Math.abs(given(bounds.high))) },
  };
}

/** `asked` is the energy in the caller's units, for a message. */
function scaledStates(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  bounds: Bounds,
  energy: number,
  count: number,
  asked: number,
): Omit<FilteredStates, 'work'> & { work: Omit<FilteredStates['work'], 'norm'> } {
  const d = model.dimension;
  const half = 0.5 * (bounds.high - bounds.low);
  const centre = 0.5 * (bounds.high + bounds.low);
  const x0 = (energy - centre) / half;
  const slope = Math.sqrt(Math.max(1 - x0 * x0, 1e-4));
  const density = levelDensity(runtime, model, x0, centre, half);
  let width = (MARGIN * count) / (2 * density * half);
  const z = arena.f64(d * count);
  let products = BOUND_STEPS + DENSITY_VECTORS * MOMENTS;
  let block = BLOCK;
  for (let round = 0; round < ROUNDS; ) {
    const degree = Math.max(2, Math.ceil((PEAK_WIDTH * slope) / width));
    const task = { energy, count, bounds, centre, half, x0, degree };
    const attempt = runtime.scope((scratch) => blockLanczos(runtime, scratch, model, task, block, z));
    products += attempt.products;
    if (attempt.states) {
      return { ...attempt.states, vectors: z, work: { products, degree, subspace: attempt.subspace } };
    }
    if (attempt.copies && block < d / 2) {
      block = Math.min(GROWTH * block, d / 2);
      reserveFiltered(runtime, model, count, block);
      continue;
    }
    ++round;
    // Too few states under the peak: widen it by what was found.
    width *= Math.min(8, (1.2 * count) / Math.max(attempt.found, 1) + 0.2);
  }
  throw new ConvergenceError(`diagonalizeGrain: no ${count} eigenpairs near ${asked} after ${ROUNDS} rounds`);
}
