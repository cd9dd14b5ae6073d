// Eigenstates of a central-grain model and what is measured in them.

import { accurate, inaccuracy } from '../eigen/accuracy.js';
import { eighInPlace } from '../eigen/eigh.js';
import { fastestMethod } from '../eigen/memory.js';
import { ConvergenceError, InputError } from '../wasm/errors.js';
import { allFinite } from '../wasm/finite.js';
import { MAX_BYTES } from '../wasm/heap.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { atOnce, UNBOUNDED } from '../wasm/steps.js';
import { type PlacedStates, stateResiduals, statesAccuracy } from './accuracy.js';
import { filteredStates } from './filtered.js';
import { denseBytes, reserve, reserveFiltered } from './memory.js';
import { type CheckedModel, placeModel } from './model.js';
import type { GrainEigenstates, GrainWindow } from './types.js';
import { selectStates } from './window.js';

/** `auto` leaves dense diagonalization for a small window from this dimension on. */
const FILTER_FROM = 4096;

/** What of the states is asked for beside what is measured. */
interface Wanted {
  vectors: boolean;
  verify: boolean;
  residuals: boolean;
}

/** The checked options of `diagonalizeGrain`. */
export interface StatesTask {
  model: CheckedModel;
  window: GrainWindow | undefined;
  vectors: boolean;
  verify: boolean;
  /** The method that was asked for; `filtered` only with a window { energy, count }. */
  asked: 'auto' | 'dense' | 'filtered';
}

export function diagonalizeGrain(
  runtime: Runtime,
  { model, window, vectors, verify, asked }: StatesTask,
): GrainEigenstates {
  const method = chooseMethod(model, window, asked);
  reserveMemory(runtime, model, window, asked, method, verify);
  const wanted = { vectors, verify, residuals: method === 'filtered' };
  if (method === 'filtered') {
    const fits = denseBytes(runtime, model, verify) <= MAX_BYTES;
    const found = runtime.scope((arena) => filtered(runtime, arena, model, window, wanted, fits));
    if (found) return found;
    if (!fits) {
      throw new ConvergenceError(
        'diagonalizeGrain: the states of the window were not found; a smaller window.count or another energy may help',
      );
    }
    reserveMemory(runtime, model, window, asked, 'dense', verify);
  }
  return runtime.scope((arena) => dense(runtime, arena, model, window, wanted));
}

function chooseMethod(
  { dimension: d }: CheckedModel,
  window: GrainWindow | undefined,
  wanted: 'auto' | 'dense' | 'filtered',
): 'dense' | 'filtered' {
  if (wanted === 'auto' && isNear(window) && d >= FILTER_FROM && window.count <= d / 32) return 'filtered';
  return wanted === 'filtered' ? 'filtered' : 'dense';
}

function isNear(window: GrainWindow | undefined): window is { energy: number; count: number } {
  return window !== undefined && 'energy' in window;
}

/** Refuses what does not fit, with what does. */
function reserveMemory(
  runtime: Runtime,
  model: CheckedModel,
  window: GrainWindow | undefined,
  wanted: 'auto' | 'dense' | 'filtered',
  method: 'dense' | 'filtered',
  verify: boolean,
): void {
  const { dimension: d } = model;
  if (method === 'filtered') {
    const { count } = window as { count: number };
    if (count > d / 8) {
      const most = `expected at most D/8 = ${d / 8} with method 'filtered', got ${count}`;
      throw new InputError(['window', 'count'], d < 8 ? `D = ${d} is too small for method 'filtered'` : most);
    }
    reserveFiltered(runtime, model, count);
    return;
  }
  const instead = !isNear(window)
    ? "method 'filtered' with a window { energy, count } finds eigenstates near an energy without forming H"
    : window.count <= d / 8 && wanted === 'dense'
      ? "method 'filtered' finds these states without forming H"
      : `a smaller window.count (≤ ${Math.floor(d / 32)}) is found without forming H`;
  reserve(
    runtime,
    denseBytes(runtime, model, verify),
    (mib) => `D = ${d} needs ${mib} MiB when dense`,
    instead,
  );
}

function dense(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  window: GrainWindow | undefined,
  wanted: Wanted,
): GrainEigenstates {
  const { dg, bits, dimension: d } = model;
  const wasm = runtime.wasm;
  const at = placeModel(runtime, arena, model);
  const h = arena.f64(d * d);
  wasm.grainDense(dg, bits, at.grain, at.diag, at.flip, h);
  const result = atOnce(
    eighInPlace(runtime, arena, h, d, { method: fastestMethod(d), vectors: true }, UNBOUNDED),
  );
  if (!result.convergence.converged) throw new ConvergenceError('diagonalizeGrain: eigh did not converge');
  const { first, last } = selectStates(arena.take(result.values, d), window);
  const states = {
    count: last - first,
    energies: result.values + 8 * first,
    z: result.vectors + 8 * d * first,
  };
  return {
    method: 'dense',
    ...measure(runtime, arena, model, states),
    ...(wanted.residuals && { residuals: stateResiduals(runtime, arena, model, states) }),
    ...more(runtime, arena, model, states, wanted),
  };
}

function filtered(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  window: GrainWindow | undefined,
  wanted: Wanted,
  hasty: boolean,
): GrainEigenstates | null {
  const { energy, count } = window as { energy: number; count: number };
  const found = filteredStates(runtime, arena, model, energy, count, hasty);
  if (!found) return null;
  const states = { count, energies: arena.put(found.eigenvalues), z: found.vectors };
  return {
    method: 'filtered',
    ...measure(runtime, arena, model, states),
    residuals: found.residuals,
    work: found.work,
    ...more(runtime, arena, model, states, wanted),
  };
}

/** The eigenvectors and the ratios, where they are asked for. */
function more(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  states: PlacedStates,
  { vectors, verify }: Wanted,
): Pick<GrainEigenstates, 'vectors' | 'residual' | 'orthogonality'> {
  const ratios = verify ? statesAccuracy(runtime, arena, model, states) : undefined;
  if (ratios && !accurate(ratios)) throw new ConvergenceError(`diagonalizeGrain: ${inaccuracy(ratios)}`);
  return { ...(vectors && { vectors: arena.take(states.z, model.dimension * states.count) }), ...ratios };
}

/** Entropies, polarizations and averages of the states. */
function measure(
  runtime: Runtime,
  arena: Arena,
  { dg, bits }: CheckedModel,
  { count, energies, z }: PlacedStates,
): Omit<GrainEigenstates, 'method'> {
  const wasm = runtime.wasm;
  const [s, sz] = [arena.f64(bits * count), arena.f64(bits * count)];
  wasm.grainEntropies(dg, bits, count, z, s, sz, count);
  const pair = arena.f64(2);
  const meanEntropy = new Float64Array(bits);
  const czz = new Float64Array(bits);
  for (let n = 0; n < bits; ++n) {
    wasm.meanAndError(count, s + 8 * n * count, pair);
    meanEntropy[n] = arena.view(pair, 1)[0];
    czz[n] = wasm.meanSquare(count, sz + 8 * n * count);
  }
  if (!allFinite(meanEntropy) || !allFinite(czz))
    throw new ConvergenceError('diagonalizeGrain: the entropies are not finite');
  const rows = (address: number) =>
    Array.from({ length: bits }, (_, n) => arena.take(address + 8 * n * count, count));
  return {
    eigenvalues: arena.take(energies, count),
    meanEntropy,
    entropies: rows(s),
    czz,
    polarizations: rows(sz),
    gapRatio: count >= 3 ? wasm.gapRatio(count, energies) : Number.NaN,
  };
}
