// Eigenvalues and eigenvectors of dense real symmetric matrices: A = Z diag(values) Zᵀ.

import { type Arena, floats } from '../wasm/arena.js';
import { RECORD_FIRST, RECORD_LAST, RECORD_SWEEPS } from '../wasm/constants.js';
import { allFinite } from '../wasm/finite.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { checkStatus, Status } from '../wasm/status.js';
import { type Accuracy, accuracyOf, accurate } from './accuracy.js';
import type { EighTask, Selection } from './arguments.js';
import { eighBytes, fastestMethod } from './memory.js';
import { METHODS, type Method } from './methods.js';
import type { Convergence, Eigh } from './types.js';

/** Addresses of a decomposition in WebAssembly memory: it lives as long as its arena. */
export interface EighInPlace {
  /** n eigenvalues, ascending. */
  values: number;
  /** n*n doubles, eigenvector k in column k; 0 without vectors. */
  vectors: number;
  convergence: Convergence;
}

/** A decomposition that was started: addresses of its results and of its workspace. */
export interface Started {
  values: number;
  vectors: number;
  work: number;
}

/**
 * Starts the decomposition of the matrix at address `a` (n×n column-major, lower triangle read unless `upper`,
 * destroyed), of all its eigenpairs or of those selected.
 */
export function startEigh(
  runtime: EigenRuntime,
  arena: Arena,
  a: number,
  n: number,
  options: {
    method: Method;
    vectors: boolean;
    upper?: boolean;
    selection?: Selection;
  },
): Started {
  const wasm = runtime.wasm;
  const method = METHODS[options.method].number;
  const values = arena.f64(n);
  const vectors = options.vectors ? arena.f64(n * n) : 0;
  const work = arena.bytes(wasm.symmetricEigenWorkspace(n, method, options.vectors) >>> 0);
  wasm.symmetricEigenStart(n, a, options.upper ?? false, method, values, vectors, work);
  if (options.selection) {
    const { byValue, lo, hi } = options.selection;
    wasm.symmetricEigenSelect(byValue, lo, hi, work);
  }
  return { values, vectors, work };
}

/** Which eigenpairs the driver left when it returned `status`, and how it went, the vectors not being looked at yet. */
export function outcome(arena: Arena, { values, work }: Started, status: number) {
  if (status !== Status.notConverged) checkStatus(status, 'eigh');
  const result = (offset: number) => arena.viewI32(work + offset, 1)[0];
  const [iterations, first, last] = [RECORD_SWEEPS, RECORD_FIRST, RECORD_LAST].map(result);
  const count = Math.max(0, last - first);
  const converged = status === Status.ok && allFinite(arena.view(values + 8 * first, count));
  const convergence: Convergence = { converged, iterations };
  return { first, count, convergence };
}

/**
 * Decomposes the matrix at address `a` (n×n column-major, lower triangle read unless `upper`, destroyed) without
 * copying anything in or out.
 */
export function eighInPlace(
  runtime: EigenRuntime,
  arena: Arena,
  a: number,
  n: number,
  options: { method: Method; vectors: boolean; upper?: boolean },
): EighInPlace {
  const started = startEigh(runtime, arena, a, n, options);
  const { values, vectors } = started;
  const { convergence } = finishEigh(runtime, arena, n, started);
  return { values, vectors, convergence };
}

/** All that is left to do of a decomposition, with the last look at its vectors. */
function finishEigh(runtime: EigenRuntime, arena: Arena, n: number, started: Started) {
  const status = runtime.wasm.jobFinish(started.work);
  const { first, count, convergence } = outcome(arena, started, status);
  const vectors = started.vectors && started.vectors + 8 * n * first;
  convergence.converged &&= vectors === 0 || allFinite(arena.view(vectors, n * count));
  return { values: started.values + 8 * first, vectors, count, convergence };
}

export function eigh(runtime: EigenRuntime, { a, n, bytes, verify, ...how }: EighTask): Eigh {
  const { vectors, upper, selection } = how;
  return runtime.scope((arena) => {
    runtime.heap.reserve(bytes);
    // Of a part of the spectrum the size is not known yet.
    const all = vectors && !selection ? floats(n * n) : undefined;
    const matrix = arena.put(a);
    const started = startEigh(runtime, arena, matrix, n, how);
    const { count, convergence, ...at } = finishEigh(runtime, arena, n, started);
    let accuracy: Accuracy | undefined;
    if (verify) {
      arena.view(matrix, n * n).set(a);
      accuracy = accuracyOf(runtime, arena, matrix, upper, { n, count, ...at });
      convergence.converged &&= accurate(accuracy);
    }
    return {
      values: arena.take(at.values, count),
      vectors: vectors ? arena.take(at.vectors, count * n, all) : new Float64Array(0),
      convergence,
      ...accuracy,
    };
  });
}

/** The whole spectrum of a symmetric matrix that another room made, of finite entries, by the method that is fastest. */
export function eighOf(runtime: EigenRuntime, a: Float64Array, n: number, vectors = true): Eigh {
  const method = fastestMethod(n);
  const bytes = eighBytes(runtime, n, method, vectors);
  return eigh(runtime, { a, n, bytes, method, vectors, verify: false, upper: true, selection: undefined });
}
