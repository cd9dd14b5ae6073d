// Cores whose memory can be looked into: createCore of the package as built, with the Runtime it made kept.
import { type Core, type CoreOptions, createCore } from 'emft';
import { Runtime } from '../../../dist/wasm/runtime.js';
import { sameBits } from './doubles.js';

export interface Watched {
  core: Core;
  /** What is wrong after a call: memory that was not given back, or other bits of a known product; null if nothing. */
  trouble(): string | null;
}

const made: Runtime[] = [];
const create = Runtime.create;
Runtime.create = (async (...args: Parameters<typeof create>) => {
  const runtime = await create.apply(Runtime, args);
  made.push(runtime as Runtime);
  return runtime;
}) as typeof create;

/** A matrix that everything passes through when it is decomposed, and its results on the first core. */
const PROBE = Float64Array.of(2, -1, 0.5, -1, 3, 0.25, 0.5, 0.25, -1);
let expected: Float64Array | undefined;

export async function watchedCore(options: CoreOptions): Promise<Watched> {
  made.length = 0;
  const core = await createCore(options);
  const heap = made[0].heap;
  const atRest = heap.bytesInUse;
  return {
    core,
    trouble() {
      const left = heap.bytesInUse - atRest;
      if (left !== 0) return `${left} bytes of the heap were not given back`;
      const { values, vectors } = core.eigh(PROBE, 3, { method: 'dc' });
      const got = Float64Array.of(...values, ...vectors);
      if (core.build !== 'simd') return null;
      expected ??= got;
      return sameBits(got, expected) ? null : 'a known matrix gives other bits afterwards';
    },
  };
}
