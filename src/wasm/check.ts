// Argument checks shared by the public API. Each value is checked once, here; nothing below checks again.
import { type ArgumentPath, InputError } from './errors.js';
import { allFinite } from './finite.js';
import { isFloat64Array, numbersTag, plainView } from './typedArrays.js';

/** The name of an argument: a parameter by its name, a part of a parameter by the path to it. */
export type Name = string | ArgumentPath;

/** The name of a part of `name`: one of its options, or an element. */
export function within(name: Name, ...parts: (string | number)[]): ArgumentPath {
  return typeof name === 'string' ? [name, ...parts] : [...name, ...parts];
}

/** Longer strings are cut, so that a message stays on one line. */
const SHOWN = 60;

/**
 * The value that was passed, for a message. Never throws, whatever the value does when it is read.
 *
 * @param value - Anything.
 * @returns One line: a long string is cut, an object is named by its type.
 * @throws Nothing.
 */
export function show(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value);
  }
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'number' || typeof value === 'boolean' || value == null) return String(value);
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `the BigInt ${value}n`;
  if (typeof value === 'symbol') return 'a symbol';
  try {
    const { name } = value.constructor;
    return typeof name === 'string' && name !== '' ? `a value of type ${name}` : 'an object';
  } catch {
    return 'an object';
  }
}

/** `instanceof` that does not throw for a revoked proxy. */
export function isA<T>(value: unknown, type: abstract new (...args: never[]) => T): value is T {
  try {
    return value instanceof type;
  } catch {
    return false;
  }
}

/** Whether it can be waited for. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value;
}

/** Whether a function that should be done when it returns gave a promise: nobody waits for it, and nobody sees it rejected. */
export function isLeftPromise(value: unknown): boolean {
  if (!isThenable(value)) return false;
  Promise.resolve(value).then(undefined, () => {});
  return true;
}

/** The range of a number: from `min`, or above `above`, to `max`; without bounds any finite number. */
export interface Range {
  /** The least value allowed. */
  min?: number;
  /** The largest value allowed. */
  max?: number;
  /** A lower bound that is itself not allowed. */
  above?: number;
}

/** A range with an upper bound. */
export interface Bounded extends Range {
  /** The largest value allowed. */
  max: number;
}

/** Ranges by the names of arguments: `Open` are those without an upper bound, `Ending` those with one. */
export type Ranges<Open extends string, Ending extends string> = Readonly<
  Record<Open, Range> & Record<Ending, Bounded>
>;

function rangeText({ min, max, above }: Range): string {
  const low = above !== undefined ? `> ${above}` : min !== undefined ? `≥ ${min}` : '';
  const high = max !== undefined ? `≤ ${max}` : '';
  return [low, high].filter(Boolean).join(' and ');
}

function inRange(x: number, { min, max, above }: Range): boolean {
  return (
    (min === undefined || x >= min) && (max === undefined || x <= max) && (above === undefined || x > above)
  );
}

/**
 * A finite number in range.
 *
 * @param name - The argument in the message: `'g0'`, or a path, `['options', 'g0']`.
 * @param value - The value passed.
 * @param range - The values allowed; every finite number by default.
 * @returns The number.
 * @throws InputError for anything else: it gives the name, the values allowed and the value passed.
 */
export function checkNumber(name: Name, value: unknown, range: Range = {}): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || !inRange(value, range)) {
    const allowed = rangeText(range);
    throw new InputError(name, `expected a finite number${allowed && ` ${allowed}`}, got ${show(value)}`);
  }
  return value;
}

/**
 * A whole number in range.
 *
 * @param name - The argument in the message.
 * @param value - The value passed.
 * @param range - The values allowed; every safe integer by default.
 * @returns The number.
 * @throws InputError for anything else.
 */
export function checkInteger(name: Name, value: unknown, range: Range = {}): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || !inRange(value, range)) {
    const allowed = rangeText(range);
    throw new InputError(name, `expected a whole number${allowed && ` ${allowed}`}, got ${show(value)}`);
  }
  return value;
}

/**
 * One of a few words.
 *
 * @param name - The argument in the message.
 * @param value - The value passed.
 * @param choices - The words that are allowed.
 * @returns The word.
 * @throws InputError for anything else; it lists the words.
 */
export function checkChoice<T extends string>(name: Name, value: unknown, choices: readonly T[]): T {
  if (!choices.includes(value as T)) {
    throw new InputError(
      name,
      `expected one of ${choices.map((c) => `'${c}'`).join(', ')}, got ${show(value)}`,
    );
  }
  return value as T;
}

export function checkBoolean(name: Name, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new InputError(name, `expected true or false, got ${show(value)}`);
  return value;
}

