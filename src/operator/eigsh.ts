// Some eigenpairs of an operator: Lanczos finds those at an end of the spectrum; a small matrix is decomposed whole.
import { eighOfSteps } from '../eigen/eighOf.js';
import { MAX_BYTES } from '../wasm/heap.js';
import type { Runtime } from '../wasm/runtime.js';
import { noted, type Steps, share } from '../wasm/steps.js';
import type { Computed } from './compute.js';
import { countBytes, countedSteps } from './count.js';
import { denseOf } from './dense.js';
import { Eigsh, type Found } from './eigshResult.js';
import { innerSteps } from './inner.js';
import { type InnerTask, innerBytes, type Stated } from './innerMemory.js';
import { leastSpace, lowestBytes, lowestSteps, spaceSize } from './lowest.js';
import { certifiedSteps, denseEigshBytes, NO_WORK, sizeSteps, type WorkDone } from './residuals.js';
import { CROWDED, DENSE_BELOW, DENSE_ORDER, PROGRESS, worthwhileLanczos } from './tuning.js';
import { handedOut } from './written.js';

/** The checked request of `eigsh`. */
export type EigshTask = EndTask | InnerTask;

interface EndTask {
  computed: Computed;
  k: number;
  which: 'lowest' | 'highest';
  vectors: boolean;
  tolerance: number;
  method: 'auto' | 'lanczos' | 'dense';
  most: number;
  /** Whether eigenvalues are counted in another way besides. */
  count: boolean;
}

/** The method that `auto` stands for. */
function methodFor({ computed: { n }, k, method }: EndTask): 'dense' | 'lanczos' {
  const vectors = leastSpace(k) + k + 8;
  // A space that is nearly the whole one comes to an end before it has converged.
  if (method !== 'auto') return method === 'dense' || 2 * vectors > n ? 'dense' : 'lanczos';
  const crowded = vectors > CROWDED * n;
  return n <= DENSE_BELOW || (crowded && n <= DENSE_ORDER) ? 'dense' : 'lanczos';
}

/** Bytes of WebAssembly memory that a call takes at most, which ends rather than take more. */
export function eigshBytes(runtime: Runtime, task: EigshTask): number {
  const { bytes, states } = statedOf(runtime, task);
  return task.count ? Math.max(bytes, countBytes(runtime, task.computed, states)) : bytes;
}

function statedOf(runtime: Runtime, task: EigshTask): Stated {
  if ('inner' in task) return innerBytes(runtime, task);
  const { computed, k } = task;
  const bytes = endBytes(runtime, task);
  // What Lanczos takes long for is decomposed whole.
  const either = methodFor(task) === 'lanczos' && fitsDense(runtime, task);
  return { bytes: either ? Math.max(bytes, denseEigshBytes(runtime, computed)) : bytes, states: k };
}

/** Of the method that comes first. */
function endBytes(runtime: Runtime, task: EndTask): number {
  const { computed, k } = task;
  if (methodFor(task) === 'dense') return denseEigshBytes(runtime, computed);
  return computed.bytes + lowestBytes(runtime, computed, k);
}

export function* eigshSteps(runtime: Runtime, task: EigshTask, budget: number): Steps<Eigsh> {
  const begun = performance.now();
  task.computed.checkLinear?.();
  const found = yield* task.count ? countedFound(runtime, task, budget) : foundSteps(runtime, task, budget);
  const seconds = (performance.now() - begun) / 1000;
  const { n, complex, basis } = task.computed;
  handedOut(found.vectors, n, complex, basis);
  return new Eigsh({ ...found, report: { count: null, needed: null, ...found.report, seconds } });
}

/** Finds the eigenpairs, then counts levels, for which the vectors may be needed. */
function* countedFound(runtime: Runtime, task: EigshTask, budget: number): Steps<Found> {
  const { computed, most, vectors } = task;
  const found = yield* share(foundSteps(runtime, { ...task, vectors: true }, budget), 0, PROGRESS.found);
  const goal = 'inner' in task ? task.inner : task.which;
  const counted = yield* share(
    countedSteps(runtime, { computed, goal, most }, found, budget),
    PROGRESS.found,
    1,
  );
  return vectors ? counted : { ...counted, vectors: new Float64Array(0) };
}

