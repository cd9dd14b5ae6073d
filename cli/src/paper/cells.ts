// Realizations of random models by cells of a figure, each a size and what varies beside it, on all cores.
import type { WorkerTask } from '../sweeps/engines/local/pool.js';
import type { Ensemble, FigureContext } from './figure.js';
import { runAll } from './runAll.js';

interface Sampled {
  n: number;
  samples: number;
}

/** The sizes that `ensemble` has, with its numbers of realizations; all sizes if it is undefined. Those that `kept` accepts always stay. */
export function sizesOf<S extends Sampled>(
  sizes: readonly S[],
  ensemble: Ensemble | undefined,
  kept: (size: S) => boolean = () => false,
): S[] {
  return sizes
    .filter((size) => kept(size) || !ensemble || size.n in ensemble)
    .map((size) => ({ ...size, samples: ensemble?.[size.n] ?? size.samples }));
}

/** Puts the results of every cell's tasks, in their order, into its `own`. */
export async function runCells<R, C extends Sampled & { own: R[] }>(
  context: FigureContext,
  cells: readonly C[],
  taskOf: (cell: C, index: number) => WorkerTask,
): Promise<void> {
  const tasks = cells.flatMap((cell) =>
    Array.from({ length: cell.samples }, (_, index) => ({ cell, task: taskOf(cell, index) })),
  );
  // The large ones first, so that no worker is left with one at the end.
  tasks.sort((a, b) => b.cell.n - a.cell.n);
  const results = await runAll<R>(
    context,
    tasks.map(({ task }) => task),
  );
  tasks.forEach(({ cell }, i) => void cell.own.push(results[i]));
}
