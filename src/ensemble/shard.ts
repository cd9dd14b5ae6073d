// One chunk as a Parquet file. The file's name carries the SHA-256 of its bytes, so that any damage shows, and
// the number of failed tasks, so that a directory listing tells the state of a run. The bytes depend on the
// experiment and the chunk alone: two processes that compute one chunk write the same file.
import { type FileMetaData, parquetMetadata, parquetRead } from 'hyparquet';
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import { EmftError } from '../core/errors.js';
import { type ChunkData, type ColumnData, columnData, type Failure } from './chunk.js';
import { sha256 } from './resultDirectory.js';
import type { Column } from './sweepKind.js';

/** A shard that cannot be trusted; it has to be computed again. */
export class DamagedShardError extends EmftError {
  override name = 'DamagedShardError';
}

export interface ShardName {
  chunk: number;
  hash: string;
  failed: number;
}

const HASH_DIGITS = 32;

export function shardName({ chunk, hash, failed }: ShardName): string {
  return `${String(chunk).padStart(8, '0')}-${hash}${failed ? `.failed-${failed}` : ''}.parquet`;
}

export function parseShardName(name: string): ShardName | undefined {
  const parts = /^(\d{8,})-([0-9a-f]{32})(?:\.failed-(\d+))?\.parquet$/.exec(name);
  return parts ? { chunk: Number(parts[1]), hash: parts[2], failed: Number(parts[3] ?? 0) } : undefined;
}

const PARQUET_TYPE = { double: 'DOUBLE', integer: 'INT32', boolean: 'BOOLEAN' } as const;

/** What the writer takes as a column; values are never null. */
export function parquetColumn(name: string, type: Column['type'], data: ColumnData) {
  return {
    name,
    type: PARQUET_TYPE[type],
    data: type === 'boolean' ? Array.from(data, Boolean) : data,
    nullable: false,
  };
}

export interface ShardColumn {
  name: string;
  type: Column['type'];
}

interface Header {
  run: string;
  from: number;
  to: number;
  failures: Failure[];
}

/** `run` is the identity of the run that the shard belongs to. */
export function encodeShard(
  run: string,
  chunk: number,
  columns: ShardColumn[],
  data: ChunkData,
): { name: string; bytes: Uint8Array } {
  const columnData = [
    parquetColumn('task', 'integer', data.tasks),
    ...columns.map(({ name, type }, k) => parquetColumn(`value.${name}`, type, data.columns[k])),
  ];
  const header: Header = { run, from: data.from, to: data.to, failures: data.failures };
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({ columnData }),
    codec: 'UNCOMPRESSED',
    statistics: false,
    kvMetadata: [{ key: 'emft', value: JSON.stringify(header) }],
    createdBy: 'emft',
  });
  const plain = columnData.map(({ name, data }) => ({ name, data, encoding: 'PLAIN' as const }));
  parquet.write({ columnData: plain, rowGroupSize: Math.max(1, data.tasks.length) });
  parquet.finish();
  const bytes = new Uint8Array(writer.getBuffer());
  const hash = sha256(bytes).slice(0, HASH_DIGITS);
  return { name: shardName({ chunk, hash, failed: data.failures.length }), bytes };
}

/** Reads a shard back; throws a DamagedShardError unless every byte is as it was written and belongs here. */
export async function decodeShard(
  name: string,
  bytes: Uint8Array,
  run: string,
  range: { from: number; to: number },
  columns: ShardColumn[],
): Promise<ChunkData> {
  const expected = parseShardName(name);
  if (!expected || sha256(bytes).slice(0, HASH_DIGITS) !== expected.hash) {
    throw new DamagedShardError(`shard ${name} is damaged: its content does not have the hash in its name`);
  }
  try {
    return await decodeFile(name, bytes, run, range, columns);
  } catch (error) {
    if (error instanceof DamagedShardError) throw error;
    throw new DamagedShardError(`shard ${name} is not one that emft wrote: ${(error as Error).message}`);
  }
}

async function decodeFile(
  name: string,
  bytes: Uint8Array,
  run: string,
  range: { from: number; to: number },
  columns: ShardColumn[],
): Promise<ChunkData> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  const metadata = parquetMetadata(file);
  const header = headerOf(metadata);
  if (header?.run !== run || header.from !== range.from || header.to !== range.to) {
    throw new DamagedShardError(`shard ${name} belongs to another run`);
  }
  const rows = Number(metadata.num_rows);
  const read = await readColumns(file, metadata, rows);
  const complete = (column: string): ArrayLike<number> => {
    const values = read(column);
    if (values.length !== rows) throw new DamagedShardError(`shard ${name} lacks the column ${column}`);
    for (let i = 0; i < rows; ++i) {
      if (values[i] === undefined) throw new DamagedShardError(`shard ${name}: column ${column} has gaps`);
    }
    return values;
  };
  const tasks = columnData('integer', complete('task')) as Int32Array;
  const missing = firstMissing(tasks, header);
  if (missing !== undefined) throw new DamagedShardError(`shard ${name} lacks task ${missing}`);
  return {
    ...range,
    tasks,
    columns: columns.map((c) => columnData(c.type, complete(`value.${c.name}`))),
    failures: header.failures,
  };
}

function headerOf(metadata: FileMetaData): Header | undefined {
  const text = metadata.key_value_metadata?.find(({ key }) => key === 'emft')?.value;
  return text === undefined ? undefined : (JSON.parse(text) as Header);
}

/** Reads every column of a file; returns a look-up by name. */
export async function readColumns(
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

/** The first task of the range that has neither rows nor a recorded failure. */
function firstMissing(tasks: Int32Array, { from, to, failures }: Header): number | undefined {
  const present = new Set<number>(tasks);
  for (const { task } of failures) present.add(task);
  for (let t = from; t < to; ++t) if (!present.has(t)) return t;
  return undefined;
}
