// The entry emft/eigen: the eigensolvers alone, with a .wasm that holds nothing else. For pages where every kilobyte
// counts; everything else is as in the main entry.
/// <reference lib="esnext.disposable" preserve="true" />

import type { EigenBindings } from '../wasm/bindings.js';
import { readOptions } from '../wasm/check.js';
import { disposable } from '../wasm/disposable.js';
import type { WasmSource } from '../wasm/load.js';
import { Runtime } from '../wasm/runtime.js';
import eigenApi from './public.js';

export * from './exports.js';

/** Where the .wasm of the eigensolvers comes from. */
export interface EigenCoreOptions {
  /** Where the .wasm is; by default the file that ships with the package, `emft/eigen.simd.wasm`; `emft.simd.wasm` will do. */
  wasm?: WasmSource;
}

type Methods = ReturnType<typeof eigenApi>;

/** The eigensolvers over one WebAssembly instance: what `Core` of the main entry says holds here too. */
export interface EigenCore extends Methods, Disposable {
  /** Bytes of WebAssembly memory now reserved by this core. */
  readonly memoryBytes: number;
  /** Drops the WebAssembly instance and its memory; later calls throw. `using` calls it. */
  dispose(): void;
}

/**
 * Compiles the eigensolvers, on one thread, and returns them: the bits are those of `createCore` of the main entry.
 *
 * @returns A core that has the eigensolvers only.
 * @throws InputError for an unknown option or a `wasm` that does not compile or is another build; MemoryError when the
 *   host reserves no memory; EmftError when a file cannot be loaded or the host has no WebAssembly.
 */
export async function createEigenCore(options: EigenCoreOptions = {}): Promise<EigenCore> {
  const { wasm } = readOptions<EigenCoreOptions>('options', options, ['wasm']);
  const simd = () => new URL('../../build/eigen.simd.wasm', import.meta.url);
  const shipped = { simd, part: true };
  const runtime = await Runtime.create<EigenBindings>(shipped, 'simd', wasm);
  return disposable({
    ...eigenApi(runtime),
    get memoryBytes(): number {
      return runtime.memory.buffer.byteLength;
    },
    dispose(): void {
      runtime.dispose();
    },
  });
}
