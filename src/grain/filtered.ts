// Eigenstates of H nearest to an energy E0 without forming H: block Lanczos on p(H), a polynomial peaked at E0.
//     p(x) = Σ_k (2 − δ_k0) T_k(x0) T_k(x) / P,   p(x0) = 1,   x = (E − centre)/halfwidth,
// the degree chosen from the density of states so that about `count` states lie under the peak (P. Sierant,
// M. Lewenstein and J. Zakrzewski, Phys. Rev. Lett. 125 (2020) 156601). The states under the peak are the largest
// eigenvalues of p(H), well apart from the rest, |p| < 0.22. Full re-orthogonalization by gemm, twice; a last
// Rayleigh–Ritz step with H itself in the converged space separates states that p does not, and gives residuals.
import { ConvergenceError, InputError } from '../core/errors.js';
import type { Arena, Runtime } from '../core/runtime.js';
import { eigh } from '../eigen/eigh.js';
import type { CoreBindings } from '../wasm/bindings.js';
import { type CheckedModel, placeModel } from './model.js';
import { coefficients, PEAK, PEAK_WIDTH } from './peak.js';
import { type RitzStates, rayleighRitz, type Task } from './rayleighRitz.js';
import {
  BOUND_STEPS,
  DENSITY_VECTORS,
  fillRandom,
  levelDensity,
  MOMENTS,
  normBounds,
  spectrumBounds,
} from './spectrum.js';
import { outside } from './window.js';

/** Columns of a block: a fixed number, so that results do not depend on the number of threads. */
export const BLOCK = 4;
/** States under the peak per state asked for. */
const MARGIN = 1.5;
/** Residuals of p at which the H residual is at rounding level. */
const RITZ_TOLERANCE = 1e-12;
/** Rounds with another degree. */
const ROUNDS = 6;
export interface FilteredStates {
  eigenvalues: Float64Array;
  /** Address of `count` columns of D doubles. */
  vectors: number;
  residuals: Float64Array;
  work: { products: number; degree: number; subspace: number; norm: number };
}

/** Most Krylov vectors for `count` states in dimension d. */
export function krylovLimit(d: number, count: number): number {
  return Math.min(d, Math.ceil((5 * MARGIN * count + 160) / BLOCK) * BLOCK);
}

/** The `count` states nearest to `energy`; below, H is scaled by a power of two so that |H| is about 1. */
export function filteredStates(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  energy: number,
  count: number,
): FilteredStates {
  const hard = normBounds(runtime, model);
  const size = Math.max(Math.abs(hard.low), Math.abs(hard.high));
  if (size === 0) throw new InputError('options', "H is zero: use method 'dense'");
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
  const { eigenvalues, vectors, residuals, work } = scaledStates(
    runtime,
    arena,
    scaled,
    energy * unit,
    count,
    unit,
  );
  return {
    eigenvalues: times(eigenvalues, 1 / unit),
    vectors,
    residuals: times(residuals, 1 / unit),
    work: { ...work, norm: work.norm / unit },
  };
}

function scaledStates(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  energy: number,
  count: number,
  unit: number,
): FilteredStates {
  const bounds = spectrumBounds(runtime, model);
  if (energy < bounds.lowest || energy > bounds.highest) {
    throw outside(
      { lowest: bounds.lowest / unit, highest: bounds.highest / unit },
      { energy: energy / unit, count },
    );
  }
  const half = 0.5 * (bounds.high - bounds.low);
  const centre = 0.5 * (bounds.high + bounds.low);
  const x0 = (energy - centre) / half;
  const slope = Math.sqrt(Math.max(1 - x0 * x0, 1e-4));
  const density = levelDensity(runtime, model, x0, centre, half);
  let width = (MARGIN * count) / (2 * density * half);
  const z = arena.f64(model.dimension * count);
  let products = BOUND_STEPS + DENSITY_VECTORS * MOMENTS;
  for (let round = 0; round < ROUNDS; ++round) {
    const degree = Math.max(2, Math.ceil((PEAK_WIDTH * slope) / width));
    const attempt = runtime.scope((scratch) =>
      krylov(runtime, scratch, model, { energy, count, bounds, centre, half, x0, degree }, z),
    );
    products += attempt.products;
    if (attempt.states) {
      const norm = Math.max(Math.abs(bounds.low), Math.abs(bounds.high));
      return { ...attempt.states, vectors: z, work: { products, degree, subspace: attempt.subspace, norm } };
    }
    // Too few states under the peak: widen it by what was found.
    width *= Math.min(8, (1.2 * count) / Math.max(attempt.found, 1) + 0.2);
  }
  throw new ConvergenceError(
    `diagonalizeGrain: no ${count} eigenpairs near ${energy / unit} after ${ROUNDS} rounds`,
  );
}

