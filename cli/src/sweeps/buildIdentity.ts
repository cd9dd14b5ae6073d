// The identity of the build that computes: the hash of its .wasm and of the compiled JavaScript that results depend on.
// That is the module of the chunks and all that it imports, in this package and in emft; but of the kinds of sweeps
// only the run's own, and of the rooms of emft only those whose methods it calls. A change anywhere else, in another
// kind, room or engine, leaves a run resumable.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { library, ownRoot, type Provenance, provenance } from '../files/provenance.js';
import { sha256 } from '../files/resultDirectory.js';
import type { Experiment } from './experiment.js';

export interface BuildIdentity extends Provenance {
  /** The hash of the compiled JavaScript that results depend on. */
  codeSha256: string;
}

/** Imports and exports as tsc writes them: from another module, or of that module alone. */
const IMPORTS = /(?:\bfrom|^import|\bimport\() ?['"]([^'"]+)['"]/gm;
/** Re-exports of an entry of emft: the names, and the module that they come from. */
const PASSED = /^export \{([^}]*)\} from ['"]([^'"]+)['"];$/gm;
/** The methods of a room, as its public.ts returns them. */
const METHODS = /^ {8}(?:async )?(\w+)(?:\(|: (?:async )?\(?[\w, ={}]*\)? =>)/gm;
const ROOM = /\/public\w*\.js$/;

type Read = (href: string) => string;
const readText: Read = (href) => readFileSync(new URL(href), 'utf8');

/**
 * The text of every compiled file that the chunks of a kind use, by its address; modules of other packages are left
 * out. The file of the kind replaces the registry of kinds, which only lists them.
 */
export function codeFiles(kind: string, read: Read = readText): Map<string, string> {
  const registry = new URL('dist/sweeps/kinds/index.js', ownRoot).href;
  const own = new URL(`dist/sweeps/kinds/${kind}.js`, ownRoot).href;
  // The core that computes comes from there, whether or not a file of the command imports it by name.
  const entries = new Set([library('emft').href]);
  const texts = closure([new URL('dist/sweeps/chunk.js', ownRoot).href], read, (name, href) => {
    if (/^emft($|\/)/.test(name)) entries.add(library(name).href);
    if (!name.startsWith('.')) return undefined;
    const imported = new URL(name, href).href;
    return imported === registry ? own : imported;
  });
  // A method can only be called, and a name only be imported, by a word that is in these texts.
  const words = new Set([...texts.values()].flatMap((text) => text.match(/\w+/g) ?? []));
  const roots: string[] = [];
  for (const entry of entries) {
    const text = read(entry);
    for (const [, names, name] of text.matchAll(PASSED)) {
      if (names.split(',').some((one) => words.has(one.trim().split(' as ').at(-1)!)))
        roots.push(new URL(name, entry).href);
    }
    const rest = text.replace(PASSED, '');
    for (const [, name] of rest.matchAll(IMPORTS)) {
      const { href } = new URL(name, entry);
      if (!ROOM.test(name) || [...read(href).matchAll(METHODS)].some(([, one]) => words.has(one))) {
        roots.push(href);
      }
    }
    if (rest.includes('import ')) texts.set(entry, rest);
  }
  const inside = closure(roots, read, (name, href) =>
    name.startsWith('.') ? new URL(name, href).href : undefined,
  );
  return new Map([...texts, ...inside]);
}

/**
 * The texts of modules and of all modules that they import; `lead` gives the address of an
 * import that is to be followed.
 */
function closure(
  roots: readonly string[],
  read: Read,
  lead: (name: string, href: string) => string | undefined,
): Map<string, string> {
  const found = new Set(roots);
  const texts = new Map<string, string>();
  for (const href of found) {
    const text = read(href);
    texts.set(href, text);
    for (const [, name] of text.matchAll(IMPORTS)) {
      const to = lead(name, href);
      if (to !== undefined) found.add(to);
    }
  }
  return texts;
}

/** The path of a file within its package: no result depends on where the packages are. */
function place(href: string): string {
  const own = ownRoot.href;
  if (href.startsWith(own)) return `emft-cli/${href.slice(own.length)}`;
  return `emft/${href.slice(library('emft/package.json').href.length - 'package.json'.length)}`;
}

/** `read` gives the text of a file. */
export function codeHash(kind: string, read?: Read): string {
  return sha256(
    Array.from(codeFiles(kind, read), ([href, text]) => `${place(href)} ${sha256(text)}`)
      .sort()
      .join('\n'),
  );
}

export function buildIdentity({ build, compute }: Pick<Experiment, 'build' | 'compute'>): BuildIdentity {
  const wasm = readFileSync(fileURLToPath(library(`emft/emft.${build}.wasm`)));
  return { ...provenance(), wasmSha256: sha256(wasm), codeSha256: codeHash(compute) };
}
