// Which rows of a table make a picture: columns by name, one curve for each quantity or value, means over what shares a place.
import { InputError } from 'emft/check';
import { meanAndError } from '../common/sample.js';
import type { TableColumns } from '../files/tableFile.js';
import { axisLabel } from './tableAxis.js';
import type { Drawn, Row } from './tablePlot.js';

export interface PlotChoice {
  x: string;
  y: readonly string[];
  colour?: string;
  error?: string;
  mean?: boolean;
  /** Values that columns have in the rows that count. */
  where?: Readonly<Record<string, string>>;
  log: readonly ('x' | 'y')[];
}

/** Most curves that a reader can tell apart. */
const MOST_CURVES = 40;

interface Chosen extends Drawn {
  /** Rows that cannot be drawn. */
  left: number;
  /** Whether a curve has several rows of equal x: a line through them would be a sawtooth. */
  repeated: boolean;
}

/** Throws an InputError, about a part of `choice`. */
export function rowsOf(name: string, table: TableColumns, choice: PlotChoice): Chosen {
  const { x, y, colour, error, mean, where = {}, log } = choice;
  const known = Object.keys(table).join(', ');
  const wrong = (part: keyof PlotChoice, reason: string) => new InputError(['choice', part], reason);
  const column = (part: keyof PlotChoice, wanted: string) => {
    if (!Object.hasOwn(table, wanted)) throw wrong(part, `${name} has no column ${wanted}; it has ${known}`);
    return table[wanted];
  };
  const numbers = (part: keyof PlotChoice, wanted: string): Float64Array => {
    const found = column(part, wanted);
    if (Array.isArray(found)) throw wrong(part, `${wanted} of ${name} holds words, expected numbers`);
    return found;
  };
  for (const [part, given] of Object.entries({ error, colour })) {
    if (given === undefined || y.length === 1) continue;
    throw wrong(part as 'error' | 'colour', `expected a single column to be drawn with it, got ${y.length}`);
  }
  const xs = numbers('x', x);
  const ys = y.map((one) => numbers('y', one));
  const bars = error === undefined ? undefined : numbers('error', error);
  const groups = colour === undefined ? undefined : column('colour', colour);
  const conditions = Object.entries(where).map(([key, value]) => ({ cells: column('where', key), value }));
  const counts = (i: number) =>
    conditions.every(({ cells, value }) =>
      Array.isArray(cells) ? cells[i] === value : cells[i] === Number(value),
    );
  let rows: Row[] = [];
  let left = 0;
  let wanted = 0;
  for (let i = 0; i < xs.length; ++i) {
    if (!counts(i)) continue;
    ++wanted;
    for (const [k, values] of ys.entries()) {
      const [at, value, bar] = [xs[i], values[i], bars?.[i] ?? 0];
      // A mean is judged when it is taken: single rows of it may be anything finite.
      const drawable = Number.isFinite(at) && Number.isFinite(value) && !(log.includes('x') && at <= 0);
      if (!drawable || (!mean && log.includes('y') && value <= 0)) ++left;
      else {
        const reach = Number.isFinite(bar) ? Math.abs(bar) : 0;
        rows.push({ x: at, y: value, ...barOf(value, reach), key: groups?.[i] ?? y[k] });
      }
    }
  }
  if (wanted === 0) throw wrong('where', `no row of ${name} is like that`);
  if (mean) rows = means(rows);
  if (log.includes('y')) {
    const positive = rows.filter((row) => row.y > 0);
    left += rows.length - positive.length;
    // A bar that reaches zero or less is cut where the axis ends.
    const least = positive.reduce((low, row) => Math.min(low, row.y), Number.POSITIVE_INFINITY);
    rows = positive.map((row) => ({ ...row, low: row.low > 0 ? row.low : least / 2 || least }));
  }
  if (rows.length === 0) {
    const why =
      log.length > 0
        ? 'no row can be drawn: none is finite and positive'
        : 'no row can be drawn: none is finite';
    throw wrong(log.length > 0 ? 'log' : 'y', `${name}: ${why}`);
  }
  const order = (a: Row['key'], b: Row['key']) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : 0;
  const keys = [...new Set(rows.map((row) => row.key))].sort(order);
  if (keys.length > MOST_CURVES) {
    throw wrong('colour', `${colour} of ${name} has ${keys.length} values, expected at most ${MOST_CURVES}`);
  }
  rows.sort((a, b) => a.x - b.x);
  const places = new Set(rows.map(placeOf));
  return {
    rows,
    keys,
    labels: keys.map((key) => labelOf(key, colour)),
    left,
    repeated: places.size < rows.length,
  };
}

/** The ends of a bar, which are finite. */
function barOf(value: number, reach: number) {
  return { low: Math.max(value - reach, -Number.MAX_VALUE), high: Math.min(value + reach, Number.MAX_VALUE) };
}

/** A text that is equal for rows of one curve with the same x. */
const placeOf = (row: Row) => `${typeof row.key} ${row.key} ${row.x}`;

function labelOf(key: Row['key'], colour: string | undefined): string {
  if (colour === undefined) return axisLabel(String(key));
  const value = typeof key === 'number' ? String(Number(key.toPrecision(6))) : key;
  const label = axisLabel(colour);
  const shown = value.replace('-', '−').replaceAll('$', '$$$$');
  // Inside one formula, so that the equals sign stands as in one.
  return /^\$[^$]*\$$/.test(label) && typeof key === 'number'
    ? `${label.slice(0, -1)} = ${value}$`
    : `${label} = ${shown}`;
}

/** One row for each key and x: the mean, and its standard error as bars where there are several. */
function means(rows: readonly Row[]): Row[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const place = placeOf(row);
    const group = groups.get(place);
    if (group) group.push(row);
    else groups.set(place, [row]);
  }
  return [...groups.values()].map((group) => {
    const { mean, error } = meanAndError(group.map(({ y }) => y));
    return { ...group[0], y: mean, ...barOf(mean, error) };
  });
}
