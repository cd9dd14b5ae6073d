// The entry emft/accuracy: how good a decomposition is and how long it takes, of this package's solvers and any others.
import { checkItype } from '../eigen/pencil.js';
import {
  checkBoolean,
  checkInteger,
  checkMemory,
  checkNumber,
  type Name,
  readOptions,
  show,
} from '../wasm/check.js';
import { InputError } from '../wasm/errors.js';
import { inPairs } from '../wasm/numbers.js';
import { pencilRatios } from './pencilRatios.js';
import { type Ratios, decompositionRatios as ratios } from './ratios.js';
import { leastTime as least, type Timing, type TimingOptions } from './timing.js';

export { ACCEPTED_RATIO } from '../eigen/accuracy.js';
export type { ArgumentPath } from '../wasm/errors.js';
export { EmftError, InputError } from '../wasm/errors.js';
export type { Ratios } from './ratios.js';
export type { Timing, TimingOptions } from './timing.js';

/** What was decomposed, and which eigenvectors count. */
export interface RatioOptions {
  /**
   * How many eigenvectors are checked at most, at equal distances from the first on; all by default. Each costs 4 n²
   * operations, of complex matrices 16 n², and 24 n² with `b`.
   */
  columns?: number;
  /** A, the vectors and `b` hold complex numbers, the imaginary part behind the real one; false by default. */
  complex?: boolean;
  /** The positive definite B of A x = λ B x, as large as A, all of it. */
  b?: Float64Array;
  /** With `b`: 1, the default, for A x = λ B x; 2 for A B x = λ x; 3 for B A x = λ x. */
  itype?: 1 | 2 | 3;
}

function checkLength(name: Name, array: unknown, length: number): Float64Array {
  const value = checkMemory(name, array);
  if (value.length !== length) throw new InputError(name, `expected ${length} elements, got ${value.length}`);
  return value;
}

/**
 * LAPACK's test ratios of an eigendecomposition A Z = Z D, or of a part of it, in plain loops of 4 n³ operations; with options
 * those of a Hermitian matrix and of A Z = B Z D, A B Z = Z D or B A Z = Z D. NaN where something is not finite. Of matrices below 1e-290 the residual
 * shows that eigenvalues are multiples of 2⁻¹⁰⁷⁴.
 *
 * @param a - The symmetric or Hermitian matrix, n*n entries, both triangles.
 * @param n - Order, 0 and up.
 * @param values - m ≤ n eigenvalues.
 * @param vectors - m*n entries: the eigenvector of `values[k]` in entries k n … (k + 1) n − 1.
 * @returns Residual and orthogonality in units of rounding error: of order 1 where all is well, up to 60 accepted.
 * @throws InputError for a wrong length, or an order or an option out of range.
 * @example
 * ```js
 * import { createCore } from 'emft';
 * import { decompositionRatios } from 'emft/accuracy';
 * const core = await createCore();
 * const a = core.goe(50, { seed: 1 });
 * const { values, vectors } = core.eigh(a, 50);
 * const { residual, orthogonality } = decompositionRatios(a, 50, values, vectors);
 * console.log(residual < 1, orthogonality < 2); // true true
 * core.dispose();
 * ```
 */
export function decompositionRatios(
  a: Float64Array,
  n: number,
  values: Float64Array,
  vectors: Float64Array,
  options: RatioOptions = {},
): Ratios {
  checkInteger('n', n, { min: 0, max: 65536 });
  const given = readOptions<RatioOptions>('options', options, ['columns', 'complex', 'b', 'itype']);
  const parts = checkBoolean(['options', 'complex'], given.complex ?? false) ? 2 : 1;
  const own = checkLength('a', a, parts * n * n);
  const levels = checkMemory('values', values);
  const m = levels.length;
  if (m > n) throw new InputError('values', `expected at most ${n} elements, got ${m}`);
  const z = checkLength('vectors', vectors, parts * m * n);
  const { columns = Math.max(1, m), itype } = given;
  checkInteger(['options', 'columns'], columns, { min: 1 });
  const b = given.b === undefined ? undefined : checkLength(['options', 'b'], given.b, n * n * parts);
  const problem = checkItype(itype, b !== undefined);
  const stride = Math.max(1, Math.ceil(m / columns));
  if (parts === 1 && b === undefined) return ratios(own, n, levels, z, stride);
  const pairs = (x: Float64Array) => (parts === 2 ? x : inPairs(x));
  return pencilRatios(
    { n, a: pairs(own), b: b && pairs(b), itype: problem, values: levels, vectors: pairs(z) },
    stride,
  );
}

/** A day. */
const MOST_SECONDS = 86_400;
const MOST_BATCHES = 1_000_000;
const TIMING_KEYS = ['warm', 'batch', 'batches', 'enough', 'alone', 'pause'] as const;

/**
 * The least time of one run of several: runs that warm the engine up, then batches of as many runs as a clock of coarse
 * ticks asks for. What else runs on a machine only ever adds to a time.
 *
 * @param run - What is timed; a promise that it returns is awaited.
 * @returns Seconds of one run, and what the last run gave.
 * @throws InputError for an argument or an option of wrong type or out of range; rejects with what `run` or `pause` throw.
 * @example
 * ```js
 * import { leastTime } from 'emft/accuracy';
 * const { seconds, result } = await leastTime(() => [3, 1, 2].sort());
 * console.log(seconds < 1, result[0]); // true 1
 * ```
 */
export async function leastTime<T>(run: () => T, options: TimingOptions = {}): Promise<Timing<Awaited<T>>> {
  if (typeof run !== 'function') throw new InputError('run', `expected a function, got ${show(run)}`);
  const given = readOptions<TimingOptions>('options', options, TIMING_KEYS);
  const { warm = 0.04, batch = 0.01, batches = 5, enough = 1, pause } = given;
  const { alone = enough } = given;
  for (const [name, value] of Object.entries({ warm, batch, enough, alone })) {
    checkNumber(['options', name], value, { min: 0, max: MOST_SECONDS });
  }
  checkInteger(['options', 'batches'], batches, { min: 1, max: MOST_BATCHES });
  if (pause !== undefined && typeof pause !== 'function') {
    throw new InputError(['options', 'pause'], `expected a function, got ${show(pause)}`);
  }
  return least(run, { warm, batch, batches, enough, alone, pause });
}
