// Eigenvalues and eigenvectors of dense real symmetric matrices, A = Z diag(values) Zᵀ, in steps: between two steps a page
// answers, progress is shown and an AbortSignal is noticed. Without interruptions the whole is one step.

import { type Arena, floats } from '../wasm/arena.js';
import { RECORD_FIRST, RECORD_LAST, RECORD_SWEEPS } from '../wasm/constants.js';
import { allFinite } from '../wasm/finite.js';
import { jobSteps } from '../wasm/jobs.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { checkStatus, Status } from '../wasm/status.js';
import { type Steps, share } from '../wasm/steps.js';
import { type Accuracy, accurate, type Pairs, startAccuracy, takeAccuracy } from './accuracy.js';
import type { EighTask, Selection } from './arguments.js';
import { METHODS, type Method } from './methods.js';
import { checkDefinite, type Pencil, pencilBytes, startPencil } from './pencil.js';
import { Eigh } from './result.js';
import { COPIED, VERIFY_FROM } from './tuning.js';
import type { Convergence } from './types.js';

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
function startEigh(
  runtime: EigenRuntime,
  arena: Arena,
  a: number,
  n: number,
  options: {
    method: Method;
    vectors: boolean;
    upper?: boolean;
    selection?: Selection;
    pencil?: Pencil;
  },
): Started {
  const { upper = false, selection, pencil } = options;
  const wasm = runtime.wasm;
  const method = METHODS[options.method].number;
  const values = arena.f64(n);
  const vectors = options.vectors ? arena.f64(n * n) : 0;
  if (pencil) {
    const b = arena.put(pencil.b);
    const work = arena.bytes(pencilBytes(runtime, n, options.method, options.vectors, false));
    const how = { method: options.method, upper, selection };
    startPencil(runtime, n, pencil.itype, false, how, { a, b, values, vectors, work });
    return { values, vectors, work };
  }
  const work = arena.bytes(wasm.symmetricEigenWorkspace(n, method, options.vectors) >>> 0);
  wasm.symmetricEigenStart(n, a, upper, method, values, vectors, work);
  if (selection) wasm.symmetricEigenSelect(selection.byValue, selection.lo, selection.hi, work);
  return { values, vectors, work };
}

/** Which eigenpairs the driver found when it returned `status`, and whether it converged; vectors are checked later. */
export function outcome(arena: Arena, { values, work }: Started, status: number) {
  checkDefinite(arena, work, status);
  if (status !== Status.notConverged) checkStatus(status, 'eigh');
  const record = arena.viewI32(work, RECORD_LAST / 4 + 1);
  const first = record[RECORD_FIRST / 4];
  const last = record[RECORD_LAST / 4];
  const count = Math.max(0, last - first);
  const converged = status === Status.ok && allFinite(arena.view(values + 8 * first, count));
  const convergence: Convergence = { converged, iterations: record[RECORD_SWEEPS / 4] };
  return { first, count, convergence };
}

/**
 * Decomposes the matrix at address `a` (n×n column-major, lower triangle read unless `upper`, destroyed) without
 * copying anything in or out, in steps of `budget` nanoseconds.
 */
export function* eighInPlace(
  runtime: EigenRuntime,
  arena: Arena,
  a: number,
  n: number,
  options: { method: Method; vectors: boolean; upper?: boolean },
  budget: number,
): Steps<EighInPlace> {
  const started = startEigh(runtime, arena, a, n, options);
  const { values, vectors } = started;
  const { convergence } = outcome(arena, started, yield* jobSteps(runtime, started.work, budget));
  convergence.converged &&= vectors === 0 || allFinite(arena.view(vectors, n * n));
  return { values, vectors, convergence };
}

/**
 * Copies `count` doubles at `address` out, in steps, into `to` where there is such an array already. `finite`: whether all
 * of them are finite.
 */
export function* takeFinite(
  arena: Arena,
  address: number,
  count: number,
  to = floats(count),
): Steps<{ taken: Float64Array; finite: boolean }> {
  let finite = true;
  for (let from = 0; from < count; from += COPIED) {
    if (from > 0) yield undefined;
    const part = arena.view(address + 8 * from, Math.min(COPIED, count - from));
    to.set(part, from);
    finite &&= allFinite(part);
  }
  return { taken: to, finite };
}

/** A decomposition that has begun, and how the check of its eigenpairs is started: returns that job's workspace. */
interface Begun {
  started: Started;
  check(pairs: Pairs): number;
}

/** What is to be computed, and the memory that it may take. */
type DecompositionTask = Pick<EighTask, 'n' | 'bytes' | 'vectors' | 'selection' | 'verify'>;

/**
 * What every real driver does: `begin` starts it, its results are checked when `verify` asks for that, and taken out of
 * memory. `budget`: nanoseconds that a step lasts, about.
 */
export function decompositionSteps(
  runtime: EigenRuntime,
  task: DecompositionTask,
  budget: number,
  begin: (arena: Arena) => Begun,
): Steps<Eigh> {
  return runtime.steps((arena) => decomposition(runtime, arena, task, budget, begin));
}

/** A generator with a name: one that is written inside a function is a new hidden class each time, which V8 keeps for long. */
function* decomposition(
  runtime: EigenRuntime,
  arena: Arena,
  { n, bytes, vectors, selection, verify }: DecompositionTask,
  budget: number,
  begin: (arena: Arena) => Begun,
): Steps<Eigh> {
  runtime.heap.reserve(bytes);
  // Of a part of the spectrum the size is not known yet.
  const all = vectors && !selection ? floats(n * n) : undefined;
  const { started, check } = begin(arena);
  const solving = jobSteps(runtime, started.work, budget);
  const status = yield* verify ? share(solving, 0, VERIFY_FROM) : solving;
  const { first, count, convergence } = outcome(arena, started, status);
  const values = started.values + 8 * first;
  const z = started.vectors + 8 * n * first;
  let accuracy: Accuracy | undefined;
  if (verify) {
    const work = check({ n, count, values, vectors: z });
    yield* share(jobSteps(runtime, work, budget), VERIFY_FROM, 1);
    accuracy = takeAccuracy(arena, work);
    convergence.converged &&= accurate(accuracy);
  }
  const { taken, finite } = yield* takeFinite(arena, z, vectors ? count * n : 0, all);
  convergence.converged &&= finite;
  return new Eigh(arena.take(values, count), taken, convergence, accuracy);
}

/** `budget`: nanoseconds that a step lasts, about. */
export function eighSteps(runtime: EigenRuntime, task: EighTask, budget: number): Steps<Eigh> {
  const { a, n, keeps } = task;
  return decompositionSteps(runtime, task, budget, (arena) => {
    const matrix = arena.put(a);
    const kept = keeps ? arena.put(a) : matrix;
    return {
      started: startEigh(runtime, arena, matrix, n, task),
      check(pairs) {
        if (!keeps) arena.view(matrix, n * n).set(a);
        return startAccuracy(runtime, arena, kept, task.upper, pairs);
      },
    };
  });
}
