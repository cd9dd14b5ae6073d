// Memory that is moved to the other thread, not copied.
import { show } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';

/** What `transfer` has marked and no message has taken along yet. */
export const moved = new WeakSet<ArrayBufferLike>();

/**
 * Marks an array as one that is moved, not copied, to the other thread: as an argument of the next call of a client, or as a
 * result of a function that `serve` serves. It is empty afterwards.
 *
 * @param array - Over memory that is not shared.
 * @returns The same array.
 * @throws InputError for what is not an array of numbers.
 */
export function transfer<T extends ArrayBufferView>(array: T): T {
  if (!ArrayBuffer.isView(array)) throw new InputError('array', `expected a typed array, got ${show(array)}`);
  moved.add(array.buffer);
  return array;
}
