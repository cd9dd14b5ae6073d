// Which build computes: the hash of its .wasm and of the compiled JavaScript that results depend on. That is the module
// of the chunks and all that it imports, in this package and in emft: a change of anything else leaves a run resumable.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Build } from 'emft';
import { library, ownRoot, type Provenance, provenance } from '../files/provenance.js';
import { sha256 } from '../files/resultDirectory.js';

export interface BuildIdentity extends Provenance {
  /** Over the compiled JavaScript that results depend on. */
  codeSha256: string;
}

/** Imports and exports as tsc writes them: from another module, or of it alone. */
const IMPORTS = /(?:\bfrom|^import|\bimport\() ?['"]([^'"]+)['"]/gm;

/** Every compiled file that `first` imports, directly or not, and itself; what other packages bring is left out. */
function closure(first: URL): string[] {
  const found = new Set([first.href]);
  for (const href of found) {
    const text = readFileSync(new URL(href), 'utf8');
    for (const [, name] of text.matchAll(IMPORTS)) {
      if (name.startsWith('.')) found.add(new URL(name, href).href);
      else if (/^emft($|\/)/.test(name)) found.add(library(name).href);
    }
  }
  return [...found];
}

/** Where it lies in its package: no result depends on where the packages are. */
function place(href: string): string {
  const own = ownRoot.href;
  if (href.startsWith(own)) return `emft-cli/${href.slice(own.length)}`;
  return `emft/${href.slice(library('emft/package.json').href.length - 'package.json'.length)}`;
}

function codeHash(): string {
  return sha256(
    closure(new URL('dist/sweeps/chunk.js', ownRoot))
      .map((href) => `${place(href)} ${sha256(readFileSync(new URL(href)))}`)
      .sort()
      .join('\n'),
  );
}

export function buildIdentity(build: Build): BuildIdentity {
  const wasm = readFileSync(fileURLToPath(library(`emft/emft.${build}.wasm`)));
  return { ...provenance(), wasmSha256: sha256(wasm), codeSha256: codeHash() };
}
