// Where the .wasm files of the whole core are. Kept apart from load.ts, so that bundlers do not ship them for an entry
// that has a smaller file of its own.
import type { Shipped } from './load.js';

/** Bundlers recognise the `new URL(literal, import.meta.url)` form and ship the file. */
export const shipped: Required<Omit<Shipped, 'part'>> = {
  simd: () => new URL('../../build/emft.simd.wasm', import.meta.url),
  relaxed: () => new URL('../../build/emft.relaxed.wasm', import.meta.url),
  'simd-threads': () => new URL('../../build/emft.simd-threads.wasm', import.meta.url),
  'relaxed-threads': () => new URL('../../build/emft.relaxed-threads.wasm', import.meta.url),
};
