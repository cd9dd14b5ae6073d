// Eigenvalues and eigenvectors of dense complex Hermitian matrices: A = Z diag(values) Zᴴ. Inside, the real and the imaginary
// parts of A lie apart; vectors leave as they come, in pairs.

import { type Arena, floats } from '../wasm/arena.js';
import { allFinite } from '../wasm/finite.js';
import { jobSteps } from '../wasm/jobs.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import type { BatchTask, EighTask, Plan } from './arguments.js';
import { outcome, type Started, takeFinite } from './eigh.js';
import { METHODS } from './methods.js';
import { type Pencil, pencilBytes, startPencil } from './pencil.js';
import type { Eigh, EighBatch } from './types.js';

/** Where a decomposition takes place, with a second matrix where there is one; it can be used again. */
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
  for (let i = 0; i < n; ++i) {
    const to = lower ? i * n + i : i * n + n - 1;
    for (let k = lower ? i * n : i * n + i; k <= to; ++k) {
      re[k] = a[2 * k];
      im[k] = sign * a[2 * k + 1];
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
  at: Started & { matrix: number; second: number },
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

/** `budget`: nanoseconds that a step lasts, about. */
export function eighComplexSteps(runtime: EigenRuntime, task: EighTask, budget: number): Steps<Eigh> {
  const { a, n, bytes, vectors, selection } = task;
  return runtime.steps(function* (arena) {
    runtime.heap.reserve(bytes);
    // Of a part of the spectrum the size is not known yet.
    const all = vectors && !selection ? floats(2 * n * n) : undefined;
    const at = reserve(runtime, arena, n, task, task.pencil);
    startEighComplex(runtime, arena, a, n, task, at, task.pencil);
    const status = yield* jobSteps(runtime, at.work, budget);
    const { first, count, convergence } = outcome(arena, at, status);
    const z = at.vectors + 16 * n * first;
    const { taken, finite } = yield* takeFinite(arena, z, vectors ? 2 * n * count : 0, all);
    convergence.converged &&= finite;
    return { values: arena.take(at.values + 8 * first, count), vectors: taken, convergence };
  });
}

/** `task.a` is read matrix by matrix: it must stay as it is until the end. */
export function eighComplexBatchSteps(
  runtime: EigenRuntime,
  task: BatchTask,
  budget: number,
): Steps<EighBatch> {
  const { a, n, count, one, vectors } = task;
  const size = 2 * n * n;
  return runtime.steps(function* (arena) {
    const values = floats(n === 0 ? 0 : count * n);
    const z = floats(vectors && n > 0 ? count * size : 0);
    const failed: number[] = [];
    const convergence = { converged: true, iterations: 0, failed };
    if (n === 0) return { values, vectors: z, convergence };
    runtime.heap.reserve(one);
    const at = reserve(runtime, arena, n, task);
    for (let k = 0; k < count; ++k) {
      startEighComplex(runtime, arena, a.subarray(k * size, (k + 1) * size), n, task, at);
      const status = yield* share(jobSteps(runtime, at.work, budget), k / count, (k + 1) / count);
      const { convergence: one } = outcome(arena, at, status);
      const w = arena.view(at.vectors, vectors ? size : 0);
      if (!one.converged || !allFinite(w)) failed.push(k);
      convergence.iterations += one.iterations;
      values.set(arena.view(at.values, n), k * n);
      if (vectors) z.set(w, k * size);
      yield (k + 1) / count;
    }
    convergence.converged = failed.length === 0;
    return { values, vectors: z, convergence };
  });
}
