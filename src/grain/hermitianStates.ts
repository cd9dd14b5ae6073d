// Eigenstates of a model with a complex Hermitian grain, and what is measured in them: as diagonalize.ts, by eighComplex.
import { accurate, inaccuracy } from '../eigen/accuracy.js';
import { eighOfSteps } from '../eigen/eighOf.js';
import { eighComplexBytes, fastestMethod } from '../eigen/memory.js';
import { COPIED } from '../eigen/tuning.js';
import { floats } from '../wasm/arena.js';
import { ULP } from '../wasm/constants.js';
import { ConvergenceError } from '../wasm/errors.js';
import { magnitude } from '../wasm/magnitude.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import { hermitianMatrix } from './hermitian.js';
import { reserve } from './memory.js';
import type { CheckedModel, StatesTask } from './model.js';
import { DECOMPOSED, MEASURED } from './tuning.js';
import type { GrainEigenstates } from './types.js';
import { selectStates } from './window.js';

/** `count` states, one after another in pairs. */
interface States {
  values: Float64Array;
  vectors: Float64Array;
  count: number;
}

export function* hermitianStates(
  runtime: Runtime,
  { model, window, vectors: wanted, verify }: StatesTask,
  budget: number,
): Steps<GrainEigenstates> {
  const { dimension: d } = model;
  const method = fastestMethod(d);
  const bytes = eighComplexBytes(runtime, d, method, true);
  reserve(runtime, bytes, (mib) => `D = ${d} with a complex grain needs ${mib} MiB`);
  const h = yield* hermitianMatrix(model);
  yield 0;
  const solver = eighOfSteps(runtime, h, d, { complex: true, vectors: true, method }, budget);
  const found = yield* share(solver, 0, DECOMPOSED);
  if (!found.convergence.converged) throw new ConvergenceError('diagonalizeGrain: eigh did not converge');
  const { first, last } = selectStates(found.values, window);
  const states: States = {
    values: found.values.slice(first, last),
    vectors: found.vectors.subarray(2 * d * first, 2 * d * last),
    count: last - first,
  };
  const ratios = verify ? yield* accuracyOf(runtime, h, d, states) : undefined;
  if (ratios && !accurate(ratios)) throw new ConvergenceError(`diagonalizeGrain: ${inaccuracy(ratios)}`);
  return {
    method: 'dense',
    eigenvalues: states.values,
    ...(yield* measure(runtime, model, states)),
    ...(wanted && { vectors: yield* copied(states.vectors) }),
    ...ratios,
  };
}

/** A copy, in steps. */
function* copied(x: Float64Array): Steps<Float64Array> {
  const copy = floats(x.length);
  for (let from = 0; from < x.length; from += COPIED) {
    if (from > 0) yield undefined;
    copy.set(x.subarray(from, from + COPIED), from);
  }
  return copy;
}

/** Probabilities that an l-bit is up and down in a state, and |Σ ψ_↑* ψ_↓|². */
function densityOf(vectors: Float64Array, from: number, d: number, bit: number) {
  let [up, down, re, im] = [0, 0, 0, 0];
  for (let s = 0; s < d; ++s) {
    if (s & bit) continue;
    const [p, q] = [from + 2 * s, from + 2 * (s | bit)];
    const [x, y, u, v] = [vectors[p], vectors[p + 1], vectors[q], vectors[q + 1]];
    up += x * x + y * y;
    down += u * u + v * v;
    re += x * u + y * v;
    im += x * v - y * u;
  }
  return { up, down, coherence: re * re + im * im };
}

/** −λ log λ − (1 − λ) log(1 − λ) of each; λ in [0, ½]. The logarithms are the core's own: the same bits everywhere. */
function entropiesOf(runtime: Runtime, weights: Float64Array): Float64Array {
  return runtime.scope((arena) => {
    const n = weights.length;
    const logs = (of: (x: number) => number) => {
      const at = arena.put(weights.map(of));
      runtime.wasm.logVector(n, at, at);
      return arena.take(at, n);
    };
    const small = logs((x) => (x > 0 ? x : 1));
    const large = logs((x) => 1 - x);
    return weights.map((x, k) => -x * small[k] - (1 - x) * large[k]);
  });
}

/** Entropies, polarizations and averages of the states. */
function* measure(
  runtime: Runtime,
  { bits, dimension: d }: CheckedModel,
  { values, vectors, count }: States,
): Steps<Omit<GrainEigenstates, 'method' | 'eigenvalues'>> {
  const rows = () => Array.from({ length: bits }, () => floats(count));
  const [weights, polarizations] = [rows(), rows()];
  for (let k = 0; k < count; ++k) {
    for (let n = 0; n < bits; ++n) {
      const { up, down, coherence } = densityOf(vectors, 2 * d * k, d, 1 << n);
      const [z, sum] = [up - down, up + down];
      const larger = 0.5 * (sum + Math.sqrt(z * z + 4 * coherence));
      // The smaller eigenvalue by the determinant, which cancels less than the difference.
      weights[n][k] = Math.min(0.5, Math.max(0, (up * down - coherence) / larger));
      polarizations[n][k] = z;
    }
    if (k % MEASURED === MEASURED - 1) yield undefined;
  }
  const entropies = weights.map((list) => entropiesOf(runtime, list));
  return runtime.scope((arena) => {
    const { wasm } = runtime;
    const pair = arena.f64(2);
    const meanEntropy = Float64Array.from(entropies, (list) => {
      wasm.meanAndError(count, arena.put(list), pair);
      return arena.view(pair, 1)[0];
    });
    const czz = Float64Array.from(polarizations, (list) => wasm.meanSquare(count, arena.put(list)));
    const gapRatio = count >= 3 ? wasm.gapRatios(count, arena.put(values), 0) : Number.NaN;
    return { meanEntropy, entropies, czz, polarizations, gapRatio };
  });
}

