// Where a result comes from: version, revision and the hash of the WebAssembly that computed it.
import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sha256 } from './resultDirectory.js';

export interface Provenance {
  version: string;
  /** Git revision, with `+changes` when the tree differs from it; null outside a clone. */
  revision: string | null;
  wasmSha256: string;
}

const root = new URL('../../', import.meta.url);

export function packageVersion(): string {
  return JSON.parse(readFileSync(new URL('package.json', root), 'utf8')).version;
}

export function provenance(): Provenance {
  return {
    version: packageVersion(),
    revision: revision(),
    wasmSha256: sha256(readFileSync(new URL('build/emft.simd.wasm', root))),
  };
}

function revision(): string | null {
  const cwd = realpathSync(fileURLToPath(root));
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    // Installed as a dependency, the enclosing repository is somebody else's.
    if (realpathSync(git('rev-parse', '--show-toplevel')) !== cwd) return null;
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return git('rev-parse', 'HEAD') + (changed ? '+changes' : '');
  } catch {
    return null;
  }
}
