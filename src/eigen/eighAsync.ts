// eigh in steps, between which the event loop may run: a page stays alive, progress shows and an AbortSignal is seen.

import { floats } from '../wasm/arena.js';
import { MORE } from '../wasm/constants.js';
import { allFinite } from '../wasm/finite.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import { type Accuracy, accurate, startAccuracy, takeAccuracy } from './accuracy.js';
import type { EighTask } from './arguments.js';
import { outcome, startEigh } from './eigh.js';
import type { Eigh } from './types.js';

/** Doubles that are copied out at a time. */
const CHUNK = 1 << 20;
/** Share of the work that is done when `verify` begins, about. */
const VERIFY_FROM = 0.55;

/** Takes steps of the job at `work`, `budget` nanoseconds each; progress goes from `from` to `to`. Its status. */
export function* jobSteps(
  runtime: EigenRuntime,
  work: number,
  budget: number,
  from: number,
  to: number,
): Steps<number> {
  for (;;) {
    // Asked for again after each pause: the core may have been disposed of.
    const status = runtime.wasm.jobStep(work, budget);
    if (status !== MORE) return status;
    yield from + (to - from) * runtime.wasm.jobProgress(work);
  }
}

/** `slice`: milliseconds that a step lasts, about. */
export function eighSteps(runtime: EigenRuntime, task: EighTask, slice: number): Steps<Eigh> {
  const { a, n, bytes, verify, ...how } = task;
  const { vectors, upper, selection } = how;
  const budget = 1e6 * slice;
  return runtime.steps(function* (arena) {
    runtime.heap.reserve(bytes);
    // Of a part of the spectrum the size is not known yet.
    const all = vectors && !selection ? floats(n * n) : undefined;
    const share = verify ? VERIFY_FROM : 1;
    const matrix = arena.put(a);
    // The caller's array may change before the end.
    const kept = verify ? arena.put(a) : 0;
    const started = startEigh(runtime, arena, matrix, n, how);
    const status = yield* jobSteps(runtime, started.work, budget, 0, share);
    const { first, count, convergence } = outcome(arena, started, status);
    const z = started.vectors + 8 * n * first;
    const values = started.values + 8 * first;
    let accuracy: Accuracy | undefined;
    if (verify) {
      const check = startAccuracy(runtime, arena, kept, upper, { n, count, values, vectors: z });
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