interface Attempt {
  states: RitzStates | null;
  /** States under the peak. */
  found: number;
  products: number;
  subspace: number;
}

/** Block Lanczos on p(H) until every state under the peak has converged. The states go to address `z`. */
function krylov(runtime: Runtime, scratch: Arena, model: CheckedModel, task: Task, z: number): Attempt {
  const { dg, bits, dimension: d } = model;
  const wasm = runtime.exports<CoreBindings>();
  const limit = krylovLimit(d, task.count);
  const scaled = placeModel(runtime, scratch, model, 2 / task.half, task.centre);
  const c = scratch.put(coefficients(task.x0, task.degree));
  const q = scratch.f64(d * (limit + BLOCK));
  const filterWork = scratch.bytes(wasm.grainFilterWorkspace(dg, bits, BLOCK) >>> 0);
  const overlap = scratch.f64(limit * BLOCK);
  const r = scratch.f64(BLOCK * BLOCK);
  const work = scratch.bytes(
    Math.max(wasm.gemmWorkspace(d, BLOCK, limit) >>> 0, wasm.gemmWorkspace(limit, BLOCK, d) >>> 0),
  );
  const column = (k: number) => q + 8 * d * k;
  const project = (size: number, w: number): Float64Array => {
    wasm.gemm(size, BLOCK, d, 1, q, d, 1, w, 1, d, 0, overlap, size, work);
    wasm.gemm(d, BLOCK, size, -1, q, 1, d, overlap, 1, size, 1, w, d, work);
    return scratch.take(overlap, size * BLOCK);
  };
  fillRandom(runtime, scratch, q, d * BLOCK, 0);
  wasm.orthonormalize(d, BLOCK, q, r);

  const t = new Float64Array(limit * limit);
  let products = 0;
  for (let size = BLOCK; size <= limit; size += BLOCK) {
    const w = column(size);
    scratch.view(q, d * (limit + BLOCK)).copyWithin(d * size, d * (size - BLOCK), d * size);
    wasm.grainFilter(dg, bits, BLOCK, scaled.grain, scaled.diag, scaled.flip, task.degree, c, w, filterWork);
    products += BLOCK * (task.degree + 1);
    const first = project(size, w);
    const second = project(size, w);
    for (let j = 0; j < BLOCK; ++j) {
      for (let i = 0; i < size; ++i)
        t[i + (size - BLOCK + j) * limit] = first[i + j * size] + second[i + j * size];
    }
    const dependent = wasm.orthonormalize(d, BLOCK, w, r);
    // A dependent block: the space is invariant.
    const invariant = dependent >= 0;
    const last = invariant || size + BLOCK > limit;
    if (!last && (size < 1.5 * task.count || (size / BLOCK) % 4 !== 0)) continue;
    const ritz = ritzPairs(runtime, t, limit, size);
    const rest = invariant ? new Float64Array(BLOCK * BLOCK) : scratch.take(r, BLOCK * BLOCK);
    let found = 0;
    while (found < size && ritz.values[size - 1 - found] > PEAK) found++;
    let unconverged = 0;
    for (let k = size - found; k < size; ++k) {
      if (tail(rest, ritz.vectors.subarray(k * size, (k + 1) * size)) > RITZ_TOLERANCE) unconverged++;
    }
    if (unconverged === 0 && found < task.count && found > 0)
      return { states: null, found, products, subspace: size };
    if (unconverged === 0 && found > 0) {
      const space = { q, columns: limit + BLOCK, size };
      const kept = ritz.vectors.subarray((size - found) * size);
      const states = rayleighRitz(runtime, model, task, space, kept, found, z);
      // Fewer than asked for: some of those nearest are not under the peak.
      return {
        states,
        found: states ? found : Math.floor(0.8 * task.count),
        products: products + found,
        subspace: size,
      };
    }
    if (last) break;
  }
  // The space was too small for what lies under the peak: say so, so that the peak is made narrower.
  return { states: null, found: 2 * task.count, products, subspace: limit };
}

function ritzPairs(runtime: Runtime, t: Float64Array, ld: number, size: number) {
  const small = new Float64Array(size * size);
  for (let j = 0; j < size; ++j) {
    for (let i = 0; i <= j; ++i) small[i * size + j] = small[j * size + i] = t[i + j * ld];
  }
  return eigh(runtime, small, size);
}

/** |R y| with y the last block of a Ritz vector: the residual of p(H). */
function tail(r: Float64Array, vector: Float64Array): number {
  const y = vector.subarray(vector.length - BLOCK);
  let sum = 0;
  for (let i = 0; i < BLOCK; ++i) {
    let row = 0;
    for (let j = i; j < BLOCK; ++j) row += r[i + j * BLOCK] * y[j];
    sum += row * row;
  }
  return Math.sqrt(sum);
}
