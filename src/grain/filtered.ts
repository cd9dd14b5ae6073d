// Eigenstates of H nearest to an energy E0 without forming H: block Lanczos on p(H), a polynomial peaked at E0.
//     p(x) = Σ_k (2 − δ_k0) T_k(x0) T_k(x) / P,   p(x0) = 1,   x = (E − centre)/halfwidth,
// the degree chosen from the density of states so that about `count` states lie under the peak (P. Sierant,
// M. Lewenstein and J. Zakrzewski, Phys. Rev. Lett. 125 (2020) 156601). The states under the peak are the largest
// eigenvalues of p(H), well apart from the rest, |p| < 0.22. Full re-orthogonalization by gemm, twice; a last
// Rayleigh–Ritz step with H itself in the converged space separates states that p does not, and gives residuals.
import type { Arena, Runtime } from '../wasm/runtime.js';
import { BLOCK, blockLanczos, MARGIN } from './blockLanczos.js';
import { reserveFiltered } from './memory.js';
import type { CheckedModel } from './model.js';
import { PEAK_WIDTH } from './peak.js';
import { scaledModel, sizeOf, unitOf } from './scale.js';
import { type Bounds, DENSITY_VECTORS, levelDensity, MOMENTS, spectrumBounds } from './spectrum.js';
import { intoSpectrum } from './window.js';

/** Rounds with another degree. */
const ROUNDS = 8;
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

/**
 * The `count` states nearest to `energy`; null where they are not found in a number of rounds, which happens where a
 * level has many copies, or with `hasty` at the first sign of such.
 */
export function filteredStates(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  energy: number,
  count: number,
  hasty: boolean,
): FilteredStates | null {
  const { dg, grain } = model;
  const diagonal = Array.from({ length: dg }, (_, i) => grain[i * (dg + 1)]);
  const least = Math.min(...diagonal);
  const offset = least + (Math.max(...diagonal) - least) / 2;
  const moved = { ...model, grain: grain.map((x, p) => (p % (dg + 1) === 0 ? x - offset : x)) };
  const rest = sizeOf(runtime, moved);
  if (rest === 0) return basisStates(arena, model, offset, energy, count);
  const apart = rest * OFFSET <= Math.abs(offset);
  const [computed, c] = apart ? [moved, offset] : [model, 0];
  return unitStates(runtime, arena, computed, sizeOf(runtime, computed), c, energy, count, hasty);
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
  hasty: boolean,
): FilteredStates | null {
  // One factor does not bring subnormal numbers near 1.
  const lift = size < 2 ** -900 ? 2 ** 900 : 1;
  const unit = unitOf(size * lift);
  const scaled = scaledModel(scaledModel(model, lift), unit);
  const bounds = spectrumBounds(runtime, scaled);
  const given = (e: number) => e / unit / lift + offset;
  intoSpectrum(energy, count, { lowest: given(bounds.lowest), highest: given(bounds.highest) });
  // `lowest` and `highest` may lie within a level that Lanczos has not split: not moved there, or other states of it
  // would be the nearest.
  const target = Math.min(Math.max((energy - offset) * lift * unit, bounds.low), bounds.high);
  const states = scaledStates(runtime, arena, scaled, bounds, target, count, hasty);
  if (!states) return null;
  const { eigenvalues, vectors, residuals, work } = states;
  return {
    eigenvalues: eigenvalues.map(given),
    vectors,
    residuals: residuals.map((x) => x / unit / lift),
    work: { ...work, norm: Math.max(Math.abs(given(bounds.low)), Math.abs(given(bounds.high))) },
  };
}

function scaledStates(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  bounds: Bounds,
  energy: number,
  count: number,
  hasty: boolean,
): (Omit<FilteredStates, 'work'> & { work: Omit<FilteredStates['work'], 'norm'> }) | null {
  const d = model.dimension;
  const half = 0.5 * (bounds.high - bounds.low);
  const centre = 0.5 * (bounds.high + bounds.low);
  const x0 = (Math.min(Math.max(energy, bounds.lowest), bounds.highest) - centre) / half;
  const slope = Math.sqrt(Math.max(1 - x0 * x0, 1e-4));
  const density = levelDensity(runtime, model, x0, centre, half);
  let width = (MARGIN * count) / (2 * density * half);
  const z = arena.f64(d * count);
  let products = bounds.products + DENSITY_VECTORS * MOMENTS;
  const allowance = hasty ? worthwhile(model) : Number.POSITIVE_INFINITY;
  let block = BLOCK;
  // Degrees known to give a peak that is too wide, and one that is too narrow.
  let [wide, narrow] = [1, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; ) {
    const wanted = Math.max(2, Math.ceil((PEAK_WIDTH * slope) / width));
    const degree = wanted > wide && wanted < narrow ? wanted : between(wide, narrow);
    if (!(degree < narrow)) break;
    const task = { energy, count, bounds, centre, half, x0, degree };
    const attempt = runtime.scope((scratch) =>
      blockLanczos(runtime, scratch, model, task, block, allowance - products, z),
    );
    products += attempt.products;
    if (attempt.states) {
      return { ...attempt.states, vectors: z, work: { products, degree, subspace: attempt.subspace } };
    }
    if (attempt.copies) {
      if (hasty || block >= d / 2) break;
      block = Math.min(GROWTH * block, d / 2);
      reserveFiltered(runtime, model, count, block);
      continue;
    }
    ++round;
    if (attempt.found > count) wide = degree;
    else narrow = degree;
    // Too few states under the peak: widen it by what was found.
    width *= Math.min(8, (1.2 * count) / Math.max(attempt.found, 1) + 0.2);
  }
  return null;
}

/** The products that take as long as dense diagonalization, by one and a half, and some seconds. */
function worthwhile({ dg, bits, dimension: d }: CheckedModel): number {
  const cost = d * (dg + 2 * bits);
  return (1.5 * d * d * d + 5e9) / cost;
}

/** A degree between the two, neither of them if there is one. */
function between(wide: number, narrow: number): number {
  return narrow === Number.POSITIVE_INFINITY
    ? 2 * wide
    : Math.max(wide + 1, Math.floor(Math.sqrt(wide * narrow)));
}
