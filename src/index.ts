// The public entry: createCore joins the rooms into one object over one WebAssembly instance.
/// <reference lib="esnext.disposable" preserve="true" />

import eigenApi from './eigen/public.js';
import grainApi from './grain/public.js';
import latticeApi from './lattice/public.js';
import equationsApi from './meanfield/public.js';
import energyApi from './meanfield/publicEnergy.js';
import grainsApi from './meanfield/publicGrains.js';
import responseApi from './meanfield/publicResponse.js';
import operatorApi from './operator/public.js';
import bathApi from './operator/publicBath.js';
import dynamicsApi from './operator/publicDynamics.js';
import measureApi from './operator/publicMeasure.js';
import statesApi from './operator/publicStates.js';
import randomApi from './random/public.js';
import statisticsApi from './statistics/public.js';
import elementsApi from './statistics/publicElements.js';
import sunApi from './sun/public.js';
import { checkChoice, checkInteger, isA, readOptions, show } from './wasm/check.js';
import { disposable } from './wasm/disposable.js';
import { InputError } from './wasm/errors.js';
import type { Build, WasmSource } from './wasm/load.js';
import { Runtime } from './wasm/runtime.js';
import { shipped } from './wasm/shipped.js';

export * from './eigen/exports.js';
export type * from './grain/public.js';
export { grainReadings } from './grain/readings.js';
export type * from './lattice/public.js';
export type * from './matrixMarket/public.js';
export { mmread, mmreadAsync } from './matrixMarket/public.js';
export type * from './meanfield/public.js';
export { drhCouplings } from './meanfield/public.js';
export type * from './meanfield/publicEnergy.js';
export type * from './meanfield/publicGrains.js';
export type * from './meanfield/publicResponse.js';
export type * from './operator/public.js';
export type * from './operator/publicBath.js';
export type * from './operator/publicDynamics.js';
export type * from './operator/publicMeasure.js';
export type * from './operator/publicStates.js';
export type * from './random/public.js';
export type * from './statistics/public.js';
export type * from './statistics/publicElements.js';
export type * from './sun/public.js';
export { WorkerError } from './wasm/errors.js';
export type { Build } from './wasm/load.js';
export type { Watch } from './wasm/steps.js';

/** What runs: which build, on how many threads, from which files. */
export interface CoreOptions {
  /** `simd`, the default, gives the same bits everywhere; `relaxed` is faster where fused multiply-add is. */
  build?: Build;
  /**
   * Number of threads, 1 (the default) to 64, or 'auto': one for each core that the process may use, at most 8; in a page a
   * core less, and one thread where it is not cross-origin isolated. Of a `wasm` that is named, 'auto' takes one thread or
   * several as the build is for. More than one needs shared memory. The bits do not depend on it.
   */
  threads?: number | 'auto';
  /**
   * Where the .wasm is, or what is in it; by default the file that ships with the package. With threads, a build for
   * shared memory (`…-threads.wasm`). Another build or version than is asked for is refused by name.
   */
  wasm?: WasmSource;
  /**
   * Where the script of worker threads is, `emft/teamWorker.js`; by default beside the module, or where the bundler
   * put it. From a page it may lie on another origin. When the default one does not start or does not compute as it should, one
   * thread runs and `notes` says so; one that is named here must.
   */
  worker?: URL;
}

type Rooms = ReturnType<typeof eigenApi> &
  ReturnType<typeof equationsApi> &
  ReturnType<typeof grainsApi> &
  ReturnType<typeof responseApi> &
  ReturnType<typeof energyApi> &
  ReturnType<typeof latticeApi> &
  ReturnType<typeof grainApi> &
  ReturnType<typeof sunApi> &
  ReturnType<typeof operatorApi> &
  ReturnType<typeof statesApi> &
  ReturnType<typeof dynamicsApi> &
  ReturnType<typeof measureApi> &
  ReturnType<typeof bathApi> &
  ReturnType<typeof randomApi> &
  ReturnType<typeof statisticsApi> &
  ReturnType<typeof elementsApi>;

/**
 * Everything that can be computed, over one WebAssembly instance. Arguments are never modified, results are owned by the
 * caller. Every method throws an InputError that names an argument of wrong type, length or range, also after `dispose`,
 * or one that asks for more than the 4 GiB that there can be; and a MemoryError when what the host gives does not suffice.
 * The core stays usable after either.
 */
export interface Core extends Rooms, Disposable {
  /** The build that runs. */
  readonly build: Build;
  /** The number of threads that run. */
  readonly threads: number;
  /** Why `build` or `threads` are less than was asked for; empty when they are not. */
  readonly notes: readonly string[];
  /** Bytes of WebAssembly memory now reserved by this core. */
  readonly memoryBytes: number;
  /** Drops the WebAssembly instance and its memory, and ends its threads; later calls throw. `using core = await createCore()` calls it. */
  dispose(): void;
}

function checkThreads(threads: unknown): number | 'auto' {
  const name = ['options', 'threads'] as const;
  if (threads === 'auto') return threads;
  if (typeof threads === 'string') {
    throw new InputError(name, `expected a whole number from 1 to 64 or 'auto', got ${show(threads)}`);
  }
  return checkInteger(name, threads, { min: 1, max: 64 });
}

/**
 * Compiles the core and returns the public API bound to it. Cores are independent of one another; a process compiles
 * each .wasm once.
 *
 * @returns A core; `notes` tells where it is less than was asked for.
 * @throws InputError for an unknown option, a value out of range, a `wasm` that does not compile or is another build than
 *   is asked for, a `worker` that does not serve; MemoryError when the host reserves no memory; WorkerError when it forbids
 *   threads and `worker` is named; EmftError when a file cannot be loaded or the host has no WebAssembly.
 */
export async function createCore(options: CoreOptions = {}): Promise<Core> {
  const given = readOptions<CoreOptions>('options', options, ['build', 'threads', 'wasm', 'worker']);
  const build = checkChoice(['options', 'build'], given.build ?? 'simd', ['simd', 'relaxed'] as const);
  const threads = checkThreads(given.threads ?? 1);
  const { wasm, worker } = given;
  if (worker !== undefined && !isA(worker, URL)) {
    throw new InputError(['options', 'worker'], `expected a URL object, got ${show(worker)}`);
  }
  const runtime = await Runtime.create(shipped, build, wasm, threads, worker);
  const eigen = eigenApi(runtime);
  const meanField = equationsApi(runtime);
  const random = randomApi(runtime);
  return disposable({
    build: runtime.build,
    get threads(): number {
      return runtime.threads;
    },
    notes: runtime.notes,
    ...eigen,
    ...responseApi(runtime),
    ...energyApi(runtime),
    ...meanField,
    ...grainsApi(runtime),
    ...latticeApi(runtime),
    ...grainApi(runtime),
    ...sunApi(runtime),
    ...operatorApi(runtime),
    ...statesApi(runtime),
    ...dynamicsApi(runtime),
    ...measureApi(runtime),
    ...bathApi(runtime),
    ...random,
    ...statisticsApi(runtime),
    ...elementsApi(runtime),
    get memoryBytes(): number {
      return runtime.memory.buffer.byteLength;
    },
    dispose(): void {
      runtime.dispose();
    },
  });
}
