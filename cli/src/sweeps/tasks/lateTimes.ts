// The autocorrelator C_n(t) = Tr[σ_n^z(t) σ_n^z]/D of every l-bit of a central-grain model, and what becomes of it at late times.
import type { Core, Operator } from 'emft';
import { STREAMS } from '../../common/streams.js';
import type { TaskKind, TaskKinds } from '../task.js';

export interface LateTimesTask {
  n: number;
  alpha: number;
  grainDimension?: number;
  j1?: number;
  times: readonly number[];
  /** From this time on C(t) is averaged for its late value. */
  late: number;
  /** Random vectors. */
  vectors: number;
  /** Whether by all eigenvectors, with the average over all times of the whole trace; otherwise by products alone. */
  exact: boolean;
}

export interface LateTimes {
  /** C_n(t_j) at n·times + j, from random vectors. */
  curves: number[];
  /** Means of these over the late times, one for each l-bit. */
  late: number[];
  /** Averages over all times of the exact trace, of `exact`. */
  plateau?: number[];
  /** Czz and [S] of exact diagonalization, of `exact`. */
  czz?: number[];
  entropy?: number[];
}

/** σ^z of l-bit k, bit k of a basis state. */
function sigma(core: Core, dimension: number, k: number): Operator {
  const indices = Uint32Array.from({ length: dimension }, (_, i) => i);
  const indptr = Uint32Array.from({ length: dimension + 1 }, (_, i) => i);
  return core.csr({ n: dimension, indptr, indices, data: Float64Array.from(indices, (i) => sign(i, k)) });
}

const sign = (state: number, k: number) => ((state >>> k) & 1 ? -1 : 1);

/** The average over all times of the trace: the sum over basis states, each with its sign of σ^z. */
function plateauOf(core: Core, h: Operator, observables: readonly Operator[]): number[] {
  const basis = new Float64Array(h.n * h.n);
  for (let i = 0; i < h.n; ++i) basis[i * (h.n + 1)] = 1;
  const { averages } = core.evolveExact(h, basis, [], { observables, complex: false });
  return averages.map((list, k) => list.reduce((sum, x, state) => sum + sign(state, k) * x, 0) / h.n);
}

/**
 * Random vectors with l-bit k up, of length 1, one for each k, and again. Because Tr σ(t) = 0, C(t) = (2/D) Tr[P σ(t) P] with P the
 * states in which it is up: the mean of ⟨σ(t)⟩ over such vectors, to 1/√D.
 */
function startOf(
  core: Core,
  dimension: number,
  n: number,
  { seed, index, vectors }: { seed: number; index: number; vectors: number },
): Float64Array {
  const psi = new Float64Array(vectors * n * dimension);
  for (let v = 0; v < vectors; ++v) {
    const random = core.normals({ seed, stream: STREAMS.lateTimes, index: index + v }, dimension);
    for (let k = 0; k < n; ++k) {
      const own = random.map((x, i) => (sign(i, k) > 0 ? x : 0));
      const length = Math.sqrt(own.reduce((sum, x) => sum + x * x, 0));
      psi.set(
        own.map((x) => x / length),
        (v * n + k) * dimension,
      );
    }
  }
  return psi;
}

const lateTimesKind = {
  run(core: Core, task: LateTimesTask, seed: number, index: number): LateTimes {
    const { n, alpha, grainDimension, j1, times, late: from, vectors, exact } = task;
    const model = core.randomGrainModel({ alpha, n, seed, sample: index, grainDimension, j1 });
    const h = core.grainOperator(model);
    const observables = Array.from({ length: n }, (_, k) => sigma(core, h.n, k));
    const curves = new Array<number>(n * times.length).fill(0);
    const psi = startOf(core, h.n, n, { seed, index: index * vectors, vectors });
    const { expectations } = exact
      ? core.evolveExact(h, psi, times, { observables, complex: false })
      : core.evolve(h, psi, times, { observables, complex: false, tolerance: 1e-8 });
    const columns = n * vectors;
    for (let v = 0; v < vectors; ++v)
      for (let k = 0; k < n; ++k)
        for (let j = 0; j < times.length; ++j)
          curves[k * times.length + j] += expectations[k][j * columns + v * n + k] / vectors;
    const lates = times.flatMap((t, j) => (t >= from ? [j] : []));
    const late = observables.map(
      (_, k) => lates.reduce((sum, j) => sum + curves[k * times.length + j], 0) / lates.length,
    );
    if (!exact) return { curves, late };
    const { czz, meanEntropy } = core.diagonalizeGrain(model);
    const plateau = plateauOf(core, h, observables);
    return { curves, late, plateau, czz: Array.from(czz), entropy: Array.from(meanEntropy) };
  },
} satisfies TaskKind;

export const taskKinds = { lateTimes: lateTimesKind } satisfies TaskKinds;
