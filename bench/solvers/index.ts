// Every solver that can be measured here. One more is a file of this folder, with its line in `peers`, or any file named by `--solver`.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Core, createCore } from 'emft';
import type { Solver } from '../../web/src/lab/solver.js';
import { ours, oursOfFamily } from './emft.js';
import { type Found, native } from './native.js';
import { type Source, solversOf, type Wanted } from './source.js';

/** By the names of their packages. */
const peers: Record<string, () => Promise<{ default: Solver | Source }>> = {
  'ml-matrix': () => import('./mlMatrix.js'),
  mathjs: () => import('./mathjs.js'),
  numeric: () => import('./numeric.js'),
  webr: () => import('./webr.js'),
  pyodide: () => import('./pyodide.js'),
};

/** Installs pyodide, which the repository does not, into the folder, from npm. */
export async function install(folder: string): Promise<void> {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const words = ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, 'pyodide'];
  await promisify(execFile)(npm, words, { timeout: 300_000 });
}

interface Gathered {
  core: Core;
  solvers: Solver[];
  natives: Found[];
  close(): Promise<void>;
}

/** `files` are modules with more solvers; `only` keeps the solvers whose names it matches. */
export async function gather(wanted: Wanted, files: readonly string[], only: RegExp): Promise<Gathered> {
  // A file that is named and cannot be used ends the run, before others start: somebody asked for it.
  const named: Solver[] = [];
  for (const file of files) named.push(...(await solversOf(file, wanted)));
  const core = await createCore({ threads: wanted.threads });
  const relaxed = await createCore({ build: 'relaxed', threads: wanted.threads });
  for (const c of [core, relaxed]) for (const note of c.notes) wanted.note(note);
  const all: Solver[] = [...ours(core), ...oursOfFamily(core)];
  if (relaxed.build === 'relaxed') all.push(...ours(relaxed, ['dc']), ...oursOfFamily(relaxed));
  for (const [name, bring] of Object.entries(peers)) {
    try {
      const { default: given } = await bring();
      all.push(...(typeof given === 'function' ? await given(wanted) : [given as Solver]));
    } catch (error) {
      wanted.skipped(name, error instanceof Error ? error.message : String(error));
    }
  }
  all.push(...named);
  const { found, solvers } = await native(wanted);
  all.push(...solvers);
  const kept = all.filter(({ name }) => only.test(name));
  return {
    core,
    solvers: kept,
    natives: found,
    async close() {
      for (const solver of all) await solver.close?.();
      core.dispose();
      relaxed.dispose();
    },
  };
}
