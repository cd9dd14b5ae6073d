// Random vectors that Krylov spaces and traces begin with: the same on every host, whoever draws them.
import type { Runtime } from '../wasm/runtime.js';

/** A part of the key under which all are drawn. */
const SEED = 0x656d6674;

/** Writes `count` standard normal numbers to `address`; `stream` and `index` key them, and a seed of the caller's. */
export function fillNormal(
  runtime: Runtime,
  stream: number,
  index: number,
  count: number,
  address: number,
  seed = SEED,
): void {
  runtime.scope((scratch) => {
    const { wasm } = runtime;
    const work = scratch.bytes(wasm.normalsWorkspace());
    const high = Math.floor(seed / 2 ** 32);
    wasm.normals(seed - high * 2 ** 32, high, stream, index, 0, 0, count, address, work);
  });
}
