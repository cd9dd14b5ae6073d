// A directory of results with a manifest of what was written there. A file is replaced only if the manifest
// lists it with the content it now has: whatever somebody else put there, or changed, is refused by name.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../core/errors.js';
import { writeFileAtomic } from './atomicFile.js';

const MANIFEST = 'manifest.json';
const KIND = 'emft results';

/** A file's content as SHA-256; `previous` is set while it is being replaced. */
interface Entry {
  sha256: string;
  previous?: string;
}

interface Manifest {
  kind: typeof KIND;
  finished: boolean;
  provenance: Record<string, unknown>;
  files: Record<string, Entry>;
}

export type Contents = Record<string, string | Uint8Array>;

export class ResultDirectory {
  readonly path: string;
  readonly #manifest: Manifest;
  readonly #force: boolean;

  private constructor(path: string, manifest: Manifest, force: boolean) {
    this.path = path;
    this.#manifest = manifest;
    this.#force = force;
  }

  /** Opens `path`, which need not exist yet; nothing is written. `force` lets files of others be replaced. */
  static async open(
    path: string,
    provenance: Record<string, unknown>,
    { force = false }: { force?: boolean } = {},
  ): Promise<ResultDirectory> {
    const file = join(path, MANIFEST);
    const text = await readIfThere(file);
    const earlier = text === undefined ? undefined : parseManifest(text.toString('utf8'));
    if (text !== undefined && !earlier && !force) {
      throw new InputError(file, 'exists already and is not a manifest of emft; choose another directory');
    }
    const manifest: Manifest = { kind: KIND, finished: false, provenance, files: earlier?.files ?? {} };
    return new ResultDirectory(path, manifest, force);
  }

  /**
   * Refuses names that are taken by somebody else's files (call it before computing anything).
   * Returns the hashes of the files that are there.
   */
  async check(names: readonly string[]): Promise<Record<string, string>> {
    const present: Record<string, string> = {};
    for (const name of names) {
      const file = join(this.path, name);
      const content = await readIfThere(file);
      if (content === undefined) continue;
      const entry = this.#manifest.files[name];
      const hash = sha256(content);
      present[name] = hash;
      if (this.#force || hash === entry?.sha256 || (entry && hash === entry.previous)) continue;
      const why = entry ? 'was changed since emft wrote it' : 'was not written by emft';
      throw new InputError(file, `${why} and is not overwritten; move it, choose another -o, or use --force`);
    }
    return present;
  }

  /** Writes files; an interruption at any point leaves each of them old or new, and known to the manifest. */
  async write(contents: Contents): Promise<string[]> {
    const names = Object.keys(contents);
    const present = await this.check(names);
    const { files } = this.#manifest;
    for (const name of names) {
      files[name] = { sha256: sha256(contents[name]), previous: present[name] };
    }
    await this.#save();
    for (const name of names) {
      await writeFileAtomic(join(this.path, name), contents[name], { overwrite: true });
    }
    for (const name of names) files[name] = { sha256: files[name].sha256 };
    await this.#save();
    return names.map((name) => join(this.path, name));
  }

  /** Marks the run as finished; `facts` (wall time) join the provenance. */
  async finish(facts: Record<string, unknown>): Promise<void> {
    this.#manifest.finished = true;
    Object.assign(this.#manifest.provenance, facts);
    await this.#save();
  }

  async #save(): Promise<void> {
    const text = `${JSON.stringify(this.#manifest, null, 2)}\n`;
    await writeFileAtomic(join(this.path, MANIFEST), text, { overwrite: true });
  }
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ENOTDIR') throw new InputError(file, 'cannot be made: a part of its path is a file');
    if (code === 'EISDIR') throw new InputError(file, 'is a directory where a file is to be written');
    throw error;
  }
}

function parseManifest(text: string): Manifest | undefined {
  try {
    const value = JSON.parse(text) as Manifest;
    return value?.kind === KIND && typeof value.files === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}
