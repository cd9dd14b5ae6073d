// What every figure shares: colours, type that grows with the page's, axes labelled in the middle, and a key that is
// part of the figure, so that a download has it too. Okabe–Ito hues tell curves apart for colour-blind readers, maps are
// viridis. Colours are the page's custom properties: light and dark need no second drawing.
import * as Plot from '@observablehq/plot';
import { letters, setSvgText } from './text.js';

export const hue = {
  blue: 'var(--blue)',
  orange: 'var(--orange)',
  green: 'var(--green)',
  pink: 'var(--pink)',
  soft: 'var(--soft)',
  ink: 'var(--ink)',
} as const;

/** Colours of l-bits 1 … 7, from the one next to the grain outwards. */
export const ordinal = Array.from({ length: 9 }, (_, i) => `var(--bit-${i + 1})`);

export const sequential = 'viridis';
/** For values with a sign: orange below, purple above, which the colour-blind distinguish too. */
export const diverging = 'puor';

/** The page's type size over 16 px: figures on a projector grow with their text. */
export function unit(): number {
  if (known === undefined) {
    known = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    // All figures of a view are drawn in one go: asked again in between, the browser would style each on its own.
    queueMicrotask(() => {
      known = undefined;
    });
  }
  return known;
}
let known: number | undefined;

/** A line that guides the eye, drawn broken. */
export const dashed = (u: number) => ({ stroke: hue.soft, strokeWidth: 1.5 * u, strokeDasharray: '5 3' });

/** An axis of what lies between 0 and 1. */
export const unitAxis = { domain: [0, 1.02], grid: true, ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] };

/** A tick at a power of ten: as a number near 1, and as the power elsewhere. */
export function decadeTick(x: number): string {
  if (x >= 0.01 && x <= 100) return String(Number(x.toPrecision(1)));
  return `$10^{${Math.round(Math.log10(x))}}$`;
}

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

const FONT = 14;

/** Dashes that grow with the type. */
export const dashArray = (dashes: readonly number[] | undefined, u: number): string | undefined =>
  dashes?.map((length) => length * u).join(' ');

/** What is said at a point of the drawing that the pointer is near. */
export interface Tip {
  x: number;
  y: number;
  text: string;
}

/** What is said where, of each drawing: by the pointer on it, and by keyboard. */
export const tipsOf = new WeakMap<SVGSVGElement, readonly Tip[]>();

interface ChartOptions extends Plot.PlotOptions {
  tips?: readonly Tip[];
}

/**
 * A bar of colours; `log`: its least value, where it is logarithmic up to 1; `signed`: its greatest, where it begins at minus
 * that; `most`: its greatest, where that is not 1;
 * `whole`: its greatest, where it has whole numbers from 0.
 */
interface Bar {
  bar: string;
  log?: number;
  signed?: number;
  whole?: number;
  most?: number;
}

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
  return unitAxis.ticks.map((t) => [label(t * most), t]);
}

/** Marks that nobody sees: the one that the pointer is near is the value of the drawing. */
const tipMarks = (tips: readonly Tip[]) =>
  tips.length === 0 ? [] : [Plot.dot(tips, Plot.pointer({ x: 'x', y: 'y', r: 0, stroke: 'none' }))];

