// The table of a figure from rows, which are easier to write down than columns, and rows of it.
import type { Columns } from './figure.js';

/** A column for each key of the first row, in its order; `integers` become 32-bit integers. */
export function columnsOf<K extends string>(
  rows: readonly Readonly<Record<K, number | string>>[],
  integers: readonly K[] = [],
): Columns {
  const names = Object.keys(rows[0]) as K[];
  return Object.fromEntries(
    names.map((name) => {
      const values = rows.map((row) => row[name]) as number[];
      return [name, integers.includes(name) ? Int32Array.from(values) : values];
    }),
  );
}

/** The different numbers of a list, ascending. */
export const distinct = (list: ArrayLike<number>): number[] =>
  [...new Set(Array.from(list))].sort((a, b) => a - b);

/** The rows whose `kind` is that, as objects: those of a table that was computed here or read from a file. */
export function rowsOfKind<K extends string>(
  columns: Columns,
  kind: string,
  names: readonly K[],
): Record<K, number>[] {
  const rows: Record<K, number>[] = [];
  for (let i = 0; i < columns.kind.length; ++i) {
    if (columns.kind[i] !== kind) continue;
    rows.push(Object.fromEntries(names.map((name) => [name, columns[name][i]])) as Record<K, number>);
  }
  return rows;
}
