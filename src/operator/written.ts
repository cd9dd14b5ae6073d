// What is known of vectors that operators handed out (src/wasm/written.ts), with the basis of spins ½ that they refer to.

import type { Name } from '../wasm/check.js';
import { LANES_TO } from '../wasm/constants.js';
import { InputError } from '../wasm/errors.js';
import { arrayBehind } from '../wasm/typedArrays.js';
import { knownAs, type Written as Plain, writtenOf as plainOf } from '../wasm/written.js';
import { isSameSector, otherSector, type Sector } from './sectorIdentity.js';

export interface Written extends Plain {
  /** The basis of spins ½ that the vectors refer to, if it is known. */
  basis?: Sector;
}

/** Notes what vectors of `length` amplitudes are, when they are handed out; `basis`: of spins ½. */
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
 * Whether these vectors are real or in pairs: by `complex`, else as they were handed out, else by `otherwise`. The length of one is known
 * only of vectors that were handed out in that form.
 */
export function writtenAs(
  vectors: unknown,
  complex: boolean | undefined,
  otherwise: boolean,
): Pick<Written, 'width'> & Partial<Written> {
  const own = arrayBehind(vectors);
  const written = ArrayBuffer.isView(own) ? writtenOf(own) : undefined;
  if (written && (complex ?? written.width === 2) === (written.width === 2)) return written;
  return { width: (complex ?? otherwise) ? 2 : 1 };
}

/** The error for an array that may hold `real` amplitudes or half as many complex ones, when it is neither known nor specified which. */
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

/** What is known of these vectors, to be sent along when they are copied for another thread. */
export function writtenOf(vectors: ArrayBufferView): Written | undefined {
  return plainOf(vectors);
}

/** Refuses vectors that were handed out for an operator of another order or basis. */
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
 * Notes that `vectors` were computed from `x`, vector by vector, and have the same form, if it is known. If they are only a part of a larger
 * array that holds vectors of another form, nothing is known of it any more.
 */
export function writtenLike<T extends ArrayBufferView>(vectors: T, x: ArrayBufferView): T {
  const [written, before] = [writtenOf(x), writtenOf(vectors)];
  if (vectors.byteLength === vectors.buffer.byteLength && written) return knownAs(vectors, written);
  return isSameWay(before, written) ? vectors : knownAs(vectors, undefined);
}
