// A job of assembly/job.ts as a generator: all of it at once, or a budget at a time.
import { MORE } from './constants.js';
import type { EigenRuntime } from './runtime.js';
import { type Steps, UNBOUNDED } from './steps.js';

/**
 * Takes steps of the job at `work`, `budget` nanoseconds each, with no budget all that is left in one; yields how much of it
 * is done, and returns its status.
 */
export function* jobSteps(runtime: EigenRuntime, work: number, budget: number): Steps<number> {
  if (budget === UNBOUNDED) return runtime.wasm.jobFinish(work);
  for (;;) {
    // Asked for again after each pause: the core may have been disposed of.
    const status = runtime.wasm.jobStep(work, budget);
    if (status !== MORE) return status;
    yield runtime.wasm.jobProgress(work);
  }
}
