// Memory that is moved to the other thread, not copied.
import { show } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { bufferOf } from '../wasm/typedArrays.js';

/** What `transfer` has marked and no message has taken along yet. */
export const moved = new WeakSet<ArrayBufferLike>();

/**
 * Marks an array as one that is moved, not copied, to the other thread: as an argument of the next call of a client, or as a
 * result of a function that `serve` serves. All of its memory goes: it and every array over the same memory are empty afterwards.
 *
 * @param array - A typed array over memory that is not shared.
 * @returns The same array.
 * @throws InputError for anything else.
 */
export function transfer<T extends ArrayBufferView>(array: T): T {
  const numbers = ArrayBuffer.isView(array) && !(array instanceof DataView);
  if (!numbers) throw new InputError('array', `expected a typed array, got ${show(array)}`);
  const buffer = bufferOf(array);
  if (!(buffer instanceof ArrayBuffer)) {
    throw new InputError('array', 'expected memory that is not shared: shared memory cannot be moved');
  }
  moved.add(buffer);
  return array;
}
