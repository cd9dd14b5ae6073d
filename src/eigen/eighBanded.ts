// Eigenvalues and eigenvectors of symmetric tridiagonal and band matrices, in steps: A = Z diag(values) Zᵀ.
import { type Arena, floats } from '../wasm/arena.js';
import { allFinite } from '../wasm/finite.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import { type Accuracy, accurate, type Pairs, startAccuracy, takeAccuracy } from './accuracy.js';
import type { BandedTask } from './bandedArguments.js';
import { outcome, type Started } from './eigh.js';
import { jobSteps } from './eighAsync.js';
import { METHODS } from './methods.js';
import type { Eigh } from './types.js';

/** Doubles that are copied out at a time. */
const CHUNK = 1 << 20;
/** Share of the work that is done when `verify` begins, about. */
const VERIFY_FROM = 0.4;

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
    const share = verify ? VERIFY_FROM : 1;
    const at = startBanded(runtime, arena, task);
    const status = yield* jobSteps(runtime, at.work, budget, 0, share);
    const { first, count, convergence } = outcome(arena, at, status);
    const values = at.values + 8 * first;
    const z = at.vectors + 8 * n * first;
    let accuracy: Accuracy | undefined;
    if (verify) {
      const check = startCheck(runtime, arena, task, { n, count, values, vectors: z });
      yield* jobSteps(runtime, check, budget, share, 1);
      accuracy = takeAccuracy(arena, check);
      convergence.converged &&= accurate(accuracy);
    }
    const result = all ?? floats(vectors ? count * n : 0);
    for (let from = 0; from < result.length; from += CHUNK) {
      yield 1;
      const part = arena.view(z + 8 * from, Math.min(CHUNK, result.length - from));
      result.set(part, from);
      convergence.converged &&= allFinite(part);
    }
    return { values: arena.take(values, count), vectors: result, convergence, ...accuracy };
  });
}
