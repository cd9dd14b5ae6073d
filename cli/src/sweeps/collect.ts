// Merges the shards of a run into one Parquet or CSV file, in the order of the tasks. The bytes follow
// from the experiment and the build alone: no times, no machine names, no trace of how the run was
// cut, interrupted or distributed.
import { basename, dirname } from 'node:path';
import { InputError } from 'emft/check';
import { csvHeader, csvRows } from '../common/csv.js';
import { writeFileAtomic } from '../files/atomicFile.js';
import { columnName } from '../files/columnNames.js';
import { naming } from '../files/fileError.js';
import type { FileSystem } from '../files/fileSystem.js';
import { ParquetTable, parquetColumn } from '../files/parquet.js';
import { removeStaleTemporaries } from '../files/temporaries.js';
import type { ChunkData, Failure } from './chunk.js';
import type { Manifest } from './manifest.js';
import { taskTable } from './plan.js';
import { GapError } from './refusals.js';
import { type Columns, rowColumns } from './rows.js';
import type { RunDirectory } from './runDirectory.js';
import { DamagedShardError } from './shard.js';
import { GoneShardError, type Shard } from './shardStore.js';

interface CollectOptions {
  /** Collect the rows that exist although tasks are missing or failed. */
  allowGaps?: boolean;
  /** Replace an existing file. */
  overwrite?: boolean;
  /** Comment lines at the head of a CSV that say where the rows come from; a Parquet file always says it. */
  header?: boolean;
  fs?: FileSystem;
}

interface CollectSummary {
  file: string;
  rows: number;
  tasks: number;
  /** Tasks without rows: not computed, damaged on disk, or failed. */
  missing: number;
  /** For each shard that was not used, what is wrong with it. */
  damaged: string[];
  failed: number;
}

/** Rows in a row group of the collected file, whatever the shards hold. */
const GROUP_ROWS = 65_536;

/** How often the collection of a run starts again because other processes replaced its shards. */
const ATTEMPTS = 100;

/** Collects a run as it is, whatever other processes do to it meanwhile. */
export async function collect(
  run: RunDirectory,
  file: string,
  options: CollectOptions = {},
): Promise<CollectSummary> {
  for (let attempt = 1; ; ++attempt) {
    try {
      return await collectOnce(run, file, options);
    } catch (error) {
      // Shards are only replaced by better ones, so this ends.
      if (!(error instanceof GoneShardError) || attempt === ATTEMPTS) throw error;
    }
  }
}

async function collectOnce(
  run: RunDirectory,
  file: string,
  { allowGaps = false, overwrite = false, header = false, fs }: CollectOptions,
): Promise<CollectSummary> {
  const format = /\.(parquet|csv)$/.exec(file)?.[1];
  if (!format) throw new InputError('output', `expected a name that ends in .parquet or .csv, got ${file}`);
  const { manifest } = run;
  // Every shard is verified before a byte is written, so that a gap is reported at once; shards are read again below.
  const { shards, damaged, failures, missing } = await verifyShards(run);
  if (missing > 0 && !allowGaps) throw gapError(run, missing, failures.length, damaged);
  const { task } = taskTable(manifest.experiment);
  const metadata = {
    ...describe(manifest),
    tasks: manifest.tasks,
    missing,
    failures: failures.map(({ task: number, error }) => ({ task: number, ...task(number), error })),
  };
  const named = withUnits(manifest);
  let rows = 0;
  async function* parts(): AsyncGenerator<Columns> {
    for (const [i, shard] of shards) {
      const data: ChunkData = await run.readShard(i, shard);
      rows += data.tasks.length;
      yield named(rowColumns(manifest.experiment, data));
    }
  }
  const groups = regroup(parts(), GROUP_ROWS);
  const empty = named(rowColumns(manifest.experiment, emptyChunk(manifest)));
  const bytes =
    format === 'csv' ? csvFile(groups, empty, header ? metadata : {}) : parquetFile(groups, empty, metadata);
  // Removes what a process left that was killed while it collected into this file.
  await removeStaleTemporaries(dirname(file), fs, basename(file)).catch(() => {});
  await naming(file, 'written', writeFileAtomic(file, bytes, { overwrite, fs }));
  return { file, rows, tasks: manifest.tasks, missing, damaged, failed: failures.length };
}

interface Verified {
  /** The shard to use for each chunk, in the order of the chunks. */
  shards: Map<number, Shard>;
  damaged: string[];
  failures: Failure[];
  /** Tasks without rows. */
  missing: number;
}

async function verifyShards(run: RunDirectory): Promise<Verified> {
  const { candidates, oddities } = await run.listing();
  const damaged = oddities.map(({ text }) => text);
  const shards = new Map<number, Shard>();
  const failures: Failure[] = [];
  let missing = 0;
  for (let i = 0; i < run.chunks.length; ++i) {
    for (const shard of candidates.get(i) ?? []) {
      try {
        failures.push(...(await run.readShard(i, shard)).failures);
        shards.set(i, shard);
        break;
      } catch (error) {
        if (!(error instanceof DamagedShardError)) throw error;
        damaged.push(error.message);
      }
    }
    if (!shards.has(i)) missing += run.chunks[i].to - run.chunks[i].from;
  }
  return { shards, damaged, failures, missing: missing + failures.length };
}

