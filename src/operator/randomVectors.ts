// Random vectors that Krylov spaces and traces begin with: the same on every host, whoever draws them.
import type { Runtime } from '../wasm/runtime.js';

/** A part of the key under which all are drawn. */
const SEED = 0x656d6674;

/** The stream of each use, so that no two draw the same numbers. */
const STREAMS = {
  /** Lanczos steps that bound or count levels for a filter. */
  bounds: 7,
  /** Starts of Krylov spaces. */
  krylov: 8,
  /** The vector that shows how large an operator is. */
  size: 9,
  /** The start of the Krylov space that bounds a spectrum. */
  span: 10,
  /** Typical states, in place of a trace. */
  typicality: 11,
  /** What fills up the whole space in an evolution. */
  whole: 12,
} as const;

/** Writes `count` standard normal numbers to `address`; `stream` and `index` are their key, and a seed of the caller's. */
export function fillNormal(
  runtime: Runtime,
  stream: keyof typeof STREAMS,
  index: number,
  count: number,
  address: number,
  seed = SEED,
): void {
  runtime.scope((scratch) => {
    const { wasm } = runtime;
    const work = scratch.bytes(wasm.normalsWorkspace());
    const high = Math.floor(seed / 2 ** 32);
    wasm.normals(seed - high * 2 ** 32, high, STREAMS[stream], index, 0, 0, count, address, work);
  });
}
