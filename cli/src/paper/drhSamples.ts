// Exact diagonalization of random central-grain models beside the mean field, for Figs. 2(a) and 2(b).

import type { Core } from 'emft';
import { drhCouplings } from 'emft';
import type { FigureContext } from './figure.js';
import { runAll } from './runAll.js';

export const alphaCritical = Math.SQRT1_2;

/** The part of the spectrum called its middle. */
const MIDDLE = 0.25;

interface GrainAverages {
  meanEntropy: Float64Array;
  czz: Float64Array;
  middleEntropy: Float64Array;
  entropies: Float64Array[];
}

export interface Cell {
  n: number;
  alpha: number;
  /** [S_n] (nats) over all states, averaged over samples, with standard errors. */
  entropy: { mean: number; error: number }[];
  /** The same over the middle quarter of the spectrum. */
  middle: { mean: number; error: number }[];
  /** Entropies of the last l-bit in every state of every sample. */
  last: Float64Array;
}

/** Diagonalizes every (N, α) on all cores; samples are keyed by (seed, sample), the same grain at every α. */
export async function diagonalizeCells(
  context: FigureContext,
  seed: number,
  cells: readonly { n: number; alpha: number; samples: number }[],
): Promise<Cell[]> {
  const { core } = context;
  const tasks = cells.flatMap(({ n, alpha, samples }, cell) =>
    Array.from({ length: samples }, (_, index) => ({
      cell,
      task: { kind: 'grainAverages', params: { n, alpha, middle: MIDDLE }, seed, index },
    })),
  );
  // The large ones first, so that no worker is left with one at the end.
  tasks.sort((a, b) => cells[b.cell].n - cells[a.cell].n);
  const results = await runAll<GrainAverages>(
    context,
    tasks.map(({ task }) => task),
  );
  return cells.map(({ n, alpha }, cell) => {
    const own = results.filter((_, i) => tasks[i].cell === cell);
    const over = (pick: (s: GrainAverages) => Float64Array) =>
      Array.from({ length: n }, (_, k) => core.meanAndError(Float64Array.from(own, (s) => pick(s)[k])));
    const last = new Float64Array(own.length * 8 * 2 ** n);
    own.forEach((s, i) => void last.set(s.entropies[n - 1], i * 8 * 2 ** n));
    return { n, alpha, entropy: over((s) => s.meanEntropy), middle: over((s) => s.middleEntropy), last };
  });
}

/** Mean-field [S_n] (nats) of a chain g_{n,0} = g10 α^{n−1}. */
export function meanFieldEntropy(core: Core, g10: number, alpha: number, n: number): Float64Array {
  return core.solveMeanField(drhCouplings({ g0: g10, alpha, n })).entropy;
}

/** The reduced coupling at which the mean entropy [S](g) of an l-bit is `nats`, in (0, log 2): [S] rises with g. */
export function couplingOfEntropy(core: Core, nats: number): number {
  let [low, high] = [-40, 40];
  for (let k = 0; k < 60; ++k) {
    const middle = (low + high) / 2;
    if (core.response(Float64Array.of(Math.exp(middle))).entropy[0] < nats) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/** g_{1,0} at which mean field meets the measured [S_end] at α_c, over all N. */
export function fitFirstCoupling(
  core: Core,
  cells: readonly Cell[],
  pick: (cell: Cell) => { mean: number; error: number }[],
): number {
  const critical = cells.filter((c) => c.alpha === alphaCritical);
  return core.fitFirstCoupling(critical.map((c) => ({ alpha: c.alpha, n: c.n, ...pick(c)[c.n - 1] })));
}

/** An entropy in units of log 2. */
export const bits = (nats: number): number => nats / Math.LN2;
