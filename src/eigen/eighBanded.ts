// Eigenvalues and eigenvectors of symmetric tridiagonal and band matrices, in steps: A = Z diag(values) Zᵀ.
import { type Arena, floats } from '../wasm/arena.js';
import { jobSteps } from '../wasm/jobs.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import { type Accuracy, accurate, type Pairs, startAccuracy, takeAccuracy } from './accuracy.js';
import type { BandedTask } from './bandedArguments.js';
import { outcome, type Started, takeFinite } from './eigh.js';
import { METHODS } from './methods.js';
import { VERIFY_FROM } from './tuning.js';
import type { Eigh } from './types.js';

/** Starts the decomposition of a copy of the band. */
function startBanded(runtime: EigenRuntime, arena: Arena, task: BandedTask): Started {
  const { n, width, vectors, selection } = task;
  const wasm = runtime.wasm;
  const method = METHODS[task.method].number;
  const band = arena.put(task.band);
  const at = {
    values: arena.f64(n),
    vectors: vectors ? arena.f64(n * n) : 0,
    work: arena.bytes(wasm.bandedEigenWorkspace(n, width, method, vectors) >>> 0),
  };
  wasm.bandedEigenStart(n, width, band, method, at.values, at.vectors, at.work);
  if (selection) wasm.symmetricEigenSelect(selection.byValue, selection.lo, selection.hi, at.work);
  return at;
}

/** Starts the check against the matrix, the lower triangle of which is made of its band. */
function startCheck(
  runtime: EigenRuntime,
  arena: Arena,
  { band, n, width }: BandedTask,
  pairs: Pairs,
): number {
  const matrix = arena.f64(n * n);
  const a = arena.view(matrix, n * n).fill(0);
  for (let r = 0; r <= width; ++r) {
    for (let j = 0; j + r < n; ++j) a[j * n + j + r] = band[r * n + j];
  }
  return startAccuracy(runtime, arena, matrix, false, pairs);
}

/** `budget`: nanoseconds that a step lasts, about. */
export function eighBandedSteps(runtime: EigenRuntime, task: BandedTask, budget: number): Steps<Eigh> {
  const { n, bytes, vectors, selection, verify } = task;
  return runtime.steps(function* (arena) {
    runtime.heap.reserve(bytes);
    // Of a part of the spectrum the size is not known yet.
    const all = vectors && !selection ? floats(n * n) : undefined;
    const solved = verify ? VERIFY_FROM : 1;
    const at = startBanded(runtime, arena, task);
    const status = yield* share(jobSteps(runtime, at.work, budget), 0, solved);
    const { first, count, convergence } = outcome(arena, at, status);
    const values = at.values + 8 * first;
    const z = at.vectors + 8 * n * first;
    let accuracy: Accuracy | undefined;
    if (verify) {
      const check = startCheck(runtime, arena, task, { n, count, values, vectors: z });
      yield* share(jobSteps(runtime, check, budget), solved, 1);
      accuracy = takeAccuracy(arena, check);
      convergence.converged &&= accurate(accuracy);
    }
    const { taken, finite } = yield* takeFinite(arena, z, vectors ? count * n : 0, all);
    convergence.converged &&= finite;
    return { values: arena.take(values, count), vectors: taken, convergence, ...accuracy };
  });
}
