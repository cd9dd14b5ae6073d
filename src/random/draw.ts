// Sequences of random numbers and random matrices, keyed by (seed, stream, index): equal keys give equal bits everywhere.

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
  return sequence(runtime, 'uniforms', words, count);
}

export function normals(runtime: Runtime, words: KeyWords, count: number): Float64Array {
  return sequence(runtime, 'normals', words, count);
}

function sequence(runtime: Runtime, kind: 'uniforms' | 'normals', words: KeyWords, count: number) {
  const wasm = runtime.wasm;
  const workspace = { uniforms: wasm.uniformsWorkspace, normals: wasm.normalsWorkspace }[kind];
  return runtime.scope((arena) => {
    const out = arena.f64(count);
    wasm[kind](...words, 0, count, out, arena.bytes(workspace()));
    return arena.take(out, count);
  });
}

/** n×n, exactly symmetric: off-diagonal entries of this variance, the diagonal of twice that. */
export function goe(runtime: Runtime, words: KeyWords, n: number, variance: number): Float64Array {
  // Twice the largest variances is beyond the range of doubles.
  return variance > 2 ** 1000
    ? draw(runtime, words, n, variance / 4, 2)
    : draw(runtime, words, n, variance, 1);
}

/**
 * The same for variance scale²/(n + 1). scale² may be beyond the range of doubles, so a power of two is taken out of
 * the scale, which rounds nothing.
 */
export function goeOfScale(runtime: Runtime, words: KeyWords, n: number, scale: number): Float64Array {
  const unit = scale < 2 ** -400 ? 2 ** -800 : scale > 2 ** 400 ? 2 ** 800 : 1;
  const part = scale / unit;
  return draw(runtime, words, n, (part * part) / (n + 1), unit);
}

function draw(runtime: Runtime, words: KeyWords, n: number, variance: number, unit: number): Float64Array {
  const wasm = runtime.wasm;
  const a = runtime.scope((arena) => {
    const at = arena.f64(n * n);
    wasm.goe(n, variance, ...words, at, arena.bytes(wasm.normalsWorkspace()));
    return arena.take(at, n * n);
  });
  if (unit !== 1) for (let p = 0; p < a.length; ++p) a[p] *= unit;
  return a;
}
