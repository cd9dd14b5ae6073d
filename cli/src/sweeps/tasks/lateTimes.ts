// The autocorrelator C_n(t) = Tr[σ_n^z(t) σ_n^z]/D of every l-bit of a central-grain model, and what becomes of it at late times.
import type { Core, Operator } from 'emft';
import { meansOfStarts, randomStarts, sigma, sign, TOLERANCE } from '../autocorrelators.js';
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

/** The average over all times of the trace: the sum over basis states, each with its sign of σ^z. */
function plateauOf(core: Core, h: Operator, observables: readonly Operator[]): number[] {
  const basis = new Float64Array(h.n * h.n);
  for (let i = 0; i < h.n; ++i) basis[i * (h.n + 1)] = 1;
  const { averages } = core.evolveExact(h, basis, [], { observables, complex: false });
  return averages.map((list, k) => list.reduce((sum, x, state) => sum + sign(state, k) * x, 0) / h.n);
}

const lateTimesKind = {
  run(core: Core, task: LateTimesTask, seed: number, index: number): LateTimes {
    const { n, alpha, grainDimension, j1, times, late: from, vectors, exact } = task;
    const model = core.randomGrainModel({ alpha, n, seed, sample: index, grainDimension, j1 });
    const h = core.grainOperator(model);
    const observables = Array.from({ length: n }, (_, k) => sigma(core, h.n, k));
    const psi = randomStarts(core, h.n, n, { seed, index: index * vectors, vectors });
    const { expectations } = exact
      ? core.evolveExact(h, psi, times, { observables, complex: false })
      : core.evolve(h, psi, times, { observables, complex: false, tolerance: TOLERANCE });
    const curves = meansOfStarts(expectations, times.length, vectors);
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
