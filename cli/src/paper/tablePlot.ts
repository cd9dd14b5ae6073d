// Any table as a picture in the style of the figures: one quantity or several against another, a curve for each value of a third.
import type * as Plot from '@observablehq/plot';
import { quantityOf } from '../files/columnNames.js';
import type { Draw, FigureData } from './figure.js';
import { frame } from './frame.js';
import { literal } from './math.js';
import { curves, legend, panel, points } from './panel.js';
import { COLUMN, HEIGHT, logScale, PAGE, type SeriesStyle, sequence, series, signed, TEXT } from './style.js';
import { labelWidth } from './typeset.js';

export interface TablePlot {
  x: string;
  y: readonly string[];
  colour?: string;
  /** Axes that are logarithmic. */
  log: readonly ('x' | 'y')[];
  wide: boolean;
  lines: boolean;
}

/** How the quantities of sweeps are written; others by their names. */
const symbols: Readonly<Record<string, string>> = {
  alpha: '$α$',
  deltaAlpha: '$δα$',
  g: '$g$',
  g0: '$g_0$',
  g10: '$g_{1,0}$',
  n: '$N$',
  spin: 'spin $n$',
  h: '$h$',
  deltaH: '$δh$',
  j1: '$J_1$',
  grainDimension: '$d_g$',
  radius: '$R$',
  strength: '$W$',
  theta0: '$θ_0$',
  eta: '$η$',
  etaTot: '$η_{tot}$',
  etaLow: '$η_{tot}$, lower bound',
  etaHigh: '$η_{tot}$, upper bound',
  entropy: '$[S]$',
  czz: '$C^{{z}{z}}$',
  eigenvalue: '$E$',
};

/** A column as a label of an axis: its quantity over its unit. */
export function axisLabel(column: string): string {
  const { name, unit } = quantityOf(column);
  const symbol = Object.hasOwn(symbols, name) ? symbols[name] : literal(name);
  if (unit === '1') return symbol;
  return unit === 'log 2' && symbol.endsWith('$') ? `${symbol.slice(0, -1)} / log 2$` : `${symbol} (${unit})`;
}

export interface Row {
  x: number;
  y: number;
  low: number;
  high: number;
  /** Which curve: a value of the colour's column, or the name of a quantity. */
  key: string | number;
}

/** Rows, and what each key is called. */
export interface Drawn {
  rows: Row[];
  keys: (string | number)[];
  labels: string[];
}

/** Most curves with a label: more could not be told apart. */
const MOST_LABELS = 9;

export function plotTable(
  { rows, keys, labels }: Drawn,
  { x, y, colour, log, wide, lines }: TablePlot,
): Draw {
  return (_data: FigureData, { document, title }) => {
    const ordered = colour !== undefined && keys.every((key) => typeof key === 'number');
    const styles: SeriesStyle[] = ordered ? sequence(keys.length) : keys.map((_, k) => series(k));
    const width = wide ? PAGE : COLUMN;
    const group = { rows, keys, key: (row: Row) => row.key, styles };
    const barred = rows.some((row) => row.high > row.low);
    const few = rows.length <= 400;
    const entries = labels.map((label, k) => ({
      label,
      style: styles[k],
      shows: lines ? ('both' as const) : ('dot' as const),
    }));
    // Room above the data for the labels, where there are several curves.
    const shown = keys.length > 1 ? entries.slice(0, MOST_LABELS) : [];
    const columnWidth = 30 + Math.max(...shown.map((entry) => labelWidth(entry.label, TEXT)), 0);
    const columns = Math.max(1, Math.min(keys.length, Math.floor((width - 50) / columnWidth)));
    const room = 11 * Math.ceil(shown.length / columns) + (shown.length > 0 ? 4 : 0);
    const svg = panel({
      document,
      width,
      height: HEIGHT + room,
      marginTop: 6 + room,
      marginLeft: 44,
      x: {
        ...axisOf(
          axisLabel(x),
          rows.map((row) => row.x),
          log.includes('x'),
        ),
      },
      y: {
        ...axisOf(
          y.length === 1 ? axisLabel(y[0]) : null,
          rows.flatMap((row) => [row.low, row.high]),
          log.includes('y'),
        ),
        labelOffset: 38,
      },
      marks: [
        ...(lines ? curves(group, { x: 'x', y: 'y' }) : []),
        ...points(group, {
          x: 'x',
          y: 'y',
          r: few ? 1.8 : 0.8,
          ...(barred ? { y1: 'low', y2: 'high' } : {}),
        }),
        ...legend(shown, {
          anchor: 'top-left',
          dx: -6,
          dy: -room - 6,
          columns,
          columnWidth,
        }),
      ],
    });
    return frame({ title, subtitle: '', width, height: HEIGHT + room }, [{ svg }], document);
  };
}

/** The axis for values: some air at its ends, decades where it is logarithmic. */
function axisOf(label: string | null, values: number[], log: boolean): Plot.ScaleOptions {
  const [low, high] = values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  if (log) {
    const air = low === high ? 2 : (high / low) ** 0.04;
    const scale = logScale('', low / air, high * air);
    // Within a decade or two there are too few powers of ten to read by.
    const plain = high / low < 30 ? { ticks: 4, tickFormat: signed } : {};
    return { ...scale, ...plain, label };
  }
  const air = low === high ? Math.abs(low) / 2 || 1 : (high - low) * 0.04;
  const places = [...new Set(values)];
  // A few whole numbers are ticks themselves, none between them.
  const whole = places.length <= 12 && places.every(Number.isInteger);
  const ticks = whole ? { ticks: places, tickFormat: signed } : {};
  return { label, domain: [low - air, high + air], ...ticks };
}
