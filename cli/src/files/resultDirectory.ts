// A directory of results with a manifest of what was written there. A file is replaced only if the manifest
// lists it with the content it now has: whatever somebody else put there, or changed, is refused by name.
import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from 'emft';
import { writeFileAtomic } from './atomicFile.js';
import { readBounded } from './boundedRead.js';
import { withLock } from './directoryLock.js';
import { fileError, naming, systemCode } from './fileError.js';
import { nodeFileSystem as fs } from './fileSystem.js';
import { makeDirectories } from './makeDirectories.js';
import { checkDirectory, kindOf, placeOf } from './place.js';
import { removeStaleTemporaries } from './temporaries.js';

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

/** A file that may be replaced: what it holds, and what it looks like until somebody touches it. */
interface Present {
  sha256: string;
  /** Whether the manifest knows this content. */
  own: boolean;
  stats: Stats;
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
    await checkNewDirectory(path);
    const manifest: Manifest = { kind: KIND, finished: false, provenance, files: {} };
    const directory = new ResultDirectory(path, manifest, force);
    await directory.#readManifest();
    return directory;
  }

  /**
   * Refuses names that are taken by somebody else's files (call it before computing anything).
   * Returns the hashes of the files that are there.
   */
  async check(names: readonly string[]): Promise<Record<string, string>> {
    const present = await this.#look(names);
    return Object.fromEntries(Object.entries(present).map(([name, { sha256 }]) => [name, sha256]));
  }

  /** Writes files; an interruption at any point leaves each of them old or new, and known to the manifest. */
  async write(contents: Contents): Promise<string[]> {
    const names = Object.keys(contents);
    await naming(this.path, 'made', makeDirectories(this.path));
    await withLock(this.path, async () => {
      await removeStaleTemporaries(this.path);
      // Another process may have written here since.
      await this.#readManifest();
      const present = await this.#look(names);
      const { files } = this.#manifest;
      for (const name of names) {
        const previous = present[name]?.own ? present[name].sha256 : undefined;
        files[name] = { sha256: sha256(contents[name]), previous };
      }
      await this.#save();
      const left = new Set(names);
      try {
        for (const name of names) {
          await this.#put(name, contents[name], present[name]?.stats);
          files[name] = { sha256: files[name].sha256 };
          left.delete(name);
        }
      } finally {
        // What was not replaced stays what it was; of emft's own files both contents are known.
        for (const name of left) if (files[name].previous === undefined) delete files[name];
        await this.#save();
      }
    });
    return names.map((name) => join(this.path, name));
  }

  /** Marks the run as finished; `facts` (wall time) join the provenance. */
  async finish(facts: Record<string, unknown>): Promise<void> {
    await withLock(this.path, async () => {
      await this.#readManifest();
      this.#manifest.finished = true;
      Object.assign(this.#manifest.provenance, facts);
      await this.#save();
    });
  }

  async #look(names: readonly string[]): Promise<Record<string, Present>> {
    const present: Record<string, Present> = {};
    for (const name of names) {
      const file = join(this.path, name);
      const { path, found: stats } = await placeOf(file, true);
      if (!stats) continue;
      const entry = this.#manifest.files[name];
      const hash = sha256(await naming(file, 'read', readBounded(file, path)));
      const own = entry !== undefined && (hash === entry.sha256 || hash === entry.previous);
      present[name] = { sha256: hash, own, stats };
      if (own || this.#force) continue;
      const why = entry ? 'was changed since emft wrote it' : 'was not written by emft';
      throw new InputError(file, `${why} and is not overwritten; move it, choose another -o, or use --force`);
    }
    return present;
  }

  async #put(name: string, content: string | Uint8Array, seen: Stats | undefined): Promise<void> {
    const how = this.#force || seen ? { overwrite: true } : { overwrite: false };
    await writeFileAtomic(join(this.path, name), content, {
      ...how,
      unchangedSince: this.#force ? undefined : seen,
    });
  }

  /** Takes over what the manifest on disk lists. */
  async #readManifest(): Promise<void> {
    const file = join(this.path, MANIFEST);
    const { path, found } = await placeOf(file, true);
    if (!found) return;
    const text = (await naming(file, 'read', readBounded(file, path))).toString('utf8');
    const files = listed(text);
    if (files) this.#manifest.files = files;
    else if (!this.#force) {
      throw new InputError(file, 'exists already and is not a manifest of emft; choose another directory');
    }
  }

  async #save(): Promise<void> {
    const text = `${JSON.stringify(this.#manifest, null, 2)}\n`;
    await writeFileAtomic(join(this.path, MANIFEST), text, { overwrite: true });
  }
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The files that a manifest lists; undefined when it is none of emft's. */
function listed(text: string): Manifest['files'] | undefined {
  try {
    const { kind, files } = JSON.parse(text) as Manifest;
    if (kind !== KIND) return undefined;
    const entries = Object.entries(files).filter(([, entry]) => typeof entry.sha256 === 'string');
    return Object.fromEntries(entries);
  } catch {
    return undefined;
  }
}

/** Refuses a path at which there is no directory to write into and none can be made. */
async function checkNewDirectory(path: string): Promise<void> {
  if (path === '') throw new InputError('output', "expected the name of a directory, got ''");
  for (let at = path; ; at = dirname(at)) {
    const stats = await statIfThere(path, at);
    if (!stats) continue;
    if (stats.isDirectory()) return checkDirectory(path, at);
    const why =
      at === path ? `is ${kindOf(stats)}, expected a directory` : `cannot be made: ${at} is ${kindOf(stats)}`;
    throw new InputError(path, why);
  }
}

async function statIfThere(path: string, at: string): Promise<Stats | undefined> {
  try {
    return await fs.stat(at);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOTDIR') throw new InputError(path, 'cannot be made: a part of its path is a file');
    if (code !== 'ENOENT') throw fileError(error, path, 'made');
  }
  const there = await fs.lstat(at).catch(() => undefined);
  if (there?.isSymbolicLink()) {
    throw new InputError(path, `cannot be made: ${at} is a link to something that does not exist`);
  }
  // Another process may have made it in between.
  return there;
}
