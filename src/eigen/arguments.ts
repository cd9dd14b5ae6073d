// Checks the arguments of the eigensolvers. What computes with the results checks nothing again.
import { checkBoolean, checkInteger, type Name } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { allFinite } from '../wasm/finite.js';
import { HOLDS, MAX_BYTES, mebibytes, wholeMebibytes } from '../wasm/heap.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { type CheckedWatch, checkWatch, WATCH_KEYS, type Watch } from '../wasm/steps.js';
import { batchOf, orderOf, readEntries } from './matrixArgument.js';
import { eighBytes } from './memory.js';
import type { Method } from './methods.js';
import { checkPencil, PENCIL_KEYS, type Pencil, refuseVerify } from './pencil.js';
import { type Plan, planKeys, readPlan } from './plan.js';
import type { EighAsyncOptions, EighOptions, EighSizeOptions } from './types.js';

/**
 * One matrix of order n to be decomposed, within `bytes` of WebAssembly memory. `keeps`: a copy of it is kept there until the
 * result is verified, because the caller may change `a` meanwhile.
 */
export interface EighTask extends Plan {
  a: Float64Array;
  n: number;
  bytes: number;
  keeps: boolean;
  /** The second matrix, where there is one. */
  pencil: Pencil | undefined;
}

/** `count` matrices of order n, one after another in `a`; `one`: bytes that one of them takes. */
export interface BatchTask extends Plan {
  a: Float64Array;
  n: number;
  count: number;
  one: number;
}

/** Checks that a matrix of order n, its decomposition and `copies` more of it fit into memory. Returns their bytes. */
function checkOrder(
  runtime: EigenRuntime,
  n: number,
  { method, vectors, verify, given }: Plan & { given: EighOptions },
  copies: number,
): number {
  const two = given.b !== undefined;
  const bytes = eighBytes(runtime, n, method, vectors, verify, two) + 8 * copies * n * n;
  return checkBytes(bytes, n, method);
}

/** What a decomposition takes, when that is there. */
export function checkBytes(bytes: number, n: number, method: Method): number {
  if (bytes > MAX_BYTES) {
    throw new InputError('n', `order ${n} needs ${mebibytes(bytes)} MiB with method '${method}', ${HOLDS}`);
  }
  return bytes;
}

/** What a batch takes for one matrix, when it is no more than half of what is there. */
function checkBatchBytes(bytes: number, n: number, alone: string): number {
  if (bytes > MAX_BYTES / 2) {
    const most = wholeMebibytes(MAX_BYTES / 2);
    throw new InputError(
      'n',
      `order ${n} needs ${mebibytes(bytes)} MiB, a batch takes at most ${most} MiB: use ${alone}, one matrix at a time`,
    );
  }
  return bytes;
}

/** Only the triangle that is read, i ≥ j when it is the lower of a row-major matrix, must be finite. */
function checkTriangle(
  given: unknown,
  n: number,
  lower: boolean,
  matrix?: number,
  name: Name = 'a',
): Float64Array {
  const a = readEntries(name, given, n, 1);
  for (let i = 0; i < n; ++i) {
    const to = lower ? i * n + i : i * n + n - 1;
    for (let k = lower ? i * n : i * n + i; k <= to; ++k) {
      if (!Number.isFinite(a[k])) {
        const which = matrix === undefined ? '' : ` of matrix ${matrix}`;
        throw new InputError(name, `entry (${i}, ${k - i * n})${which} is ${a[k]}, expected a finite number`);
      }
    }
  }
  return a;
}

/** The task, with A, and B where there is one. The same triangle of both is read. */
function checkMatrices(
  a: unknown,
  n: number,
  plan: Plan & { given: EighOptions },
  bytes: number,
  keeps: boolean,
): EighTask {
  const { given, method, vectors, verify, upper, selection } = plan;
  const pencil = checkPencil(given, (b) => checkTriangle(b, n, upper, undefined, ['options', 'b']));
  // Field by field: to spread objects, or to take the rest of one, takes longer than a decomposition of order 2.
  return {
    method,
    vectors,
    verify,
    upper,
    selection,
    a: checkTriangle(a, n, upper),
    n,
    bytes,
    keeps,
    pencil,
  };
}

