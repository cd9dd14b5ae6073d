// Eigenstates of a central-grain model and what is measured in them.
import { checkBoolean, checkChoice, readOptions } from '../core/check.js';
import { ConvergenceError, InputError } from '../core/errors.js';
import type { Arena, Runtime } from '../core/runtime.js';
import { eighInPlace, fastestMethod } from '../eigen/eigh.js';
import type { CoreBindings } from '../wasm/bindings.js';
import { filteredStates } from './filtered.js';
import { denseBytes, reserve, reserveFiltered } from './memory.js';
import { type CheckedModel, checkModel, type GrainModel, placeModel } from './model.js';
import { checkWindow, type GrainWindow, selectStates } from './window.js';

/** A model, which of its eigenstates are wanted, and how they are found. */
export interface DiagonalizeOptions extends GrainModel {
  /** Which eigenstates are measured and returned; all by default. */
  window?: GrainWindow;
  /**
   * `dense` forms H and needs three D × D matrices; `filtered` finds the states of a window { energy, count } by
   * polynomially filtered Lanczos without H. `auto` is dense where that fits and is not slower.
   */
  method?: 'auto' | 'dense' | 'filtered';
  /** Whether to return the eigenvectors; false by default. */
  vectors?: boolean;
}

/** Eigenstates of a model and what is measured in them, l-bit by l-bit. */
export interface GrainEigenstates {
  /** `count` eigenvalues of the window (all D without one), ascending. */
  eigenvalues: Float64Array;
  /** `[S_n]`: N entropies (nats, 0 … log 2), each averaged over these states. */
  meanEntropy: Float64Array;
  /** S_na: one array an l-bit, one entry an eigenstate, in the order of the eigenvalues. */
  entropies: Float64Array[];
  /** Czz_n = average over these states of ⟨a|σ_n^z|a⟩². */
  czz: Float64Array;
  /** ⟨a|σ_n^z|a⟩, laid out as `entropies`. */
  polarizations: Float64Array[];
  /** Mean gap ratio of these eigenvalues; NaN for fewer than three, and where all are equal. */
  gapRatio: number;
  /** The method that ran. */
  method: 'dense' | 'filtered';
  /** With `vectors: true`: eigenvector k is `vectors.subarray(k*D, (k+1)*D)`. */
  vectors?: Float64Array;
  /** Filtered: |H z − E z| of each eigenpair. */
  residuals?: Float64Array;
  /** Filtered: the work done. */
  work?: FilteredWork;
}

/** What polynomially filtered Lanczos took. */
export interface FilteredWork {
  /** Products H v made. */
  products: number;
  /** Degree of the polynomial. */
  degree: number;
  /** Dimension of the Krylov space. */
  subspace: number;
  /** Bound of |H|. */
  norm: number;
}

/** `auto` leaves dense diagonalization for a small window from this dimension on. */
const FILTER_FROM = 4096;

const known = ['grain', 'fields', 'couplings', 'window', 'method', 'vectors'] as const;

export function diagonalizeGrain(runtime: Runtime, options: DiagonalizeOptions): GrainEigenstates {
  if (options === undefined)
    throw new InputError('options', 'expected an object with grain, fields, couplings');
  const given = readOptions<DiagonalizeOptions>('options', options, known);
  const model = checkModel(given);
  const window = checkWindow(given.window);
  const vectors = checkBoolean('options.vectors', given.vectors ?? false);
  const wanted = checkChoice('options.method', given.method ?? 'auto', [
    'auto',
    'dense',
    'filtered',
  ] as const);
  const method = chooseMethod(model, window, wanted);
  reserveMemory(runtime, model, window, wanted, method);
  return runtime.scope((arena) =>
    method === 'dense'
      ? dense(runtime, arena, model, window, vectors)
      : filtered(runtime, arena, model, window, vectors),
  );
}

