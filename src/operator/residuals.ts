// Residuals |H z − λ z| of eigenpairs. Those of a dense solver are measured by products with the operator itself, and by the matrix that was
// made of it only if these products round too much; others are columns in WebAssembly memory.
import { eighBytes, eighComplexBytes, fastestMethod } from '../eigen/memory.js';
import { ULP } from '../wasm/constants.js';
import { InputError } from '../wasm/errors.js';
import { exponentOf, timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Runtime } from '../wasm/runtime.js';
import { type Steps, share } from '../wasm/steps.js';
import { inUnit } from './compose.js';
import { type Apply, applySteps, blockOf, type Computed } from './compute.js';
import { csrComputed, fromDense } from './csr.js';
import type { Found } from './eigshResult.js';
import type { EigshReport } from './eigshTypes.js';
import { partsSteps } from './size.js';
import { PROGRESS } from './tuning.js';
import type { VectorBlocks } from './vectorBlocks.js';

/** Measured residuals may exceed the tolerance, or the estimate of a recurrence, by this factor. */
export const RESIDUAL_SLACK = 4;
/** A generous bound on the effect of rounding on eigenvalues and residuals, relative to |H| √n: a third of LAPACK's ratio 60. */
export const ROUNDED_RESIDUAL = 20 * ULP;

/** The largest residual with which states count as converged, relative to |H|, by whichever method: what the tolerance allows or rounding makes. */
export function allowedResidual(n: number, tolerance: number): number {
  return Math.max(RESIDUAL_SLACK * tolerance, ROUNDED_RESIDUAL * Math.sqrt(n));
}

/** Residuals beyond this, relative to |H|, are no rounding: the operator is no longer the one that was decomposed. */
const CANCELLING = 1e-6;
/** Bytes that are lost because blocks are aligned. */
const ALIGNMENT = 256;

/** What a search has cost before a dense solver takes over. */
export type WorkDone = Pick<EigshReport, 'products' | 'orthogonalizations' | 'bytes'>;

export const NO_WORK: WorkDone = { products: 0, orthogonalizations: 0, bytes: 0 };

/** Bytes of the decomposition of the whole matrix, with vectors because residuals need them, or of measuring the residuals, whichever is more. */
export function denseEigshBytes(runtime: Runtime, { n, complex, bytes }: Computed): number {
  const solver = (complex ? eighComplexBytes : eighBytes)(runtime, n, fastestMethod(n), true);
  const length = complex ? 2 * n : n;
  return Math.max(solver, bytes + 16 * (length + 1) * Math.min(Math.max(1, n), blockOf(length)) + ALIGNMENT);
}

/** Rows between two pauses: 1.5 ms at order 2048, 6 ms at 8192 (AMD EPYC, Zen 4, Node 20). It only bounds a wait. */
const ROWS_A_PAUSE = 256;

/**
 * The size of H. The known eigenvalues may all be near 0, but |H| is no less than the length of any row. `a`: the matrix, in rows of
 * `length` numbers.
 */
export function* sizeSteps(a: Float64Array, length: number, values: Float64Array): Steps<number> {
  let most = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  for (let from = 0, row = 1; from < a.length; from += length, ++row) {
    let largest = 0;
    for (let i = from; i < from + length; ++i) largest = Math.max(largest, Math.abs(a[i]));
    if (largest === 0) continue;
    let sum = 0;
    for (let i = from; i < from + length; ++i) {
      const x = a[i] / largest;
      sum += x * x;
    }
    most = Math.max(most, largest * Math.sqrt(sum));
    if (row % ROWS_A_PAUSE === 0) yield from / a.length;
  }
  return most;
}

/** |H z − E z| of each vector at z, one after another; `product` is workspace for H z. */
export function* columnResiduals(
  runtime: Runtime,
  columns: VectorBlocks,
  apply: Apply,
  z: number,
  values: Float64Array,
  product: number,
): Steps<Float64Array> {
  const count = values.length;
  return yield* runtime.steps(function* (scratch) {
    const [energies, norms] = [scratch.put(values), scratch.f64(count)];
    for (let k = 0; k < count; ++k) {
      const vector = columns.column(z, k);
      apply(vector, product);
      runtime.wasm.residualNorms(columns.length, 1, product, vector, energies + 8 * k, norms + 8 * k);
      yield undefined;
    }
    return scratch.take(norms, count);
  });
}

