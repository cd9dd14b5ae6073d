// The shards of a run on disk. Several processes may read, write and set aside at once, so that a file in a listing may
// be gone when it is opened: shards are replaced by better ones (with fewer failed tasks), and damaged ones are moved
// away. A file is only deleted if another one that replaced it holds all of its results.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { EmftError } from 'emft/check';
import { syncDirectory, writeFileAtomic } from '../files/atomicFile.js';
import { FileError, fileError, naming, systemCode, systemReason } from '../files/fileError.js';
import type { FileSystem } from '../files/fileSystem.js';
import type { ChunkData } from './chunk.js';
import { DamagedShardError, decodeShard, encodeShard, parseShardName, type ShardPlan } from './shard.js';

/** A finished chunk's file. */
export interface Shard {
  name: string;
  failed: number;
}

/** An entry with the name of a shard that is not a shard. */
interface Oddity {
  name: string;
  chunk: number;
  /** A sentence that begins with that name. */
  text: string;
}

export interface Listing {
  /** The shards of each chunk, those with the fewest failed tasks first. */
  candidates: Map<number, Shard[]>;
  oddities: Oddity[];
}

/** A shard no longer exists: another process replaced it or set it aside. */
export class GoneShardError extends EmftError {
  override name = 'GoneShardError';
}

/** Errors of this process or of the whole system, which do not show that a file is bad. */
const NOT_THE_FILE = ['EMFILE', 'ENFILE', 'ENOMEM', 'ENOSPC', 'ETIMEDOUT', 'EAGAIN', 'EINTR'];

/** Larger than any shard, with 10 000 tasks of many rows; a sparse file of this size is not read. */
const LARGEST_SHARD = 2 ** 31 - 1;

export class ShardStore {
  readonly directory: string;
  readonly #quarantine: string;
  readonly #plan: (chunk: number) => ShardPlan;
  readonly #chunks: number;
  readonly #fs: FileSystem;

  /** `run` is the directory of the run, `plan` gives the contents that the shard of a chunk must have. */
  constructor(run: string, chunks: number, plan: (chunk: number) => ShardPlan, fs: FileSystem) {
    this.directory = join(run, 'shards');
    this.#quarantine = join(run, 'quarantine');
    this.#chunks = chunks;
    this.#plan = plan;
    this.#fs = fs;
  }

  /** The entries of the directory, none of them opened. A directory that is missing is empty. */
  async list(): Promise<Listing> {
    const candidates = new Map<number, Shard[]>();
    const oddities: Oddity[] = [];
    for (const entry of await this.#entries()) {
      const { name } = entry;
      const parts = parseShardName(name);
      if (!parts) continue;
      const { chunk, failed } = parts;
      const what = entry.isFile() ? undefined : await this.#oddity(name);
      if (chunk >= this.#chunks)
        oddities.push({ name, chunk, text: `shard ${name} is of no chunk of this run` });
      else if (what) oddities.push({ name, chunk, text: `shard ${name} is ${what}` });
      else {
        const known = candidates.get(chunk);
        if (known) known.push({ name, failed });
        else candidates.set(chunk, [{ name, failed }]);
      }
    }
    for (const list of candidates.values()) {
      if (list.length > 1) list.sort((a, b) => a.failed - b.failed || (a.name < b.name ? -1 : 1));
    }
    return { candidates, oddities };
  }

  async #entries() {
    try {
      return await this.#fs.readdir(this.directory, { withFileTypes: true });
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return [];
      throw fileError(error, this.directory, 'listed');
    }
  }

