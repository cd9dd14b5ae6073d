// |H z − λ z| of eigenpairs that a dense solver found, with products of the operator itself, and not with the matrix that was made of it.
import { eighBytes, eighComplexBytes, fastestMethod } from '../eigen/memory.js';
import { exponentOf, timesPowerOfTwo } from '../wasm/magnitude.js';
import type { Runtime } from '../wasm/runtime.js';
import type { Steps } from '../wasm/steps.js';
import { inUnit } from './compose.js';
import { blockOf, type Computed } from './compute.js';
import type { Found } from './eigshResult.js';
import type { EigshReport } from './eigshTypes.js';

/** Residuals as they are may exceed the tolerance, or what a recurrence says of them, by this factor. */
export const MEASURED = 4;
/** Blocks are aligned. */
const SLACK = 256;

/** What a search cost that a dense solver comes after. */
export type Effort = Pick<EigshReport, 'products' | 'orthogonalizations' | 'bytes'>;

export const NO_EFFORT: Effort = { products: 0, orthogonalizations: 0, bytes: 0 };

/** Bytes of a decomposition with vectors, which residuals need whether they are asked for or not, and of what measures them. */
export function denseEigshBytes(runtime: Runtime, { n, complex, bytes }: Computed): number {
  const solver = (complex ? eighComplexBytes : eighBytes)(runtime, n, fastestMethod(n), true);
  const length = complex ? 2 * n : n;
  return Math.max(solver, bytes + 16 * (length + 1) * Math.min(Math.max(1, n), blockOf(length)) + SLACK);
}

/** The size of H: no eigenvalue and no element is larger than |H|, and those asked for may all be near 0. */
export function sizeOf(a: Float64Array, values: Float64Array): number {
  const larger = (most: number, x: number) => Math.max(most, Math.abs(x));
  return values.reduce(larger, a.reduce(larger, 0));
}

/** One of each value, whose vectors follow one another; in a unit in which H of size `norm` is about 1, so that squares stay doubles. */
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
      apply(z, products, undefined, 0, some);
      runtime.wasm.residualNorms(length, some, products, z, energies, norms);
      out.set(arena.take(norms, some), from);
      yield (from + some) / count;
    }
    return out.map((x) => timesPowerOfTwo(x, -unit));
  });
}

/** What is known of the decomposition, and what of its states is to be given. */
interface Asked {
  norm: number;
  tolerance: number;
  vectors: boolean;
  /** Whether every iteration came to its end. */
  ended: boolean;
  cut: boolean;
  before: Effort;
}

/** The states of a dense solver with their residuals, by which they count as converged. */
export function* certifiedSteps(
  runtime: Runtime,
  computed: Computed,
  { values, vectors }: { values: Float64Array; vectors: Float64Array },
  { norm, tolerance, vectors: wanted, ended, cut, before }: Asked,
): Steps<Found> {
  const { n } = computed;
  const residuals = yield* residualSteps(runtime, computed, { values, vectors, norm });
  return {
    values,
    vectors: wanted ? vectors : new Float64Array(0),
    residuals,
    converged: ended && residuals.every((x) => x <= MEASURED * tolerance * norm),
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
