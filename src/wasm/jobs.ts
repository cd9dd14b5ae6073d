// A job of assembly/job.ts as a generator: in one step, or in steps of a given budget.
import { MORE } from './constants.js';
import type { EigenRuntime } from './runtime.js';
import { type Steps, UNBOUNDED } from './steps.js';

/**
 * Runs the job at `work` in steps of `budget` nanoseconds each; an unbounded budget runs it in one step. Yields the
 * share of the job that is done, and returns its status.
 */
export function* jobSteps(runtime: EigenRuntime, work: number, budget: number): Steps<number> {
  if (budget === UNBOUNDED) return runtime.wasm.jobFinish(work);
  for (;;) {
    // `wasm` is read again after each pause: the core may have been disposed of.
    const status = runtime.wasm.jobStep(work, budget);
    if (status !== MORE) return status;
    yield runtime.wasm.jobProgress(work);
  }
}