  /** What an entry is that is no plain file, in words; undefined when it is a link to one, or is gone. */
  async #oddity(name: string): Promise<string | undefined> {
    try {
      const stat = await this.#fs.stat(join(this.directory, name));
      if (stat.isFile()) return undefined;
      return stat.isDirectory() ? 'a directory, not a file' : 'a device, a pipe or a socket, not a file';
    } catch (error) {
      const code = systemCode(error);
      if (code === 'ENOENT') return 'a link to nothing';
      if (code === 'ELOOP') return 'a loop of links';
      throw fileError(error, join(this.directory, name), 'read');
    }
  }

  /** Throws a DamagedShardError for a file that is no whole shard of the chunk, a GoneShardError for a missing file. */
  async read(chunk: number, { name }: Pick<Shard, 'name'>): Promise<ChunkData> {
    const path = join(this.directory, name);
    const bytes = await this.#bytes(path, name).catch((error: unknown) => {
      // Reads once more: a failure that does not recur (of a network) need not be the file's fault.
      if (error instanceof DamagedShardError) return this.#bytes(path, name);
      throw error;
    });
    return decodeShard(name, bytes, this.#plan(chunk));
  }

  async #bytes(path: string, name: string): Promise<Buffer> {
    try {
      const { size } = await this.#fs.stat(path);
      if (size > LARGEST_SHARD) throw new DamagedShardError(`shard ${name} is larger than a shard can be`);
      return await this.#fs.readFile(path);
    } catch (error) {
      const code = systemCode(error);
      if (code === undefined) throw error;
      if (code === 'ENOENT') throw new GoneShardError(`${path}: it was there and is gone`);
      if (NOT_THE_FILE.includes(code)) throw fileError(error, path, 'read');
      throw new DamagedShardError(`shard ${name} cannot be read: ${systemReason(error as Error)}`);
    }
  }

  /** The time at which it was written, in milliseconds; undefined if unknown. */
  async time({ name }: Pick<Shard, 'name'>): Promise<number | undefined> {
    return this.#fs.stat(join(this.directory, name)).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
  }

  /** Its number of bytes; undefined if unknown. */
  async size({ name }: Pick<Shard, 'name'>): Promise<number | undefined> {
    return this.#fs.stat(join(this.directory, name)).then(
      ({ size }) => size,
      () => undefined,
    );
  }

  /** Makes a chunk durable. */
  async write(chunk: number, data: ChunkData): Promise<Shard> {
    const { run, columns } = this.#plan(chunk);
    const { name, bytes } = encodeShard(run, chunk, columns, data);
    const path = join(this.directory, name);
    const write = () =>
      naming(path, 'written', writeFileAtomic(path, bytes, { overwrite: true, fs: this.#fs }));
    await write().catch((error: unknown) => {
      // Another machine, whose clock is far off, removed the temporary file as abandoned.
      if (error instanceof FileError && error.code === 'ENOENT') return write();
      throw error;
    });
    return { name, failed: data.failures.length };
  }

  /** Removes a shard that a better one has replaced. If it stays, that does no harm. */
  async drop({ name }: Shard): Promise<void> {
    await this.#fs.unlink(join(this.directory, name)).catch(() => {});
  }

  /**
   * Moves a file that is no whole shard into `quarantine/`; returns its new path, or undefined when another process was
   * faster. If that process has put a whole shard in its place, the shard is moved back.
   */
  async setAside(chunk: number, name: string): Promise<string | undefined> {
    const from = join(this.directory, name);
    const kept = `${name}.${randomBytes(4).toString('hex')}`;
    const to = join(this.#quarantine, kept);
    try {
      await this.#fs.mkdir(this.#quarantine);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw fileError(error, this.#quarantine, 'made');
    }
    try {
      await this.#fs.rename(from, to);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw fileError(error, from, 'moved to quarantine');
    }
    if (await this.#isWhole(chunk, name, to)) {
      await naming(to, 'moved back', this.#fs.rename(to, from));
      return undefined;
    }
    await naming(this.#quarantine, 'synced', syncDirectory(this.#quarantine, this.#fs));
    return `quarantine/${kept}`;
  }

  async #isWhole(chunk: number, name: string, path: string): Promise<boolean> {
    try {
      if (chunk >= this.#chunks || !(await this.#fs.stat(path)).isFile()) return false;
      await decodeShard(name, await this.#fs.readFile(path), this.#plan(chunk));
      return true;
    } catch {
      return false;
    }
  }
}
