// The table of a figure from rows, which are easier to write down than columns.
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