/** Rows of a product, and multiplications of it between two pauses: some 7 ms of them. */
const [ROWS, MULTIPLIED] = [64, 2 ** 26];
/** With fewer columns, packing the rows again and again would take long. */
const LEAST_COLUMNS = 24;
/** Numbers that are turned or added up between two pauses: a millisecond of them. Not measured. */
const READ = 2 ** 16;

/** The largest of the sums of |entry| over a row; `h` in pairs. */
function* normSteps(h: Float64Array, d: number): Steps<number> {
  const rows = Math.max(1, Math.floor(READ / d));
  let norm = 0;
  for (let i = 0; i < d; ++i) {
    if (i > 0 && i % rows === 0) yield undefined;
    let sum = 0;
    for (let j = 0; j < d; ++j) sum += magnitude(h[2 * (i * d + j)], h[2 * (i * d + j) + 1]);
    norm = Math.max(norm, sum);
  }
  return norm;
}

/** ‖H Z − Z E‖₁/(‖H‖₁ D ulp) and ‖I − Zᴴ Z‖₁/(D ulp); `h` and the states in pairs. */
function accuracyOf(
  runtime: Runtime,
  h: Float64Array,
  d: number,
  { values, vectors, count }: States,
): Steps<{ residual: number; orthogonality: number }> {
  return runtime.steps(function* (arena) {
    const [z, iz] = [arena.f64(2 * d * count), arena.f64(2 * d * count)];
    for (let from = 0; from < vectors.length; from += 2 * READ) {
      if (from > 0) yield undefined;
      const part = vectors.subarray(from, from + 2 * READ);
      arena.copy(part, z + 8 * from);
      const turned = arena.view(iz + 8 * from, part.length);
      for (let p = 0; p < turned.length; p += 2) {
        turned[p] = -part[p + 1];
        turned[p + 1] = part[p];
      }
    }
    const together = Math.max(LEAST_COLUMNS, 12 * Math.floor(MULTIPLIED / (ROWS * 4 * d * 12)));
    const rows = arena.f64(2 * d * ROWS);
    const most = Math.min(together, count);
    const [re, im] = [arena.f64(ROWS * most), arena.f64(ROWS * most)];
    const work = arena.bytes(runtime.wasm.gemmWorkspace(ROWS, most, 2 * d) >>> 0);
    /** Sums over rows of |⟨row|z_k⟩ − expected|, of every state; `sign`: of the rows' imaginary parts, conjugated as in a scalar product. */
    const columnSums = function* (
      from: Float64Array,
      length: number,
      sign: 1 | -1,
      expected: (row: number, k: number, part: 0 | 1) => number,
    ): Steps<Float64Array> {
      const sums = floats(count);
      for (let first = 0; first < length; first += ROWS) {
        const some = Math.min(ROWS, length - first);
        const own = arena.view(rows, 2 * d * some);
        own.set(from.subarray(2 * d * first, 2 * d * (first + some)));
        if (sign < 0) for (let p = 1; p < own.length; p += 2) own[p] = -own[p];
        for (let c = 0; c < count; c += together) {
          const states = Math.min(together, count - c);
          const form = (alpha: number, at: number, to: number) => {
            const { wasm } = runtime;
            const ab = wasm.operands(rows, 2 * d, 1, at + 16 * d * c, 1, 2 * d, work);
            wasm.gemm(some, states, 2 * d, alpha, ab, 0, to, some);
          };
          // Re Σ conj(x) y is the product of pairs, Im that with −i y.
          form(1, z, re);
          form(-1, iz, im);
          const [x, y] = [arena.view(re, some * states), arena.view(im, some * states)];
          for (let k = 0; k < states; ++k) {
            for (let r = 0; r < some; ++r) {
              const [u, v] = [expected(first + r, c + k, 0), expected(first + r, c + k, 1)];
              sums[c + k] += magnitude(x[k * some + r] - u, y[k * some + r] - v);
            }
          }
          yield undefined;
        }
      }
      return sums;
    };
    const largest = (list: Float64Array) => list.reduce((top, x) => (x <= top ? top : x), 0);
    const norm = yield* normSteps(h, d);
    // Row i of H, conjugated twice.
    const product = (row: number, k: number, part: 0 | 1) => values[k] * vectors[2 * (k * d + row) + part];
    const far = yield* columnSums(h, d, -1, product);
    const unit = (row: number, k: number, part: 0 | 1) => (part === 0 && row === k ? 1 : 0);
    const apart = yield* columnSums(vectors, count, 1, unit);
    return {
      residual: norm === 0 ? 0 : largest(far) / (norm * d * ULP),
      orthogonality: largest(apart) / (d * ULP),
    };
  });
}
