// How arrays of vectors are written that the library made itself. A list of numbers does not say whether its amplitudes are in
// pairs, nor how many vectors follow one another: 2^(L+1) numbers are a real state of L + 1 sites, a complex one of L sites, or two
// real ones. Of arrays that were handed out here both are known, also of their subarrays; of copies they are not.

import { bufferOf } from './typedArrays.js';

export interface Written {
  /** Amplitudes of a vector. */
  length: number;
  /** Numbers of an amplitude. */
  width: 1 | 2;
}

const known = new WeakMap<ArrayBufferLike, Written>();

/** What is known of these vectors. */
export function writtenOf(vectors: ArrayBufferView): Written | undefined {
  return known.get(bufferOf(vectors));
}

/** The vectors, of which this is known from now on. */
export function knownAs<T extends ArrayBufferView>(vectors: T, written: Written | undefined): T {
  if (written) known.set(bufferOf(vectors), written);
  else known.delete(bufferOf(vectors));
  return vectors;
}