/** The residual of each value, whose vectors follow one another; computed in a unit in which H, of size `norm`, is about 1, so that squares neither over- nor underflow. */
function residualSteps(
  runtime: Runtime,
  given: Computed,
  { values, vectors, norm }: { values: Float64Array; vectors: Float64Array; norm: number },
): Steps<Float64Array> {
  const unit = norm > 0 && Number.isFinite(norm) ? -exponentOf(norm) : 0;
  const computed = inUnit(given, unit);
  const { n, complex } = computed;
  const length = complex ? 2 * n : n;
  const count = values.length;
  const block = Math.min(Math.max(1, count), blockOf(length));
  return runtime.steps(function* (arena) {
    const out = new Float64Array(count);
    const apply = computed.place(runtime, arena, complex);
    const [z, products] = [arena.f64(length * block), arena.f64(length * block)];
    const [energies, norms] = [arena.f64(block), arena.f64(block)];
    for (let from = 0; from < count; from += block) {
      const some = Math.min(block, count - from);
      arena.view(z, length * some).set(vectors.subarray(length * from, length * (from + some)));
      const own = arena.view(energies, some);
      for (let k = 0; k < some; ++k) own[k] = timesPowerOfTwo(values[from + k], unit);
      yield* applySteps(computed, apply, length, some, [z, products]);
      runtime.wasm.residualNorms(length, some, products, z, energies, norms);
      out.set(arena.take(norms, some), from);
      yield (from + some) / count;
    }
    return out.map((x) => timesPowerOfTwo(x, -unit));
  });
}

/** Whether residuals may be no more than the rounding of products, which is that of parts where these cancel. */
function* isRounding(
  runtime: Runtime,
  computed: Computed,
  residuals: Float64Array,
  norm: number,
): Steps<boolean> {
  const most = residuals.reduce((a, b) => Math.max(a, b), 0);
  if (most <= CANCELLING * norm) return true;
  return most <= ROUNDED_RESIDUAL * Math.sqrt(computed.n) * (yield* partsSteps(runtime, computed));
}

/** The decomposition, and what is asked of its states. */
interface Asked {
  /** The matrix that was decomposed. */
  a: Float64Array;
  norm: number;
  tolerance: number;
  vectors: boolean;
  /** Whether every iteration came to its end. */
  ended: boolean;
  cut: boolean;
  before: WorkDone;
}

/** The states of a dense solver with their measured residuals, which decide whether they have converged. */
export function* certifiedSteps(
  runtime: Runtime,
  computed: Computed,
  { values, vectors }: { values: Float64Array; vectors: Float64Array },
  { a, norm, tolerance, vectors: wanted, ended, cut, before }: Asked,
): Steps<Found> {
  const { n, complex } = computed;
  if (!(norm < Number.POSITIVE_INFINITY && values.every(Number.isFinite)))
    throw new InputError('operator', 'has eigenvalues beyond the largest double');
  const allowed = allowedResidual(n, tolerance) * norm + Math.sqrt(n) * Number.MIN_VALUE;
  const small = (x: number) => x <= allowed;
  const states = { values, vectors, norm };
  let residuals = yield* share(residualSteps(runtime, computed, states), 0, PROGRESS.residuals);
  // Where large parts of H cancel, products with the operator round more than those with the matrix: these residuals are
  // of its entries, which are rounded once.
  if (!residuals.every(small) && (yield* isRounding(runtime, computed, residuals, norm)))
    residuals = yield* share(
      residualSteps(runtime, csrComputed(fromDense(a, n, complex)), states),
      PROGRESS.residuals,
      1,
    );
  return {
    values,
    vectors: wanted ? vectors : new Float64Array(0),
    residuals,
    converged: ended && residuals.every(small),
    cut,
    report: {
      method: 'dense',
      products: before.products + n + values.length,
      orthogonalizations: before.orthogonalizations,
      restarts: 0,
      degree: 0,
      subspace: n,
      bytes: Math.max(before.bytes, denseEigshBytes(runtime, computed)),
    },
  };
}
