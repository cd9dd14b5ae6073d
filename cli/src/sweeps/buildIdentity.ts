// Which build computes: the hash of its .wasm and of the compiled JavaScript that results depend on. That is the module
// of the chunks and all that it imports, in this package and in emft, but of the kinds of sweeps the run's own alone: a
// change of anything else, another kind or an engine, leaves a run resumable.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { library, ownRoot, type Provenance, provenance } from '../files/provenance.js';
import { sha256 } from '../files/resultDirectory.js';
import type { Experiment } from './experiment.js';

export interface BuildIdentity extends Provenance {
  /** Over the compiled JavaScript that results depend on. */
  codeSha256: string;
}

/** Imports and exports as tsc writes them: from another module, or of it alone. */
const IMPORTS = /(?:\bfrom|^import|\bimport\() ?['"]([^'"]+)['"]/gm;

/**
 * The text of every compiled file that the chunks of a kind import, directly or not, by its address; what other packages
 * bring is left out. In place of the registry of kinds, which only lists them, stands the file of the kind.
 */
export function codeFiles(kind: string): Map<string, string> {
  const registry = new URL('dist/sweeps/kinds/index.js', ownRoot).href;
  const own = new URL(`dist/sweeps/kinds/${kind}.js`, ownRoot).href;
  const found = new Set([new URL('dist/sweeps/chunk.js', ownRoot).href]);
  const texts = new Map<string, string>();
  for (const href of found) {
    const text = readFileSync(new URL(href), 'utf8');
    texts.set(href, text);
    for (const [, name] of text.matchAll(IMPORTS)) {
      if (name.startsWith('.')) {
        const imported = new URL(name, href).href;
        found.add(imported === registry ? own : imported);
      } else if (/^emft($|\/)/.test(name)) found.add(library(name).href);
    }
  }
  return texts;
}

/** Where it lies in its package: no result depends on where the packages are. */
function place(href: string): string {
  const own = ownRoot.href;
  if (href.startsWith(own)) return `emft-cli/${href.slice(own.length)}`;
  return `emft/${href.slice(library('emft/package.json').href.length - 'package.json'.length)}`;
}

function codeHash(kind: string): string {
  return sha256(
    Array.from(codeFiles(kind), ([href, text]) => `${place(href)} ${sha256(text)}`)
      .sort()
      .join('\n'),
  );
}

export function buildIdentity({ build, compute }: Pick<Experiment, 'build' | 'compute'>): BuildIdentity {
  const wasm = readFileSync(fileURLToPath(library(`emft/emft.${build}.wasm`)));
  return { ...provenance(), wasmSha256: sha256(wasm), codeSha256: codeHash(compute) };
}
