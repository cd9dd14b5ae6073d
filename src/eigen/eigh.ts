// Eigenvalues and eigenvectors of dense real symmetric matrices, A = Z diag(values) Zᵀ, in steps: between two steps a page
// answers, progress is shown and an AbortSignal is noticed. Without interruptions the whole is one step.

import { type Arena, floats } from '../wasm/arena.js';
import { RECORD_FIRST, RECORD_LAST, RECORD_SWEEPS } from '../wasm/constants.js';
import { jobSteps } from '../wasm/jobs.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { checkStatus, Status } from '../wasm/status.js';
import { type Steps, share } from '../wasm/steps.js';
import { type Accuracy, accurate, type Pairs, startAccuracy, takeAccuracy } from './accuracy.js';
import type { EighTask } from './arguments.js';
import { eigenvectorsAs } from './eigenvectors.js';
import { eighAlone } from './eighAlone.js';
import { METHODS, type Method } from './methods.js';
import { checkDefinite, type Pencil, pencilBytes, startPencil } from './pencil.js';
import type { Selection } from './plan.js';
import { Eigh } from './result.js';
import { planOf } from './smallArguments.js';
import { COPIED, VERIFY_FROM } from './tuning.js';
import type { Convergence } from './types.js';

/** Addresses of a decomposition in WebAssembly memory: it lives as long as its arena. */
interface EighInPlace {
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
  /** A matrix that the check of the result reads, or memory for it. */
  kept: number;
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
  kept = a,
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
    return { values, vectors, work, kept };
  }
  const work = arena.bytes(wasm.symmetricEigenWorkspace(n, method, options.vectors) >>> 0);
  wasm.symmetricEigenStart(n, a, upper, method, values, vectors, work);
  if (selection) wasm.symmetricEigenSelect(selection.byValue, selection.lo, selection.hi, work);
  return { values, vectors, work, kept };
}

/** Which eigenpairs a driver found, and whether it converged. */
interface Outcome {
  first: number;
  count: number;
  convergence: Convergence;
}

/** What the driver that returned `status` found; vectors are checked later. */
export function outcome(
  runtime: EigenRuntime,
  arena: Arena,
  { values, work }: Pick<Started, 'values' | 'work'>,
  status: number,
): Outcome {
  checkDefinite(arena, work, status);
  if (status !== Status.notConverged) checkStatus(status, 'eigh');
  const first = arena.word(work + RECORD_FIRST);
  const count = Math.max(0, arena.word(work + RECORD_LAST) - first);
  const converged = status === Status.ok && runtime.wasm.allFinite(count, values + 8 * first) !== 0;
  const convergence: Convergence = { converged, iterations: arena.word(work + RECORD_SWEEPS) };
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
  const { convergence } = outcome(runtime, arena, started, yield* jobSteps(runtime, started.work, budget));
  convergence.converged &&= vectors === 0 || runtime.wasm.allFinite(n * n, vectors) !== 0;
  return { values, vectors, convergence };
}

/**
 * Copies `count` doubles at `address` out, in steps, into `to` where there is such an array already. `finite`: whether all
 * of them are finite.
 */
export function* takeFinite(
  runtime: EigenRuntime,
  arena: Arena,
  address: number,
  count: number,
  to = floats(count),
): Steps<{ taken: Float64Array; finite: boolean }> {
  let finite = true;
  for (let from = 0; from < count; from += COPIED) {
    if (from > 0) yield undefined;
    const size = Math.min(COPIED, count - from);
    const at = address + 8 * from;
    to.set(arena.view(at, size), from);
    finite &&= runtime.wasm.allFinite(size, at) !== 0;
  }
  return { taken: to, finite };
}

/** What is to be computed, and the memory that it may take. */
type DecompositionTask = Pick<EighTask, 'n' | 'bytes' | 'vectors' | 'selection' | 'verify'>;

/** How matrices of a kind are decomposed. */
export interface Driver<T extends DecompositionTask> {
  start(runtime: EigenRuntime, arena: Arena, task: T): Started;
  /** Starts the check of eigenpairs that `start` led to: returns that job's workspace. */
  check(runtime: EigenRuntime, arena: Arena, task: T, started: Started, pairs: Pairs): number;
}

/** The array for the vectors; of a part of the spectrum the size is not known before they are. */
function arrayFor({ n, vectors, selection }: DecompositionTask): Float64Array | undefined {
  return vectors && !selection ? floats(n * n) : undefined;
}

/** Where the eigenpairs are that were found. */
function pairsAt(n: number, { values, vectors }: Started, { first, count }: Outcome): Pairs {
  return { n, count, values: values + 8 * first, vectors: vectors + 8 * n * first };
}

