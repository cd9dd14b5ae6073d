// The rows of a sweep that was made before, on a cluster or over several days, in place of those that a figure would compute itself.
import { InputError } from 'emft/check';
import type { ParameterValue } from '../common/parameters.js';
import { columnName } from '../files/columnNames.js';
import { inputName } from '../files/inputFile.js';
import { readTable, type TableColumns } from '../files/tableFile.js';
import { axisValues } from '../sweeps/axis.js';
import type { Experiment } from '../sweeps/experiment.js';
import { namesInRows } from '../sweeps/kind.js';
import { kindOf } from '../sweeps/kindOf.js';
import type { Columns } from '../sweeps/rows.js';
import { exampleName } from './example.js';

/** A column of a sweep, under the names that rows and files have for it. */
interface Column {
  row: string;
  file: string;
  word: boolean;
  /** What every row must have there: a parameter that the figure does not vary. */
  fixed?: ParameterValue;
}

/** Columns that a sweep of `experiment` has and the figure asks for, or that must not differ. */
function columnsOf(experiment: Experiment, size: string): Column[] {
  const kind = kindOf(experiment);
  const outputs = experiment.columns.map(({ name, unit }) => ({
    row: name,
    file: columnName(name, unit),
    word: false,
  }));
  const given = namesInRows(kind, experiment.ensembles).flatMap((name): Column[] => {
    if (outputs.some(({ row }) => row === name)) return [];
    const { unit = '1', type } = kind.parameters[name];
    const column = { row: name, file: columnName(name, unit), word: type === 'choice' };
    const values = new Set(
      experiment.ensembles.flatMap(({ axes }) => (name in axes ? axisValues(axes[name]) : [])),
    );
    const varies =
      name === size ||
      experiment.ensembles.some(({ axes }) => name in axes && axisValues(axes[name]).length > 1);
    if (varies) return [column];
    return values.size === 1 ? [{ ...column, fixed: [...values][0] }] : [];
  });
  return [...given, ...outputs];
}

/** What one table has in a column; undefined for a parameter that is as it must be, or not told. */
function checkedColumn(name: string, table: TableColumns, { file, word, fixed }: Column) {
  if (!Object.hasOwn(table, file)) {
    if (fixed !== undefined) return undefined;
    throw new InputError(name, `has no column ${file}; it has ${Object.keys(table).join(', ')}`);
  }
  const column = table[file];
  if (fixed !== undefined) {
    const other = Array.from<unknown>(column).find((x) => x !== fixed);
    if (other !== undefined) throw new InputError(name, `column ${file} has ${other}, the figure ${fixed}`);
    return undefined;
  }
  if (Array.isArray(column) !== word) {
    throw new InputError(name, `column ${file} does not hold ${word ? 'words' : 'numbers'} alone`);
  }
  const missing = Array.from<unknown>(column).findIndex((x) => x === '' || Number.isNaN(x));
  if (missing >= 0)
    throw new InputError(name, `column ${file}: row ${missing}, counted from 0, is empty or NaN`);
  return column;
}

/** The rows of collected sweeps of a figure's file, or of one with other grids, one table after another; `size`: the parameter that has another value in each ensemble. */
export async function collectedRows(
  id: string,
  experiment: Experiment,
  size: string,
  paths: readonly string[],
): Promise<Columns> {
  const wanted = columnsOf(experiment, size);
  const tables: ReturnType<typeof checkedColumn>[][] = [];
  for (const path of paths) {
    const table = await readTable(path);
    try {
      tables.push(wanted.map((column) => checkedColumn(inputName(path), table, column)));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const { argument, reason } = error;
      throw new InputError(argument, `${reason}: expected the rows of a sweep as of ${exampleName(id)}`);
    }
  }
  return Object.fromEntries(
    wanted.flatMap(({ row, word, fixed }, k) => {
      if (fixed !== undefined) return [];
      const cells = tables.flatMap((table) => Array.from<number | string>(table[k]!));
      return [[row, word ? (cells as string[]) : Float64Array.from(cells as number[])]];
    }),
  );
}
