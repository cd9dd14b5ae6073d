// The directory of a run:
//   manifest.json   what is computed, by which build, where it began; written once, never changed
//   shards/         one file for each finished chunk: the only state
//   quarantine/     files from shards/ that could not be read
//   log/            one file for each process that worked here; only the rate that `status` shows depends on them
//   slurm/          the output of the elements of job arrays
// Any number of processes may work here at once: every file appears whole, and two processes that compute
// one chunk write the same file.
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { InputError } from 'emft/check';
import { syncDirectory, writeFileAtomic } from '../files/atomicFile.js';
import { misnamed, naming, systemCode, systemReason } from '../files/fileError.js';
import { type FileSystem, nodeFileSystem } from '../files/fileSystem.js';
import { makeDirectories } from '../files/makeDirectories.js';
import { isTemporary, removeStaleTemporaries } from '../files/temporaries.js';
import { buildIdentity } from './buildIdentity.js';
import { type ChunkData, mergeChunks } from './chunk.js';
import type { ExperimentFile } from './experiment.js';
import { kindOf } from './kindOf.js';
import { describeRun, type Engine, identityOf, type Manifest, meaningOf, serialize } from './manifest.js';
import { type Chunk, chunksOf } from './plan.js';
import { readManifest } from './readManifest.js';
import { BegunError } from './refusals.js';
import { DamagedShardError } from './shard.js';
import { GoneShardError, type Listing, type Shard, ShardStore } from './shardStore.js';

/** How often a shard that other processes keep replacing is looked for again. */
const LOOKS = 20;

export class RunDirectory {
  readonly path: string;
  readonly manifest: Manifest;
  readonly chunks: Chunk[];
  /** Receives messages about problems that do not end the work. */
  onNotice: (text: string) => void = () => {};
  readonly #fs: FileSystem;
  readonly #store: ShardStore;
  #log: string | undefined;
  #logFailed = false;

  private constructor(path: string, manifest: Manifest, fs: FileSystem) {
    this.path = resolve(path);
    this.manifest = manifest;
    this.chunks = chunksOf(manifest.experiment, manifest.chunkSizes);
    this.#fs = fs;
    const { experiment, identity: run, columns } = manifest;
    const { rows } = kindOf(experiment).tables[experiment.table];
    const plan = (chunk: number) => ({ run, chunk, columns, rows, ...this.chunks[chunk] });
    this.#store = new ShardStore(this.path, this.chunks.length, plan, fs);
  }

  /** Begins a run. A directory that holds anything is refused; if it holds the same run, the error gives a hint. */
  static async create(
    path: string,
    file: ExperimentFile,
    engine: Engine,
    fs = nodeFileSystem,
  ): Promise<RunDirectory> {
    const manifest = describeRun(file, engine);
    await refuseTaken(path, manifest, fs);
    try {
      await makeDirectories(path, fs);
      await makeDirectories(join(path, 'shards'), fs);
    } catch (error) {
      throw misnamed(error, path, 'made');
    }
    const target = join(path, 'manifest.json');
    try {
      await removeStaleTemporaries(path, fs);
      await syncDirectory(dirname(resolve(path)), fs);
      await syncDirectory(path, fs);
      await writeFileAtomic(target, serialize(manifest), { overwrite: false, fs });
    } catch (error) {
      // Another process may have begun a run here in the meantime.
      if (error instanceof InputError) await refuseTaken(path, manifest, fs);
      return naming(target, 'written', Promise.reject(error));
    }
    return new RunDirectory(path, manifest, fs);
  }

  /** Opens a run to read or collect it. */
  static async open(path: string, fs = nodeFileSystem): Promise<RunDirectory> {
    return new RunDirectory(path, await readManifest(path, fs), fs);
  }

