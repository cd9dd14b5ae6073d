// What every figure shares: colours, type that grows with the page's, axes labelled in the middle, and a key that is
// part of the figure, so that a download has it too. Okabe–Ito hues tell curves apart for colour-blind readers, maps are
// viridis. Colours are the page's custom properties: light and dark need no second drawing.
import * as Plot from '@observablehq/plot';
import { type Bar, colorBar, type KeyEntry, keyRows, unitTicks } from './key.js';
import { made } from './svg.js';
import { setSvgText } from './text.js';

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
export const unitAxis = { domain: [0, 1.02], grid: true, ticks: unitTicks };

/** A tick at a power of ten: as a number near 1, and as the power elsewhere. */
export function decadeTick(x: number): string {
  if (x >= 0.01 && x <= 100) return String(Number(x.toPrecision(1)));
  return `$10^{${Math.round(Math.log10(x))}}$`;
}

/** Of figures, in pixels where the page's type is 16 px. */
export const FONT = 14;

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

/** Marks that nobody sees: the one that the pointer is near is the value of the drawing. */
const tipMarks = (tips: readonly Tip[]) =>
  tips.length === 0 ? [] : [Plot.dot(tips, Plot.pointer({ x: 'x', y: 'y', r: 0, stroke: 'none' }))];

const looks = (u: number) => ({
  fontSize: `${FONT * u}px`,
  background: 'transparent',
  color: 'var(--ink)',
  overflow: 'visible',
  maxWidth: '100%',
});

/** An empty drawing, which looks as a plot does. */
export function blank(width: number, height: number): SVGSVGElement {
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  const type = { fill: 'currentColor', 'font-family': 'system-ui, sans-serif', 'text-anchor': 'middle' };
  const svg = made('svg', { ...size, ...type }) as SVGSVGElement;
  Object.assign(svg.style, looks(unit()));
  return svg;
}

/** Draws a plot of this size; the entries of the key stand in rows above it and add to its height. */
export function chart(
  width: number,
  height: number,
  { tips = [], ...options }: ChartOptions,
  key: readonly KeyEntry[] | Bar = [],
): SVGSVGElement {
  const u = unit();
  const type = { font: FONT, u };
  const head =
    'bar' in key
      ? colorBar(width, key, type, key.signed ? diverging : sequential)
      : keyRows(width, key, type);
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
    style: { ...looks(u), ...(options.style as object) },
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
