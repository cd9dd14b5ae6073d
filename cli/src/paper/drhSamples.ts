// Exact diagonalization of random central-grain models beside the mean field, for Figs. 2(a) and 2(b).

import type { Core } from 'emft';
import { drhCouplings } from 'emft';
import { bisected } from '../common/bisection.js';
import { ALPHA_CRITICAL } from '../common/constants.js';
import type { WorkerTask } from '../sweeps/engines/local/pool.js';
import type { FigureContext } from './figure.js';
import type { GrainTerms } from './grains.js';
import { runAll } from './runAll.js';

/** The part of the spectrum called its middle. */
const MIDDLE = 0.25;

interface GrainAverages {
  meanEntropy: Float64Array;
  /** Standard errors of these over the states. */
  overStates: Float64Array;
  /** Over the middle of the spectrum; only where all states were computed. */
  middleEntropy?: Float64Array;
  last: Float64Array;
}

export interface Cell {
  n: number;
  alpha: number;
  /** [S_n] (nats): the mean over states and samples; its standard error over samples, or over states where there is one sample. */
  entropy: Estimate[];
  /** The same over the middle quarter of the spectrum; only where all states were computed. */
  middle?: Estimate[];
  /** Entropies of the last l-bit in every state, one array a sample. */
  last: Float64Array[];
}

interface Estimate {
  mean: number;
  error: number;
}

/** What was computed with a core, by its task: figures of one run share models. */
const known = new WeakMap<Core, Map<string, Promise<GrainAverages>>>();

async function averagesOf(context: FigureContext, tasks: readonly WorkerTask[]): Promise<GrainAverages[]> {
  const found = known.get(context.core) ?? new Map<string, Promise<GrainAverages>>();
  known.set(context.core, found);
  const keys = tasks.map((task) => JSON.stringify(task));
  const missing = tasks.filter((_, i) => !found.has(keys[i]));
  const computing = runAll<GrainAverages>(context, missing);
  missing.forEach((task, i) => {
    const key = JSON.stringify(task);
    const own = computing.then((computed) => computed[i]);
    found.set(key, own);
    // A task that failed or was stopped is forgotten, so that it can be done again.
    own.catch(() => found.delete(key));
  });
  await computing;
  return Promise.all(keys.map((key) => found.get(key)!));
}

/** Diagonalizes every (N, α) on all cores; samples are keyed by (seed, sample), the same grain at every α. */
export async function diagonalizeCells(
  context: FigureContext,
  { seed, ...terms }: GrainTerms & { seed: number },
  cells: readonly { n: number; alpha: number; samples: number }[],
): Promise<Cell[]> {
  const tasks = cells.flatMap(({ n, alpha, samples }, cell) =>
    Array.from({ length: samples }, (_, index) => ({
      cell,
      task: { kind: 'grainAverages', params: { n, alpha, middle: MIDDLE, ...terms }, seed, index },
    })),
  );
  // The large ones first, so that no worker is left with one at the end.
  tasks.sort((a, b) => cells[b.cell].n - cells[a.cell].n);
  const results = await averagesOf(
    context,
    tasks.map(({ task }) => task),
  );
  return cells.map(({ n, alpha }, cell) => {
    const own = results.filter((_, i) => tasks[i].cell === cell);
    return { n, alpha, ...cellOf(context.core, n, own) };
  });
}

function cellOf(core: Core, n: number, own: GrainAverages[]): Pick<Cell, 'entropy' | 'middle' | 'last'> {
  const over = (pick: (s: GrainAverages) => Float64Array) =>
    Array.from({ length: n }, (_, k) => core.meanAndError(Float64Array.from(own, (s) => pick(s)[k])));
  const [{ meanEntropy, overStates }] = own;
  return {
    entropy:
      own.length > 1
        ? over((s) => s.meanEntropy)
        : Array.from(meanEntropy, (mean, k) => ({ mean, error: overStates[k] })),
    middle: own.every((s) => s.middleEntropy) ? over((s) => s.middleEntropy!) : undefined,
    last: own.map(({ last }) => last),
  };
}

/** Mean-field [S_n] (nats) of a chain g_{n,0} = g10 α^{n−1}. */
export function meanFieldEntropy(core: Core, g10: number, alpha: number, n: number): Float64Array {
  return core.solveMeanField(drhCouplings({ g0: g10, alpha, n })).entropy;
}

/** The reduced coupling at which the mean entropy [S](g) of an l-bit is `nats`, in (0, log 2): [S] rises with g. */
export function couplingOfEntropy(core: Core, nats: number): number {
  const entropy = (log: number) => core.response(Float64Array.of(Math.exp(log))).entropy[0];
  return Math.exp(bisected([-40, 40], (log) => entropy(log) < nats));
}

/** g_{1,0} at which mean field meets the measured [S_end] of all N at α_c, or at every α where α_c is not among them. */
export function fitFirstCoupling(
  core: Core,
  cells: readonly Cell[],
  pick: (cell: Cell) => Estimate[],
): number {
  const critical = cells.filter((c) => c.alpha === ALPHA_CRITICAL);
  const fitted = critical.length > 0 ? critical : cells;
  return core.fitFirstCoupling(fitted.map((c) => ({ alpha: c.alpha, n: c.n, ...pick(c)[c.n - 1] })));
}

/** An entropy in units of log 2. */
export const bits = (nats: number): number => nats / Math.LN2;
