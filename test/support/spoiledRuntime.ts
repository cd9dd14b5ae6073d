// A runtime whose WebAssembly gives wrong or no numbers: what it computed is spoilt in memory, by hand, between the
// driver's end and the last look at its results.
import type { CoreBindings } from '../../src/wasm/bindings.js';
import { MORE } from '../../src/wasm/constants.js';
import { Runtime } from '../../src/wasm/runtime.js';
import { shipped } from '../../src/wasm/shipped.js';

export const runtime = await Runtime.create(shipped, 'simd');

/** The runtime with some functions of its WebAssembly replaced, each by one that is given the original. */
export function changed(
  changes: Partial<{ [K in keyof CoreBindings]: (own: CoreBindings[K]) => CoreBindings[K] }>,
): Runtime {
  const own = runtime.wasm;
  const exports: Record<string, unknown> = { ...own };
  for (const [name, change] of Object.entries(changes)) {
    exports[name] = (change as (f: unknown) => unknown)(own[name as keyof CoreBindings]);
  }
  return {
    wasm: exports,
    scope: <T>(body: (arena: never) => T) => runtime.scope(body as never),
    steps: <T>(body: (arena: never) => T) => runtime.steps(body as never),
    memory: runtime.memory,
    heap: runtime.heap,
  } as unknown as Runtime;
}

export const doubles = (address: number, count: number) =>
  new Float64Array(runtime.memory.buffer, address >>> 0, count);

export type Spoil = (values: Float64Array, vectors: Float64Array) => void;

/** A runtime whose decompositions end with `spoil` done to the values and vectors of the last that was started. */
export function spoiled(spoil: Spoil): Runtime {
  let last: () => void = () => {};
  const ended = (status: number) => {
    if (status !== MORE) last();
    return status;
  };
  return changed({
    symmetricEigenStart: (own) => (n, a, upper, method, d, z, work) => {
      own(n, a, upper, method, d, z, work);
      last = () => spoil(doubles(d, n), doubles(z, z === 0 ? 0 : n * n));
    },
    symmetricAlone: (own) => (n, a, upper, method, d, z, work) => {
      const sweeps = own(n, a, upper, method, d, z, work);
      if (sweeps >= 0) spoil(doubles(d, n), doubles(z, z === 0 ? 0 : n * n));
      return sweeps;
    },
    jobFinish: (own) => (work) => ended(own(work)),
    jobStep: (own) => (work, budget) => ended(own(work, budget)),
    symmetricEigenBatchStart:
      (own) =>
      (...given) => {
        own(...given);
        const [n, count, , , , d, z] = given;
        // The second of the batch.
        last = () =>
          spoil(doubles(d, count * n).subarray(n), doubles(z, z === 0 ? 0 : count * n * n).subarray(n * n));
      },
  });
}