function chooseMethod(
  { dimension: d }: CheckedModel,
  window: GrainWindow | undefined,
  wanted: 'auto' | 'dense' | 'filtered',
): 'dense' | 'filtered' {
  if (wanted === 'filtered' && !isNear(window)) {
    throw new InputError('options.window', "method 'filtered' needs a window { energy, count }");
  }
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
): void {
  const { dimension: d } = model;
  if (method === 'filtered') {
    const { count } = window as { count: number };
    if (count > d / 8) {
      const most = `expected at most D/8 = ${d / 8} with method 'filtered', got ${count}`;
      throw new InputError('window.count', d < 8 ? `D = ${d} is too small for method 'filtered'` : most);
    }
    reserveFiltered(runtime, model, count);
    return;
  }
  const instead = !isNear(window)
    ? "method 'filtered' with a window { energy, count } finds eigenstates near an energy without forming H"
    : window.count <= d / 8 && wanted === 'dense'
      ? "method 'filtered' finds these states without forming H"
      : `a smaller window.count (≤ ${Math.floor(d / 32)}) is found without forming H`;
  reserve(runtime, denseBytes(runtime, model), (mib) => `D = ${d} needs ${mib} MiB when dense`, instead);
}

function dense(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  window: GrainWindow | undefined,
  vectors: boolean,
): GrainEigenstates {
  const { dg, bits, dimension: d } = model;
  const wasm = runtime.exports<CoreBindings>();
  const at = placeModel(runtime, arena, model);
  const h = arena.f64(d * d);
  wasm.grainDense(dg, bits, at.grain, at.diag, at.flip, h);
  const result = eighInPlace(runtime, arena, h, d, { method: fastestMethod(d), vectors: true });
  if (!result.convergence.converged) throw new ConvergenceError('diagonalizeGrain: eigh did not converge');
  const spectrum = arena.take(result.values, d);
  const { first, last } = selectStates(spectrum, window);
  const z = result.vectors + 8 * d * first;
  return {
    ...measure(runtime, arena, model, spectrum.slice(first, last), z),
    method: 'dense',
    ...(vectors && { vectors: arena.take(z, d * (last - first)) }),
  };
}

function filtered(
  runtime: Runtime,
  arena: Arena,
  model: CheckedModel,
  window: GrainWindow | undefined,
  vectors: boolean,
): GrainEigenstates {
  const { energy, count } = window as { energy: number; count: number };
  const states = filteredStates(runtime, arena, model, energy, count);
  return {
    ...measure(runtime, arena, model, states.eigenvalues, states.vectors),
    method: 'filtered',
    residuals: states.residuals,
    work: states.work,
    ...(vectors && { vectors: arena.take(states.vectors, model.dimension * count) }),
  };
}

/** Entropies, polarizations and averages of the states at z, whose energies are given. */
function measure(
  runtime: Runtime,
  arena: Arena,
  { dg, bits }: CheckedModel,
  eigenvalues: Float64Array,
  z: number,
): Omit<GrainEigenstates, 'method'> {
  const wasm = runtime.exports<CoreBindings>();
  const count = eigenvalues.length;
  const [s, sz] = [arena.f64(bits * count), arena.f64(bits * count)];
  wasm.grainEntropies(dg, bits, count, z, s, sz, count);
  const values = arena.put(eigenvalues);
  const pair = arena.f64(2);
  const meanEntropy = new Float64Array(bits);
  const czz = new Float64Array(bits);
  for (let n = 0; n < bits; ++n) {
    wasm.meanAndError(count, s + 8 * n * count, pair);
    meanEntropy[n] = arena.view(pair, 1)[0];
    czz[n] = wasm.meanSquare(count, sz + 8 * n * count);
  }
  const rows = (address: number) =>
    Array.from({ length: bits }, (_, n) => arena.take(address + 8 * n * count, count));
  return {
    eigenvalues,
    meanEntropy,
    entropies: rows(s),
    czz,
    polarizations: rows(sz),
    gapRatio: count >= 3 ? wasm.gapRatio(count, values) : Number.NaN,
  };
}
