// The directory of a run:
//   manifest.json   what is computed, by which build, where it began; written once, never changed
//   shards/         one file per finished chunk: the only state
//   log/            one file per process that worked here; nothing depends on them
//   slurm/          what the elements of job arrays printed
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, unlink } from 'node:fs/promises';
import { availableParallelism, cpus, hostname, platform, release, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { InputError } from '../core/errors.js';
import { syncDirectory, writeFileAtomic } from './atomicFile.js';
import type { ChunkData } from './chunk.js';
import type { Experiment, ExperimentFile, RunSettings } from './experiment.js';
import { type FileSystem, nodeFileSystem } from './fileSystem.js';
import { type Chunk, chunkSizes, chunksOf, taskOffsets } from './plan.js';
import { type Provenance, provenance } from './provenance.js';
import { sha256 } from './resultDirectory.js';
import { DamagedShardError, decodeShard, encodeShard, parseShardName, type ShardColumn } from './shard.js';
import type { Parameter } from './sweepKind.js';
import { sweepKinds } from './sweepKinds.js';
import { isTemporary, removeStaleTemporaries } from './temporaries.js';

const KIND = 'emft run';
const FORMAT = 1;

export type Engine = 'local' | 'slurm';

export interface Manifest {
  kind: typeof KIND;
  format: typeof FORMAT;
  /** Names the run in the queue of a cluster. */
  id: string;
  created: string;
  engine: Engine;
  experiment: Experiment;
  run: RunSettings;
  tasks: number;
  /** Tasks in a chunk of each ensemble. */
  chunkSizes: number[];
  /** The parameters that have values, and the experiment's output columns. */
  parameters: { name: string; type: Parameter['type']; unit: string; description: string }[];
  columns: (ShardColumn & { unit: string; description: string })[];
  provenance: Provenance & {
    /** Over the compiled JavaScript that results depend on. */
    codeSha256: string;
  };
  /** Of experiment, cut into chunks, .wasm and code: what may share a directory. */
  identity: string;
  machine: Record<string, string | number>;
}

/** A finished chunk's file. */
export interface Shard {
  name: string;
  failed: number;
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

function machine(): Record<string, string | number> {
  return {
    host: hostname(),
    platform: `${platform()} ${release()} ${process.arch}`,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.version,
  };
}

function identityOf(
  experiment: Experiment,
  chunkSizes: number[],
  { wasmSha256, codeSha256 }: Pick<Manifest['provenance'], 'wasmSha256' | 'codeSha256'>,
): string {
  return sha256(JSON.stringify([FORMAT, experiment, chunkSizes, wasmSha256, codeSha256]));
}

/** What a run of this file, started now by this build, is. */
export function describeRun({ experiment, run }: ExperimentFile, engine: Engine): Manifest {
  const wasm = readFileSync(new URL(`../build/emft.${experiment.build}.wasm`, codeRoot));
  const origin = { ...provenance(), wasmSha256: sha256(wasm), codeSha256: codeHash() };
  const kind = sweepKinds[experiment.compute];
  const { columns } = kind.tables[experiment.table];
  const sizes = chunkSizes(experiment, run);
  return {
    kind: KIND,
    format: FORMAT,
    id: randomBytes(8).toString('hex'),
    created: new Date().toISOString(),
    engine,
    experiment,
    run,
    tasks: taskOffsets(experiment).at(-1)!,
    chunkSizes: sizes,
    parameters: Object.entries(kind.parameters)
      .filter(([name]) => experiment.ensembles.some(({ axes }) => name in axes))
      .map(([name, { type, unit, description }]) => ({ name, type, unit, description })),
    columns: experiment.columns.map(({ name, unit }) => {
      const { type, description } = columns[name];
      return { name, type, unit, description };
    }),
    provenance: origin,
    identity: identityOf(experiment, sizes, origin),
    machine: machine(),
  };
}

export class RunDirectory {
  readonly path: string;
  readonly manifest: Manifest;
  readonly chunks: Chunk[];
  readonly #fs: FileSystem;
  #log: string | undefined;

  private constructor(path: string, manifest: Manifest, fs: FileSystem) {
    this.path = resolve(path);
    this.manifest = manifest;
    this.chunks = chunksOf(manifest.experiment, manifest.chunkSizes);
    this.#fs = fs;
  }

  /** Begins a run. A directory with anything in it is refused, one with the same run with a hint. */
  static async create(
    path: string,
    file: ExperimentFile,
    engine: Engine,
    fs = nodeFileSystem,
  ): Promise<RunDirectory> {
    const manifest = describeRun(file, engine);
    const present = await list(path);
    if (present.includes('manifest.json')) {
      const { identity } = await readManifest(path);
      throw new InputError(
        path,
        identity === manifest.identity
          ? `holds this very run already; go on with: emft resume ${path}`
          : 'holds a run of another experiment or another build; choose another directory',
      );
    }
    const own = new Set(['shards', 'log']);
    const other = present.find((name) => !own.has(name) && !isTemporary(name));
    if (other !== undefined) throw new InputError(path, `is not empty (${other}); choose another directory`);
    await mkdir(join(path, 'shards'), { recursive: true });
    await removeStaleTemporaries(path, fs);
    await syncDirectory(path, fs);
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    await writeFileAtomic(join(path, 'manifest.json'), text, { overwrite: false, fs });
    return new RunDirectory(path, manifest, fs);
  }

  /** Opens a run, to look at it or to collect it. */
  static async open(path: string, fs = nodeFileSystem): Promise<RunDirectory> {
    return new RunDirectory(path, await readManifest(path), fs);
  }

  /** Opens a run to go on with it: the build has to be the one that began it. */
  static async resume(path: string, fs = nodeFileSystem): Promise<RunDirectory> {
    const run = await RunDirectory.open(path, fs);
    const { experiment, run: settings, engine, identity, provenance: then } = run.manifest;
    const now = describeRun({ experiment, run: settings }, engine);
    if (now.identity !== identity) {
      const what =
        now.provenance.wasmSha256 !== then.wasmSha256
          ? `the .wasm differs (${then.wasmSha256.slice(0, 12)}… then, ${now.provenance.wasmSha256.slice(0, 12)}… now)`
          : now.provenance.codeSha256 !== then.codeSha256
            ? `the code differs (version ${then.version}, revision ${then.revision} then; ${now.provenance.version}, ${now.provenance.revision} now)`
            : 'the manifest was edited';
      throw new InputError(path, `was begun by another build or configuration and is not mixed: ${what}`);
    }
    await removeStaleTemporaries(run.path, fs);
    await mkdir(join(run.path, 'shards'), { recursive: true });
    await removeStaleTemporaries(join(run.path, 'shards'), fs);
    return run;
  }

  /** Whether the queue of a cluster may know of elements of this run. */
  wasSubmitted(): boolean {
    return this.manifest.engine === 'slurm' || existsSync(join(this.path, 'slurm'));
  }

  /** Finished chunks by number, from a listing of the directory alone. */
  async shards(): Promise<Map<number, Shard>> {
    const shards = new Map<number, Shard>();
    for (const name of await list(join(this.path, 'shards'))) {
      const parts = parseShardName(name);
      if (!parts || parts.chunk >= this.chunks.length) continue;
      const { chunk, failed } = parts;
      const earlier = shards.get(chunk);
      // A repeated chunk's new shard counts before the old one is removed.
      if (!earlier || failed < earlier.failed) shards.set(chunk, { name, failed });
    }
    return shards;
  }

  async readShard(chunk: number, { name }: Shard): Promise<ChunkData> {
    const bytes = await readFile(join(this.path, 'shards', name));
    return decodeShard(name, bytes, this.manifest.identity, this.chunks[chunk], this.manifest.columns);
  }

  /** Removes damaged shards of the given chunks; returns what is wrong with each. */
  async removeDamaged(chunks: readonly number[]): Promise<string[]> {
    const damaged: string[] = [];
    const shards = await this.shards();
    for (const chunk of chunks) {
      const shard = shards.get(chunk);
      if (!shard) continue;
      try {
        await this.readShard(chunk, shard);
      } catch (error) {
        if (!(error instanceof DamagedShardError)) throw error;
        damaged.push(error.message);
        await this.#fs.unlink(join(this.path, 'shards', shard.name));
      }
    }
    return damaged;
  }

  /** Makes a finished chunk durable; replaces earlier shards of the same chunk. */
  async writeShard(chunk: number, data: ChunkData, earlier: Shard | undefined): Promise<Shard> {
    const { name, bytes } = encodeShard(this.manifest.identity, chunk, this.manifest.columns, data);
    const directory = join(this.path, 'shards');
    await writeFileAtomic(join(directory, name), bytes, { overwrite: true, fs: this.#fs });
    if (earlier && earlier.name !== name) await unlink(join(directory, earlier.name)).catch(() => {});
    return { name, failed: data.failures.length };
  }

  /** Adds a line to this process's log. A log that cannot be written is no reason to lose results. */
  async log(event: string, facts: Record<string, unknown> = {}): Promise<void> {
    const time = new Date().toISOString();
    this.#log ??= `${time.replaceAll(':', '')}-${hostname()}-${process.pid}.jsonl`;
    const line = `${JSON.stringify({ time, event, ...facts })}\n`;
    try {
      await mkdir(join(this.path, 'log'), { recursive: true });
      await appendFile(join(this.path, 'log', this.#log), line);
    } catch (error) {
      process.stderr.write(`emft: cannot write the log: ${(error as Error).message}\n`);
    }
  }
}

async function list(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    if (code === 'ENOTDIR') throw new InputError(directory, 'is a file, not a directory');
    throw error;
  }
}

async function readManifest(path: string): Promise<Manifest> {
  const file = join(path, 'manifest.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (
      (error as NodeJS.ErrnoException).code === 'ENOENT' ||
      (error as NodeJS.ErrnoException).code === 'ENOTDIR'
    ) {
      throw new InputError(path, 'is not the directory of a run: it has no manifest.json');
    }
    throw error;
  }
  let value: Manifest;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InputError(file, 'is not JSON');
  }
  if (value?.kind !== KIND) throw new InputError(file, 'is not the manifest of a run');
  if (value.format !== FORMAT) {
    throw new InputError(file, `has format ${value.format}; this version of emft reads format ${FORMAT}`);
  }
  const { experiment, chunkSizes, provenance, identity } = value;
  // Shards that were computed for something else would be taken for results of what now stands there.
  if (!provenance || identityOf(experiment, chunkSizes, provenance) !== identity) {
    throw new InputError(file, 'was edited or is damaged: it does not have the identity that it states');
  }
  return value;
}
