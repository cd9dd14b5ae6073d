// Eigenstates of a central-grain model, and the entropies and polarizations measured in them.

import { accurate, inaccuracy } from '../eigen/accuracy.js';
import { eighInPlace, takeFinite } from '../eigen/eigh.js';
import { fastestMethod } from '../eigen/memory.js';
import { handedOut } from '../operator/written.js';
import { ConvergenceError, InputError } from '../wasm/errors.js';
import { MAX_BYTES } from '../wasm/heap.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import { type PlacedStates, stateResiduals, statesAccuracy } from './accuracy.js';
import { averages } from './averages.js';
import { filteredStates } from './filtered.js';
import { hermitianStates } from './hermitianStates.js';
import { denseBytes, reserve, reserveFiltered } from './memory.js';
import { type CheckedModel, placeModel, type StatesTask } from './model.js';
import { DECOMPOSED, filterFrom, STATES_A_STEP } from './tuning.js';
import type { GrainEigenstates, GrainWindow } from './types.js';
import { selectStates } from './window.js';

/** `budget`: nanoseconds that a step lasts, about. */
export function* diagonalizeGrain(
  runtime: Runtime,
  task: StatesTask,
  budget: number,
): Steps<GrainEigenstates> {
  const { model, window, verify, asked } = task;
  if (model.complex) return yield* hermitianStates(runtime, task, budget);
  const method = chooseMethod(model, window, asked);
  reserveMemory(runtime, task, method);
  if (method === 'filtered') {
    const fits = denseBytes(runtime, model, verify) <= MAX_BYTES;
    const found = yield* filtered(runtime, task, fits, budget);
    if (found) return found;
    if (!fits) {
      throw new ConvergenceError(
        'diagonalizeGrain: the states of the window were not found; a smaller window.count or another energy may help',
      );
    }
    reserveMemory(runtime, task, 'dense');
    return yield* dense(runtime, task, true, budget);
  }
  return yield* dense(runtime, task, false, budget);
}

function chooseMethod(
  { dg, dimension: d }: CheckedModel,
  window: GrainWindow | undefined,
  wanted: 'auto' | 'dense' | 'filtered',
): 'dense' | 'filtered' {
  if (wanted === 'auto' && isNear(window) && d >= filterFrom(dg) && window.count <= d / 32) return 'filtered';
  return wanted === 'filtered' ? 'filtered' : 'dense';
}

function isNear(window: GrainWindow | undefined): window is { energy: number; count: number } {
  return window !== undefined && 'energy' in window;
}

/** Refuses a task that does not fit into memory, and says in the message what does. */
function reserveMemory(
  runtime: Runtime,
  { model, window, asked, verify }: StatesTask,
  method: 'dense' | 'filtered',
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
    : window.count <= d / 8 && asked === 'dense'
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
  { model, window, vectors, verify }: StatesTask,
  residuals: boolean,
  budget: number,
): Steps<GrainEigenstates> {
  const { dg, bits, dimension: d } = model;
  return runtime.steps(function* (arena) {
    const at = placeModel(runtime, arena, model);
    const h = arena.f64(d * d);
    runtime.wasm.grainDense(dg, bits, at.grain, at.diag, at.flip, h);
    yield 0;
    const how = { method: fastestMethod(d), vectors: true };
    const solver = eighInPlace(runtime, arena, h, d, how, budget);
    const result = yield* share(solver, 0, DECOMPOSED);
    if (!result.convergence.converged) throw new ConvergenceError('diagonalizeGrain: eigh did not converge');
    const { first, last } = selectStates(arena.take(result.values, d), window);
    const states = {
      count: last - first,
      energies: result.values + 8 * first,
      z: result.vectors + 8 * d * first,
    };
    return {
      method: 'dense' as const,
      ...(yield* measure(runtime, arena, model, states)),
      ...(residuals && { residuals: yield* stateResiduals(runtime, arena, model, states) }),
      ...(yield* more(runtime, arena, model, states, { vectors, verify }, budget)),
    };
  });
}

function filtered(
  runtime: Runtime,
  { model, window, vectors, verify }: StatesTask,
  hasty: boolean,
  budget: number,
): Steps<GrainEigenstates | null> {
  const { energy, count } = window as { energy: number; count: number };
  return runtime.steps(function* (arena) {
    const solver = filteredStates(runtime, arena, model, { energy, count, hasty }, budget);
    const found = yield* share(solver, 0, DECOMPOSED);
    if (!found) return null;
    const states = { count, energies: arena.put(found.eigenvalues), z: found.vectors };
    return {
      method: 'filtered' as const,
      ...(yield* measure(runtime, arena, model, states)),
      residuals: found.residuals,
      work: found.work,
      ...(yield* more(runtime, arena, model, states, { vectors, verify }, budget)),
    };
  });
}

/** The eigenvectors and the ratios, if the task asks for them. */
function* more(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  states: PlacedStates,
  { vectors, verify }: Pick<StatesTask, 'vectors' | 'verify'>,
  budget: number,
): Steps<Pick<GrainEigenstates, 'vectors' | 'residual' | 'orthogonality'>> {
  const ratios = verify ? yield* statesAccuracy(runtime, arena, model, states, budget) : undefined;
  if (ratios && !accurate(ratios)) throw new ConvergenceError(`diagonalizeGrain: ${inaccuracy(ratios)}`);
  if (!vectors) return { ...ratios };
  const { taken } = yield* takeFinite(runtime, arena, states.z, model.dimension * states.count);
  return { vectors: handedOut(taken, model.dimension, false), ...ratios };
}

/** Entropies, polarizations and averages of the states. */
function* measure(
  runtime: Runtime,
  arena: Arena,
  { dg, bits, dimension: d }: CheckedModel,
  { count, energies, z }: PlacedStates,
): Steps<Omit<GrainEigenstates, 'method'>> {
  const [s, sz] = [arena.f64(bits * count), arena.f64(bits * count)];
  for (let from = 0; from < count; from += STATES_A_STEP) {
    const some = Math.min(STATES_A_STEP, count - from);
    const at = 8 * from;
    runtime.wasm.grainEntropies(dg, bits, some, z + d * at, s + at, sz + at, count);
    yield undefined;
  }
  return averages(runtime, arena, bits, { count, energies, entropies: s, polarizations: sz });
}
