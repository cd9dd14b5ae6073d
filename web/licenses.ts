// The notices of everything by others that the page contains, written from what the bundler put into it. The page's
// folder gets the file, and the package emft-cli, which holds the page, the same at its top; emft has the part about the
// WebAssembly.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
/** In the page's folder; the footer of index.html links to it. */
const IN_PAGE = 'third-party-licenses.txt';
const NAME = 'THIRD-PARTY-LICENSES.txt';

interface Manifest {
  name?: string;
  version?: string;
  license?: string;
  homepage?: string;
  dependencies?: Record<string, string>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

/** The folder of the package that a module is from, or null for this project's own. */
function packageOf(module: string): string | null {
  // Helpers that the tools themselves put in have no file.
  const tool = /^\0(vite|rolldown)\//.exec(module);
  if (tool) return join(root, 'node_modules', tool[1]);
  const path = module.replace(/^\0/, '').split('?', 1)[0];
  if (!path.includes('/node_modules/')) return null;
  for (let folder = dirname(path); folder.includes('/node_modules/'); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && manifestOf(folder).name) return folder;
  }
  throw new Error(`${module} is from no package`);
}

/** The folder from which `from` would load the package `name`. */
function installed(name: string, from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
    if (folder === dirname(folder)) throw new Error(`${name}, which ${from} needs, is not installed`);
  }
}

/** Adds a package that is inside the files of another, and what it is made of. */
function withDependencies(folder: string, to: Set<string>): void {
  if (to.has(folder)) return;
  to.add(folder);
  for (const name of Object.keys(manifestOf(folder).dependencies ?? {})) {
    withDependencies(installed(name, folder), to);
  }
}

function licenseText(folder: string): string {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(name));
  if (!file) throw new Error(`${folder} has no file with its license`);
  // Vite's goes on with those of its own dependencies, of which nothing is here.
  const [text] = readFileSync(join(folder, file), 'utf8').split(/^# Licenses of bundled dependencies$/m);
  return text.trim();
}

/** One entry of the file. */
function notice(folder: string): string {
  const { name, version, license, homepage } = manifestOf(folder);
  const title = `${name} ${version} (${license})`;
  return [
    title,
    '='.repeat(title.length),
    homepage ?? `https://www.npmjs.com/package/${name}`,
    '',
    licenseText(folder),
  ].join('\n');
}

/** AssemblyScript, of whose library exp, log and what they need are compiled into the .wasm. */
function compilerNotice(): string {
  const folder = dirname(createRequire(import.meta.url).resolve('assemblyscript/package.json'));
  const math = readFileSync(join(folder, 'std/assembly/math.ts'), 'utf8');
  // A block of line comments: its first line names it.
  const sun = /^\/\/ SUN COPYRIGHT NOTICE\n(?:\/\/.*\n)+/m.exec(math);
  if (!sun) throw new Error("the notice of Sun Microsystems is not where it was in AssemblyScript's math.ts");
  const [, permission] = readFileSync(join(root, 'LICENSE'), 'utf8').split(
    /(?=^Permission is hereby granted)/m,
  );
  return [
    notice(folder),
    readFileSync(join(folder, 'NOTICE'), 'utf8').trim(),
    `The MIT License of musl libc and of Arm Optimized Routines:\n\n${permission.trim()}`,
    sun[0].replace(/^\/\/ ?/gm, '').trim(),
  ].join('\n\n');
}

const heading = (
  page: boolean,
) => `Notices of what ${page ? 'emft-cli' : 'emft'} contains of others: the compiled WebAssembly (*.wasm)${page ? ', and the page of the explorer' : ''}.
Packages that are installed beside it come with their own.`;

function document(folders: Iterable<string>): string {
  const byName = (a: string, b: string) => (manifestOf(a).name! < manifestOf(b).name! ? -1 : 1);
  const own = ['emft', '====', '', readFileSync(join(root, 'LICENSE'), 'utf8').trim()].join('\n');
  const page = [...folders].sort(byName).map(notice);
  const parts = [heading(page.length > 0), own, 'IN THE COMPILED WEBASSEMBLY', compilerNotice()];
  if (page.length > 0) parts.push('IN THE PAGE', ...page);
  return `${parts.join('\n\n\n')}\n`;
}

/**
 * The plugin of the page, and the one of its workers, whose bundles are made before. A dependency of a package in them
 * that none of its modules imports is taken to be inside its files: some are published as bundles.
 */
export function licenses(): { page: Plugin[]; worker: () => Plugin[] } {
  const bundled = new Set<string>();
  const collect: Plugin = {
    name: 'emft:collect-packages',
    generateBundle(_, bundle) {
      const here = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
          const folder = renderedLength > 0 ? packageOf(id) : null;
          if (folder) here.add(folder);
        }
      }
      const imported = new Map<string, Set<string>>();
      for (const id of this.getModuleIds()) {
        const folder = packageOf(id);
        if (!folder || !here.has(folder)) continue;
        const names = imported.get(folder) ?? new Set();
        for (const target of this.getModuleInfo(id)?.importedIds ?? []) names.add(packageOf(target) ?? '');
        imported.set(folder, names);
      }
      for (const folder of here) {
        bundled.add(folder);
        // The tools' helpers import nothing.
        if (!imported.has(folder) || /\/(vite|rolldown)$/.test(folder)) continue;
        for (const name of Object.keys(manifestOf(folder).dependencies ?? {})) {
          const dependency = installed(name, folder);
          if (!imported.get(folder)?.has(dependency)) withDependencies(dependency, bundled);
        }
      }
    },
  };
  const write: Plugin = {
    name: 'emft:licenses',
    generateBundle: {
      order: 'post',
      handler() {
        this.emitFile({ type: 'asset', fileName: IN_PAGE, source: document(bundled) });
      },
    },
    closeBundle() {
      writeFileSync(join(root, NAME), document([]));
      writeFileSync(join(root, 'cli', NAME), document(bundled));
    },
  };
  return { page: [collect, write], worker: () => [collect] };
}
