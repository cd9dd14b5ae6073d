// Where solvers come from: a file here, or one that is named by `--solver`, whose default export is a solver, several, or a function
// that makes them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Solver } from '../../web/src/lab/solver.js';
import { Refusal, refuse } from '../refusal.js';

export interface Wanted {
  /** Threads for the solvers that have them. */
  threads: number;
  /** A folder for files, emptied at the end. */
  folder: string;
  /** A folder with node_modules of its own, for packages that this repository does not install. */
  modules?: string;
  /** Libraries named by `--native`. */
  libraries: readonly string[];
  /** Called with what cannot be measured, and why. */
  skipped(name: string, reason: string): void;
  /** Called with what is worth knowing about a solver. */
  note(text: string): void;
}

export type Source = (wanted: Wanted) => Promise<Solver[]>;

/** Where packages are looked for: this repository's, then those of the folder. */
function requires({ modules }: Pick<Wanted, 'modules'>) {
  return [import.meta.url, ...(modules ? [join(modules, 'none.js')] : [])].map(createRequire);
}

/** Path of a package's entry, or the reason why there is none. */
export function entryOf(name: string, wanted: Pick<Wanted, 'modules'>): string {
  for (const require of requires(wanted)) {
    try {
      return require.resolve(name);
    } catch {
      // not there
    }
  }
  throw new Error('is not installed (--install brings it from npm into a temporary folder)');
}

/** Version of an installed package, whether or not it exports its package.json. */
export function versionOf(name: string, entry: string): string {
  for (let path = dirname(entry); path !== dirname(path); path = dirname(path)) {
    try {
      const found = JSON.parse(readFileSync(`${path}/package.json`, 'utf8')) as {
        name: string;
        version: string;
      };
      if (found.name === name) return found.version;
    } catch {
      // not the package's root yet
    }
  }
  return 'unknown';
}

export const load = (entry: string) => import(pathToFileURL(entry).href);

/** The default export of a file, or what it makes where it is a function. */
async function exported(file: string, wanted: Wanted): Promise<unknown> {
  try {
    const { default: given } = (await load(resolve(file))) as { default?: unknown };
    return typeof given === 'function' ? await (given as Source)(wanted) : given;
  } catch (error) {
    return refuse(`--solver ${file}`, error);
  }
}

/** The solvers of a file: its default export. */
export async function solversOf(file: string, wanted: Wanted): Promise<Solver[]> {
  const made = await exported(file, wanted);
  const solvers = (Array.isArray(made) ? made : [made]) as Partial<Solver>[];
  const right = solvers.every((s) => typeof s?.name === 'string' && typeof s?.solve === 'function');
  if (!right || solvers.length === 0) {
    throw new Refusal(
      `${file}: expected a default export with 'name' and 'solve(input, n)', see web/src/lab/solver.ts`,
    );
  }
  return solvers as Solver[];
}
