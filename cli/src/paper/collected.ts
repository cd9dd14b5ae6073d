// The rows of sweeps that were made before, on a cluster or over several days, in place of those that a figure would compute itself.
// What the figure says of its realizations must hold of these too: none counts twice, and each cell has enough for an error.
import { InputError } from 'emft/check';
import type { ParameterValue } from '../common/parameters.js';
import { columnName } from '../files/columnNames.js';
import { inputName } from '../files/inputFile.js';
import { readToldTable, type TableColumns } from '../files/tableFile.js';
import { axisValues } from '../sweeps/axis.js';
import type { Experiment } from '../sweeps/experiment.js';
import { namesInRows } from '../sweeps/kind.js';
import { kindOf } from '../sweeps/kindOf.js';
import type { Columns } from '../sweeps/rows.js';

/** A column of a sweep, under the names that rows and files have for it. */
interface Column {
  row: string;
  file: string;
  word: boolean;
}

/** What the rows of a figure's sweep have. */
interface Wanted {
  size: string;
  /** Parameters that the figure varies, the size among them, and `sample`: together they name a realization. */
  varied: Column[];
  outputs: Column[];
  /** Parameters with one value for each size, which tables may leave out. */
  fixed: (Column & { of: ReadonlyMap<ParameterValue, ParameterValue> })[];
  /** The words that a varied parameter takes. */
  words: Record<string, ParameterValue[]>;
  /** Whether a realization has one row. */
  single: boolean;
}

function wantedOf(experiment: Experiment, size: string): Wanted {
  const kind = kindOf(experiment);
  const outputs = experiment.columns.map(({ name, unit }) => ({
    row: name,
    file: columnName(name, unit),
    word: false,
  }));
  const { ensembles } = experiment;
  const found: Wanted = {
    size,
    varied: [],
    outputs,
    fixed: [],
    words: {},
    single: kind.tables[experiment.table].rows !== 'many',
  };
  for (const name of namesInRows(kind, ensembles)) {
    if (outputs.some(({ row }) => row === name)) continue;
    const { unit = '1', type } = kind.parameters[name];
    const column = { row: name, file: columnName(name, unit), word: type === 'choice' };
    const values = ensembles.map(({ axes }) => (name in axes ? axisValues(axes[name]) : []));
    if (name === size || values.some((list) => list.length > 1)) {
      found.varied.push(column);
      if (column.word) found.words[name] = [...new Set(values.flat())];
    } else {
      // What follows from others is not in the file, and not compared.
      const of = new Map(ensembles.map(({ axes }, k) => [axisValues(axes[size])[0], values[k][0]]));
      if (values.every((list) => list.length === 1)) found.fixed.push({ ...column, of });
    }
  }
  found.varied.push({ row: 'sample', file: 'sample', word: false });
  return found;
}

/** The cells of a column, which must all be there. */
function cellsOf(name: string, table: TableColumns, { file, word }: Column): (number | string)[] {
  if (!Object.hasOwn(table, file)) {
    throw new InputError(name, `has no column ${file}; it has ${Object.keys(table).join(', ')}`);
  }
  const column = table[file];
  if (Array.isArray(column) !== word) {
    throw new InputError(name, `column ${file} does not hold ${word ? 'words' : 'numbers'} alone`);
  }
  const cells = Array.from<number | string>(column);
  const missing = cells.findIndex((x) => x === '' || Number.isNaN(x));
  if (missing < 0) return cells;
  throw new InputError(name, `column ${file}: row ${missing}, counted from 0, is empty or NaN`);
}

/** Refuses another value of a parameter that the figure does not vary. */
function checkFixed(name: string, table: TableColumns, sizes: (number | string)[], { fixed }: Wanted): void {
  for (const { file, of } of fixed) {
    if (!Object.hasOwn(table, file)) continue;
    const all = new Set(of.values());
    sizes.forEach((size, i) => {
      // A size that the figure does not have may have any of its values.
      const right = of.has(size) ? table[file][i] === of.get(size) : all.size > 1 || all.has(table[file][i]);
      if (right) return;
      const expected = of.has(size) ? of.get(size) : [...all][0];
      throw new InputError(
        name,
        `column ${file}: row ${i}, counted from 0, has ${table[file][i]}, the figure ${expected}`,
      );
    });
  }
}

/** A table by its cells: columns of what is varied, then outputs. */
interface Read {
  name: string;
  seed: unknown;
  cells: (number | string)[][];
}

