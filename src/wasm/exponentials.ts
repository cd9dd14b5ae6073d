// Exponentials and logarithms by the core: those of the host have other bits on other hosts.
import type { Runtime } from './runtime.js';

/** e^x of each number. */
export function exponentials(runtime: Runtime, x: ArrayLike<number>): Float64Array {
  return runtime.scope((arena) => {
    const at = arena.put(Float64Array.from(x));
    runtime.wasm.expVector(x.length, at, at);
    return arena.take(at, x.length);
  });
}

/** log x of each number, x ≥ 0. */
export function logarithms(runtime: Runtime, x: Float64Array): Float64Array {
  return runtime.scope((arena) => {
    const at = arena.put(x);
    runtime.wasm.logVector(x.length, at, at);
    return arena.take(at, x.length);
  });
}
