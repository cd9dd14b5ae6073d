// Vectors of operators as they are known (src/wasm/written.ts), with the states of spins ½ that they are written in.

import type { Name } from '../wasm/check.js';
import { LANES_TO } from '../wasm/constants.js';
import { InputError } from '../wasm/errors.js';
import { knownAs, type Written as Plain, writtenOf as plainOf } from '../wasm/written.js';
import { isSameSector, otherSector, type Sector } from './sectorIdentity.js';

export interface Written extends Plain {
  /** The states of spins ½ that they are written in, where these are known. */
  basis?: Sector;
}

/** Hands out vectors of `length` amplitudes; `basis`: of spins ½. */
export function handedOut(
  vectors: Float64Array,
  length: number,
  complex: boolean,
  basis?: Sector,
): Float64Array {
  const written: Written = { length, width: complex ? 2 : 1, basis };
  return vectors.length > 0 ? knownAs(vectors, written) : vectors;
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
  const written = ArrayBuffer.isView(vectors) ? writtenOf(vectors) : undefined;
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
    `are ${vectors.length} numbers in an array of which nothing is known, as of copies and of eigenvectors of orders up to ${LANES_TO}: ${real} with complex: false, ${complex} with complex: true, one of which has to be said`,
  );
}

/** What is known of these vectors, so that it can go along where they are copied for another thread. */
export function writtenOf(vectors: ArrayBufferView): Written | undefined {
  return plainOf(vectors);
}

/** Refuses vectors that were handed out as others than those of an operator of this order and basis. */
export function checkOwn(
  name: Name,
  { length, basis }: Partial<Written>,
  of: { n: number; basis?: Sector },
): void {
  if (length !== undefined && length !== of.n)
    throw new InputError(name, `holds vectors of ${length} amplitudes, expected some of ${of.n}`);
  if (basis && of.basis && !isSameSector(of.basis, basis))
    throw new InputError(name, otherSector('vectors', of.basis, basis));
}

function isSameWay(a: Written | undefined, b: Written | undefined): boolean {
  if (!a || !b) return a === b;
  const same = a.basis && b.basis ? isSameSector(a.basis, b.basis) : a.basis === b.basis;
  return same && a.length === b.length && a.width === b.width;
}

/**
 * What was computed of `x`, vector by vector: written as those are, so far as that is known. Of an array that has room in it for
 * others and is known to hold them, nothing is known when these are written in another way.
 */
export function writtenLike<T extends ArrayBufferView>(vectors: T, x: ArrayBufferView): T {
  const [written, before] = [writtenOf(x), writtenOf(vectors)];
  if (vectors.byteLength === vectors.buffer.byteLength && written) return knownAs(vectors, written);
  return isSameWay(before, written) ? vectors : knownAs(vectors, undefined);
}
