// Checks the arguments of the eigensolvers for tridiagonal and band matrices. What computes with the results checks nothing
// again.
import { checkInteger, readOptions } from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { checkNumbers, type Given, readNumbers } from '../wasm/numbers.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { type CheckedWatch, checkWatch, WATCH_KEYS } from '../wasm/steps.js';
import { checkBytes } from './arguments.js';
import type {
  EighBandedAsyncOptions,
  EighBandedOptions,
  EighTridiagonalAsyncOptions,
} from './bandedTypes.js';
import { eighBandedBytes } from './memory.js';
import { type Plan, planKeys, readPlan } from './plan.js';

/** One band matrix to be decomposed, within `bytes` of WebAssembly memory. */
export interface BandedTask extends Plan {
  /** A copy of the band, width + 1 rows of n numbers: row r begins with the n − r entries a_{j+r,j}; the rest of it is not read. */
  band: Float64Array;
  n: number;
  width: number;
  bytes: number;
}

const KEYS = ['method', 'vectors', 'range', 'verify'] as const;

/** The plan, the watch and the memory of a band matrix of order n. */
function readTask(
  runtime: EigenRuntime,
  n: number,
  width: number,
  options: EighBandedAsyncOptions,
): Omit<BandedTask, 'band'> & { watch: CheckedWatch } {
  const { given, ...plan } = readPlan(n, options, planKeys('range', 'verify', ...WATCH_KEYS));
  const bytes = checkBytes(eighBandedBytes(runtime, n, width, plan), n, plan.method);
  return { ...plan, n, width, bytes, watch: checkWatch('options', given) };
}

/** The arguments of `eighTridiagonal`, and of its twin, whose options may have the keys in `more` too. */
export function checkEighTridiagonal(
  runtime: EigenRuntime,
  d: unknown,
  e: unknown,
  options: EighTridiagonalAsyncOptions,
  more: readonly string[] = [],
): { task: BandedTask; watch: CheckedWatch } {
  const given = readOptions<EighTridiagonalAsyncOptions>('options', options, [...KEYS, ...more]);
  const diagonal = checkNumbers('d', d, { expected: 'the n numbers of the diagonal' });
  const n = diagonal.length;
  const width = Math.min(1, Math.max(0, n - 1));
  const { watch, ...task } = readTask(runtime, n, width, given);
  const beside = checkNumbers('e', e, { length: Math.max(0, n - 1), expected: 'n - 1 numbers' });
  const band = new Float64Array((width + 1) * n);
  band.set(diagonal);
  band.set(beside, n);
  return { task: { ...task, band }, watch };
}

/** The order and the half-width, as far as they are named, or as the shape or the length of `ab` says. */
function checkBandShape({ data, shape }: Given, n: unknown, width: unknown): { n: number; width: number } {
  if (shape.length > 2) throw new InputError('ab', 'expected numbers or rows of them, got more levels');
  const rows = shape.length === 2;
  let order = n === undefined ? undefined : checkInteger('n', n, { min: 0 });
  let half = width === undefined ? undefined : checkInteger('width', width, { min: 0 });
  if (rows) {
    order ??= shape[1];
    half ??= shape[0] - 1;
    if (shape[0] !== half + 1 || shape[1] !== order) {
      throw new InputError(
        'ab',
        `expected width + 1 = ${half + 1} rows of n = ${order} elements, got ${shape[0]} of ${shape[1]}`,
      );
    }
  } else if (order === undefined) {
    if (half === undefined) throw new InputError('n', 'expected the order, since ab is no list of rows');
    order = data.length / (half + 1);
    if (!Number.isInteger(order)) {
      throw new InputError(
        'ab',
        `expected a multiple of width + 1 = ${half + 1} elements, got ${data.length}`,
      );
    }
  } else if (half === undefined) {
    half = order === 0 ? 0 : data.length / order - 1;
    if (!(Number.isInteger(half) && half >= 0)) {
      throw new InputError('ab', `expected a multiple of n = ${order} elements, got ${data.length}`);
    }
  }
  const [checked, most] = [order, Math.max(0, order - 1)];
  return { n: checked, width: checkInteger('width', half, { min: 0, max: most }) };
}

/** The diagonals from their beginnings on; only what is in the matrix must be finite. */
function readBand(ab: Float64Array, n: number, width: number, uplo: 'L' | 'U'): Float64Array {
  const band = new Float64Array((width + 1) * n);
  for (let r = 0; r <= width; ++r) {
    const from = uplo === 'L' ? r * n : (width - r) * n + r;
    const diagonal = ab.subarray(from, from + n - r);
    const bad = diagonal.findIndex((x) => !Number.isFinite(x));
    if (bad >= 0) {
      const [i, j] = uplo === 'L' ? [bad + r, bad] : [bad, bad + r];
      throw new InputError('ab', `entry (${i}, ${j}) is ${diagonal[bad]}, expected a finite number`);
    }
    band.set(diagonal, r * n);
  }
  return band;
}

/** The arguments of `eighBanded`, and of its twin, whose options may have the keys in `more` too. */
export function checkEighBanded(
  runtime: EigenRuntime,
  ab: unknown,
  n: unknown,
  width: unknown,
  options: EighBandedAsyncOptions,
  more: readonly string[] = [],
): { task: BandedTask; watch: CheckedWatch } {
  const given = readOptions<EighBandedAsyncOptions>('options', options, [...KEYS, 'uplo', ...more]);
  const numbers = readNumbers('ab', ab, 'width + 1 rows of n numbers');
  const size = checkBandShape(numbers, n, width);
  const { watch, ...task } = readTask(runtime, size.n, size.width, given);
  const { data } = numbers;
  const length = (size.width + 1) * size.n;
  if (data.length !== length) {
    throw new InputError('ab', `expected (width + 1)*n = ${length} elements, got ${data.length}`);
  }
  const band = readBand(data, size.n, size.width, task.upper ? 'L' : 'U');
  return { task: { ...task, band }, watch };
}

/** The arguments of `eighBandedBytes`. */
export function checkBandedSize(
  n: unknown,
  width: unknown,
  options: EighBandedOptions,
): Plan & { n: number; width: number } {
  const order = checkInteger('n', n, { min: 0, max: 2 ** 26 });
  const half = checkInteger('width', width, { min: 0, max: Math.max(0, order - 1) });
  return { ...readPlan(order, options, planKeys('verify')), n: order, width: half };
}
