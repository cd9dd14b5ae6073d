// Rows as users see them: the parameters and the sample of each row's task, and the output columns.
import type { ChunkData, ColumnData } from './chunk.js';
import type { Experiment } from './experiment.js';
import { namesInRows } from './kind.js';
import { kindOf } from './kindOf.js';
import { taskTable } from './plan.js';

export type Columns = Record<string, ColumnData | string[]>;

/** For a parameter that an ensemble does not have, rows hold NaN, −1 for integers, an empty word for words. */
export function rowColumns(experiment: Experiment, data: ChunkData): Columns {
  const kind = kindOf(experiment);
  const { parameters, inRows } = kind;
  const { task } = taskTable(experiment);
  const rows = data.tasks.length;
  const columns: Columns = {};
  const names = namesInRows(kind, experiment.ensembles);
  for (const name of names) {
    const { type } = parameters[name];
    if (type === 'choice') columns[name] = new Array<string>(rows);
    else columns[name] = type === 'integer' ? new Int32Array(rows) : new Float64Array(rows);
  }
  const samples = new Int32Array(rows);
  for (let i = 0; i < rows; ++i) {
    const { parameters: values, sample } = task(data.tasks[i]);
    samples[i] = sample;
    for (const name of names) {
      const { type } = parameters[name];
      const absent = type === 'choice' ? '' : type === 'integer' ? -1 : Number.NaN;
      (columns[name] as (number | string)[])[i] = inRows?.[name]?.(values) ?? values[name] ?? absent;
    }
  }
  columns.sample = samples;
  experiment.columns.forEach(({ name }, k) => {
    columns[name] = data.columns[k];
  });
  return columns;
}