const SIZE_KEYS = planKeys('verify', 'b');
const EIGH_KEYS = planKeys('range', 'verify', ...PENCIL_KEYS);
const EIGH_ASYNC_KEYS = [...EIGH_KEYS, ...WATCH_KEYS];

/** The arguments of `eighBytes`. */
export function checkSize(n: unknown, options: EighSizeOptions): { n: number; two: boolean } & Plan {
  const order = checkInteger('n', n, { min: 0, max: 2 ** 26 });
  const plan = readPlan(order, options, SIZE_KEYS);
  const two = checkBoolean(['options', 'b'], plan.given.b ?? false);
  if (two) refuseVerify(plan.verify);
  return { n: order, two, ...plan };
}

/** The arguments of `eigh`. */
export function checkEigh(
  runtime: EigenRuntime,
  a: unknown,
  n: unknown,
  options: EighOptions | undefined,
): EighTask {
  const order = orderOf(a, n, 1);
  const plan = readPlan(order, options, EIGH_KEYS);
  const bytes = checkOrder(runtime, order, plan, 0);
  return checkMatrices(a, order, plan, bytes, false);
}

/** The arguments of `eighAsync`, which keeps a copy of the matrix until the result is verified. */
export function checkEighAsync(
  runtime: EigenRuntime,
  a: unknown,
  n: unknown,
  options: EighAsyncOptions,
): { task: EighTask; watch: CheckedWatch } {
  const order = orderOf(a, n, 1);
  const plan = readPlan(order, options, EIGH_ASYNC_KEYS);
  const watch = checkWatch('options', plan.given);
  const bytes = checkOrder(runtime, order, plan, plan.verify ? 1 : 0);
  return { task: checkMatrices(a, order, plan, bytes, plan.verify), watch };
}

/** The matrices of a batch: real numbers an entry, the method for one matrix, the check of what is read of each. */
export interface BatchKind {
  parts: 1 | 2;
  alone: string;
  bytes(runtime: EigenRuntime, n: number, method: Method, vectors: boolean): number;
  check(a: Float64Array, n: number, lower: boolean, matrix: number): void;
}

export const SYMMETRIC: BatchKind = { parts: 1, alone: 'eigh', bytes: eighBytes, check: checkTriangle };

/** The arguments of a batch as they came. */
type BatchArguments = [a: unknown, n: unknown, count: unknown, options: EighOptions & Watch];

function readBatch(
  runtime: EigenRuntime,
  { parts, alone, bytes, check }: BatchKind,
  [a, n, count, options]: BatchArguments,
  keys: readonly string[],
): { task: BatchTask; watch: CheckedWatch } {
  const { n: order, count: many } = batchOf(a, n, count, parts);
  const plan = readPlan(order, options, planKeys(...keys));
  const { method, vectors, verify, upper, selection } = plan;
  const watch = checkWatch('options', plan.given);
  const matrices = readEntries('a', a, order, parts, many);
  const one = checkBatchBytes(bytes(runtime, order, method, vectors), order, alone);
  const size = parts * order * order;
  // One sum over all of them says that there is nothing to look for.
  const whole = parts === 1 && allFinite(matrices);
  for (let k = 0; !whole && order > 0 && k < many; ++k) {
    check(matrices.subarray(k * size, (k + 1) * size), order, upper, k);
  }
  const task = { method, vectors, verify, upper, selection, a: matrices, n: order, count: many, one };
  return { task, watch };
}

/** The arguments of `eighBatch` and `eighComplexBatch`. */
export function checkBatch(runtime: EigenRuntime, kind: BatchKind, ...given: BatchArguments): BatchTask {
  return readBatch(runtime, kind, given, []).task;
}

/** The arguments of their twins, whose options may have those of a watch too. */
export function checkBatchAsync(
  runtime: EigenRuntime,
  kind: BatchKind,
  ...given: BatchArguments
): { task: BatchTask; watch: CheckedWatch } {
  return readBatch(runtime, kind, given, WATCH_KEYS);
}
