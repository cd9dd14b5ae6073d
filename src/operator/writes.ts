// What a function of the program writes that nobody would see: JavaScript drops without a word what is assigned to a typed array beyond
// its end, and a result in x is lost. One product whose y is watched shows it; nothing else is concluded from that product.
// The buffer of y ends where y ends, so that whatever is written through it lies within.
import { isLeftPromise, type Name } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { typedArrays } from '../wasm/typedArrays.js';

/** Writes H x of `columns` vectors to y. */
export type Multiply = (x: Float64Array, y: Float64Array, columns: number) => unknown;

/**
 * Assignments and reads that are watched, some 0.2 µs each, hundreds of times as long as without: a function that makes more is ended
 * in this product. A bound on the wait, not measured by half and double.
 */
const WATCHED = 2 ** 23;

/** How a number is written as the key of a property; `undefined` is what an index beyond the end of a list gives. */
function isPlace(key: string): boolean {
  return key === String(Number(key)) || key === '-0' || key === 'undefined';
}

/** Something that was written beyond the end of an array. */
interface Beyond {
  key: string;
  length: number;
  /** Whether the array is a part of y. */
  part: boolean;
}

/** Watches arrays for what is written beyond them. */
class WriteGuard {
  beyond: Beyond | undefined;
  #left = WATCHED;

  #count(): void {
    if (--this.#left < 0) throw new Error('enough has been watched');
  }

  /** The array behind a Proxy; its methods get the array itself. */
  over(array: Float64Array, part: boolean): Float64Array {
    const { length } = array;
    return new Proxy(array, {
      get: (target, key) => {
        this.#count();
        const value: unknown = Reflect.get(target, key, target);
        if (key === 'constructor' || typeof value !== 'function' || !(key in typedArrays)) return value;
        if (key !== 'subarray') return value.bind(target);
        return (from?: number, to?: number) => this.over(target.subarray(from, to), true);
      },
      set: (target, key, value) => {
        this.#count();
        // An array that was taken away has another length; that is noticed elsewhere.
        const whole = target.length === length;
        if (typeof key === 'string' && isPlace(key) && !(key in target) && whole)
          this.beyond ??= { key, length, part };
        // As without the Proxy, nothing is thrown: the function might catch it.
        Reflect.set(target, key, value, target);
        return true;
      },
    });
  }
}

/**
 * Refuses a function that writes beyond y, or into x in place of y. Of `x`, vectors of random numbers, the function gets a copy. Where the
 * Proxy is in its way, as in code that asks for a typed array itself, it throws or gives something else, and what it does
 * with plain arrays counts.
 */
export function checkWrites(name: Name, multiply: Multiply, x: Float64Array, columns: number): void {
  const guard = new WriteGuard();
  const [given, y] = [x.slice(), new Float64Array(x.length)];
  try {
    isLeftPromise(multiply(given, guard.over(y, false), columns));
  } catch {}
  if (guard.beyond) {
    const { key, length, part } = guard.beyond;
    const places = length > 0 ? `places from 0 to ${length - 1}` : 'no place, for it is empty';
    throw new InputError(name, `wrote to y${part ? '.subarray(…)' : ''}[${key}], expected ${places}`);
  }
  if (isZero(y) && given.length === x.length && given.some((value, i) => value !== x[i])) {
    throw new InputError(
      name,
      'left 0 in y, its second argument, and wrote to x, its first, expected H x in y',
    );
  }
}

function isZero(y: Float64Array): boolean {
  for (let i = 0; i < y.length; ++i) if (y[i] !== 0) return false;
  return true;
}
