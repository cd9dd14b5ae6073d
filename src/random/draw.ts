// Sequences of random numbers and random matrices, keyed by (seed, stream, index): equal keys give equal bits everywhere.

import type { CoreBindings } from '../wasm/bindings.js';
import type { Runtime } from '../wasm/runtime.js';

/** A key as 32-bit words, in the order in which the kernels take them. */
export type KeyWords = [
  seedLow: number,
  seedHigh: number,
  stream: number,
  indexLow: number,
  indexHigh: number,
];

const WORD = 2 ** 32;

/** The words of a checked key: two's complement for a negative seed. */
export function keyWords(seed: number, stream: number, index: number): KeyWords {
  const seedHigh = Math.floor(seed / WORD);
  const indexHigh = Math.floor(index / WORD);
  return [seed - seedHigh * WORD, seedHigh, stream, index - indexHigh * WORD, indexHigh];
}

export function uniforms(runtime: Runtime, words: KeyWords, count: number): Float64Array {
  const wasm = runtime.exports<CoreBindings>();
  return runtime.scope((arena) => {
    const out = arena.f64(count);
    wasm.uniforms(...words, 0, count, out, arena.bytes(wasm.uniformsWorkspace()));
    return arena.take(out, count);
  });
}

export function normals(runtime: Runtime, words: KeyWords, count: number): Float64Array {
  const wasm = runtime.exports<CoreBindings>();
  return runtime.scope((arena) => {
    const out = arena.f64(count);
    wasm.normals(...words, 0, count, out, arena.bytes(wasm.normalsWorkspace()));
    return arena.take(out, count);
  });
}

/** n×n, exactly symmetric: off-diagonal entries of this variance, the diagonal of twice that. */
export function goe(runtime: Runtime, words: KeyWords, n: number, variance: number): Float64Array {
  const wasm = runtime.exports<CoreBindings>();
  return runtime.scope((arena) => {
    const a = arena.f64(n * n);
    wasm.goe(n, variance, ...words, a, arena.bytes(wasm.normalsWorkspace()));
    return arena.take(a, n * n);
  });
}
