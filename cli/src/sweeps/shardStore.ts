// The shards of a run on disk. Several processes may read, write and set aside at once, so a name that a listing gave may
// be gone when it is opened: shards are replaced by better ones (fewer failed tasks), and damaged ones are moved away.
// Nothing is ever deleted that has not been replaced by something that holds all of it.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { EmftError } from 'emft';
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

/** Something that has the name of a shard and is none. */
export interface Oddity {
  name: string;
  chunk: number;
  /** A sentence that begins with the name. */
  text: string;
}

export interface Listing {
  /** Of each chunk: the fewest failed tasks first. */
  candidates: Map<number, Shard[]>;
  oddities: Oddity[];
}

/** A shard that was there is no more: another process replaced it or set it aside. */
export class GoneShardError extends EmftError {
  override name = 'GoneShardError';
}

/** Problems of this process or of the whole system, which say nothing about a file. */
const NOT_THE_FILE = ['EMFILE', 'ENFILE', 'ENOMEM', 'ENOSPC', 'ETIMEDOUT', 'EAGAIN', 'EINTR'];

/** Larger than any shard: 10 000 tasks of many rows. A sparse file of that size is not read. */
const MAX_BYTES = 2 ** 31 - 1;

export class ShardStore {
  readonly directory: string;
  readonly #quarantine: string;
  readonly #plan: (chunk: number) => ShardPlan;
  readonly #chunks: number;
  readonly #fs: FileSystem;

  /** `run` is the directory of the run, `plan` what the shard of a chunk has to hold. */
  constructor(run: string, chunks: number, plan: (chunk: number) => ShardPlan, fs: FileSystem) {
    this.directory = join(run, 'shards');
    this.#quarantine = join(run, 'quarantine');
    this.#chunks = chunks;
    this.#plan = plan;
    this.#fs = fs;
  }

  /** What is there, without opening any of it. A directory that is missing is empty. */
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

  /** What an entry that is no plain file is, in words; undefined when it leads to one, or is gone. */
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

  /** Throws a DamagedShardError for what is no whole shard of the chunk, a GoneShardError for what is not there. */
  async read(chunk: number, { name }: Pick<Shard, 'name'>): Promise<ChunkData> {
    const path = join(this.directory, name);
    const bytes = await this.#bytes(path, name).catch((error: unknown) => {
      // Once more, since what fails once (a network) need not be the file's fault.
      if (error instanceof DamagedShardError) return this.#bytes(path, name);
      throw error;
    });
    return decodeShard(name, bytes, this.#plan(chunk));
  }

  async #bytes(path: string, name: string): Promise<Buffer> {
    try {
      const { size } = await this.#fs.stat(path);
      if (size > MAX_BYTES) throw new DamagedShardError(`shard ${name} is larger than a shard can be`);
      return await this.#fs.readFile(path);
    } catch (error) {
      const code = systemCode(error);
      if (code === undefined) throw error;
      if (code === 'ENOENT') throw new GoneShardError(`${path}: it was there and is gone`);
      if (NOT_THE_FILE.includes(code)) throw fileError(error, path, 'read');
      throw new DamagedShardError(`shard ${name} cannot be read: ${systemReason(error as Error)}`);
    }
  }

  /** When it was written, in milliseconds; undefined when that is not known. */
  async time({ name }: Pick<Shard, 'name'>): Promise<number | undefined> {
    return this.#fs.stat(join(this.directory, name)).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
  }

  /** Its bytes; undefined when that is not known. */
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
      // Another machine, whose clock is far off, took the temporary file for one that was left behind.
      if (error instanceof FileError && error.code === 'ENOENT') return write();
      throw error;
    });
    return { name, failed: data.failures.length };
  }

  /** Removes a shard that a better one has replaced. That it stays would do no harm. */
  async drop({ name }: Shard): Promise<void> {
    await this.#fs.unlink(join(this.directory, name)).catch(() => {});
  }

  /**
   * Moves what is no whole shard into `quarantine/`; returns where it is now, or undefined when another process was
   * faster. Should that have put a whole shard in its place, it is moved back.
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