async function readRows(from: string, wanted: Wanted, path: string): Promise<Read> {
  const name = inputName(path);
  const { columns, description } = await readToldTable(path);
  try {
    const cells = [...wanted.varied, ...wanted.outputs].map((column) => cellsOf(name, columns, column));
    checkFixed(name, columns, cells[wanted.varied.findIndex(({ row }) => row === wanted.size)], wanted);
    const { seed } = (description?.experiment ?? {}) as { seed?: unknown };
    return { name, seed, cells };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { argument, reason } = error;
    throw new InputError(argument, `${reason}: expected the rows of a sweep as of ${from}`);
  }
}

/** What is varied of row i. */
const keyOf = (varied: readonly Column[], cells: Read['cells'], i: number) =>
  varied.map((_, k) => cells[k][i]);

/** The same in words. */
const shown = (columns: readonly Column[], key: readonly (number | string)[]) =>
  columns.map(({ row }, k) => `${row} = ${key[k]}`).join(', ');

/** Refuses a realization that two tables have, or one twice: it would count twice, and errors come out too small. */
function checkOnce({ varied, single }: Wanted, tables: readonly Read[]): void {
  const seen = new Map<string, number>();
  tables.forEach(({ name, seed, cells }, t) => {
    for (let i = 0; i < cells[0].length; ++i) {
      const key = keyOf(varied, cells, i);
      const id = JSON.stringify([seed, ...key]);
      const before = seen.get(id);
      if (before !== undefined && (single || before !== t)) {
        const other = before === t ? 'twice' : `as ${tables[before].name} has it`;
        const hint = seed === undefined ? '; tables of different seeds are told apart as Parquet' : '';
        throw new InputError(name, `has the realization ${shown(varied, key)} ${other}${hint}`);
      }
      seen.set(id, t);
    }
  });
}

/** What is the least that a figure can be drawn from. */
export interface Least {
  /** Different sizes. */
  sizes: number;
  /** Realizations of each cell. */
  realizations: number;
}

/** Refuses rows of too few sizes, words or realizations. */
function checkEnough({ varied, size, words }: Wanted, tables: readonly Read[], least: Least): void {
  const all = tables.map(({ name }) => name).join(', ');
  for (const [k, { row }] of varied.entries()) {
    const values = new Set(tables.flatMap(({ cells }) => cells[k]));
    const missing = words[row]?.find((word) => !values.has(word));
    if (missing !== undefined) throw new InputError(all, `no row has ${row} = ${missing}`);
    if (row === size && values.size < least.sizes) {
      throw new InputError(
        all,
        `expected ${least.sizes} values of ${row} or more, for the figure compares them; got ${[...values].join(', ')}`,
      );
    }
  }
  const realizations = new Map<string, Set<string>>();
  for (const { seed, cells } of tables) {
    for (let i = 0; i < cells[0].length; ++i) {
      const key = keyOf(varied, cells, i);
      const cell = JSON.stringify(key.slice(0, -1));
      const own = realizations.get(cell) ?? new Set();
      realizations.set(cell, own.add(JSON.stringify([seed, key.at(-1)])));
    }
  }
  for (const [cell, own] of realizations) {
    if (own.size >= least.realizations) continue;
    const where = shown(varied.slice(0, -1), JSON.parse(cell));
    throw new InputError(all, `${where} has ${own.size} realization, expected ${least.realizations} or more`);
  }
}

/**
 * The rows of collected sweeps of a figure's file, or of one with other grids. `from`: the name, for messages, of the file that has the
 * figure's grid; `size`: the parameter that has another value in each ensemble. Rows come in the order of their samples, so that neither
 * the order of files nor that of rows matters.
 */
export async function collectedRows(
  from: string,
  experiment: Experiment,
  size: string,
  paths: readonly string[],
  least: Least,
): Promise<Columns> {
  const wanted = wantedOf(experiment, size);
  const tables: Read[] = [];
  for (const path of paths) tables.push(await readRows(from, wanted, path));
  checkOnce(wanted, tables);
  checkEnough(wanted, tables, least);
  const columns = [...wanted.varied, ...wanted.outputs];
  const cells = columns.map((_, k) => tables.flatMap((table) => table.cells[k]));
  const samples = cells[wanted.varied.length - 1] as number[];
  const seeds = tables.flatMap((table) => table.cells[0].map(() => JSON.stringify(table.seed) ?? ''));
  const order = samples
    .map((_, i) => i)
    .sort(
      (i, j) => samples[i] - samples[j] || (seeds[i] < seeds[j] ? -1 : Number(seeds[i] > seeds[j])) || i - j,
    );
  return Object.fromEntries(
    columns.map(({ row, word }, k) => {
      const sorted = order.map((i) => cells[k][i]);
      return [row, word ? (sorted as string[]) : Float64Array.from(sorted as number[])];
    }),
  );
}
