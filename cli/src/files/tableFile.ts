// A table from a file: Parquet, or CSV with the names of the columns in its first line. Columns of numbers and booleans become
// doubles, all others words.

import { InputError } from 'emft/check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { records, separatorOf } from '../common/table.js';
import { decodeText } from '../common/text.js';
import { inputName, readInput } from './inputFile.js';

/** Most bytes of a table: some millions of rows. It also stops at a device or a pipe that never ends. */
const LONGEST = 2 ** 28;

/** By name, all of one length; numbers are doubles, NaN where a field is empty. */
export type TableColumns = Record<string, Float64Array | string[]>;

/** Most cells that are read. */
const MOST_CELLS = 2 ** 26;

export const readTable = async (path: string): Promise<TableColumns> => (await readToldTable(path)).columns;

/** A table, and for a Parquet file of this program the JSON that `ParquetTable` put beside it. */
export async function readToldTable(
  path: string,
): Promise<{ columns: TableColumns; description?: Record<string, unknown> }> {
  const name = inputName(path);
  const bytes = await readInput(path, { limit: LONGEST });
  const parquet = bytes.subarray(0, 4).toString('latin1') === 'PAR1';
  const columns = parquet ? await fromParquet(name, bytes) : fromCsv(name, decodeText(name, bytes));
  const [first] = Object.values(columns);
  if (!first || first.length === 0) throw new InputError(name, 'is a table without rows');
  return { columns, ...(parquet && { description: descriptionOf(bytes) }) };
}

/** What a Parquet file of this program says of itself. */
function descriptionOf(bytes: Uint8Array): Record<string, unknown> | undefined {
  const { key_value_metadata: pairs } = parquetMetadata(new Uint8Array(bytes).buffer);
  const text = pairs?.find(({ key }) => key === 'emft')?.value;
  return text === undefined ? undefined : JSON.parse(text);
}

/** A Parquet file of this program: its columns, and what it says of them. */
export async function readDescribedTable(
  path: string,
): Promise<{ columns: TableColumns; description: Record<string, unknown> }> {
  const name = inputName(path);
  const bytes = await readInput(path, { limit: LONGEST });
  const columns = await fromParquet(name, bytes);
  const description = descriptionOf(bytes);
  if (!description) throw new InputError(name, 'does not say what it is a table of, as those of emft do');
  return { columns, description };
}

async function fromParquet(name: string, bytes: Uint8Array): Promise<TableColumns> {
  const file = new Uint8Array(bytes).buffer;
  try {
    const { num_rows: count, schema } = parquetMetadata(file);
    if (Number(count) * (schema.length - 1) > MOST_CELLS)
      throw new InputError(name, `has more than ${MOST_CELLS} cells`);
    const rows = await parquetReadObjects({ file });
    const names = schema.slice(1).map((column) => column.name);
    return Object.fromEntries(
      names.map((column) => [column, columnOf(rows.map((row) => row[column] as unknown))]),
    );
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(name, `cannot be read as Parquet: ${(error as Error).message}`);
  }
}

function fromCsv(name: string, text: string): TableColumns {
  const [head, ...rows] = records(name, text, separatorOf(text));
  if (!head) throw new InputError(name, 'is empty, expected a table');
  const { fields: names } = head;
  const twice = names.find((column, i) => names.indexOf(column) !== i);
  if (twice !== undefined) throw new InputError(name, `line ${head.line}: two columns are called ${twice}`);
  const ragged = rows.find(({ fields }) => fields.length !== names.length);
  if (ragged) {
    throw new InputError(
      name,
      `line ${ragged.line}: expected ${names.length} fields, as in the first line, got ${ragged.fields.length}`,
    );
  }
  return Object.fromEntries(
    names.map((column, k) => [column, columnOf(rows.map(({ fields }) => fields[k]))]),
  );
}

/** true and false in capitals or not, because programs differ in that. */
const words: Readonly<Record<string, number>> = {
  '': Number.NaN,
  nan: Number.NaN,
  true: 1,
  false: 0,
  inf: Number.POSITIVE_INFINITY,
  '+inf': Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  '+infinity': Number.POSITIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
};

/** The number in a cell; undefined for words. */
function numberOf(cell: unknown): number | undefined {
  if (typeof cell === 'number') return cell;
  if (cell === null || cell === undefined) return Number.NaN;
  if (typeof cell === 'boolean' || typeof cell === 'bigint') return Number(cell);
  const text = String(cell);
  const value = Number(text);
  if (text.trim() !== '' && !Number.isNaN(value)) return value;
  const word = text.toLowerCase();
  if (text === 'NA') return Number.NaN;
  if (Object.hasOwn(words, word)) return words[word];
  return Number.isNaN(value) ? undefined : value;
}

function columnOf(cells: unknown[]): Float64Array | string[] {
  const numbers = cells.map(numberOf);
  return numbers.includes(undefined) ? cells.map(String) : Float64Array.from(numbers as number[]);
}
