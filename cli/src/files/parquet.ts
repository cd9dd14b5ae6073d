// Tables as Parquet: doubles bit for bit, and the description of the table as JSON under the key 'emft'.
import { ByteWriter, type ColumnSource, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';

export type ParquetData = Float64Array | Int32Array | Uint8Array | string[];

/** A column with the type of its data; bytes are booleans. A column that is not nullable has no levels for a reader to decode. */
export function parquetColumn(name: string, data: ParquetData, nullable = false): ColumnSource {
  const booleans = data instanceof Uint8Array;
  return { name, data: booleans ? Array.from(data, Boolean) : data, type: typeOf(data), nullable };
}

function typeOf(data: ParquetData): ColumnSource['type'] {
  if (data instanceof Uint8Array) return 'BOOLEAN';
  if (data instanceof Int32Array) return 'INT32';
  return data instanceof Float64Array ? 'DOUBLE' : 'STRING';
}

interface ParquetOptions {
  /** No compression, dictionary or statistics, so that the bytes follow from the values alone. */
  plain?: boolean;
}

/** A table that is written in pieces. */
export class ParquetTable {
  readonly #writer = new ByteWriter();
  readonly #parquet: ParquetWriter;
  readonly #plain: boolean;

  /** `columns` give names and types; their data are not written. */
  constructor(columns: readonly ColumnSource[], metadata: unknown, { plain = false }: ParquetOptions = {}) {
    this.#plain = plain;
    this.#parquet = new ParquetWriter({
      writer: this.#writer,
      schema: schemaFromColumnData({ columnData: [...columns] }),
      ...(plain && { codec: 'UNCOMPRESSED' as const, statistics: false }),
      kvMetadata: [{ key: 'emft', value: JSON.stringify(metadata) }],
      createdBy: 'emft',
    });
  }

  /** Adds rows, in groups of at most `rowGroupSize`. */
  write(columns: readonly ColumnSource[], rowGroupSize?: number): void {
    const encoding = this.#plain ? ({ encoding: 'PLAIN' } as const) : {};
    const columnData = columns.map(({ name, data }) => ({ name, data, ...encoding }));
    this.#parquet.write({ columnData, rowGroupSize });
  }

  /** Ends the file; `take` returns the rest of it. */
  finish(): void {
    this.#parquet.finish();
  }

  /** The bytes since the last call. */
  take(): Uint8Array {
    const bytes = new Uint8Array(this.#writer.buffer.slice(0, this.#writer.index));
    this.#writer.index = 0;
    return bytes;
  }
}

/** A whole table at once. */
export function parquetBytes(
  columns: readonly ColumnSource[],
  metadata: unknown,
  rowGroupSize?: number,
  options?: ParquetOptions,
): Uint8Array {
  const table = new ParquetTable(columns, metadata, options);
  table.write(columns, rowGroupSize);
  table.finish();
  return table.take();
}
