// The work for one chunk: its tasks one after the other, the wanted columns side by side.

import type { Core } from 'emft';
import { EmftError, InputError } from 'emft/check';
import type { Experiment } from './experiment.js';
import type { Cell, Column, Rows } from './kind.js';
import { kindOf } from './kindOf.js';
import { taskTable } from './plan.js';
import type { TaskKind } from './task.js';

export type ColumnData = Float64Array | Int32Array | Uint8Array;

/** A task that failed every attempt. */
export interface Failure {
  task: number;
  attempts: number;
  error: { name: string; message: string };
}

export interface ChunkData {
  from: number;
  to: number;
  /** The task of each row, ascending. */
  tasks: Int32Array;
  /** In the order of the experiment's columns; booleans are 0 and 1. */
  columns: ColumnData[];
  failures: Failure[];
}

export interface ChunkOrder {
  experiment: Experiment;
  from: number;
  to: number;
  retries: number;
}

export const chunkKind: TaskKind = {
  run: (core, order: ChunkOrder, _seed, _index, signal) => computeChunk(core, order, signal),
};

export async function computeChunk(core: Core, order: ChunkOrder, signal?: AbortSignal): Promise<ChunkData> {
  const { experiment, from, to, retries } = order;
  const kind = kindOf(experiment);
  const table = kind.tables[experiment.table];
  const wanted = experiment.columns.map(({ name, unit }) => ({ name, unit, own: table.columns[name] }));
  const lookup = taskTable(experiment);
  const tasks: number[] = [];
  const cells: number[][] = wanted.map(() => []);
  const failures: Failure[] = [];
  for (let number = from; number < to; ++number) {
    const { parameters, sample } = lookup.task(number);
    let attempts = 0;
    for (;;) {
      attempts++;
      try {
        const answer = kind.compute(core, parameters, experiment.seed, sample, experiment.table, signal);
        // Most results are there at once, and awaiting each of them would cost more than a small task.
        const rows = answer instanceof Promise ? await answer : answer;
        const count = append(rows, table.rows, wanted, cells);
        for (let i = 0; i < count; ++i) tasks.push(number);
        break;
      } catch (reason) {
        signal?.throwIfAborted();
        const error = reason instanceof Error ? reason : new Error(String(reason));
        // Bad input stays bad; any other failure (lack of memory, most of all) may pass.
        if (attempts <= retries && !(error instanceof InputError)) continue;
        failures.push({ task: number, attempts, error: { name: error.name, message: error.message } });
        break;
      }
    }
  }
  const columns = wanted.map(({ own }, k) => columnData(own.type, cells[k]));
  return { from, to, tasks: Int32Array.from(tasks), columns, failures };
}

type Wanted = { name: string; unit: string; own: Column };

/** Adds a task's rows to the columns, all or none; returns how many. */
function append(rows: Rows, shape: 'one' | 'many', wanted: Wanted[], cells: number[][]): number {
  let count = 1;
  for (const { name } of wanted) {
    const value = rows[name];
    if (value === undefined || (typeof value === 'object') === (shape === 'one')) {
      throw new TypeError(`column '${name}' is ${value === undefined ? 'missing' : 'of the wrong shape'}`);
    }
    if (shape === 'one') continue;
    const { length } = value as ArrayLike<Cell>;
    if (name !== wanted[0].name && length !== count) throw new TypeError('columns of different lengths');
    count = length;
  }
  // A shard holds the tasks that its rows name.
  if (count === 0) throw new TypeError('no rows');
  const cell = (name: string, i: number): number => {
    const value = rows[name]!;
    return Number(typeof value === 'object' ? value[i] : value);
  };
  for (const { name, own } of wanted) {
    for (let i = 0; i < count; ++i) checkCell(name, own, cell(name, i));
  }
  for (let k = 0; k < wanted.length; ++k) {
    const { name, unit, own } = wanted[k];
    const scale = unit === own.unit ? 1 : Math.LN2;
    for (let i = 0; i < count; ++i) cells[k].push(cell(name, i) / scale);
  }
  return count;
}

/**
 * No result is better than a meaningless one: refuses NaN where it is not expected, and values that
 * an integer column would round.
 */
function checkCell(name: string, { type, nan }: Column, x: number): void {
  if (type === 'double' ? nan || !Number.isNaN(x) : x === (type === 'integer' ? x | 0 : x & 1)) return;
  throw new EmftError(`column '${name}' has the value ${x}, which stands for no result`);
}

export function columnData(type: Column['type'], values: ArrayLike<number>): ColumnData {
  if (type === 'double') return Float64Array.from(values);
  return type === 'integer' ? Int32Array.from(values) : Uint8Array.from(values);
}

/** Joins the parts of one chunk, which were computed separately. */
export function joinChunks(parts: ChunkData[], types: Column['type'][]): ChunkData {
  return {
    from: parts[0].from,
    to: parts.at(-1)!.to,
    tasks: Int32Array.from(parts.flatMap((p) => [...p.tasks])),
    columns: types.map((type, k) =>
      columnData(
        type,
        parts.flatMap((p) => [...p.columns[k]]),
      ),
    ),
    failures: parts.flatMap((p) => p.failures),
  };
}

/** Merges two results for one chunk: the rows of `now` for each task that it has, otherwise those of `before`. */
export function mergeChunks(before: ChunkData, now: ChunkData, types: Column['type'][]): ChunkData {
  const failed = new Map(now.failures.map((f) => [f.task, f]));
  const twice = new Set(before.failures.map(({ task }) => task));
  const failures = now.failures.filter(({ task }) => twice.has(task));
  const rows: [data: ChunkData, row: number][] = [];
  const take = (data: ChunkData, wanted: (task: number) => boolean) =>
    data.tasks.forEach((task, row) => {
      if (wanted(task)) rows.push([data, row]);
    });
  take(now, () => true);
  take(before, (task) => failed.has(task));
  rows.sort(([a, i], [b, j]) => a.tasks[i] - b.tasks[j] || i - j);
  return {
    from: now.from,
    to: now.to,
    tasks: Int32Array.from(rows, ([data, row]) => data.tasks[row]),
    columns: types.map((type, k) =>
      columnData(
        type,
        rows.map(([data, row]) => data.columns[k][row]),
      ),
    ),
    failures,
  };
}
