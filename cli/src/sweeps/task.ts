// Tasks that a worker computes by name. A kind is a pure function of its parameters, the seed and the realization's
// index, so that its result does not depend on order, worker, engine or machine.
import type { Core } from 'emft';

export interface TaskKind {
  /**
   * `params` must survive structured cloning (plain objects, numbers, typed arrays), and so must the result.
   * Randomness comes from (seed, stream, index) only. A long task that runs in steps sees `signal`; a thread of its own is
   * ended without being asked.
   */
  run(core: Core, params: never, seed: number, index: number, signal?: AbortSignal): unknown;
}

export type TaskKinds = Readonly<Record<string, TaskKind>>;
