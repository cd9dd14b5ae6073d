// What a function of the program writes that nobody would see: JavaScript drops without a word what is assigned to a typed array beyond
// its end, and a result in x is lost. One product whose y is watched shows it; nothing else is concluded from that product, which is made
// after one that counts, so that a function that is right only once is found out by the others.
import { isLeftPromise, type Name } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { standsFor, typedArrays } from '../wasm/typedArrays.js';

/** Writes H x of `columns` vectors to y. */
export type Multiply = (x: Float64Array, y: Float64Array, columns: number) => unknown;

/**
 * Numbers of x up to which y is watched: an assignment or a read through the Proxy takes some 0.2 µs, hundreds of times as long as
 * without, and a function that adds up a full matrix in y makes two for each of its entries, which is half a second. A function is never
 * ended in the middle. A bound on the wait, not tuned.
 */
export const WATCHED_NUMBERS = 1024;

/** Properties of an array by which it can be written to. */
const WRITERS = new Set(['buffer', 'subarray', 'set', 'fill', 'copyWithin', 'sort', 'reverse']);

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

/** Notices what is written beyond arrays, until it is told that the product is done. */
class WriteGuard {
  beyond: Beyond | undefined;
  /** Whether something was written, or a method or the memory asked for that could write. */
  touched = false;
  #done = false;

  /** From now on the Proxies, which the function may have kept, are what is behind them and nothing more. */
  end(): void {
    this.#done = true;
  }

  /** A Proxy of the array, whose methods get the array itself, and so does the library. */
  over(array: Float64Array, part: boolean): Float64Array {
    const { length } = array;
    const proxy = new Proxy(array, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof key === 'string' && WRITERS.has(key)) this.touched = true;
        if (key === 'constructor' || typeof value !== 'function' || !(key in typedArrays)) return value;
        // What the function itself has put there.
        if (Object.hasOwn(target, key)) return value;
        if (key !== 'subarray' || this.#done) return value.bind(target);
        return (from?: number, to?: number) => this.over(target.subarray(from, to), true);
      },
      set: (target, key, value) => {
        this.touched = true;
        // An array that was taken away has another length; that is noticed elsewhere.
        const whole = !this.#done && target.length === length;
        if (whole && typeof key === 'string' && isPlace(key) && !(key in target))
          this.beyond ??= { key, length, part };
        // As without the Proxy, nothing is thrown: the function might catch it.
        Reflect.set(target, key, value, target);
        return true;
      },
    });
    const touch = () => {
      this.touched = true;
    };
    standsFor(proxy, { array, touch });
    return proxy;
  }
}

/**
 * Refuses a function that writes beyond y, or into x and nothing into y. Of `x`, vectors of random numbers, the function gets a copy. Where
 * the Proxy is in its way, as in code that asks for a typed array itself, it throws or gives something else, of which
 * nothing is concluded.
 */
export function checkWrites(name: Name, multiply: Multiply, x: Float64Array, columns: number): void {
  const guard = new WriteGuard();
  const [given, y] = [x.slice(), new Float64Array(x.length)];
  let whole = true;
  try {
    whole = !isLeftPromise(multiply(given, guard.over(y, false), columns));
  } catch {
    whole = false;
  }
  guard.end();
  if (guard.beyond) {
    const { key, length, part } = guard.beyond;
    const places = length > 0 ? `places from 0 to ${length - 1}` : 'no place, for it is empty';
    throw new InputError(name, `wrote to y${part ? '.subarray(…)' : ''}[${key}], expected ${places}`);
  }
  const changed = given.length === x.length && given.some((value, i) => value !== x[i]);
  if (whole && !guard.touched && changed && leavesZero(multiply, x, columns)) {
    throw new InputError(
      name,
      'wrote nothing to y, its second argument, and to x, its first, expected H x in y',
    );
  }
}

/** Whether the product with plain arrays is 0, if the function makes one. */
function leavesZero(multiply: Multiply, x: Float64Array, columns: number): boolean {
  const y = new Float64Array(x.length);
  try {
    multiply(x.slice(), y, columns);
  } catch {
    return false;
  }
  return y.length === x.length && y.every((value) => value === 0);
}
