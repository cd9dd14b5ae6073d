// One chunk as a Parquet file. The file's name carries the SHA-256 of its bytes, so that any damage is noticed, and the
// number of failed tasks, so that a directory listing shows the state of a run. The bytes depend on the experiment and
// the chunk alone: two processes that compute one chunk write the same file.

import { EmftError } from 'emft/check';
import { type FileMetaData, parquetMetadata, parquetRead } from 'hyparquet';
import * as v from 'valibot';
import { parquetBytes, parquetColumn } from '../files/parquet.js';
import { sha256 } from '../files/resultDirectory.js';
import { type ChunkData, columnData } from './chunk.js';
import type { Column } from './kind.js';

/** A damaged shard; its chunk has to be computed again. */
export class DamagedShardError extends EmftError {
  override name = 'DamagedShardError';
}

interface ShardName {
  chunk: number;
  hash: string;
  failed: number;
}

const HASH_DIGITS = 32;

export function shardName({ chunk, hash, failed }: ShardName): string {
  return `${String(chunk).padStart(8, '0')}-${hash}${failed ? `.failed-${failed}` : ''}.parquet`;
}

/** The parts of a shard's name; undefined for a name that `shardName` does not give. */
export function parseShardName(name: string): ShardName | undefined {
  const parts = /^(\d{8,15})-([0-9a-f]{32})(?:\.failed-(\d{1,10}))?\.parquet$/.exec(name);
  if (!parts) return undefined;
  const parsed = { chunk: Number(parts[1]), hash: parts[2], failed: Number(parts[3] ?? 0) };
  return shardName(parsed) === name ? parsed : undefined;
}

const PARQUET_TYPE = { double: 'DOUBLE', integer: 'INT32', boolean: 'BOOLEAN' } as const;

interface ShardColumn {
  name: string;
  type: Column['type'];
}

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const headerSchema = v.strictObject({
  run: v.string(),
  from: whole,
  to: whole,
  failures: v.array(
    v.strictObject({
      task: whole,
      attempts: whole,
      error: v.strictObject({ name: v.string(), message: v.string() }),
    }),
  ),
});
type Header = v.InferOutput<typeof headerSchema>;

/** `run` is the identity of the run that the shard belongs to. */
export function encodeShard(
  run: string,
  chunk: number,
  columns: ShardColumn[],
  data: ChunkData,
): { name: string; bytes: Uint8Array } {
  const table = [
    parquetColumn('task', data.tasks),
    ...columns.map(({ name }, k) => parquetColumn(`value.${name}`, data.columns[k])),
  ];
  const header: Header = { run, from: data.from, to: data.to, failures: data.failures };
  const bytes = parquetBytes(table, header, Math.max(1, data.tasks.length), { plain: true });
  const hash = sha256(bytes).slice(0, HASH_DIGITS);
  return { name: shardName({ chunk, hash, failed: data.failures.length }), bytes };
}

/** The contents that a shard must have. */
export interface ShardPlan {
  /** The identity of the run. */
  run: string;
  chunk: number;
  from: number;
  to: number;
  /** Whether a task has one row or many. */
  rows: 'one' | 'many';
  columns: ShardColumn[];
}

/** Reads a shard back; throws a DamagedShardError unless every byte is as it was written and belongs to this chunk. */
export async function decodeShard(name: string, bytes: Uint8Array, plan: ShardPlan): Promise<ChunkData> {
  const expected = parseShardName(name);
  if (!expected || sha256(bytes).slice(0, HASH_DIGITS) !== expected.hash) {
    throw new DamagedShardError(`shard ${name} is damaged: its content does not have the hash in its name`);
  }
  try {
    return await decodeFile(expected, bytes, plan);
  } catch (error) {
    const reason = (error as Error).message;
    if (error instanceof DamagedShardError) throw new DamagedShardError(`shard ${name} ${reason}`);
    throw new DamagedShardError(`shard ${name} is not one that emft wrote: ${reason}`);
  }
}

