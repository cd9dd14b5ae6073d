// A directory of results with a manifest of the files written there, and of the version and the way in which they were
// made. A file is replaced only if the manifest lists it with its present content, and the manifest only if it has the
// SHA-256 that it states: files that somebody else put there, or changed, are refused by name.
import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from 'emft/check';
import { writeFileAtomic } from './atomicFile.js';
import { readBounded } from './boundedRead.js';
import { withLock } from './directoryLock.js';
import { fileError, naming, systemCode } from './fileError.js';
import { nodeFileSystem as fs } from './fileSystem.js';
import { makeDirectories } from './makeDirectories.js';
import { OccupiedError } from './occupiedError.js';
import { checkDirectory, kindOf, placeOf } from './place.js';
import { repeatsKey } from './repeatedKeys.js';
import { removeStaleTemporaries } from './temporaries.js';

const MANIFEST = 'manifest.json';
const KIND = 'emft results';

type Facts = Record<string, unknown>;

/** A file's content as SHA-256, and its provenance; `previous` is set while the file is being replaced. */
interface Entry {
  sha256: string;
  previous?: string;
  provenance?: Facts;
}

interface Manifest {
  kind: typeof KIND;
  finished: boolean;
  /** Facts about the whole run, once it has finished. */
  facts: Facts;
  files: Record<string, Entry>;
}

/** A file that may be replaced: its content, and its status, which changes when somebody touches it. */
interface Present {
  sha256: string;
  /** Whether the manifest knows this content. */
  own: boolean;
  stats: Stats;
}

type Contents = Record<string, string | Uint8Array>;

export class ResultDirectory {
  readonly path: string;
  readonly #manifest: Manifest = { kind: KIND, finished: false, facts: {}, files: {} };
  readonly #provenance: Facts;
  readonly #force: boolean;
  /** The manifest on disk as it was last read or written; undefined if there was none. */
  #seen: Stats | undefined;

  private constructor(path: string, provenance: Facts, force: boolean) {
    this.path = path;
    this.#provenance = provenance;
    this.#force = force;
  }

  /**
   * Opens `path`, which need not exist yet; nothing is written. The manifest will record the `provenance` for each file
   * written now. `force` allows files of others to be replaced.
   */
  static async open(
    path: string,
    provenance: Facts,
    { force = false }: { force?: boolean } = {},
  ): Promise<ResultDirectory> {
    await checkNewDirectory(path);
    const directory = new ResultDirectory(path, provenance, force);
    await directory.#readManifest();
    return directory;
  }

  /**
   * Refuses names that belong to somebody else's files (to be called before computing anything). Returns the
   * hashes of the files that exist.
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
      // Another process may have written here meanwhile.
      await this.#readManifest();
      const present = await this.#look(names);
      const { files } = this.#manifest;
      for (const name of names) {
        const previous = present[name]?.own ? present[name].sha256 : undefined;
        files[name] = { sha256: sha256(contents[name]), previous, provenance: this.#provenance };
      }
      await this.#save();
      const left = new Set(names);
      try {
        for (const name of names) {
          await this.#put(name, contents[name], present[name]?.stats);
          delete files[name].previous;
          left.delete(name);
        }
      } finally {
        // A file that was not replaced stays as it was; for emft's own files both contents are known.
        for (const name of left) if (files[name].previous === undefined) delete files[name];
        await this.#save();
      }
    });
    return names.map((name) => join(this.path, name));
  }

  /** Marks the run as finished; `facts` are about the whole run: wall time. */
  async finish(facts: Facts): Promise<void> {
    await withLock(this.path, async () => {
      await this.#readManifest();
      this.#manifest.finished = true;
      this.#manifest.facts = facts;
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
      throw new OccupiedError(file, `${why} and is not overwritten`, true);
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

  /** Reads the list in the manifest on disk. */
  async #readManifest(): Promise<void> {
    const file = join(this.path, MANIFEST);
    const { path, found } = await placeOf(file, true);
    this.#seen = found;
    if (!found) return;
    const text = (await naming(file, 'read', readBounded(file, path))).toString('utf8');
    const { files, own } = listed(text);
    if (files) this.#manifest.files = files;
    if (own || this.#force) return;
    if (files) throw new OccupiedError(file, 'was changed since emft wrote it and is not overwritten', true);
    throw new InputError(file, 'exists already and is not a manifest of emft; choose another directory');
  }

  async #save(): Promise<void> {
    const file = join(this.path, MANIFEST);
    const seen = this.#force ? undefined : this.#seen;
    const how = { overwrite: this.#force || seen !== undefined, unchangedSince: seen };
    await writeFileAtomic(file, serialize(this.#manifest), how);
    this.#seen = (await placeOf(file, true)).found;
  }
}

function serialize(manifest: Manifest): string {
  return `${JSON.stringify({ ...manifest, sha256: seal(manifest) }, null, 2)}\n`;
}

/** The hash over everything in a manifest, whatever white space it has. */
export function seal(manifest: object): string {
  return sha256(JSON.stringify(manifest));
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The keys of a manifest of version 0.1.0, which has no SHA-256 of its own. */
const EARLIER = 'kind finished provenance files';

/** The files that a manifest lists, if it is one of emft's; and whether it is as emft wrote it. */
function listed(text: string): { files?: Manifest['files']; own: boolean } {
  try {
    const value = JSON.parse(text);
    const { sha256: stated, ...said } = value as Manifest & { sha256?: string };
    if (said.kind !== KIND) return { own: false };
    const entries = Object.entries(said.files).filter(([, entry]) => typeof entry.sha256 === 'string');
    const known = stated === undefined ? Object.keys(said).join(' ') === EARLIER : stated === seal(said);
    return { files: Object.fromEntries(entries), own: known && !repeatsKey(text, value) };
  } catch {
    return { own: false };
  }
}

/** Refuses a path with no directory to write into where none can be made. */
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
  // Another process may have made it meanwhile.
  return there;
}
