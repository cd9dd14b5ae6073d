// Eigenvalues and eigenvectors of dense complex Hermitian matrices: A = Z diag(values) Zᴴ. While it is
// decomposed, A lies in two planes, of real and of imaginary parts; the vectors are given in pairs, as A was. A matrix whose
// imaginary parts are all zero is decomposed as a real one.

import { type Arena, floats } from '../wasm/arena.js';
import { LANES_TO } from '../wasm/constants.js';
import { jobSteps } from '../wasm/jobs.js';
import { inPairs } from '../wasm/numbers.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import type { BatchTask, EighTask } from './arguments.js';
import { eigenvectorsAs } from './eigenvectors.js';
import { eighSteps, outcome, type Started, takeFinite } from './eigh.js';
import { emptyBatch } from './eighBatch.js';
import { eighComplexAlone } from './eighComplexAlone.js';
import { eighBytes } from './memory.js';
import { METHODS } from './methods.js';
import { type Pencil, pencilBytes, startPencil } from './pencil.js';
import type { Plan } from './plan.js';
import { Eigh, EighBatch } from './result.js';
import { planOf } from './smallArguments.js';

/** The memory of a decomposition, with room for a second matrix where there is one; the next matrix of a batch uses it again. */
function reserve(runtime: EigenRuntime, arena: Arena, n: number, { method, vectors }: Plan, pencil?: Pencil) {
  const wasm = runtime.wasm;
  return {
    matrix: arena.f64(2 * n * n),
    second: pencil ? arena.f64(2 * n * n) : 0,
    values: arena.f64(n),
    vectors: vectors ? arena.f64(2 * n * n) : 0,
    work: arena.bytes(
      pencil
        ? pencilBytes(runtime, n, method, vectors, true)
        : wasm.hermitianEigenWorkspace(n, METHODS[method].number, vectors) >>> 0,
    ),
  };
}

/**
 * Copies the triangle of `a` that is read into two planes. With rows taken for columns, the lower triangle becomes the upper
 * one of the conjugate, which the driver mirrors; the upper one becomes the lower one of the conjugate.
 */
function splitTriangle(arena: Arena, a: Float64Array, n: number, lower: boolean, address: number): void {
  const [re, im] = [address, address + 8 * n * n].map((plane) => arena.view(plane, n * n));
  const sign = lower ? 1 : -1;
  // Adding 0 leaves no −0: zeros of either triangle are the same.
  for (let i = 0; i < n; ++i) {
    const to = lower ? i * n + i : i * n + n - 1;
    for (let k = lower ? i * n : i * n + i; k <= to; ++k) {
      re[k] = a[2 * k];
      im[k] = sign * a[2 * k + 1] + 0;
    }
  }
}

/** Starts the decomposition of `a`, which is copied, with a second matrix where there is one. */
function startEighComplex(
  runtime: EigenRuntime,
  arena: Arena,
  a: Float64Array,
  n: number,
  plan: Plan,
  at: Omit<Started, 'kept'> & { matrix: number; second: number },
  pencil?: Pencil,
): void {
  const { method, upper, selection } = plan;
  const wasm = runtime.wasm;
  splitTriangle(arena, a, n, upper, at.matrix);
  if (pencil) {
    splitTriangle(arena, pencil.b, n, upper, at.second);
    startPencil(runtime, n, pencil.itype, true, plan, { ...at, a: at.matrix, b: at.second });
    return;
  }
  wasm.hermitianEigenStart(n, at.matrix, upper, METHODS[method].number, at.values, at.vectors, at.work);
  if (selection) wasm.symmetricEigenSelect(selection.byValue, selection.lo, selection.hi, at.work);
}

/** Whether the imaginary parts of the triangle of `a` that is read are all zero. */
function isReal(a: Float64Array, n: number, lower: boolean): boolean {
  for (let i = 0; i < n; ++i) {
    const [from, to] = lower ? [i * n, i * n + i] : [i * n + i, i * n + n - 1];
    for (let k = from; k <= to; ++k) if (a[2 * k + 1] !== 0) return false;
  }
  return true;
}

/** Every other number, from the first on. */
function realParts(a: Float64Array): Float64Array {
  const real = floats(a.length / 2);
  for (let k = 0; k < real.length; ++k) real[k] = a[2 * k];
  return real;
}

