// One small Hermitian matrix at once, as eighAlone.ts does a symmetric one: of order 2 an arena, steps and the checks of every kind of
// argument take five times as long as the decomposition.
import { floats } from '../wasm/arena.js';
import { RECORD_SWEEPS } from '../wasm/constants.js';
import { blockSize } from '../wasm/heap.js';
import { inPairs } from '../wasm/numbers.js';
import type { EigenRuntime } from '../wasm/runtime.js';
import { Status } from '../wasm/status.js';
import { takeOut } from './eighAlone.js';
import { Eigh } from './result.js';
import { methodOf, readsUpper, withVectors } from './smallArguments.js';

/** What the triangle is that was read: to be decomposed, the same with imaginary parts that are all zero, or not to be taken here. */
const COMPLEX = 1;
const REAL = 2;
const WRONG = 0;

/** Copies the triangle of `a` that is read to two planes of `size` numbers at `at`, as `splitTriangle` of eighComplex.ts. */
function split(a: Float64Array, n: number, lower: boolean, memory: Float64Array, at: number): number {
  const sign = lower ? 1 : -1;
  const imaginary = at + n * n;
  let sum = 0;
  let real = true;
  for (let i = 0; i < n; ++i) {
    const row = i * n;
    if (a[2 * (row + i) + 1] !== 0) return WRONG;
    const to = lower ? row + i : row + n - 1;
    for (let k = lower ? row : row + i; k <= to; ++k) {
      const re = a[2 * k];
      const im = a[2 * k + 1];
      // 0·x is 0 for finite x alone.
      sum += 0 * re + 0 * im;
      if (im !== 0) real = false;
      memory[at + k] = re;
      memory[imaginary + k] = sign * im + 0;
    }
  }
  if (sum !== 0) return WRONG;
  return real ? REAL : COMPLEX;
}

/**
 * The decomposition of the matrix of order n at `a`, which may hold numbers that are not finite and a diagonal that is not real, with
 * the bits of the ordinary way; undefined where it has to go there.
 */
export function eighComplexAlone(
  runtime: EigenRuntime,
  a: Float64Array,
  n: number,
  plan: number,
): Eigh | undefined {
  // Threads may meet, and fail, in what is called here.
  if (runtime.threads > 1) return undefined;
  const { wasm, heap } = runtime;
  const vectors = withVectors(plan);
  const upper = readsUpper(plan);
  const method = methodOf(plan);
  const plane = n * n;
  const complex = vectors ? 2 * plane : 0;
  const workspace = Math.max(
    wasm.hermitianEigenWorkspace(n, method, vectors),
    wasm.symmetricAloneWorkspace(n),
  );
  // The matrix, the values, the vectors behind them, and the workspace.
  const start = heap.spare(blockSize(8 * (4 * plane + n)) + workspace);
  const valuesAt = start + 16 * plane;
  const vectorsAt = valuesAt + 8 * n;
  const work = start + blockSize(8 * (4 * plane + n));
  const memory = heap.doubles;
  const kind = split(a, n, upper, memory, start / 8);
  if (kind === WRONG) return undefined;
  let iterations: number;
  if (kind === REAL) {
    iterations = wasm.symmetricAlone(n, start, upper, method, valuesAt, vectors ? vectorsAt : 0, work);
    if (iterations < 0) return undefined;
  } else {
    wasm.hermitianEigenStart(n, start, upper, method, valuesAt, vectors ? vectorsAt : 0, work);
    if (wasm.jobFinish(work) !== Status.ok) return undefined;
    iterations = heap.words[(work + RECORD_SWEEPS) / 4];
  }
  const found = kind === REAL ? complex / 2 : complex;
  const converged = wasm.allFinite(n + found, valuesAt) !== 0;
  const values = new Float64Array(n);
  const from = valuesAt / 8;
  takeOut(memory, from, n, values);
  const z = floats(found);
  takeOut(memory, from + n, found, z);
  return new Eigh(values, kind === REAL ? inPairs(z) : z, { converged, iterations });
}
