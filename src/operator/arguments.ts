// Checks the arguments of this room. What computes with the results checks nothing again.
import {
  checkBoolean,
  checkChoice,
  checkFloat64Array,
  checkInteger,
  checkNumber,
  type Name,
  readOptions,
  show,
  within,
} from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { LARGEST_ENTRY } from '../wasm/limits.js';
import { atOnce, type CheckedWatch, checkWatch } from '../wasm/steps.js';
import { callback } from './callback.js';
import type { Computed } from './compute.js';
import { csrComputed, fromDense } from './csr.js';
import { adjointSteps } from './csrArguments.js';
import type { EigshTask } from './eigsh.js';
import type { EigshAsyncOptions } from './eigshTypes.js';
import { list } from './lists.js';
import { computedOf } from './operator.js';
import type { OperatorOptions } from './types.js';

export function complexNumber(name: Name, value: unknown): [number, number] {
  if (typeof value === 'number')
    return [checkNumber(name, value, { min: -LARGEST_ENTRY, max: LARGEST_ENTRY }), 0];
  const parts = list(name, value, 'two numbers, or a number');
  if (parts.length !== 2) throw new InputError(name, `expected [re, im], got ${parts.length} elements`);
  const [re, im] = parts.map((part, i) =>
    checkNumber(within(name, i), part, { min: -LARGEST_ENTRY, max: LARGEST_ENTRY }),
  );
  return [re, im];
}

/** Checks the options of an operator that is given as a function or as a matrix. */
export function checkOperator(options: unknown): Computed {
  const given = readOptions<OperatorOptions>('options', options, ['n', 'matrix', 'multiply', 'complex']);
  const n = checkInteger(['options', 'n'], given.n, { min: 0, max: 2 ** 28 });
  const complex = checkBoolean(['options', 'complex'], given.complex ?? false);
  const { multiply, matrix } = given;
  if (matrix === undefined) {
    if (typeof multiply !== 'function') {
      throw new InputError(['options', 'multiply'], `expected a function, got ${show(multiply)}`);
    }
    return callback(n, complex, multiply);
  }
  if (multiply !== undefined) {
    throw new InputError(['options', 'multiply'], 'is given as well as matrix, expected one of them');
  }
  const name = ['options', 'matrix'];
  const length = complex ? 2 * n * n : n * n;
  const entries = checkFloat64Array(name, matrix, { length, min: -LARGEST_ENTRY, max: LARGEST_ENTRY });
  const rows = fromDense(entries, n, complex);
  atOnce(adjointSteps(name, rows));
  return csrComputed(rows);
}

/** Options that belong elsewhere, and what they are here. */
const MISPLACED = new Map<unknown, string>([
  ['sigma', 'is which: { near: σ } here'],
  ['near', 'is a part of which: which: { near: σ }'],
  ['interval', 'is a part of which: which: { interval: [a, b] }'],
]);

/** The options of `eigsh`; what scipy calls otherwise and what belongs into `which` is answered with what it is here. */
function readEigsh(options: unknown, keys: readonly string[]): EigshAsyncOptions {
  const known = ['k', 'which', 'vectors', 'tolerance', 'method', 'maxProducts', 'count', 'copies', ...keys];
  try {
    return readOptions<EigshAsyncOptions>('options', options, known);
  } catch (error) {
    const name = error instanceof InputError ? error.path[1] : undefined;
    const meant = MISPLACED.get(name);
    throw meant && name !== undefined ? new InputError(['options', name], meant) : error;
  }
}

/** Checks the arguments of `eigsh` and its twin. */
export function checkEigsh(
  operator: unknown,
  options: EigshAsyncOptions,
  ...keys: readonly string[]
): { task: EigshTask; watch: CheckedWatch } {
  const computed = computedOf('operator', operator);
  const { n } = computed;
  const given = readEigsh(options, keys);
  const shared = {
    computed,
    vectors: checkBoolean(['options', 'vectors'], given.vectors ?? true),
    tolerance: checkNumber(['options', 'tolerance'], given.tolerance ?? 1e-12, { min: 1e-14, max: 0.1 }),
    most: checkInteger(['options', 'maxProducts'], given.maxProducts ?? 1e6, { min: 1 }),
    count: checkBoolean(['options', 'count'], given.count ?? false),
  };
  const copies =
    given.copies === undefined
      ? Number.POSITIVE_INFINITY
      : checkInteger(['options', 'copies'], given.copies, { min: 1, max: 2 ** 28 });
  const which = checkWhich(given.which ?? 'lowest');
  const watch = checkWatch('options', given);
  if (typeof which === 'object' && 'interval' in which) {
    if (given.k !== undefined) {
      throw new InputError(
        ['options', 'k'],
        `an interval has as many as it has, expected none, got ${show(given.k)}`,
      );
    }
    return { task: { ...shared, copies, inner: which, method: innerMethod(given.method) }, watch };
  }
  const k = checkInteger(['options', 'k'], given.k ?? Math.min(6, n), { min: n > 0 ? 1 : 0, max: n });
  if (typeof which === 'object') {
    return { task: { ...shared, copies, inner: { ...which, k }, method: innerMethod(given.method) }, watch };
  }
  const methods = ['auto', 'lanczos', 'dense'] as const;
  const method = checkChoice(['options', 'method'], given.method ?? 'auto', methods);
  return { task: { ...shared, k, which, method }, watch };
}

function innerMethod(method: unknown): 'auto' | 'filtered' | 'dense' {
  return checkChoice(['options', 'method'], method ?? 'auto', ['auto', 'filtered', 'dense'] as const);
}

/** What scipy calls them, and what they are here. */
const SCIPY = new Map<unknown, string>([
  ['SA', "'lowest'"],
  ['LA', "'highest'"],
  ['SM', '{ near: 0 }'],
  ['LM', "'highest' or 'lowest', of which one is the largest in size,"],
  ['BE', "'lowest' and 'highest', in two calls,"],
  ['near', '{ near: σ }'],
  ['interval', '{ interval: [a, b] }'],
]);

function checkWhich(
  which: unknown,
): 'lowest' | 'highest' | { near: number } | { interval: readonly [number, number] } {
  const name = ['options', 'which'];
  if (typeof which === 'object' && which !== null) {
    const given = readOptions<Record<string, unknown>>(name, which, ['near', 'interval']);
    const keys = Object.keys(given).join(' ');
    if (keys === 'near') return { near: checkNumber(within(name, 'near'), given.near) };
    if (keys === 'interval') {
      const ends = list(within(name, 'interval'), given.interval, 'two numbers');
      if (ends.length !== 2) {
        throw new InputError(within(name, 'interval'), `expected two numbers, got ${ends.length}`);
      }
      const from = checkNumber(within(name, 'interval', 0), ends[0]);
      return { interval: [from, checkNumber(within(name, 'interval', 1), ends[1], { min: from })] };
    }
    throw new InputError(name, `expected { near } or { interval }, got keys ${keys || '(none)'}`);
  }
  const meant = SCIPY.get(which);
  if (meant) throw new InputError(name, `expected ${meant} for ${show(which)}`);
  return checkChoice(name, which, ['lowest', 'highest'] as const);
}
