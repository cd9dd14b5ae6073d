// emft time: compares the eigensolvers on this machine, as the explorer's Solvers view does.
import type { Core } from 'emft';
import { decompositionRatios, leastTime, type Ratios } from 'emft/accuracy';
import { METHODS, methodNames } from 'emft/check';
import { command } from './command.js';
import { printJson, printTable, withCore } from './common.js';
import { integer } from './flags.js';
import { json, threads } from './shared.js';

/** Largest order: beyond it the three solvers take too much memory, and Jacobi hours. */
const LARGEST_ORDER = 4096;
/** Seconds for one matrix after which a method gets no larger one. */
const LIMIT = 10;

/** Eigenvectors that are checked: checking all would take longer than the solver. */
const COLUMNS = 64;

/** The names of the methods, for --help. */
const TITLES = methodNames.map((name) => `${METHODS[name].title} (${name})`).join(', ');

interface Row extends Ratios {
  method: string;
  n: number;
  /** Time of one decomposition. */
  seconds: number;
}

export const time = command({
  name: 'time',
  description:
    'time the dense eigensolvers against each other on random symmetric matrices, and check what they give',
  example: '-n 8',
  flags: {
    n: integer('-n, --n <size>', 'largest size; from 8 on each is twice the one before', {
      default: 256,
      allowed: { min: 8, max: LARGEST_ORDER },
    }),
    seed: integer('--seed <seed>', 'seed of the matrices', { default: 1, becomes: [['options', 'seed']] }),
    threads,
    json: json('print [{ method, n, seconds, residual, orthogonality }]'),
  },
  help: () => `
Eigenvalues and eigenvectors by ${TITLES}; the least time of several runs.
residual is ‖AZ − ZD‖/(‖A‖ n ulp), orthogonality ‖I − ZᵀZ‖/(n ulp): LAPACK's own tests accept up to 60.
A method that took ${LIMIT} s gets no larger matrix.`,
  run: ({ n, seed, threads, json }) =>
    withCore(async (core) => {
      const rows = await times(core, n, seed);
      if (json) return await printJson(rows);
      await printTable({
        method: rows.map((r) => r.method),
        n: rows.map((r) => r.n),
        ms: rows.map((r) => Number((1000 * r.seconds).toPrecision(4))),
        residual: rows.map((r) => Number(r.residual.toPrecision(3))),
        orthogonality: rows.map((r) => Number(r.orthogonality.toPrecision(3))),
      });
    }, threads),
});

/** Orders 8, 16, … up to n, for every method that is not too slow. */
async function times(core: Core, n: number, seed: number): Promise<Row[]> {
  const rows: Row[] = [];
  const slow = new Set<string>();
  for (let size = 8; size <= n; size *= 2) {
    const a = core.goe(size, { seed, stream: size });
    for (const method of methodNames) {
      if (slow.has(method)) continue;
      const { seconds, result } = await leastTime(() => core.eigh(a, size, { method }));
      const ratios = decompositionRatios(a, size, result.values, result.vectors, { columns: COLUMNS });
      rows.push({ method, n: size, seconds, ...ratios });
      if (seconds > LIMIT) slow.add(method);
    }
  }
  return rows;
}