/** A real matrix, with the bits of `eigh`, in a fraction of the time and of the memory. */
function* realSteps(runtime: EigenRuntime, task: EighTask, budget: number): Steps<Eigh> {
  const { n, method, vectors: wanted } = task;
  const pencil = task.pencil && { ...task.pencil, b: realParts(task.pencil.b) };
  const bytes = eighBytes(runtime, n, method, wanted, false, pencil !== undefined);
  const real = { ...task, a: realParts(task.a), pencil, bytes };
  const { values, vectors, convergence } = yield* eighSteps(runtime, real, budget);
  return new Eigh(values, eigenvectorsAs(inPairs(vectors), n, true), convergence);
}

/** `budget`: nanoseconds that a step lasts, about. */
export function eighComplexSteps(runtime: EigenRuntime, task: EighTask, budget: number): Steps<Eigh> {
  const { a, n, upper, pencil } = task;
  if (isReal(a, n, upper) && (!pencil || isReal(pencil.b, n, upper))) return realSteps(runtime, task, budget);
  return runtime.steps((arena) => hermitianSteps(runtime, arena, task, budget));
}

/** A generator with a name, as `decomposition` of eigh.ts. */
function* hermitianSteps(runtime: EigenRuntime, arena: Arena, task: EighTask, budget: number): Steps<Eigh> {
  const { n, bytes, vectors, pencil, selection } = task;
  runtime.heap.reserve(bytes);
  // Of a part of the spectrum the size is not known yet.
  const all = vectors && !selection ? floats(2 * n * n) : undefined;
  const at = reserve(runtime, arena, n, task, pencil);
  return yield* decomposeAt(runtime, arena, task, at, budget, all);
}

/** One decomposition at addresses that the next one can use again; `all`: the array for its vectors, if their number is known. */
function* decomposeAt(
  runtime: EigenRuntime,
  arena: Arena,
  task: EighTask,
  at: ReturnType<typeof reserve>,
  budget: number,
  all: Float64Array | undefined,
): Steps<Eigh> {
  const { a, n, vectors, pencil } = task;
  startEighComplex(runtime, arena, a, n, task, at, pencil);
  const status = yield* jobSteps(runtime, at.work, budget);
  const { first, count, convergence } = outcome(runtime, arena, at, status);
  const z = at.vectors + 16 * n * first;
  const { taken, finite } = yield* takeFinite(runtime, arena, z, vectors ? 2 * n * count : 0, all);
  convergence.converged &&= finite;
  return new Eigh(arena.take(at.values + 8 * first, count), eigenvectorsAs(taken, n, true), convergence);
}

/** `task.a` is read matrix by matrix: it must stay as it is until the end. */
export function eighComplexBatchSteps(
  runtime: EigenRuntime,
  task: BatchTask,
  budget: number,
): Steps<EighBatch> {
  return runtime.steps((arena) => batch(runtime, arena, task, budget));
}

function* batch(
  runtime: EigenRuntime,
  arena: Arena,
  { a, n, count, one, ...plan }: BatchTask,
  budget: number,
): Steps<EighBatch> {
  if (n === 0) return emptyBatch();
  const size = 2 * n * n;
  const values = floats(count * n);
  const vectors = floats(plan.vectors ? count * size : 0);
  const convergence = { converged: true, iterations: 0, failed: [] as number[] };
  const task = { ...plan, a, n, bytes: one, keeps: false, pencil: undefined };
  const small = n > 1 && n <= LANES_TO;
  const how = planOf(METHODS[plan.method].number, plan.vectors, plan.upper);
  // The first matrix that is not real reserves this memory for all that follow.
  let at: ReturnType<typeof reserve> | undefined;
  for (let k = 0; k < count; ++k) {
    task.a = a.subarray(k * size, (k + 1) * size);
    const z = plan.vectors ? vectors.subarray(k * size, (k + 1) * size) : undefined;
    let found = small ? eighComplexAlone(runtime, task.a, n, how) : undefined;
    if (!found) {
      let steps: Steps<Eigh>;
      if (isReal(task.a, n, plan.upper)) steps = realSteps(runtime, task, budget);
      else {
        if (!at) runtime.heap.reserve(one);
        at ??= reserve(runtime, arena, n, task);
        steps = decomposeAt(runtime, arena, task, at, budget, z);
      }
      found = yield* share(steps, k / count, (k + 1) / count);
    }
    if (!found.convergence.converged) convergence.failed.push(k);
    convergence.iterations += found.convergence.iterations;
    values.set(found.values, k * n);
    if (z && found.vectors !== z) z.set(found.vectors);
    yield (k + 1) / count;
  }
  convergence.converged = convergence.failed.length === 0;
  return new EighBatch(n, values, eigenvectorsAs(vectors, n, true), convergence);
}
