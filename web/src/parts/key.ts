// The key of a figure: a row of samples with their labels, or a bar of colours with ticks. Most figures have one, and every move of a
// slider draws it anew, so it is made of elements, without the scales and marks of a plot.
import * as Plot from '@observablehq/plot';
import { type Attributes, label, made } from './svg.js';
import { letters } from './text.js';

export interface KeyEntry {
  label: string;
  color: string;
  /** How it is drawn; a line by default. */
  as?: 'line' | 'dashed' | 'area' | 'dot';
  symbol?: Plot.SymbolType;
  /** What a symbol is filled with, where it is not open. */
  fill?: string;
  /** Of an area. */
  opacity?: number;
  /** Of a line: its dashes, in pixels where the type is 16 px. */
  dashes?: readonly number[];
}

/** Dashes that grow with the type. */
export const dashArray = (dashes: readonly number[] | undefined, u: number): string | undefined =>
  dashes?.map((length) => length * u).join(' ');

/**
 * A bar of colours; `log`: its least value, where it is logarithmic up to 1; `signed`: its greatest, where it begins at minus
 * that; `most`: its greatest, where that is not 1;
 * `whole`: its greatest, where it has whole numbers from 0.
 */
export interface Bar {
  bar: string;
  log?: number;
  signed?: number;
  whole?: number;
  most?: number;
}

/** What stands above a drawing. */
interface Head {
  nodes: Element[];
  height: number;
}

/** Type in pixels; `u` is 1 where the page's type is 16 px. */
interface Type {
  font: number;
  u: number;
}

const widths = new Map<string, number>();
let canvas: CanvasRenderingContext2D | null = null;
function textWidth(text: string, { font, u }: Type): number {
  const key = `${font * u} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    canvas ??= document.createElement('canvas').getContext('2d');
    if (!canvas) return 8 * text.length;
    canvas.font = `${font * u}px system-ui, sans-serif`;
    width = canvas.measureText(letters(text)).width;
    // A label that names the value of a slider is another with each step.
    if (widths.size > 500) widths.clear();
    widths.set(key, width);
  }
  return width;
}

/** The sample of an entry from x to x + sample. */
function samples(entry: KeyEntry, x: number, y: number, sample: number, u: number): Element[] {
  const { color, as = 'line', symbol, fill, opacity = 0.45, dashes } = entry;
  if (as === 'area') {
    const box = { x: x + 4 * u, y: y - 6 * u, width: sample - 8 * u, height: 12 * u };
    return [made('rect', { ...box, fill: color, 'fill-opacity': opacity })];
  }
  const pen = { stroke: color, 'stroke-width': 2.4 * u };
  const dashed = dashArray(as === 'dashed' ? [5, 3] : dashes, u);
  const line = made('path', {
    d: `M${x},${y}L${x + sample},${y}`,
    ...pen,
    'stroke-dasharray': dashed,
    fill: 'none',
  });
  const middle = x + sample / 2;
  const edge = { stroke: color, 'stroke-width': 2 * u };
  const dot = symbol
    ? symbolAt(middle, y, { ...edge, fill: fill ?? 'none' }, symbol, 4.5 * u)
    : [made('circle', { cx: middle, cy: y, r: 4 * u, ...edge, fill: fill ?? color })];
  return [...(as === 'dot' ? [] : [line]), ...(as === 'dot' || symbol ? dot : [])];
}

const shapes = new Map<string, string>();

/** A symbol as the plot has it, which is asked for its outline once. */
function symbolAt(x: number, y: number, look: Attributes, symbol: Plot.SymbolType, r: number): Element[] {
  if (symbol === 'circle') return [made('circle', { cx: x, cy: y, r, ...look })];
  const key = `${symbol} ${r}`;
  let d = shapes.get(key);
  if (d === undefined) {
    const marks = [Plot.dot([0], { x: 0, y: 0, symbol, r })];
    const drawn = Plot.plot({ axis: null, x: { type: 'identity' }, y: { type: 'identity' }, marks });
    d = drawn.querySelector('path')?.getAttribute('d') ?? '';
    shapes.set(key, d);
  }
  return [made('path', { d, transform: `translate(${x},${y})`, ...look })];
}

/** The entries in as many rows as the width asks for. */
export function keyRows(width: number, entries: readonly KeyEntry[], type: Type): Head | null {
  if (entries.length === 0) return null;
  const { u } = type;
  const [sample, gap, row] = [22 * u, 18 * u, 22 * u];
  const left = 10 * u;
  let [x, y] = [left, row / 2];
  const nodes: Element[] = [];
  for (const entry of entries) {
    // One alone is never moved to another row, so its width is not needed.
    const w = entries.length > 1 ? sample + 7 * u + textWidth(entry.label, type) : 0;
    if (x > left && x + w > width) [x, y] = [left, y + row];
    nodes.push(...samples(entry, x, y, sample, u), label(entry.label, x + sample + 7 * u, y, 'start'));
    x += w + gap;
  }
  return { nodes: [made('g', { fill: 'currentColor' }, ...nodes)], height: y + row / 2 + 4 * u };
}

/** Where ticks stand from 0 to 1. */
export const unitTicks = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** The ticks of a bar, and where each stands on it from 0 to 1. */
function barTicks({ log, signed, whole, most = 1 }: Bar): [label: string, at: number][] {
  if (log) return [1e-4, 1e-3, 0.01, 0.1, 1].map((t) => [String(t), 1 - Math.log(t) / Math.log(log)]);
  const label = (t: number) => String(Number(t.toPrecision(2))).replace('-', '−');
  if (signed) return [-1, -0.5, 0, 0.5, 1].map((t) => [label(t * signed), (t + 1) / 2]);
  if (whole) {
    const step = Math.ceil(whole / 6);
    const count = Math.floor(whole / step) + 1;
    return Array.from({ length: count }, (_, i) => [String(i * step), (i * step) / whole]);
  }
  return unitTicks.map((t) => [label(t * most), t]);
}

/** Pieces that a bar is made of. */
const STEPS = 64;

const along = new Map<string, (share: number) => string>();

/** The colours of a scheme, from 0 to 1. */
export function coloursAlong(scheme: Plot.ColorScheme): (share: number) => string {
  let colour = along.get(scheme);
  if (!colour) {
    colour = Plot.scale({ color: { type: 'linear', scheme, domain: [0, 1] } }).apply;
    along.set(scheme, colour);
  }
  return colour;
}

/** A bar of the colours of a scheme, with ticks. */
export function colorBar(width: number, bar: Bar, { u }: Type, scheme: Plot.ColorScheme): Head {
  const [left, long, thick] = [64 * u, Math.min(260 * u, width - 90 * u), 12 * u];
  const top = 24 * u;
  const step = long / STEPS;
  const nodes = [
    // Each a little over its place, so that nothing shines through between two.
    ...Array.from({ length: STEPS }, (_, i) =>
      made('rect', {
        x: left + i * step - 0.3,
        y: top - 0.3,
        width: step + 0.6,
        height: thick + 0.6,
        fill: coloursAlong(scheme)((i + 0.5) / STEPS),
        'shape-rendering': 'crispEdges',
      }),
    ),
    label(bar.bar, left, 10 * u, 'start'),
    ...barTicks(bar).map(([text, at]) => label(text, left + long * at, top + thick + 12 * u, 'middle')),
  ];
  return { nodes: [made('g', { fill: 'currentColor' }, ...nodes)], height: 58 * u };
}
