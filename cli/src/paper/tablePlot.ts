// Any table as a picture in the style of the figures: one quantity or several against another, a curve for each value of a third.
import type { Draw, FigureData } from './figure.js';
import { frame } from './frame.js';
import { curves, legend, panel, points } from './panel.js';
import { COLUMN, HEIGHT, PAGE, type SeriesStyle, sequence, series, TEXT } from './style.js';
import { axisLabel, axisOf, exponentOf, over } from './tableAxis.js';
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

/** Most curves with a label: more could not be distinguished. */
const MOST_LABELS = 9;

/** What the labels of ticks take: the margins beside the frame, and the distance of ticks along x. */
interface Room {
  left: number;
  right: number;
  spacing: number;
}

const USUAL: Room = { left: 44, right: 8, spacing: 34 };

/** Room for the labels of ticks of a drawing, none cut off and none over another or over the name of the axis. */
function roomFor(svg: SVGElement): Room {
  const widest = (axis: string) =>
    [...svg.querySelectorAll(`[aria-label="${axis}-axis tick label"] text`)].reduce(
      (most, node) => Math.max(most, labelWidth(node.textContent ?? '', TEXT)),
      0,
    );
  return {
    // The name of the axis, ticks and what parts them.
    left: Math.max(USUAL.left, Math.ceil(widest('y')) + 22),
    right: Math.max(USUAL.right, Math.ceil(widest('x') / 2)),
    spacing: Math.max(USUAL.spacing, Math.ceil(widest('x')) + 8),
  };
}

/** The name of the axis for one quantity; several have theirs beside their curves. */
function yLabel(y: readonly string[], exponent: number): string | null {
  if (y.length === 1) return axisLabel(y[0], exponent);
  return exponent === 0 ? null : `in $10^{${exponent}}$`;
}

export function plotTable(
  { rows: given, keys, labels }: Drawn,
  { x, y, colour, log, wide, lines }: TablePlot,
): Draw {
  return (_data: FigureData, { document, title }) => {
    const ordered = colour !== undefined && keys.every((key) => typeof key === 'number');
    const styles: SeriesStyle[] = ordered ? sequence(keys.length) : keys.map((_, k) => series(k));
    const width = wide ? PAGE : COLUMN;
    const exponents = {
      x: exponentOf(
        given.map((row) => row.x),
        log.includes('x'),
      ),
      y: exponentOf(
        given.flatMap((row) => [row.low, row.high]),
        log.includes('y'),
      ),
    };
    const rows = given.map((row) => ({
      ...row,
      x: over(row.x, exponents.x),
      y: over(row.y, exponents.y),
      low: over(row.low, exponents.y),
      high: over(row.high, exponents.y),
    }));
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
    const axes = {
      x: axisOf(
        axisLabel(x, exponents.x),
        rows.map((row) => row.x),
        log.includes('x'),
      ),
      y: axisOf(
        yLabel(y, exponents.y),
        rows.flatMap((row) => [row.low, row.high]),
        log.includes('y'),
      ),
    };
    const draw = ({ left, right, spacing }: Room) =>
      panel({
        document,
        width,
        height: HEIGHT + room,
        marginTop: 6 + room,
        marginLeft: left,
        marginRight: right,
        x: { ...axes.x, tickSpacing: spacing },
        y: { ...axes.y, labelOffset: left - 6 },
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
    const svg = draw(roomFor(draw(USUAL)));
    return frame({ title, subtitle: '', width, height: HEIGHT + room }, [{ svg }], document);
  };
}
