// The sources of the project, and what each file imports of the others.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

let everything: string[] | undefined;

function listed(folders: readonly string[], ending: RegExp): string[] {
  everything ??= execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .filter((file) => existsSync(join(root, file)));
  const inside = (file: string) => folders.some((one) => file === one || file.startsWith(`${one}/`));
  return everything.filter((file) => ending.test(file) && inside(file));
}

/** Every TypeScript or AssemblyScript file below these folders that is under version control or about to be. */
export const sources = (...folders: string[]): string[] => listed(folders, /\.ts$/);

/** Those in any language. */
export const programs = (...folders: string[]): string[] =>
  listed(folders, /\.(ts|js|mjs|cjs|vue|py|c|sh|css|html)$/);

/** What is asked for many times is found once. */
function kept<V>(find: (file: string) => V): (file: string) => V {
  const found = new Map<string, V>();
  return (file) => {
    if (!found.has(file)) found.set(file, find(file));
    return found.get(file)!;
  };
}

export const text = kept((file: string): string => readFileSync(join(root, file), 'utf8'));

export interface Import {
  /** Where it is written. */
  from: string;
  /** The file it leads to, or the name of a package. */
  to: string;
}

const STATEMENT = /^(?:import|export)\s+(?:[^'";]*?\bfrom\s+)?['"]([^'"]+)['"]/gm;
const CALL = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** What a registry finds when it runs: the files that it loads of each folder. */
const FOUND: Record<string, RegExp> = {
  'cli/src/paper/index.ts': /^cli\/src\/paper\/figure\w+\/(data|plot|claims|beyond)\.ts$/,
  'cli/src/sweeps/taskKinds.ts': /^cli\/src\/sweeps\/tasks\/\w+\.ts$/,
};

/** Imports, re-exports and dynamic imports of one file, those of types too. */
export const importsOf = kept((file: string): Import[] => {
  // Examples in comments import, too.
  const code = text(file).replace(/\/\*.*?\*\//gs, '');
  const named = [...code.matchAll(STATEMENT), ...code.matchAll(CALL)].map(([, name]) => target(file, name));
  const found = file in FOUND ? sources(dirname(file)).filter((one) => FOUND[file].test(one)) : [];
  return [...named, ...found].map((to) => ({ from: file, to }));
});

const TYPES = /^(?:import|export)\s+type\b|\{\s*(?:type\s[^,}]*,?\s*)+\}\s*from/;

/** Files and packages that are loaded with a file, in any number of steps; what it asks for later is not among them. */
export function loadedWith(file: string): string[] {
  const found = new Set([file]);
  for (const one of found) {
    if (!one.endsWith('.ts')) continue;
    const code = text(one).replace(/\/\*.*?\*\//gs, '');
    for (const [statement, name] of code.matchAll(STATEMENT)) {
      if (!TYPES.test(statement)) found.add(target(one, name));
    }
  }
  return [...found];
}

function target(file: string, name: string): string {
  if (!name.startsWith('.')) return name;
  const path = normalize(join(dirname(file), name)).replaceAll('\\', '/');
  const candidates = [path.replace(/\.js$/, '.ts'), `${path}.ts`, `${path}/index.ts`, path];
  return (
    candidates.find((candidate) => /\.\w+$/.test(candidate) && existsSync(join(root, candidate))) ?? path
  );
}

/** Circles of files that import each other, be it types. */
export function circles(files: readonly string[]): string[][] {
  const next = new Map(files.map((file) => [file, importsOf(file).map(({ to }) => to)]));
  const done = new Set<string>();
  const path: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    if (done.has(file) || !next.has(file)) return;
    const at = path.indexOf(file);
    if (at >= 0) {
      found.push([...path.slice(at), file]);
      return;
    }
    path.push(file);
    for (const to of next.get(file)!) visit(to);
    path.pop();
    done.add(file);
  };
  for (const file of files) visit(file);
  return found;
}

const importedBy = (file: string): string[] => importsOf(file).map(({ to }) => to);

/** Chains of imports that leave a folder, with all that is below it, and enter it again: one for each file that they come back to. */
export function returns(files: readonly string[], next = importedBy): string[] {
  const folders = new Set(files.flatMap(foldersOf));
  return [...folders].flatMap((folder) => {
    const inside = (file: string) => file.startsWith(`${folder}/`);
    const known = new Set(files);
    const found: string[] = [];
    const chains = files.filter(inside).map((file) => [file]);
    for (const chain of chains) {
      for (const to of next(chain.at(-1)!)) {
        if (chain.length > 1 && inside(to)) found.push([...chain, to].join(' → '));
        // Inside it is one chain of its own, and outside each file is gone through once.
        if (!inside(to) && known.delete(to)) chains.push([...chain, to]);
      }
    }
    return found;
  });
}

function foldersOf(file: string): string[] {
  const parts = file.split('/');
  return parts.slice(1).map((_, k) => parts.slice(0, k + 1).join('/'));
}
