// Eigenstates of a model with a complex Hermitian grain, and what is measured in them: as diagonalize.ts, by eighComplex.
import { accurate, inaccuracy } from '../eigen/accuracy.js';
import { eighOfSteps } from '../eigen/eighOf.js';
import { eighComplexBytes, fastestMethod } from '../eigen/memory.js';
import { floats } from '../wasm/arena.js';
import { ULP } from '../wasm/constants.js';
import { ConvergenceError } from '../wasm/errors.js';
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
  const h = hermitianMatrix(model);
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
    ...(wanted && { vectors: states.vectors.slice() }),
    ...ratios,
  };
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

/** |x + iy|: the bits of Math.hypot differ between engines. */
const absolute = (x: number, y: number) => {
  const unit = Math.max(Math.abs(x), Math.abs(y));
  return unit > 0 ? unit * Math.sqrt((x / unit) * (x / unit) + (y / unit) * (y / unit)) : unit;
};

/** Rows of a product between two pauses. */
const ROWS = 64;

/** ‖H Z − Z E‖₁/(‖H‖₁ D ulp) and ‖I − Zᴴ Z‖₁/(D ulp); `h` and the states in pairs. */
function accuracyOf(
  runtime: Runtime,
  h: Float64Array,
  d: number,
  { values, vectors, count }: States,
): Steps<{ residual: number; orthogonality: number }> {
  return runtime.steps(function* (arena) {
    const { wasm } = runtime;
    const z = arena.put(vectors);
    const turned = floats(2 * d * count);
    for (let p = 0; p < turned.length; p += 2) {
      turned[p] = -vectors[p + 1];
      turned[p + 1] = vectors[p];
    }
    const iz = arena.put(turned);
    const rows = arena.f64(2 * d * ROWS);
    const [re, im] = [arena.f64(ROWS * count), arena.f64(ROWS * count)];
    const work = arena.bytes(wasm.gemmWorkspace(ROWS, count, 2 * d) >>> 0);
    /** Sums over rows of |⟨row|z_k⟩ − expected|, of every state; the rows conjugated as in a scalar product. */
    const columnSums = function* (
      from: Float64Array,
      length: number,
      expected: (row: number, k: number) => readonly [number, number],
    ): Steps<Float64Array> {
      const sums = floats(count);
      for (let first = 0; first < length; first += ROWS) {
        const some = Math.min(ROWS, length - first);
        arena.view(rows, 2 * d * some).set(from.subarray(2 * d * first, 2 * d * (first + some)));
        // Re Σ conj(x) y is the product of pairs, Im that with −i y.
        wasm.gemm(some, count, 2 * d, 1, wasm.operands(rows, 2 * d, 1, z, 1, 2 * d, work), 0, re, some);
        wasm.gemm(some, count, 2 * d, -1, wasm.operands(rows, 2 * d, 1, iz, 1, 2 * d, work), 0, im, some);
        const [x, y] = [arena.view(re, some * count), arena.view(im, some * count)];
        for (let k = 0; k < count; ++k) {
          for (let r = 0; r < some; ++r) {
            const [u, v] = expected(first + r, k);
            sums[k] += absolute(x[k * some + r] - u, y[k * some + r] - v);
          }
        }
        yield undefined;
      }
      return sums;
    };
    const most = (list: Float64Array) => list.reduce((top, x) => (x <= top ? top : x), 0);
    let norm = 0;
    for (let i = 0; i < d; ++i) {
      let sum = 0;
      for (let j = 0; j < d; ++j) sum += absolute(h[2 * (i * d + j)], h[2 * (i * d + j) + 1]);
      norm = Math.max(norm, sum);
    }
    // Row i of H, conjugated twice.
    const conjugate = h.map((x, p) => (p % 2 ? -x : x));
    const far = yield* columnSums(conjugate, d, (row, k) => {
      const at = 2 * (k * d + row);
      return [values[k] * vectors[at], values[k] * vectors[at + 1]];
    });
    const apart = yield* columnSums(vectors, count, (row, k) => [Number(row === k), 0]);
    return {
      residual: norm === 0 ? 0 : most(far) / (norm * d * ULP),
      orthogonality: most(apart) / (d * ULP),
    };
  });
}
