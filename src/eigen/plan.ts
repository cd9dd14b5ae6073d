// What a decomposition is to give, and how: the options that all of them have, checked.
import { checkBoolean, checkChoice, type Name, readList, readOptions, show } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { fastestMethod } from './memory.js';
import { METHODS, type Method, methodNames, rangeMethods } from './methods.js';
import type { EighOptions } from './types.js';

/** What a decomposition is to give, and how. */
export interface Plan {
  method: Method;
  vectors: boolean;
  verify: boolean;
  /** Whether the upper triangle is read by columns: the lower one by rows is the upper one by columns. */
  upper: boolean;
  selection: Selection | undefined;
}

/** A checked range as the driver takes it. */
export interface Selection {
  byValue: boolean;
  lo: number;
  hi: number;
}

function pair(name: Name, value: unknown): [number, number] {
  const list = readList(name, value);
  if (list?.length === 2) {
    const [lo, hi] = list;
    if (typeof lo === 'number' && typeof hi === 'number') return [lo, hi];
  }
  throw new InputError(name, `expected two numbers, as [from, to], got ${show(value)}`);
}

/** Checks a range against the order n. */
function checkRange(range: unknown, n: number): Selection {
  const { index, value } = readOptions<{ index?: unknown; value?: unknown }>(['options', 'range'], range, [
    'index',
    'value',
  ]);
  if ((index === undefined) === (value === undefined)) {
    throw new InputError(['options', 'range'], 'expected { index: [first, last] } or { value: [lo, hi] }');
  }
  if (index !== undefined) {
    const [lo, hi] = pair(['options', 'range', 'index'], index);
    if (!Number.isInteger(lo) || !Number.isInteger(hi) || lo < 0 || hi < lo || hi >= n) {
      throw new InputError(
        ['options', 'range', 'index'],
        `expected whole numbers 0 ≤ first ≤ last < n = ${n}, got [${lo}, ${hi}]`,
      );
    }
    return { byValue: false, lo, hi };
  }
  const [lo, hi] = pair(['options', 'range', 'value'], value);
  if (!(lo < hi)) throw new InputError(['options', 'range', 'value'], `expected lo < hi, got [${lo}, ${hi}]`);
  return { byValue: true, lo, hi };
}

/** The options that every decomposition has, and `more`. */
export function planKeys(...more: string[]): readonly string[] {
  return ['method', 'vectors', 'uplo', ...more];
}

const CHOICES = ['auto', ...methodNames] as const;
const TRIANGLES = ['L', 'U'] as const;
const METHOD = ['options', 'method'] as const;
const VECTORS = ['options', 'vectors'] as const;
const VERIFY = ['options', 'verify'] as const;
const UPLO = ['options', 'uplo'] as const;

const NONE = Object.freeze({});

/** What is done without options. */
function unasked(n: number): Plan {
  return { method: fastestMethod(n), vectors: true, verify: false, upper: true, selection: undefined };
}

/** The options with defaults filled in, of those that are `known`; those of the caller's own are in `given`. */
export function readPlan<T extends Omit<EighOptions, 'b'>>(
  n: number,
  options: T | undefined,
  known: readonly string[],
): Plan & { given: T } {
  if (options === undefined) return { given: NONE as T, ...unasked(n) };
  const given = readOptions<T>('options', options, known) as T;
  const method = checkChoice(METHOD, given.method ?? 'auto', CHOICES);
  const { range } = given;
  if (range !== undefined && method !== 'auto' && !METHODS[method].ranges) {
    throw new InputError(
      METHOD,
      `a range is computed by ${rangeMethods.map((name) => `'${name}', `).join('')}or 'auto', not by '${method}'`,
    );
  }
  const vectors = checkBoolean(VECTORS, given.vectors ?? true);
  const verify = checkBoolean(VERIFY, given.verify ?? false);
  if (verify && !vectors) throw new InputError(VERIFY, 'needs vectors, and they are not computed');
  return {
    given,
    // For a range the same as for the whole, so that it has the same bits.
    method: method === 'auto' ? fastestMethod(n) : method,
    vectors,
    verify,
    upper: checkChoice(UPLO, given.uplo ?? 'L', TRIANGLES) === 'L',
    selection: range === undefined ? undefined : checkRange(range, n),
  };
}
