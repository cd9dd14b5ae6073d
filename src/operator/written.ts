// How arrays of vectors are written that the library made itself. A list of numbers does not say whether its amplitudes are in
// pairs, nor how many vectors follow one another: 2^(L+1) numbers are a real state of L + 1 sites, a complex one of L sites, or two
// real ones. Of arrays that were handed out here both are known, also of their subarrays; of copies they are not.
import type { Name } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';

export interface Written {
  /** Amplitudes of a vector. */
  length: number;
  /** Numbers of an amplitude. */
  width: 1 | 2;
  /** Spins ½ with fewer amplitudes than configurations: those of a sector. */
  sectorOf?: number;
}

const known = new WeakMap<ArrayBufferLike, Written>();

/** Hands out vectors of `length` amplitudes; `sites`: of spins ½, perhaps in a sector. */
export function handedOut(
  vectors: Float64Array,
  length: number,
  complex: boolean,
  sites?: number,
): Float64Array {
  const sectorOf = sites !== undefined && length < 2 ** sites ? sites : undefined;
  if (vectors.length > 0) known.set(vectors.buffer, { length, width: complex ? 2 : 1, sectorOf });
  return vectors;
}

/**
 * How these vectors are written: as is said by `complex`, else as they were handed out, else as `otherwise`. How long one is, is
 * known of those that were handed out in that way.
 */
export function writtenAs(
  vectors: unknown,
  complex: boolean | undefined,
  otherwise: boolean,
): Pick<Written, 'width'> & Partial<Written> {
  const written = ArrayBuffer.isView(vectors) ? known.get(vectors.buffer) : undefined;
  if (written && (complex ?? written.width === 2) === (written.width === 2)) return written;
  return { width: (complex ?? otherwise) ? 2 : 1 };
}

/** The error for an array of which neither is known nor said whether it holds `real` or, half as many of them, complex amplitudes. */
export function ambiguous(
  name: Name,
  vectors: { length: number },
  [real, complex]: readonly [real: string, complex: string],
): InputError {
  return new InputError(
    name,
    `are ${vectors.length} numbers in an array that eigsh, evolve or embed did not give: ${real} with complex: false, ${complex} with complex: true, one of which has to be said`,
  );
}

/** What is known of these vectors, so that it can go along where they are copied for another thread. */
export function writtenOf(vectors: ArrayBufferView): Written | undefined {
  return known.get(vectors.buffer);
}

/** The vectors on the other side, with what was known of them. */
export function writtenAgain<T extends ArrayBufferView>(vectors: T, written: Written): T {
  known.set(vectors.buffer, written);
  return vectors;
}

/** The error for vectors that were handed out as others than those that are taken here. */
export function otherLength(name: Name, length: number, n: number): InputError {
  return new InputError(name, `holds vectors of ${length} amplitudes, expected some of ${n}`);
}

/**
 * What was computed of `x`, vector by vector: written as those are, so far as that is known. Of an array that has room in it for
 * others and is known to hold them, nothing is known when these are written in another way.
 */
export function writtenLike<T extends ArrayBufferView>(vectors: T, x: ArrayBufferView): T {
  const [written, before] = [known.get(x.buffer), known.get(vectors.buffer)];
  if (vectors.byteLength === vectors.buffer.byteLength && written) known.set(vectors.buffer, written);
  else if (
    before?.length !== written?.length ||
    before?.width !== written?.width ||
    before?.sectorOf !== written?.sectorOf
  )
    known.delete(vectors.buffer);
  return vectors;
}
