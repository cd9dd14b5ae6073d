// How arrays of vectors are written that the library made itself. A list of numbers does not say whether its amplitudes are in
// pairs, nor how many vectors follow one another: 2^(L+1) numbers are a real state of L + 1 sites, a complex one of L sites, or two
// real ones. Of arrays that were handed out here both are known, also of their subarrays; of copies they are not.

export interface Written {
  /** Amplitudes of a vector. */
  length: number;
  /** Numbers of an amplitude. */
  width: 1 | 2;
}

const known = new WeakMap<ArrayBufferLike, Written>();

/** Hands out vectors of `length` amplitudes. */
export function handedOut(vectors: Float64Array, length: number, complex: boolean): Float64Array {
  if (vectors.length > 0) known.set(vectors.buffer, { length, width: complex ? 2 : 1 });
  return vectors;
}

/** How these vectors are written, where they are of an array that was handed out and nothing else is said of them. */
export function writtenAs(vectors: unknown, complex: boolean | undefined): Written | undefined {
  if (!ArrayBuffer.isView(vectors)) return undefined;
  const written = known.get(vectors.buffer);
  return written && (complex === undefined || complex === (written.width === 2)) ? written : undefined;
}