/** Draws a plot of this size; the entries of the key stand in rows above it and add to its height. */
export function chart(
  width: number,
  height: number,
  { tips = [], ...options }: ChartOptions,
  key: readonly KeyEntry[] | Bar = [],
): SVGSVGElement {
  const u = unit();
  const head = 'bar' in key ? colorBar(width, key) : keyRows(width, key);
  const top = head ? head.height : 0;
  const svg = Plot.plot({
    width,
    marginLeft: 64 * u,
    marginRight: 20 * u,
    marginBottom: 50 * u,
    ...options,
    marks: [...(options.marks ?? []), ...tipMarks(tips)],
    height: height + top,
    marginTop: (options.marginTop ?? 14 * u) + top,
    style: {
      fontSize: `${FONT * u}px`,
      background: 'transparent',
      color: 'var(--ink)',
      overflow: 'visible',
      maxWidth: '100%',
      ...(options.style as object),
    },
    x: { labelAnchor: 'center', labelArrow: 'none', labelOffset: 42 * u, ...options.x },
    y: { labelAnchor: 'center', labelArrow: 'none', labelOffset: 60 * u, ...options.y },
  }) as SVGSVGElement;
  tipsOf.set(svg, tips);
  // The server's policy allows no style sheet inside the page: style.css says the same.
  for (const sheet of svg.querySelectorAll('style')) sheet.remove();
  if (head) svg.append(...head.nodes);
  // One image with one name: labels of its groups would be prohibited there.
  for (const part of svg.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  for (const text of svg.querySelectorAll('text')) setSvgText(text);
  return svg;
}

interface Head {
  nodes: Element[];
  height: number;
}

const pixels = { axis: null, x: { type: 'identity' }, y: { type: 'identity' } } as const;

let canvas: CanvasRenderingContext2D | null = null;
function textWidth(text: string): number {
  canvas ??= document.createElement('canvas').getContext('2d');
  if (!canvas) return 8 * text.length;
  canvas.font = `${FONT * unit()}px system-ui, sans-serif`;
  return canvas.measureText(letters(text)).width;
}

/** The key, in as many rows as the width asks for. */
function keyRows(width: number, entries: readonly KeyEntry[]): Head | null {
  if (entries.length === 0) return null;
  const u = unit();
  const [sample, gap, row] = [22 * u, 18 * u, 22 * u];
  const left = 10 * u;
  let [x, y] = [left, row / 2];
  const marks = entries.flatMap(({ label, color, as = 'line', symbol, fill, opacity = 0.45, dashes }) => {
    const w = sample + 7 * u + textWidth(label);
    if (x > left && x + w > width) [x, y] = [left, y + row];
    const [x1, x2, at] = [x, x + sample, y];
    x += w + gap;
    const line = Plot.link([0], {
      x1,
      x2,
      y1: at,
      y2: at,
      stroke: color,
      strokeWidth: 2.4 * u,
      strokeDasharray: dashArray(as === 'dashed' ? [5, 3] : dashes, u),
    });
    const area = Plot.rect([0], {
      x1: x1 + 4 * u,
      x2: x2 - 4 * u,
      y1: at - 6 * u,
      y2: at + 6 * u,
      fill: color,
      fillOpacity: opacity,
    });
    const dot = Plot.dot([0], {
      x: x1 + sample / 2,
      y: at,
      stroke: color,
      fill: fill ?? (symbol ? 'none' : color),
      symbol,
      r: (symbol ? 4.5 : 4) * u,
      strokeWidth: 2 * u,
    });
    return [
      ...(as === 'area' ? [area] : as === 'dot' ? [] : [line]),
      ...(as === 'dot' || symbol ? [dot] : []),
      Plot.text([label], { x: x2 + 7 * u, y: at, textAnchor: 'start', fill: 'currentColor' }),
    ];
  });
  const height = y + row / 2 + 4 * u;
  const drawn = Plot.plot({ ...pixels, width, height, marks });
  return { nodes: [...drawn.querySelectorAll('g')], height };
}

/** A bar of the sequential colours with ticks. */
function colorBar(width: number, bar: Bar): Head {
  const u = unit();
  const scale = Plot.scale({
    color: { type: 'linear', scheme: bar.signed ? diverging : sequential, domain: [0, 1] },
  });
  const ticks = barTicks(bar);
  const [left, long, thick] = [64 * u, Math.min(260 * u, width - 90 * u), 12 * u];
  const top = 24 * u;
  const steps = 64;
  const height = 58 * u;
  const drawn = Plot.plot({
    ...pixels,
    color: { type: 'identity' },
    width,
    height,
    marks: [
      Plot.rect(Array.from({ length: steps }).keys(), {
        x1: (i: number) => left + (long * i) / steps,
        x2: (i: number) => left + (long * (i + 1)) / steps,
        y1: top,
        y2: top + thick,
        fill: (i: number) => scale.apply((i + 0.5) / steps),
        inset: -0.3,
      }),
      Plot.text([bar.bar], { x: left, y: 10 * u, textAnchor: 'start', fill: 'currentColor' }),
      Plot.text(ticks, {
        x: ([, at]) => left + long * at,
        y: top + thick + 12 * u,
        text: ([text]) => text,
        fill: 'currentColor',
      }),
    ],
  });
  return { nodes: [...drawn.querySelectorAll('g')], height };
}
