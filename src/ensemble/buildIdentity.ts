// Which build computes: the hash of its .wasm and of the compiled JavaScript that results depend on.
import { readdirSync, readFileSync } from 'node:fs';
import type { Build } from '../index.js';
import { type Provenance, provenance } from './provenance.js';
import { sha256 } from './resultDirectory.js';

export interface BuildIdentity extends Provenance {
  /** Over the compiled JavaScript that results depend on. */
  codeSha256: string;
}

const codeRoot = new URL('../../dist/', import.meta.url);
const CODE = ['core', 'eigen', 'ensemble', 'grain', 'lattice', 'meanfield', 'random'];

function codeHash(): string {
  const files = CODE.flatMap((room) =>
    readdirSync(new URL(room, codeRoot), { recursive: true, encoding: 'utf8' }).map((f) => `${room}/${f}`),
  ).filter((f) => f.endsWith('.js'));
  const hashes = [...files, 'index.js']
    .sort()
    .map((f) => `${f} ${sha256(readFileSync(new URL(f, codeRoot)))}`);
  return sha256(hashes.join('\n'));
}

export function buildIdentity(build: Build): BuildIdentity {
  const wasm = readFileSync(new URL(`../build/emft.${build}.wasm`, codeRoot));
  return { ...provenance(), wasmSha256: sha256(wasm), codeSha256: codeHash() };
}
