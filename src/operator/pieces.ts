// Bytes and words on their way into memory and out of it, in pieces.
import type { Arena } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';

/** Copies bytes in and returns their address. */
export function putBytes(arena: Arena, bytes: ArrayBuffer): number {
  const at = arena.bytes(bytes.byteLength);
  arena.viewBytes(at, bytes.byteLength).set(new Uint8Array(bytes));
  return at;
}

/** A copy of words. */
export function takeWords(arena: Arena, at: number, count: number): Uint32Array {
  return new Uint32Array(arena.viewI32(at, count));
}

/** All pieces behind one another; a pause after each. */
export function* joined<T extends Uint32Array | Float64Array>(
  pieces: readonly T[],
  Type: new (length: number) => T,
): Steps<T> {
  const all = new Type(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
    yield undefined;
  }
  return all;
}
