// Copies of typed arrays, by what their memory holds: what an array says of itself may be anything.
import type { Name } from './check.js';
import { InputError } from './errors.js';
import { arrayBehind, lengthOf, typedArrays, typeTag } from './typedArrays.js';

const copiedTypes = { Uint8Array, Int32Array, Uint32Array, Float64Array };

/**
 * A copy in memory of its own of a typed array of one of `types`, of any realm, also of shared memory; undefined for anything else, as
 * a Proxy of one and an heir of its prototype.
 */
export function copyTyped<T extends keyof typeof copiedTypes>(
  name: Name,
  given: unknown,
  ...types: T[]
): InstanceType<(typeof copiedTypes)[T]> | undefined {
  const value = arrayBehind(given);
  const tag = typeTag.call(value);
  const type = types.find((known) => known === tag);
  if (!type) return undefined;
  const copy = new copiedTypes[type](lengthOf(value));
  try {
    // Throws for memory that is gone, of an empty array too.
    typedArrays.keys.call(value);
    copy.set(value as ArrayLike<number>);
  } catch {
    throw new InputError(name, `expected a ${type}, got one whose buffer is detached or too short for it`);
  }
  return copy as InstanceType<(typeof copiedTypes)[T]>;
}
