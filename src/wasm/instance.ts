// An instance of the WebAssembly core over a memory of its own.
import { EmftError, MemoryError } from './errors.js';
import { PAGE } from './heap.js';
import { isNode } from './host.js';
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
  try {
    const env = { memory, checkTeam, ...waits(memory) };
    const { exports } = await WebAssembly.instantiate(module, { env });
    (exports._start as (() => void) | undefined)?.();
    return { memory, exports };
  } catch (error) {
    throw new EmftError(`the WebAssembly does not start here: ${(error as Error).message}`);
  }
}

function reserve(shared: boolean): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES, shared });
  } catch (error) {
    const bytes = INITIAL_PAGES * PAGE;
    // Where addresses are scarce (ulimit -v), V8 lacks those that it reserves beyond the memory.
    const hint = isNode()
      ? '; Node 20 and 22 take 10 GiB of addresses for each, unless started with --disable-wasm-trap-handler'
      : '';
    throw new MemoryError(
      bytes,
      `the host does not reserve a WebAssembly memory: ${(error as Error).message}${hint}`,
    );
  }
}