/** What every real driver does: decomposes, checks the result when `verify` asks for that, and takes it out of memory. */
export function decompose<T extends DecompositionTask>(
  runtime: EigenRuntime,
  task: T,
  driver: Driver<T>,
): Eigh {
  return runtime.scope((arena) => {
    arena.reserve(task.bytes);
    const all = arrayFor(task);
    const started = driver.start(runtime, arena, task);
    const found = outcome(runtime, arena, started, runtime.wasm.jobFinish(started.work));
    const pairs = pairsAt(task.n, started, found);
    let accuracy: Accuracy | undefined;
    if (task.verify) {
      const work = driver.check(runtime, arena, task, started, pairs);
      runtime.wasm.jobFinish(work);
      accuracy = takeAccuracy(arena, work);
    }
    const size = task.vectors ? pairs.count * task.n : 0;
    const finite = runtime.wasm.allFinite(size, pairs.vectors) !== 0;
    const taken = arena.take(pairs.vectors, size, all);
    return resultOf(arena, pairs, found.convergence, eigenvectorsAs(taken, task.n, false), finite, accuracy);
  });
}

/**
 * The same in steps of about `budget` nanoseconds. Four generators in one another take as long as decomposing a matrix of order
 * 2, which is why both ways are written out.
 */
export function decompositionSteps<T extends DecompositionTask>(
  runtime: EigenRuntime,
  task: T,
  budget: number,
  driver: Driver<T>,
): Steps<Eigh> {
  return runtime.steps((arena) => decomposition(runtime, arena, task, budget, driver));
}

/** A generator with a name: one that is written inside a function is a new hidden class each time, which V8 keeps for long. */
function* decomposition<T extends DecompositionTask>(
  runtime: EigenRuntime,
  arena: Arena,
  task: T,
  budget: number,
  driver: Driver<T>,
): Steps<Eigh> {
  const { n, vectors, verify } = task;
  arena.reserve(task.bytes);
  const all = arrayFor(task);
  const started = driver.start(runtime, arena, task);
  const solving = jobSteps(runtime, started.work, budget);
  const found = outcome(runtime, arena, started, yield* verify ? share(solving, 0, VERIFY_FROM) : solving);
  const pairs = pairsAt(n, started, found);
  let accuracy: Accuracy | undefined;
  if (verify) {
    const work = driver.check(runtime, arena, task, started, pairs);
    yield* share(jobSteps(runtime, work, budget), VERIFY_FROM, 1);
    accuracy = takeAccuracy(arena, work);
  }
  const { taken, finite } = yield* takeFinite(
    runtime,
    arena,
    pairs.vectors,
    vectors ? pairs.count * n : 0,
    all,
  );
  return resultOf(arena, pairs, found.convergence, eigenvectorsAs(taken, task.n, false), finite, accuracy);
}

function resultOf(
  arena: Arena,
  { values, count }: Pairs,
  convergence: Convergence,
  vectors: Float64Array,
  finite: boolean,
  accuracy: Accuracy | undefined,
): Eigh {
  convergence.converged &&= finite && (accuracy === undefined || accurate(accuracy));
  return new Eigh(arena.take(values, count), vectors, convergence, accuracy);
}

/** A whole symmetric matrix. A copy is kept where the caller could change `a` before the result is verified. */
const DENSE: Driver<EighTask> = {
  start(runtime, arena, task) {
    const matrix = arena.put(task.a);
    const kept = task.keeps ? arena.put(task.a) : matrix;
    return startEigh(runtime, arena, matrix, task.n, task, kept);
  },
  check(runtime, arena, { a, keeps, upper }, { kept }, pairs) {
    if (!keeps) arena.copy(a, kept);
    return startAccuracy(runtime, arena, kept, upper, pairs);
  },
};

/** A small matrix, without a range, a second matrix and a check. */
function decomposeAlone(runtime: EigenRuntime, task: EighTask): Eigh | undefined {
  const { a, n, method, vectors, upper } = task;
  if (task.selection || task.pencil || task.verify) return undefined;
  return eighAlone(runtime, a, n, planOf(METHODS[method].number, vectors, upper));
}

export function eigh(runtime: EigenRuntime, task: EighTask): Eigh {
  return decomposeAlone(runtime, task) ?? decompose(runtime, task, DENSE);
}

/** `budget`: nanoseconds that a step lasts, about. */
export function eighSteps(runtime: EigenRuntime, task: EighTask, budget: number): Steps<Eigh> {
  return decompositionSteps(runtime, task, budget, DENSE);
}