  /** Opens a run to continue it: the build must be the one that began it. */
  static async resume(path: string, fs = nodeFileSystem): Promise<RunDirectory> {
    const run = await RunDirectory.open(path, fs);
    refuseOtherBuild(path, run.manifest);
    const { directory } = run.#store;
    try {
      await fs.mkdir(directory);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw misnamed(error, directory, 'made');
    }
    await naming(run.path, 'tidied up', removeStaleTemporaries(run.path, fs));
    await naming(directory, 'tidied up', removeStaleTemporaries(directory, fs));
    return run;
  }

  /** Whether the queue of a cluster may know of elements of this run. */
  wasSubmitted(): boolean {
    return this.manifest.engine === 'slurm' || existsSync(join(this.path, 'slurm'));
  }

  /** Every entry of shards/ with the name of a shard. */
  listing(): Promise<Listing> {
    return this.#store.list();
  }

  /** Finished chunks by number, from a listing of the directory alone. */
  async shards(): Promise<Map<number, Shard>> {
    const { candidates } = await this.listing();
    return new Map(Array.from(candidates, ([chunk, [best]]) => [chunk, best]));
  }

  /** The time at which a shard appeared, in milliseconds; undefined if unknown. */
  shardTime(shard: Shard): Promise<number | undefined> {
    return this.#store.time(shard);
  }

  /** Bytes of a shard; undefined if unknown. */
  shardSize(shard: Shard): Promise<number | undefined> {
    return this.#store.size(shard);
  }

  /** Throws a DamagedShardError, or a GoneShardError when another process has replaced it. */
  readShard(chunk: number, shard: Shard): Promise<ChunkData> {
    return this.#store.read(chunk, shard);
  }

  /** As `readShard`, for the shard that the chunk has by now; undefined if it no longer has one. */
  async readLatest(chunk: number, known: Shard): Promise<ChunkData | undefined> {
    let shard: Shard | undefined = known;
    for (let look = 1; shard; ++look) {
      try {
        return await this.readShard(chunk, shard);
      } catch (error) {
        if (!(error instanceof GoneShardError) || look === LOOKS) throw error;
        shard = (await this.shards()).get(chunk);
      }
    }
    return undefined;
  }

  /**
   * Moves files that are no valid shards of the given chunks out of the way; returns for each what was wrong with it,
   * where it is now, and whether its chunk has to be computed again.
   */
  async setDamagedAside(chunks: readonly number[]): Promise<string[]> {
    const { candidates, oddities } = await this.listing();
    const remarks: string[] = [];
    const asked = new Set(chunks);
    const setAside = async (chunk: number, name: string, text: string) => {
      const place = await this.#store.setAside(chunk, name);
      if (place === undefined) return;
      const again = asked.has(chunk) && !candidates.get(chunk)?.length ? '; computing it again' : '';
      remarks.push(`${text}; it is kept as ${place}${again}`);
    };
    for (const chunk of chunks) {
      const damaged: [name: string, text: string][] = [];
      const whole: Shard[] = [];
      for (const shard of candidates.get(chunk) ?? []) {
        try {
          await this.readShard(chunk, shard);
          whole.push(shard);
        } catch (error) {
          if (error instanceof GoneShardError) continue;
          if (!(error instanceof DamagedShardError)) throw error;
          damaged.push([shard.name, error.message]);
        }
      }
      candidates.set(chunk, whole);
      for (const [name, text] of damaged) await setAside(chunk, name, text);
      // A process that was killed left the shard that this one replaced.
      if (whole[0]?.failed === 0) await this.#dropReplaced(chunk, whole[0], whole);
    }
    for (const { chunk, name, text } of oddities) {
      if (asked.has(chunk) || chunk >= this.chunks.length) await setAside(chunk, name, text);
    }
    return remarks;
  }

