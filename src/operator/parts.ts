// Bytes and words on their way into memory and out of it, in parts.
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

/** All parts behind one another; a pause after each. */
export function* joined<T extends Uint32Array | Float64Array>(
  parts: readonly T[],
  Type: new (length: number) => T,
): Steps<T> {
  const all = new Type(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
    yield undefined;
  }
  return all;
}
