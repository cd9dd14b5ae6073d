// Eigenstates of a model with a complex Hermitian grain, and what is measured in them: as diagonalize.ts, by eighComplex.
import { accurate, inaccuracy } from '../eigen/accuracy.js';
import { eighOfSteps } from '../eigen/eighOf.js';
import { eighComplexBytes, fastestMethod } from '../eigen/memory.js';
import { COPIED } from '../eigen/tuning.js';
import { handedOut } from '../operator/written.js';
import { floats } from '../wasm/arena.js';
import { ULP } from '../wasm/constants.js';
import { ConvergenceError } from '../wasm/errors.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import { averages } from './averages.js';
import { hermitianMatrix } from './hermitian.js';
import { reserve } from './memory.js';
import type { CheckedModel, StatesTask } from './model.js';
import { CHECKED_ROWS, DECOMPOSED, LEAST_COLUMNS, MULTIPLIED, STATES_A_STEP, TURNED } from './tuning.js';
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
    ...(yield* measure(runtime, model, states)),
    ...(wanted && { vectors: handedOut(yield* copied(states.vectors), d, true) }),
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
function measure(
  runtime: Runtime,
  { bits, dimension: d }: CheckedModel,
  { values, vectors, count }: States,
): Steps<Omit<GrainEigenstates, 'method'>> {
  return runtime.steps(function* (arena) {
    const [weights, sz] = [arena.f64(bits * count), arena.f64(bits * count)];
    const given = arena.f64(2 * d * Math.min(STATES_A_STEP, count));
    for (let k = 0; k < count; k += STATES_A_STEP) {
      if (k > 0) yield undefined;
      const some = Math.min(STATES_A_STEP, count - k);
      arena.copy(vectors.subarray(2 * d * k, 2 * d * (k + some)), given);
      runtime.wasm.hermitianWeights(d, bits, some, given, weights + 8 * k, sz + 8 * k, count);
    }
    for (let n = 0; n < bits; ++n) {
      const row = weights + 8 * n * count;
      arena.copy(entropiesOf(runtime, arena.take(row, count)), row);
    }
    const measured = { count, energies: arena.put(values), entropies: weights, polarizations: sz };
    return averages(runtime, arena, bits, measured);
  });
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
    for (let from = 0; from < vectors.length; from += TURNED) {
      if (from > 0) yield undefined;
      const part = vectors.subarray(from, from + TURNED);
      arena.copy(part, z + 8 * from);
      runtime.wasm.timesMinusI(part.length / 2, z + 8 * from, iz + 8 * from);
    }
    const energies = arena.put(values);
    const most = Math.min(
      count,
      Math.max(LEAST_COLUMNS, 12 * Math.floor(MULTIPLIED / (CHECKED_ROWS * 4 * d * 12))),
    );
    const rows = arena.f64(2 * d * CHECKED_ROWS);
    const [re, im] = [arena.f64(CHECKED_ROWS * most), arena.f64(CHECKED_ROWS * most)];
    const work = arena.bytes(runtime.wasm.gemmWorkspace(CHECKED_ROWS, most, 2 * d) >>> 0);
    const sums = arena.f64(count);
    /** Σ |⟨row|z_k⟩ − expected| over some rows, of every state: `add` does so for the products of `some` rows and `states` states. */
    const addProducts = function* (some: number, add: (states: number, from: number) => void): Steps<void> {
      for (let c = 0; c < count; c += most) {
        const states = Math.min(most, count - c);
        // Re Σ conj(x) y is the product of pairs, Im that with −i y.
        for (const [at, to] of [
          [z, re],
          [iz, im],
        ]) {
          const { wasm } = runtime;
          const ab = wasm.operands(rows, 2 * d, 1, at + 16 * d * c, 1, 2 * d, work);
          wasm.gemm(some, states, 2 * d, 1, ab, 0, to, some);
        }
        add(states, c);
        yield undefined;
      }
    };
    const largestSum = () => arena.view(sums, count).reduce((top, x) => (x <= top ? top : x), 0);
    let norm = 0;
    arena.view(sums, count).fill(0);
    for (let first = 0; first < d; first += CHECKED_ROWS) {
      const some = Math.min(CHECKED_ROWS, d - first);
      arena.copy(h.subarray(2 * d * first, 2 * d * (first + some)), rows);
      norm = runtime.wasm.largestRowSum(d, some, rows, norm);
      // Conjugated twice: here, and in the scalar product.
      runtime.wasm.conjugatePairs(d * some, rows);
      yield* addProducts(some, (states, c) => {
        const own = z + 16 * (d * c + first);
        runtime.wasm.addResiduals(some, states, re, im, energies + 8 * c, own, d, sums + 8 * c);
      });
    }
    const far = largestSum();
    arena.view(sums, count).fill(0);
    for (let first = 0; first < count; first += CHECKED_ROWS) {
      const some = Math.min(CHECKED_ROWS, count - first);
      arena.copy(vectors.subarray(2 * d * first, 2 * d * (first + some)), rows);
      yield* addProducts(some, (states, c) =>
        runtime.wasm.addSkewness(some, states, re, im, c - first, sums + 8 * c),
      );
    }
    return {
      residual: norm === 0 ? 0 : far / (norm * d * ULP),
      orthogonality: largestSum() / (d * ULP),
    };
  });
}