/** Most damaged shards that an error names. */
const LISTED = 10;

function gapError(run: RunDirectory, missing: number, failed: number, damaged: string[]): GapError {
  const text = [
    `${missing} of ${run.manifest.tasks} tasks have no result${failed ? ` (${failed} of them failed)` : ''}`,
    ...damaged.slice(0, LISTED),
    ...(damaged.length > LISTED ? [`${damaged.length - LISTED} more shards are damaged`] : []),
  ];
  return new GapError(text.join('; '), run.path, failed);
}

/** Describes the numbers: where they come from and what they are. */
function describe({ experiment, parameters, columns, provenance }: Manifest) {
  const { version, revision, wasmSha256, codeSha256 } = provenance;
  const described = [
    // An output with a parameter's name replaces the parameter: it has the value that was drawn where none was given.
    ...parameters
      .filter(({ name }) => !columns.some((column) => column.name === name))
      .map(({ name, unit, description }) => ({ name: columnName(name, unit), unit, description })),
    {
      name: 'sample',
      unit: '1',
      description: 'index of the realization; with the seed it names the randomness',
    },
    ...columns.map(({ name, unit, description }) => ({ name: columnName(name, unit), unit, description })),
  ];
  return { program: 'emft', version, revision, wasmSha256, codeSha256, experiment, columns: described };
}

/** Renames the columns of rows as in files. */
function withUnits({ parameters, columns }: Manifest): (rows: Columns) => Columns {
  const unitOf = new Map([...parameters, ...columns].map(({ name, unit }) => [name, unit]));
  return (rows) =>
    Object.fromEntries(
      Object.entries(rows).map(([name, column]) => [columnName(name, unitOf.get(name) ?? '1'), column]),
    ) as Columns;
}

function emptyChunk({ columns }: Manifest): ChunkData {
  const none = { double: new Float64Array(0), integer: new Int32Array(0), boolean: new Uint8Array(0) };
  return {
    from: 0,
    to: 0,
    tasks: none.integer,
    columns: columns.map(({ type }) => none[type]),
    failures: [],
  };
}

/** The same rows in pieces of `size`; the last piece may be shorter. */
async function* regroup(parts: AsyncIterable<Columns>, size: number): AsyncGenerator<Columns> {
  let held: Columns[] = [];
  let count = 0;
  const take = (): Columns => {
    const joined = concatenate(held);
    held = [];
    count = 0;
    return joined;
  };
  for await (const part of parts) {
    const rows = part.sample.length;
    for (let at = 0; at < rows; ) {
      const n = Math.min(rows - at, size - count);
      held.push(slice(part, at, at + n));
      at += n;
      count += n;
      if (count === size) yield take();
    }
  }
  if (count > 0) yield take();
}

function slice(columns: Columns, from: number, to: number): Columns {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column.slice(from, to)]));
}

function concatenate(parts: Columns[]): Columns {
  const rows = parts.reduce((sum, part) => sum + part.sample.length, 0);
  const join = (name: string) => {
    if (Array.isArray(parts[0][name])) return parts.flatMap((part) => part[name] as string[]);
    const First = (parts[0][name] as Float64Array).constructor as Float64ArrayConstructor;
    const joined = new First(rows);
    let at = 0;
    for (const part of parts) {
      joined.set(part[name] as Float64Array, at);
      at += part.sample.length;
    }
    return joined;
  };
  return Object.fromEntries(Object.keys(parts[0]).map((name) => [name, join(name)]));
}

async function* parquetFile(
  groups: AsyncIterable<Columns>,
  empty: Columns,
  metadata: unknown,
): AsyncGenerator<Uint8Array> {
  const table = (columns: Columns) =>
    Object.entries(columns).map(([name, data]) => parquetColumn(name, data));
  const parquet = new ParquetTable(table(empty), metadata);
  for await (const group of groups) {
    parquet.write(table(group), GROUP_ROWS);
    yield parquet.take();
  }
  parquet.finish();
  yield parquet.take();
}

/** The metadata in comment lines, then the names of columns, then the rows. */
async function* csvFile(
  groups: AsyncIterable<Columns>,
  empty: Columns,
  metadata: Record<string, unknown>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const head = Object.entries(metadata).map(([key, value]) => `# ${key}: ${JSON.stringify(value)}\n`);
  yield encoder.encode(head.join('') + csvHeader(Object.keys(empty)));
  for await (const group of groups) {
    const columns = Object.entries(group).map(([name, column]) => [
      name,
      column instanceof Uint8Array ? Array.from(column, Boolean) : column,
    ]);
    yield encoder.encode(csvRows(Object.fromEntries(columns)));
  }
}
