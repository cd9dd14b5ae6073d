// Native LAPACK: of all the libraries that are here the fastest at each order and driver, which is the baseline. One that runs a generic
// kernel, or does not tell which, is shown, and is none.
import { basename } from 'node:path';
import type { Problem, Solver } from '../../web/src/lab/solver.js';
import { deviates } from '../../web/src/lab/statistics.js';
import { machine } from '../machine.js';
import { Fastest } from '../native/choice.js';
import { type Library, libraries, NAMED } from '../native/discover.js';
import { judgeKernel } from '../native/kernels.js';
import { compile, type Native, open } from '../native/process.js';
import { refuse } from '../refusal.js';
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
  /** Whether it is one of those whose fastest the others are compared with. */
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

/** Name and version of a library, in a few words. */
export const short = ({ config, path, from }: Found) =>
  `${/OpenBLAS [\d.]*\d/.exec(config)?.[0] ?? basename(path)} (${from.split(' of ')[0]})`;

/** Every solver has processes of its own, one a library, which hold its matrix. */
function solverOf(
  found: readonly Found[],
  natives: readonly Native[],
  driver: string,
  problem: Problem,
): Solver<Float64Array, void> {
  const [best] = found;
  const native = new Fastest(natives, driver);
  let held: Float64Array | undefined;
  const hold = async (a: Float64Array, n: number) => {
    if (held !== a) await native.load(problem, n, a);
    held = a;
  };
  return {
    name: `native ${driver.replace('_N', ', values only')}${best.refused ? ` (${best.kernel || 'unknown kernel'}, no baseline)` : ''}`,
    kind: best.refused ? 'generic' : 'native',
    version:
      found.length === 1
        ? `${best.from}: ${best.config || best.path}`
        : `at each order the fastest of ${found.map(short).join(', ')}`,
    problem,
    valuesOnly: driver.endsWith('_N'),
    threads: best.threads || 1,
    ...(found.length > 1 ? { by: () => short(found[native.at]) } : {}),
    async prepare(a, n) {
      await hold(a, n);
      return a;
    },
    async solve(a, n) {
      await hold(a, n);
      await native.run(1);
    },
    read: (_, n) => native.read(problem, n),
    async time(a, n, count) {
      await hold(a, n);
      return native.run(count);
    },
    close: () => native.close(),
  };
}

/** All libraries that answer, and those of them that are baselines; the fastest refused one where there is no other. */
export async function candidates(
  wanted: Wanted,
): Promise<{ found: Found[]; chosen: Found[]; program: string }> {
  const none = { found: [], chosen: [], program: '' };
  const all = await libraries(wanted.libraries);
  if (all.length === 0) {
    wanted.skipped('native LAPACK', 'no library found (python3 with numpy, libopenblas0-pthread, --native)');
    return none;
  }
  let program: string;
  try {
    program = await compile(wanted.folder);
  } catch (error) {
    wanted.skipped('native LAPACK', (error as Error).message);
    return none;
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
      const baseline = judged.refused === undefined;
      found.push({ ...library, kernel, config, threads, probe: seconds, ...judged, baseline });
    } catch (error) {
      // Somebody asked for this one.
      if (library.from === NAMED) refuse(`--native ${library.path}`, error);
      wanted.skipped(`native ${library.path}`, (error as Error).message);
    }
  }
  found.sort((p, q) => Number(q.baseline) - Number(p.baseline) || p.probe - q.probe);
  const best = found.at(0);
  if (best?.refused) wanted.skipped('a native baseline', `${best.path} ${best.refused}`);
  return { found, chosen: found.filter((library, k) => library.baseline || k === 0), program };
}

/** A process of each. */
export async function opened(chosen: readonly Found[], program: string, wanted: Wanted): Promise<Native[]> {
  const natives: Native[] = [];
  for (const { path } of chosen) natives.push(await open(program, path, wanted.threads, wanted.folder));
  return natives;
}

/** All libraries that answer, and the solvers of those that are chosen. */
export async function native(wanted: Wanted): Promise<{ found: Found[]; solvers: Solver[] }> {
  const { found, chosen, program } = await candidates(wanted);
  const solvers: Solver[] = [];
  if (chosen.length === 0) return { found, solvers };
  for (const [driver, problem] of DRIVERS) {
    solvers.push(solverOf(chosen, await opened(chosen, program, wanted), driver, problem));
  }
  return { found, solvers };
}