/** A plain view of a Float64Array whose memory is still there; `expected` names in the message what the array should be. */
export function checkMemory(name: Name, value: unknown, expected = 'a Float64Array'): Float64Array {
  if (!isFloat64Array(value)) throw new InputError(name, `expected ${expected}, got ${show(value)}`);
  const view = plainView(value, Float64Array);
  if (view) return view;
  throw new InputError(name, `expected ${expected}, got one whose buffer is detached or too short for it`);
}

/** A Float64Array of finite numbers; `length` and the range of its elements are checked when given. */
export function checkFloat64Array(
  name: Name,
  given: unknown,
  { length, ...range }: Range & { length?: number } = {},
): Float64Array {
  const value = checkMemory(name, given);
  if (length !== undefined && value.length !== length) {
    throw new InputError(name, `expected ${length} elements, got ${value.length}`);
  }
  // Which element it is, is asked only when there is one.
  const anywhere = range.min === undefined && range.max === undefined && range.above === undefined;
  if (anywhere && allFinite(value)) return value;
  for (let i = 0; i < value.length; ++i) {
    if (!Number.isFinite(value[i]) || !inRange(value[i], range)) {
      const allowed = rangeText(range);
      throw new InputError(
        name,
        `element ${i} is ${value[i]}, expected a finite number${allowed && ` ${allowed}`}`,
      );
    }
  }
  return value;
}

/** The message of an error that a getter or a proxy of the caller threw. */
export function said(error: unknown): string {
  try {
    return error instanceof Error ? error.message : show(error);
  } catch {
    return 'an error that cannot be read';
  }
}

/**
 * A copy of an options object with the known keys. Each is read once, so that the value checked is the value used.
 * Refuses anything but an object, and unknown keys by name. `undefined` gives no options; null is no value of any
 * option, unless `nulls` allows it. `hints` has what to say of a key that is not known here.
 *
 * @param name - The object in the message.
 * @param value - The value passed.
 * @param known - The keys allowed.
 * @param nulls - Whether null is allowed as a value.
 * @returns A plain object with those of the keys that are not undefined.
 * @throws InputError for anything but a plain object, an unknown key, a null, and a getter that throws.
 */
export function readOptions<T extends object>(
  name: Name,
  value: unknown,
  known: readonly string[],
  { nulls = false, hints = {} as Readonly<Record<string, string>> } = {},
): T {
  const copy: Record<string, unknown> = {};
  if (value === undefined) return copy as T;
  const refuse = () => new InputError(name, `expected an object { ${known.join(', ')} }, got ${show(value)}`);
  if (typeof value !== 'object' || value === null) throw refuse();
  // Paths are made for messages alone: making one for each key would take as long as a small decomposition.
  let reading: string | undefined;
  const part = () => (reading === undefined ? name : within(name, reading));
  try {
    // Arrays, maps, typed arrays and so on have tags of their own.
    if (Object.prototype.toString.call(value) !== '[object Object]') throw refuse();
    for (const key of Object.keys(value)) {
      if (!known.includes(key)) {
        const hint = Object.hasOwn(hints, key) ? `; ${hints[key]}` : '';
        throw new InputError(within(name, key), `unknown option; known are ${known.join(', ')}${hint}`);
      }
    }
    for (const key of known) {
      reading = key;
      const item = (value as Record<string, unknown>)[key];
      if (item === null && !nulls) {
        throw new InputError(part(), 'is null; leave it out for its default');
      }
      if (item !== undefined) copy[key] = item;
    }
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(part(), `cannot be read: ${said(error)}`);
  }
  return copy as T;
}

/** Longest list that is read: an array of JavaScript takes some 16 bytes an element. */
export const LONGEST_LIST = 2 ** 26;

/**
 * A copy of the elements of an array or a typed array, each read once; null for anything else. A typed array is copied
 * to a Float64Array, because it may be longer than a list of JavaScript can be.
 */
export function readList(name: Name, value: unknown): unknown[] | Float64Array | null {
  try {
    if (isFloat64Array(value)) return new Float64Array(checkMemory(name, value));
    if (numbersTag(value)) return new Float64Array(value as ArrayLike<number>);
    if (!Array.isArray(value)) return null;
    const { length } = value;
    if (length > LONGEST_LIST)
      throw new InputError(name, `has ${length} elements, expected at most ${LONGEST_LIST}`);
    // A third of the time of reading element by element. It leaves holes, which are then undefined.
    const copy = ([] as unknown[]).concat(value);
    return copy.length === length && !copy.includes(undefined)
      ? copy
      : Array.from({ length }, (_, i) => copy[i]);
  } catch (error) {
    throw error instanceof InputError ? error : new InputError(name, `cannot be read: ${said(error)}`);
  }
}
