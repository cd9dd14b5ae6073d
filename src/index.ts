// The public entry: createCore joins the rooms into one object over one WebAssembly instance.
import { checkChoice, checkInteger, isA, readOptions, show } from './core/check.js';
import { InputError } from './core/errors.js';
import type { Build, WasmSource } from './core/load.js';
import { Runtime } from './core/runtime.js';
import { shipped } from './core/shipped.js';
import { eigenApi } from './eigen/api.js';
import { grainApi } from './grain/api.js';
import { latticeApi } from './lattice/api.js';
import { meanFieldApi } from './meanfield/api.js';
import { randomApi } from './random/api.js';

export { ConvergenceError, EmftError, InputError, MemoryError } from './core/errors.js';
export type { Build, WasmSource } from './core/load.js';
export type { Convergence, Eigh, EighMethod, EighOptions } from './eigen/eigh.js';
export type { EighAsyncOptions } from './eigen/eighAsync.js';
export type { EighBatch } from './eigen/eighBatch.js';
export type { EighRange } from './eigen/eighRange.js';
export type { ReducedCoupling, ReducedCouplingOptions } from './grain/coupling.js';
export type { DiagonalizeOptions, GrainEigenstates } from './grain/diagonalize.js';
export type { GrainModel, RandomGrainOptions } from './grain/model.js';
export type { GrainWindow } from './grain/window.js';
export type { Bottleneck, BottleneckOptions } from './lattice/bottleneck.js';
export type { LatticeCouplings, LatticeMethod, LatticeOptions } from './lattice/couplings.js';
export type { Hysteresis, HysteresisOptions } from './lattice/hysteresis.js';
export type {
  GrainSpacing,
  LatticeBranch,
  LatticeMeanField,
  LatticeMeanFieldOptions,
} from './lattice/meanfield.js';
export type { LatticeModel } from './lattice/model.js';
export type { LatticeVerdict } from './lattice/verdict.js';
export type { EndEntropy } from './meanfield/firstCoupling.js';
export type { MeanFieldMap } from './meanfield/map.js';
export type { Response, ResponseComplements } from './meanfield/response.js';
export type { Branch, MeanFieldSolution, SolveOptions } from './meanfield/solve.js';
export { drhCouplings } from './meanfield/special.js';
export type { GoeOptions, RandomKey } from './random/api.js';

export interface CoreOptions {
  /** `simd`, the default, gives the same bits everywhere; `relaxed` is faster where fused multiply-add is. */
  build?: Build;
  /** Number of threads, 1 (the default) to 64. More than one needs shared memory. The bits do not depend on it. */
  threads?: number;
  /**
   * Where the .wasm is, or what is in it; by default the file that ships with the package. With threads, a build for
   * shared memory (`…-threads.wasm`).
   */
  wasm?: WasmSource;
  /**
   * Where the script of worker threads is, `emft/teamWorker.js`; by default beside the module, or where the bundler
   * put it. From a page it may lie on another origin. When the default one does not start, one thread runs and `notes`
   * says so; one that is named here must start.
   */
  worker?: URL;
}

/** Compiles the core and returns the public API bound to it. */
export async function createCore(options: CoreOptions = {}) {
  const given = readOptions<CoreOptions>('options', options, ['build', 'threads', 'wasm', 'worker']);
  const build = checkChoice('options.build', given.build ?? 'simd', ['simd', 'relaxed'] as const);
  const threads = checkInteger('options.threads', given.threads ?? 1, { min: 1, max: 64 });
  const { wasm, worker } = given;
  if (worker !== undefined && !isA(worker, URL)) {
    throw new InputError('options.worker', `expected a URL object, got ${show(worker)}`);
  }
  const runtime = await Runtime.create(shipped, build, wasm, threads, worker);
  const eigen = eigenApi(runtime);
  const meanField = meanFieldApi(runtime);
  const random = randomApi(runtime);
  return {
    /** The build that runs. */
    build: runtime.build,
    /** The number of threads that run. */
    threads: runtime.threads,
    /** Why `build` or `threads` are less than was asked for; empty when they are not. */
    notes: runtime.notes,
    ...eigen,
    ...meanField,
    ...latticeApi(runtime, { ...eigen, ...meanField, ...random }),
    ...grainApi(runtime, random),
    ...random,
    /** Bytes of WebAssembly memory now reserved by this core. */
    get memoryBytes(): number {
      return runtime.memory.buffer.byteLength;
    },
    /** Drops the WebAssembly instance and its memory; later calls throw. */
    dispose(): void {
      runtime.dispose();
    },
  };
}

export type Core = Awaited<ReturnType<typeof createCore>>;