function* foundSteps(runtime: Runtime, task: EigshTask, budget: number): Steps<Found> {
  if ('inner' in task) return yield* innerSteps(runtime, task, budget);
  const bytes = endBytes(runtime, task);
  if (methodFor(task) === 'dense') return yield* denseSteps(runtime, task, { ...NO_WORK, bytes }, budget);
  const most = Math.min(task.most, allowance(runtime, task));
  const reached = { fraction: 0 };
  const found = yield* noted(lanczosSteps(runtime, { ...task, most }, bytes), reached);
  // Levels at the end lie too near one another for a small space, or the space came to an end.
  const another = !found.converged && found.report.products < task.most && fitsDense(runtime, task);
  if (!another) return found;
  return yield* share(denseSteps(runtime, task, found.report, budget), reached.fraction, 1);
}

function fitsDense(runtime: Runtime, { computed, method }: EndTask): boolean {
  if (method !== 'auto' || computed.n > DENSE_ORDER) return false;
  return denseEigshBytes(runtime, computed) <= MAX_BYTES;
}

/** Products that Lanczos may make before a dense solver is the better one. */
function allowance(runtime: Runtime, task: EndTask): number {
  if (!fitsDense(runtime, task)) return Number.POSITIVE_INFINITY;
  return worthwhileLanczos(task.computed, leastSpace(task.k) + task.k);
}

/** A dense solver computes all eigenpairs, and those that were asked for are kept and measured. */
function* denseSteps(runtime: Runtime, task: EndTask, before: WorkDone, budget: number): Steps<Found> {
  const { computed, k, which, vectors, tolerance } = task;
  const { n, complex } = computed;
  const from = which === 'lowest' ? 0 : n - k;
  const done = PROGRESS.ends;
  // One eigenpair more shows whether the last level has copies that are left out.
  const [lo, hi] = [Math.max(0, from - 1), Math.min(n - 1, from + k)];
  const a = yield* share(denseOf(runtime, computed), 0, done.dense);
  // With vectors, by which residuals are measured, whether they are asked for or not.
  const wanted = { complex, vectors: true, selection: { byValue: false, lo, hi } };
  const full = yield* share(eighOfSteps(runtime, a, n, wanted, budget), done.dense, done.solved);
  const { values } = full;
  const length = complex ? 2 * n : n;
  const norm = yield* sizeSteps(a, length, values);
  const first = from - lo;
  const edge = which === 'lowest' ? first + k : first;
  const near = tolerance * norm;
  const cut = k > 0 && edge > 0 && edge < values.length && values[edge] - values[edge - 1] <= near;
  const states = {
    values: values.slice(first, first + k),
    vectors: full.vectors.slice(first * length, (first + k) * length),
  };
  const ended = full.convergence.converged;
  const asked = { a, norm, tolerance, vectors, ended, cut, before };
  return yield* share(certifiedSteps(runtime, computed, states, asked), done.solved, 1);
}

function lanczosSteps(runtime: Runtime, task: EndTask, bytes: number): Steps<Found> {
  const { computed, k, which, vectors, tolerance, most } = task;
  return runtime.steps(function* (arena) {
    runtime.heap.reserve(bytes);
    const sign = which === 'lowest' ? 1 : -1;
    const found = yield* lowestSteps(runtime, arena, computed, { k, tolerance, most, sign });
    const length = computed.complex ? 2 * computed.n : computed.n;
    const z = vectors ? arena.take(found.vectors, length * found.values.length) : new Float64Array(0);
    const { converged, cut, products, restarts, orthogonalizations } = found;
    const report = {
      method: 'lanczos' as const,
      products,
      restarts,
      degree: 0,
      subspace: spaceSize(k, length),
      orthogonalizations,
      bytes,
    };
    const result = { values: found.values, vectors: z, residuals: found.residuals, converged, cut, report };
    return sign > 0 ? result : reversed(result, length);
  });
}

/** What was found are the lowest levels of −H: turned round, they are those of H, ascending. */
function reversed(of: Found, length: number): Found {
  const k = of.values.length;
  const vectors = new Float64Array(of.vectors.length);
  for (let j = 0; j < k && vectors.length > 0; ++j) {
    vectors.set(of.vectors.subarray(j * length, (j + 1) * length), (k - 1 - j) * length);
  }
  return {
    ...of,
    values: of.values.map((x) => -x).reverse(),
    residuals: of.residuals.slice().reverse(),
    vectors,
  };
}