  /**
   * Makes a finished chunk durable. The successful tasks of an earlier shard, in which others failed, are kept, so that
   * trying again never loses a result.
   */
  async writeShard(chunk: number, data: ChunkData, earlier: Shard | undefined): Promise<Shard> {
    let merged = data;
    if (earlier && data.failures.length > 0) {
      const before = await this.#readIfWhole(chunk, earlier);
      const types = this.manifest.columns.map(({ type }) => type);
      if (before) merged = mergeChunks(before, data, types);
      if (merged.failures.length === before?.failures.length) return earlier;
    }
    const shard = await this.#store.write(chunk, merged);
    if (earlier) {
      const others = (await this.listing()).candidates.get(chunk) ?? [];
      await this.#dropReplaced(chunk, shard, shard.failed === 0 ? others : [earlier]);
    }
    return shard;
  }

  /**
   * Removes those of the other shards that had more failures: `shard` holds all their results. Unreadable ones stay.
   */
  async #dropReplaced(chunk: number, shard: Shard, others: readonly Shard[]): Promise<void> {
    for (const other of others) {
      if (other.failed <= shard.failed) continue;
      const readable = await this.readShard(chunk, other).catch(() => undefined);
      if (readable) await this.#store.drop(other);
    }
  }

  async #readIfWhole(chunk: number, shard: Shard): Promise<ChunkData | undefined> {
    try {
      return await this.readLatest(chunk, shard);
    } catch (error) {
      if (error instanceof DamagedShardError) return undefined;
      throw error;
    }
  }

  /** Adds a line to this process's log. A log that cannot be written must not cost results. */
  async log(event: string, facts: Record<string, unknown> = {}): Promise<void> {
    const time = new Date().toISOString();
    this.#log ??= `${time.replaceAll(':', '')}-${hostname()}-${process.pid}.jsonl`;
    const directory = join(this.path, 'log');
    const line = `${JSON.stringify({ time, event, ...facts })}\n`;
    try {
      // Without its parents: a run that was removed is not begun again.
      await this.#fs.mkdir(directory).catch((error: unknown) => {
        if (systemCode(error) !== 'EEXIST') throw error;
      });
      await this.#fs.appendFile(join(directory, this.#log), line);
    } catch (error) {
      if (!this.#logFailed) this.onNotice(`${directory}: no log is kept: ${systemReason(error as Error)}`);
      this.#logFailed = true;
    }
  }
}

/** Throws an InputError when the directory holds anything but remains of an attempt to begin a run. */
async function refuseTaken(path: string, manifest: Manifest, fs: FileSystem): Promise<void> {
  const present = await names(path, fs);
  if (present.includes('manifest.json')) {
    const { identity } = await readManifest(path, fs);
    if (identity === manifest.identity) throw new BegunError(path);
    throw new InputError(
      path,
      'holds a run of another experiment or another build; choose another directory',
    );
  }
  const other = present.find((name) => name !== 'shards' && name !== 'log' && !isTemporary(name));
  if (other !== undefined) throw new InputError(path, `is not empty (${other}); choose another directory`);
}

async function names(directory: string, fs: FileSystem): Promise<string[]> {
  try {
    return (await fs.readdir(directory, { withFileTypes: true })).map(({ name }) => name);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') throw new InputError(directory, 'is a file, not a directory');
    throw misnamed(error, directory, 'listed');
  }
}

function refuseOtherBuild(
  path: string,
  { experiment, chunkSizes, identity, provenance: then }: Manifest,
): void {
  const now = buildIdentity(experiment);
  if (identityOf({ experiment, chunkSizes }, meaningOf(experiment), now) === identity) return;
  const what =
    now.wasmSha256 !== then.wasmSha256
      ? `the .wasm differs (${then.wasmSha256.slice(0, 12)}… then, ${now.wasmSha256.slice(0, 12)}… now)`
      : `the code differs (version ${then.version}, revision ${then.revision} then; ${now.version}, ${now.revision} now)`;
  throw new InputError(
    path,
    `was begun by another build, whose results are not mixed with this one's: ${what}`,
  );
}
