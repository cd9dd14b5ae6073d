// Native LAPACK: the fastest of all the libraries that are here, which is the baseline. One that runs a generic kernel is shown, and is
// none.
import type { Problem, Solver } from '../../web/src/lab/solver.js';
import { deviates } from '../../web/src/lab/statistics.js';
import { machine } from '../machine.js';
import { type Library, libraries } from '../native/discover.js';
import { judgeKernel } from '../native/kernels.js';
import { compile, type Native, open } from '../native/process.js';
import type { Wanted } from './source.js';

/** A library that answers, with what is known of it. */
export interface Found extends Library {
  kernel: string;
  config: string;
  threads: number;
  /** Seconds of dsyevd at the order of the probe. */
  probe: number;
  refused?: string;
  remark?: string;
  /** Whether it is the one that the others are compared with. */
  baseline: boolean;
}

const PROBE = 256;
const DRIVERS: readonly [driver: string, problem: Problem][] = [
  ['dsyevd', 'symmetric'],
  ['dsyevr', 'symmetric'],
  ['dsyev', 'symmetric'],
  ['zheevd', 'hermitian'],
  ['dsygvd', 'generalized'],
  ['dsyevd_N', 'symmetric'],
];

/** Least seconds of dsyevd, a few runs. */
async function probe(native: Native): Promise<number> {
  const random = deviates(1);
  const a = new Float64Array(PROBE * PROBE);
  for (let i = 0; i < PROBE; ++i) {
    for (let j = 0; j <= i; ++j) a[i * PROBE + j] = a[j * PROBE + i] = random() - 0.5;
  }
  await native.load('symmetric', PROBE, a);
  let least = await native.run('dsyevd', 1);
  for (let k = 0; k < 4; ++k) least = Math.min(least, await native.run('dsyevd', 1));
  return least;
}

/** Every solver has a process of its own, which holds its matrix. */
function solverOf(
  found: Found,
  native: Native,
  driver: string,
  problem: Problem,
): Solver<Float64Array, void> {
  let held: Float64Array | undefined;
  const hold = async (a: Float64Array, n: number) => {
    if (held !== a) await native.load(problem, n, a);
    held = a;
  };
  return {
    name: `native ${driver.replace('_N', ', values only')}${found.refused ? ` (${found.kernel}, no baseline)` : ''}`,
    kind: found.refused ? 'generic' : 'native',
    version: `${found.from}: ${found.config || found.path}`,
    problem,
    valuesOnly: driver.endsWith('_N'),
    threads: found.threads || 1,
    async prepare(a, n) {
      await hold(a, n);
      return a;
    },
    async solve(a, n) {
      await hold(a, n);
      await native.run(driver, 1);
    },
    read: (_, n) => native.read(driver, problem, n),
    async time(a, n, count) {
      await hold(a, n);
      return native.run(driver, count);
    },
    close: () => native.close(),
  };
}

/** All libraries that answer, the baseline marked, and the solvers of it; of refused ones where there is nothing else, too. */
export async function native(wanted: Wanted): Promise<{ found: Found[]; solvers: Solver[] }> {
  const all = await libraries(wanted.libraries);
  if (all.length === 0)
    wanted.skipped('native LAPACK', 'no library found (python3 with numpy, libopenblas0-pthread, --native)');
  if (all.length === 0) return { found: [], solvers: [] };
  let program: string;
  try {
    program = await compile(wanted.folder);
  } catch (error) {
    wanted.skipped('native LAPACK', (error as Error).message);
    return { found: [], solvers: [] };
  }
  const { width } = machine();
  const found: Found[] = [];
  for (const library of all) {
    try {
      const process = await open(program, library.path, wanted.threads, wanted.folder);
      const { kernel, config, threads } = process.about;
      const seconds = await probe(process);
      process.close();
      const judged = judgeKernel(kernel, width ?? undefined);
      found.push({ ...library, kernel, config, threads, probe: seconds, ...judged, baseline: false });
    } catch (error) {
      wanted.skipped(`native ${library.path}`, (error as Error).message);
    }
  }
  found.sort(
    (p, q) => Number(p.refused !== undefined) - Number(q.refused !== undefined) || p.probe - q.probe,
  );
  const best = found.at(0);
  if (!best) return { found, solvers: [] };
  best.baseline = !best.refused;
  if (best.refused) wanted.skipped('a native baseline', `${best.path} ${best.refused}`);
  const solvers: Solver[] = [];
  for (const [driver, problem] of DRIVERS) {
    const process = await open(program, best.path, wanted.threads, wanted.folder);
    solvers.push(solverOf(best, process, driver, problem));
  }
  return { found, solvers };
}