async function decodeFile(name: ShardName, bytes: Uint8Array, plan: ShardPlan): Promise<ChunkData> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata = parquetMetadata(file);
  const header = headerOf(metadata);
  const { from, to, columns } = plan;
  if (header.run !== plan.run) throw new DamagedShardError('belongs to another run');
  if (name.chunk !== plan.chunk || header.from !== from || header.to !== to) {
    throw new DamagedShardError('belongs to another chunk of this run');
  }
  if (header.failures.length !== name.failed) {
    throw new DamagedShardError(`does not hold the ${name.failed} failures that its name states`);
  }
  checkSchema(metadata, columns);
  const rows = Number(metadata.num_rows);
  const read = await readColumns(file, metadata, rows);
  const complete = (column: string): ArrayLike<number> => {
    const values = read(column);
    if (values.length !== rows) throw new DamagedShardError(`lacks the column ${column}`);
    for (let i = 0; i < rows; ++i) {
      if (values[i] === undefined) throw new DamagedShardError(`has gaps in the column ${column}`);
    }
    return values;
  };
  const tasks = columnData('integer', complete('task')) as Int32Array;
  checkTasks(tasks, header, plan.rows);
  return {
    from,
    to,
    tasks,
    columns: columns.map((c) => columnData(c.type, complete(`value.${c.name}`))),
    failures: header.failures,
  };
}

/** Checks that the columns of the file are those of the plan, of the same types and in the same order. */
function checkSchema({ schema }: FileMetaData, columns: ShardColumn[]): void {
  const expected = [
    'task INT32',
    ...columns.map(({ name, type }) => `value.${name} ${PARQUET_TYPE[type]}`),
  ].join(', ');
  const found = schema.slice(1).map(({ name, type }) => `${name} ${type}`);
  if (found.join(', ') !== expected) {
    throw new DamagedShardError(`has the columns ${found.join(', ')}, expected ${expected}`);
  }
}

/**
 * Checks that every task of the range has rows or a recorded failure, not both, and that rows
 * are in the order of the tasks.
 */
function checkTasks(tasks: Int32Array, { from, to, failures }: Header, shape: 'one' | 'many'): void {
  const failed = new Set(failures.map(({ task }) => task));
  const present = new Set<number>(tasks);
  const inside = (t: number) => Number.isInteger(t) && from <= t && t < to;
  const problem = (what: string) => new DamagedShardError(`is not one that emft wrote: ${what}`);
  if (failed.size !== failures.length) throw problem('a task failed twice');
  for (const t of [...failed, ...present]) if (!inside(t)) throw problem(`task ${t} is of another chunk`);
  for (const t of failed) if (present.has(t)) throw problem(`task ${t} failed and has rows`);
  for (let i = 1; i < tasks.length; ++i) {
    if (tasks[i] < tasks[i - 1] || (shape === 'one' && tasks[i] === tasks[i - 1])) {
      throw problem(`the row of task ${tasks[i]} is out of order`);
    }
  }
  if (present.size + failed.size !== to - from) {
    let lacking = from;
    while (present.has(lacking) || failed.has(lacking)) lacking++;
    throw problem(`it lacks task ${lacking}`);
  }
}

function headerOf(metadata: FileMetaData): Header {
  const [entry, ...others] = metadata.key_value_metadata ?? [];
  if (entry?.key !== 'emft' || others.length > 0) throw new Error('it has no header');
  return v.parse(headerSchema, JSON.parse(entry.value ?? ''));
}

/** Reads every column of a file; returns a look-up by name. */
async function readColumns(
  file: ArrayBuffer,
  metadata: FileMetaData,
  rows: number,
): Promise<(name: string) => ArrayLike<number>> {
  const columns = new Map<string, number[]>();
  await parquetRead({
    file,
    metadata,
    onChunk: ({ columnName, columnData, rowStart }) => {
      let column = columns.get(columnName);
      if (!column) {
        column = new Array(rows);
        columns.set(columnName, column);
      }
      for (let i = 0; i < columnData.length; ++i) column[rowStart + i] = Number(columnData[i]);
    },
  });
  return (name) => columns.get(name) ?? [];
}
