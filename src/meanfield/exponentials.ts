// Exponentials by the core: those of the host have other bits on other hosts.
import type { Runtime } from '../wasm/runtime.js';

/** e^x of each element. */
export function exponentials(runtime: Runtime, x: ArrayLike<number>): Float64Array {
  return runtime.scope((arena) => {
    const at = arena.put(Float64Array.from(x));
    runtime.wasm.expVector(x.length, at, at);
    return arena.take(at, x.length);
  });
}
