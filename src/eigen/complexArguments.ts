// Checks the arguments of the eigensolvers for Hermitian matrices. What computes with the results checks nothing again.
import { checkBoolean, checkInteger, type Name } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { type CheckedWatch, checkWatch, WATCH_KEYS } from '../wasm/steps.js';
import { type BatchKind, checkBytes, type EighTask } from './arguments.js';
import { orderOf, readEntries } from './matrixArgument.js';
import { eighComplexBytes } from './memory.js';
import { checkPencil, PENCIL_KEYS } from './pencil.js';
import { type Plan, planKeys, readPlan } from './plan.js';
import type { EighComplexAsyncOptions, EighComplexOptions, EighOptions, EighSizeOptions } from './types.js';

/** Parts of an entry, for a message. */
function shown(re: number, im: number): string {
  return `${re} ${im < 0 || Object.is(im, -0) ? '-' : '+'} ${Math.abs(im)}i`;
}

/** Only the triangle that is read must be finite, with a real diagonal. `matrix`: which of a batch. */
function checkTriangle(a: Float64Array, n: number, lower: boolean, matrix?: number, name: Name = 'a'): void {
  for (let i = 0; i < n; ++i) {
    const to = lower ? i : n - 1;
    for (let j = lower ? 0 : i; j <= to; ++j) {
      const re = a[2 * (i * n + j)];
      const im = a[2 * (i * n + j) + 1];
      const finite = Number.isFinite(re) && Number.isFinite(im);
      if (finite && (i !== j || im === 0)) continue;
      const which = matrix === undefined ? '' : ` of matrix ${matrix}`;
      const entry = `entry (${i}, ${j})${which} is ${shown(re, im)}`;
      const expected = finite ? 'a real number: the diagonal of a Hermitian matrix is real' : 'finite parts';
      throw new InputError(name, `${entry}, expected ${expected}`);
    }
  }
}

/** The arguments of `eighComplexBytes`. */
export function checkComplexSize(n: unknown, options: EighSizeOptions): { n: number; two: boolean } & Plan {
  const order = checkInteger('n', n, { min: 0, max: 2 ** 26 });
  const plan = readPlan(order, options, planKeys('b'));
  return { n: order, two: checkBoolean(['options', 'b'], plan.given.b ?? false), ...plan };
}

/** The task; a copy of the caller's array is made before the event loop runs, and the array not read after that. */
function checkOne(
  runtime: EigenRuntime,
  a: unknown,
  n: number,
  { given, method, vectors, verify, upper, selection }: Plan & { given: EighOptions },
): EighTask {
  const two = given.b !== undefined;
  const bytes = checkBytes(eighComplexBytes(runtime, n, method, vectors, two), n, method);
  const pencil = checkPencil(given, (b) => {
    const second = readEntries(['options', 'b'], b, n, 2);
    checkTriangle(second, n, upper, undefined, ['options', 'b']);
    return second;
  });
  const parts = readEntries('a', a, n, 2);
  checkTriangle(parts, n, upper);
  // Field by field, as in arguments.ts.
  return { method, vectors, verify, upper, selection, a: parts, n, bytes, keeps: false, pencil };
}

const KEYS = planKeys('range', ...PENCIL_KEYS);
const ASYNC_KEYS = [...KEYS, ...WATCH_KEYS];

/** The arguments of `eighComplex`. */
export function checkEighComplex(
  runtime: EigenRuntime,
  a: unknown,
  n: unknown,
  options: EighComplexOptions | undefined,
): EighTask {
  const order = orderOf(a, n, 2);
  return checkOne(runtime, a, order, readPlan(order, options, KEYS));
}

/** The arguments of `eighComplexAsync`. */
export function checkEighComplexAsync(
  runtime: EigenRuntime,
  a: unknown,
  n: unknown,
  options: EighComplexAsyncOptions,
): { task: EighTask; watch: CheckedWatch } {
  const order = orderOf(a, n, 2);
  const plan = readPlan(order, options, ASYNC_KEYS);
  const watch = checkWatch('options', plan.given);
  return { task: checkOne(runtime, a, order, plan), watch };
}

/** What `checkBatch` has to know of Hermitian matrices. */
export const HERMITIAN: BatchKind = {
  parts: 2,
  alone: 'eighComplex',
  bytes: eighComplexBytes,
  check: checkTriangle,
};
