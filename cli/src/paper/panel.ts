// One panel of a figure: axes drawn as a box with their ticks, and what is put into it besides Plot's own marks: curves and
// points in the styles of their places, direct labels, legends that show line and mark as they are drawn.
import * as Plot from '@observablehq/plot';
import type { PlotOptions } from './figure.js';
import { COLUMN, dotStyle, HEIGHT, ink, LABEL, lineStyle, type SeriesStyle, TEXT } from './style.js';

const TICK = { major: 3, minor: 1.6, padding: 2 };

/** A plot with the axes drawn as a box, ready to be placed by `frame`. */
export function panel(options: Plot.PlotOptions & PlotOptions): SVGElement {
  const { marks = [], heading: _, ...rest } = options;
  const axis = {
    tickSize: TICK.major,
    tickPadding: TICK.padding,
    labelAnchor: 'center',
    labelArrow: 'none',
  } as const;
  const svg = Plot.plot({
    width: COLUMN,
    height: HEIGHT,
    marginLeft: 38,
    marginRight: 8,
    marginTop: 6,
    marginBottom: 27,
    style: { fontSize: `${TEXT}px` },
    ...rest,
    x: { ...axis, tickSpacing: 34, labelOffset: 22, ...rest.x },
    y: { ...axis, tickSpacing: 22, labelOffset: 33, ...rest.y },
    marks: [...marks, minorTicks, Plot.frame({ stroke: ink, strokeWidth: 0.6 })],
  }) as unknown as SVGElement;
  for (const name of ['x', 'y']) {
    for (const part of [...svg.querySelectorAll(`[aria-label="${name}-axis label"]`)])
      part.setAttribute('font-size', String(LABEL));
    for (const part of [...svg.querySelectorAll(`[aria-label="${name}-axis tick"]`)])
      part.setAttribute('stroke-width', '0.6');
  }
  return svg;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** For what is drawn into the box of a panel without Plot: its size in pixels, and the scales from data to pixels. */
function drawn(
  draw: (
    make: (name: string, attributes: Record<string, string | number>, text?: string) => SVGElement,
    box: Box,
    scales: Plot.ScaleFunctions & { scales: Record<string, Plot.Scale | undefined> },
  ) => SVGElement[],
): Plot.RenderFunction {
  return (_index, scales, _values, dimensions, context) => {
    const { width, height, marginLeft, marginRight, marginTop, marginBottom } = dimensions;
    const make = (name: string, attributes: Record<string, string | number>, text?: string) => {
      const node = context.document.createElementNS('http://www.w3.org/2000/svg', name) as SVGElement;
      for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
      if (text !== undefined) node.textContent = text;
      return node;
    };
    const box = {
      left: marginLeft,
      right: width - marginRight,
      top: marginTop,
      bottom: height - marginBottom,
    };
    const group = make('g', {});
    group.append(...draw(make, box, scales as never));
    return group as SVGGElement;
  };
}

/** Short ticks at 2, 3, … 9 of every decade of a logarithmic axis that spans few of them. */
const minorTicks: Plot.RenderFunction = drawn((make, box, { x, y, scales }) => {
  const steps = { x: logSteps(scales.x), y: logSteps(scales.y) };
  const path = [
    ...steps.x.map((v) => `M${round(x!(v))},${box.bottom}v${TICK.minor}`),
    ...steps.y.map((v) => `M${box.left},${round(y!(v))}h${-TICK.minor}`),
  ].join('');
  return path ? [make('path', { d: path, stroke: ink, 'stroke-width': 0.5, fill: 'none' })] : [];
});

const round = (x: number) => Number(x.toFixed(2));

function logSteps(scale: Plot.Scale | undefined): number[] {
  if (scale?.type !== 'log') return [];
  const [low, high] = (scale.domain as number[]).slice().sort((a, b) => a - b);
  if (high / low > 1e7) return [];
  const steps = [];
  for (let e = Math.floor(Math.log10(low)); e <= Math.log10(high); ++e) {
    for (let m = 1; m < 10; ++m) {
      const v = m * 10 ** e;
      if (v >= low * (1 - 1e-9) && v <= high * (1 + 1e-9)) steps.push(v);
    }
  }
  return steps;
}

/** The axis of l-bits 1 … count, each with its tick. */
export const bitAxis = (count: number) => ({
  label: 'l-bit $n$',
  domain: [0.7, count + 0.3],
  ticks: Array.from({ length: count }, (_, k) => k + 1),
  tickFormat: 'd',
});

/** Channels and options of marks that are drawn once for each group of rows. */
export interface Grouped<R, K> {
  rows: readonly R[];
  /** In the order in which they are drawn. */
  keys: readonly K[];
  key(row: R): K;
  styles: readonly SeriesStyle[];
}

/** One line for each key, in its style. */
export function curves<R, K>(
  { rows, keys, key, styles }: Grouped<R, K>,
  options: Plot.LineOptions,
): Plot.Markish[] {
  return keys.map((k, i) =>
    Plot.line(
      rows.filter((row) => key(row) === k),
      { ...lineStyle(styles[i]), ...options },
    ),
  );
}

/** Points for each key, in its style, with bars from `y1` to `y2` where these are given. */
export function points<R, K>(
  { rows, keys, key, styles }: Grouped<R, K>,
  {
    y1,
    y2,
    open,
    r,
    ...options
  }: Plot.DotOptions & { y1?: Plot.ChannelValueSpec; y2?: Plot.ChannelValueSpec; open?: boolean; r?: number },
): Plot.Markish[] {
  return keys.flatMap((k, i) => {
    const own = rows.filter((row) => key(row) === k);
    const { x, opacity } = options;
    const bars = { x, y1, y2, stroke: styles[i].color, strokeWidth: 0.7, opacity };
    const dots = Plot.dot(own, { ...dotStyle(styles[i], { open, r }), ...options });
    return y1 === undefined ? [dots] : [Plot.ruleX(own, bars as Plot.RuleXOptions), dots];
  });
}

/** A row with a bar of one standard error on either side of its value. */
interface Barred {
  low: number;
  high: number;
}

/** Rows with their bars, which are cut at `floor`: the end of an axis. */
export const withBars = <R extends { value: number; error: number }>(
  rows: readonly R[],
  floor = Number.NEGATIVE_INFINITY,
): (R & Barred)[] =>
  rows.map((row) => ({
    ...row,
    low: Math.max(row.value - row.error, floor),
    high: Math.max(row.value + row.error, floor),
  }));

/** The bars of `withBars`, in the colour of their marks. */
export const bars = <R extends Barred>(
  rows: readonly R[],
  x: keyof R & string,
  { color }: SeriesStyle,
  strokeWidth = 0.7,
): Plot.Markish => Plot.ruleX(rows, { x, y1: 'low', y2: 'high', stroke: color, strokeWidth });

/** A label beside what it names, with a white edge that keeps lines off it. */
export function label(
  text: string,
  { color = ink, ...place }: Plot.TextOptions & { color?: string },
): Plot.Markish {
  return Plot.text([text], { textAnchor: 'start', fill: color, stroke: 'white', strokeWidth: 2, ...place });
}

interface LegendEntry {
  label: string;
  style: SeriesStyle;
  /** Which parts of the style are drawn beside the label: its line, its mark. */
  shows: 'line' | 'dot' | 'open' | 'both';
}

interface LegendPlace {
  anchor: `${'top' | 'bottom'}-${'left' | 'right'}`;
  /** From the corner inwards. */
  dx?: number;
  dy?: number;
  /** The number of columns in which entries stand, `columnWidth` apart. */
  columns?: number;
  columnWidth?: number;
}

const KEY = { width: 15, gap: 4, line: 10.5, edge: 6 };

/** Entries of curves with points, the k-th in the k-th style. */
export function keyEntries<T>(
  of: readonly T[],
  styles: readonly SeriesStyle[],
  labelOf: (value: T) => string,
): LegendEntry[] {
  return of.map((value, k) => ({ label: labelOf(value), style: styles[k], shows: 'both' }));
}

/** Labels with the lines and marks they explain, from a corner of the frame. */
export function legend(
  entries: readonly LegendEntry[],
  { anchor, dx = 0, dy = 0, columns = 1, columnWidth = 60 }: LegendPlace,
): Plot.Markish[] {
  const [vertical, horizontal] = anchor.split('-');
  const [down, inwards] = [vertical === 'top' ? 1 : -1, horizontal === 'left' ? 1 : -1];
  const lines = Math.ceil(entries.length / columns);
  // From the corner of the frame to the middle of each sample.
  const placed = entries.map((entry, i) => {
    const line = i % lines;
    return {
      ...entry,
      x: inwards * (KEY.edge + dx + KEY.width / 2 + columnWidth * Math.floor(i / lines)),
      y: down * (KEY.edge + 1 + dy + KEY.line * (down > 0 ? line : lines - 1 - line)),
    };
  });
  const words = drawn((make, box) => {
    const [left, top] = [
      horizontal === 'left' ? box.left : box.right,
      vertical === 'top' ? box.top : box.bottom,
    ];
    return placed.flatMap(({ label: text, style: { color, dash }, shows, x, y }) => {
      const d = `M${round(left + x - KEY.width / 2)},${round(top + y)}h${KEY.width}`;
      const dashed: Record<string, string> = dash ? { 'stroke-dasharray': dash } : {};
      const sample = make('path', { d, stroke: color, 'stroke-width': 1, fill: 'none', ...dashed });
      const place = {
        x: round(left + x + inwards * (KEY.width / 2 + KEY.gap)),
        y: round(top + y + 0.32 * TEXT),
        'text-anchor': inwards > 0 ? 'start' : 'end',
      };
      const words = make('text', { ...place, fill: ink }, text);
      return shows === 'line' || shows === 'both' ? [sample, words] : [words];
    });
  });
  const dots = placed
    .filter(({ shows }) => shows !== 'line')
    .map(({ style, shows, x, y }) =>
      Plot.dot([0], { frameAnchor: anchor, dx: x, dy: y, ...dotStyle(style, { open: shows === 'open' }) }),
    );
  return [words, ...dots];
}
