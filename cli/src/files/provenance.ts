// Where a result comes from: version, revision and the hash of the WebAssembly that computed it.
import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { sha256 } from './resultDirectory.js';

export interface Provenance {
  version: string;
  /** Git revision, with `+changes` when the tree differs from it; null outside a clone. */
  revision: string | null;
  wasmSha256: string;
}

/** The folder of this package. */
export const ownRoot = pathToFileURL(realpathSync(fileURLToPath(new URL('../../', import.meta.url))));
ownRoot.pathname += ownRoot.pathname.endsWith('/') ? '' : '/';

const { resolve } = createRequire(import.meta.url);

/** The file for a name of the library, `emft/package.json` for example. */
export function library(name: string): URL {
  return pathToFileURL(resolve(name));
}

function packageVersion(): string {
  return JSON.parse(readFileSync(new URL('package.json', ownRoot), 'utf8')).version;
}

export function provenance(): Provenance {
  return {
    version: packageVersion(),
    revision: revision(),
    wasmSha256: sha256(readFileSync(library('emft/emft.simd.wasm'))),
  };
}

function revision(): string | null {
  const cwd = fileURLToPath(new URL('.', library('emft/package.json')));
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    // If this package is installed as a dependency, the enclosing repository is somebody else's.
    if (realpathSync(git('rev-parse', '--show-toplevel')) !== realpathSync(cwd)) return null;
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return git('rev-parse', 'HEAD') + (changed ? '+changes' : '');
  } catch {
    return null;
  }
}
