// e^{−iEt} and e^{−Et} of energies, with the bits of the core in every engine.
import { exponentials } from '../../wasm/exponentials.js';
import type { Runtime } from '../../wasm/runtime.js';

/** cos Et and −sin Et of each, in pairs. */
export function turns(runtime: Runtime, energies: Float64Array, time: number): Float64Array {
  const n = energies.length;
  return runtime.scope((arena) => {
    const [at, out, work] = [arena.put(energies), arena.f64(2 * n), arena.f64(4)];
    runtime.wasm.phases(n, at, time, out, work);
    return arena.take(out, 2 * n);
  });
}

/** e^{−(E − zero)t} of each, in pairs whose second numbers are 0. */
export function decays(runtime: Runtime, energies: Float64Array, time: number, zero: number): Float64Array {
  const factors = exponentials(
    runtime,
    energies.map((e) => -(e - zero) * time),
  );
  return Float64Array.from({ length: 2 * energies.length }, (_, k) => (k % 2 === 0 ? factors[k / 2] : 0));
}
