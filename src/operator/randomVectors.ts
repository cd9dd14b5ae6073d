// Random vectors that Krylov spaces and traces begin with: the same on every host, whoever draws them.
import type { Runtime } from '../wasm/runtime.js';

/** Of the key under which all are drawn. */
const SEED = 0x656d6674;

/** Writes `count` standard normal numbers to `address`; `stream` and `index` key them. */
export function fillNormal(
  runtime: Runtime,
  stream: number,
  index: number,
  count: number,
  address: number,
): void {
  runtime.scope((scratch) => {
    const { wasm } = runtime;
    const work = scratch.bytes(wasm.normalsWorkspace());
    wasm.normals(SEED, 0, stream, index, 0, 0, count, address, work);
  });
}
