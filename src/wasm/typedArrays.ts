// Typed arrays by what the language keeps of them: a subclass, or an array itself, may have other properties of the same names.

/** What all typed arrays inherit from. */
export const typedArrays = Object.getPrototypeOf(Float64Array.prototype);

const getterOf = (key: string) => Object.getOwnPropertyDescriptor(typedArrays, key)!.get!;
const [lengthGetter, offsetGetter, bufferGetter] = ['length', 'byteOffset', 'buffer'].map(getterOf);

/** An array that the library handed out behind a Proxy, by which it sees what is written to it. */
interface Watched {
  array: Float64Array;
  /** Notes that the array is written to. */
  touch: () => void;
}

const watchedArrays = new WeakMap<object, Watched>();
/** Whether there ever was one: else nothing has to be looked up. */
let anyWatched = false;

/** From now on the Proxy counts as the array wherever the library is given it. */
export function standsFor(proxy: Float64Array, watched: Watched): void {
  watchedArrays.set(proxy, watched);
  anyWatched = true;
}

function watchedOf(value: unknown): Watched | undefined {
  return anyWatched && typeof value === 'object' && value !== null ? watchedArrays.get(value) : undefined;
}

/** The array behind a Proxy of the library; anything else as it is. */
export function arrayBehind<T>(value: T): T | Float64Array {
  return watchedOf(value)?.array ?? value;
}

/** Notes that the library writes to an array of the program. */
export function noteWriting(array: unknown): void {
  watchedOf(array)?.touch();
}

/** How many elements a typed array has, of any realm, whatever its own `length` says. */
export function lengthOf(array: unknown): number {
  return lengthGetter.call(arrayBehind(array));
}

/** The memory of a typed array, or of a DataView. */
export function bufferOf(view: ArrayBufferView): ArrayBufferLike {
  const own = arrayBehind(view);
  return typeTag.call(own) ? bufferGetter.call(own) : own.buffer;
}

/**
 * The elements of a typed array as an array of this realm over the same memory, without the properties and methods that its class or
 * its owner gave it; undefined for a buffer that was transferred, or shrunk below the array.
 */
export function plainView<T extends Float64Array | Int32Array>(
  given: ArrayBufferView,
  type: new (buffer: ArrayBufferLike, offset: number, length: number) => T,
): T | undefined {
  const array = arrayBehind(given);
  try {
    // Throws for an array whose memory is gone or too short, of which the getters would give 0.
    typedArrays.keys.call(array);
    return new type(bufferOf(array), offsetGetter.call(array), lengthOf(array));
  } catch {
    return undefined;
  }
}

/** The name of a typed array's type, of any realm; undefined for anything else, a Proxy of one too. Called with it as `this`. */
export const typeTag = Object.getOwnPropertyDescriptor(typedArrays, Symbol.toStringTag)!.get!;

/** Whether it is an Int32Array of any realm. */
export function isInt32Array(value: unknown): value is Int32Array {
  return typeTag.call(value) === 'Int32Array';
}

/** Whether it is a Float64Array of any realm; a Proxy of one that is not the library's own, or an heir of its prototype, is not. */
export function isFloat64Array(value: unknown): value is Float64Array {
  return typeTag.call(value) === 'Float64Array' || watchedOf(value) !== undefined;
}

const numberTypes = new Set(
  ['Float64', 'Float32', 'Float16', 'Int8', 'Int16', 'Int32', 'Uint8', 'Uint16', 'Uint32'].map(
    (type) => `${type}Array`,
  ),
).add('Uint8ClampedArray');

/** The type of a typed array of numbers, of any realm. */
export function numbersTag(value: unknown): string | undefined {
  const tag = typeTag.call(arrayBehind(value));
  return numberTypes.has(tag) ? tag : undefined;
}
