// An instance of the WebAssembly core over a memory of its own.
import { InputError, MemoryError } from './errors.js';
import { waits } from './waits.js';

const INITIAL_PAGES = 16;
const MAXIMUM_PAGES = 65536;

/** Makes the memory and the instance, whose leader asks `checkTeam` whether its workers live. */
export async function instantiate(
  module: WebAssembly.Module,
  shared: boolean,
  checkTeam: () => void,
): Promise<{ memory: WebAssembly.Memory; exports: WebAssembly.Exports }> {
  const memory = reserve(shared);
  let instance: WebAssembly.Instance;
  try {
    instance = await WebAssembly.instantiate(module, { env: { memory, checkTeam, ...waits(memory) } });
  } catch (error) {
    const wanted = shared
      ? 'a build for shared memory (…-threads.wasm), because threads > 1'
      : 'a build for one thread';
    throw new InputError('options.wasm', `expected ${wanted}: ${(error as Error).message}`);
  }
  if (typeof instance.exports.heapBase !== 'function') {
    throw new InputError('options.wasm', 'is not a build of this package: it does not export heapBase');
  }
  (instance.exports._start as (() => void) | undefined)?.();
  return { memory, exports: instance.exports };
}

function reserve(shared: boolean): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES, shared });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new MemoryError(
      INITIAL_PAGES * 65536,
      `the host did not reserve a WebAssembly memory: ${error.message}`,
    );
  }
}
