// One look for all figures: type, colours that colour-blind readers can tell apart, axes, and the outer frame.
import * as Plot from '@observablehq/plot';
import type { PlotOptions } from './figure.js';

const SVG = 'http://www.w3.org/2000/svg';
const FONT = "'DejaVu Sans', Verdana, sans-serif";

export const WIDTH = 640;
export const HEIGHT = 440;
const TITLE_HEIGHT = 52;

/** Okabe & Ito's palette, without its yellow, which is too light on white. */
export const colors = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9'];
export const ink = '#222222';
export const muted = '#6b6b6b';

const superscript: Record<string, string> = { '-': '⁻' };
[...'⁰¹²³⁴⁵⁶⁷⁸⁹'].forEach((s, i) => {
  superscript[i] = s;
});

/** Powers of ten as 10ⁿ, other numbers plainly. */
export function powerOfTen(x: number): string {
  const exponent = Math.round(Math.log10(x));
  if (Math.abs(x / 10 ** exponent - 1) > 1e-9) return String(x);
  return exponent === 0
    ? '1'
    : exponent === 1
      ? '10'
      : `10${[...String(exponent)].map((c) => superscript[c]).join('')}`;
}

/** Decades within [low, high], for the ticks of a logarithmic axis; at most about eight. */
export function decades(low: number, high: number): number[] {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const step = Math.max(1, Math.ceil((last - first) / 8));
  const ticks = [];
  for (let e = first; e <= last; e += step) ticks.push(10 ** e);
  return ticks;
}

/** A logarithmic axis over [low, high] with decades as ticks. */
export function logScale(label: string, low: number, high: number): Plot.ScaleOptions {
  return { type: 'log', domain: [low, high], label, ticks: decades(low, high), tickFormat: powerOfTen };
}

/** A plot with the axes drawn as a box, ready to be placed by `frame`. */
export function panel(options: Plot.PlotOptions & PlotOptions): SVGElement {
  const { marks = [], ...rest } = options;
  return Plot.plot({
    width: WIDTH,
    height: HEIGHT,
    marginLeft: 66,
    marginRight: 24,
    marginTop: 14,
    marginBottom: 52,
    style: { fontSize: '13px' },
    ...rest,
    x: { labelAnchor: 'center', labelArrow: 'none', labelOffset: 42, ...rest.x },
    y: { labelAnchor: 'center', labelArrow: 'none', labelOffset: 54, ...rest.y },
    marks: [Plot.frame({ stroke: '#999999' }), ...marks],
  }) as unknown as SVGElement;
}

/** Coloured dots with their labels, one a line, from the corner `anchor` of the frame. */
export function legend(
  labels: string[],
  anchor: 'top-left' | 'top' | 'bottom-left',
  dots: readonly string[] = colors,
): Plot.Markish[] {
  const [dx, gap] = [16, 20];
  const bottom = anchor === 'bottom-left';
  return labels.flatMap((label, k) => {
    const dy = bottom ? -16 - gap * (labels.length - 1 - k) : 18 + gap * k;
    const place = { frameAnchor: anchor, dy };
    return [
      Plot.dot([0], { ...place, dx, fill: dots[k], r: 4 }),
      Plot.text([label], { ...place, dx: dx + 12, textAnchor: 'start', lineAnchor: 'middle', fill: dots[k] }),
    ];
  });
}

/** A number with a minus sign rather than a hyphen. */
export function signed(x: number): string {
  return String(x).replace('-', '−');
}

export interface Placed {
  svg: SVGElement;
  x?: number;
  y?: number;
}

/** Puts panels below a title and a line of parameters, on white; the result stands alone. */
export function frame(
  { title, subtitle, width = WIDTH, height = HEIGHT }: FrameOptions,
  panels: Placed[],
  document: Document = globalThis.document,
): SVGElement {
  const total = height + TITLE_HEIGHT;
  const outer = element(document, 'svg', {
    xmlns: SVG,
    width,
    height: total,
    viewBox: `0 0 ${width} ${total}`,
    'font-family': FONT,
    'font-size': 13,
    color: ink,
    fill: ink,
    role: 'img',
  });
  // `finish` takes the heading off where the caption has it, and widens the white for what it adds.
  const heading = element(document, 'g', { 'data-heading': TITLE_HEIGHT });
  heading.append(
    element(document, 'text', { x: 16, y: 24, 'font-size': 16 }, title),
    element(document, 'text', { x: 16, y: 43, 'font-size': 12, fill: muted }, subtitle),
  );
  outer.append(
    element(document, 'title', {}, title),
    element(document, 'desc', {}, subtitle),
    element(document, 'rect', { width, height: total, fill: 'white', 'data-paper': '' }),
    heading,
  );
  for (const { svg, x = 0, y = 0 } of panels) {
    // Plot's style sheet uses selectors that SVG renderers outside browsers do not know; nothing here needs it.
    for (const style of [...svg.querySelectorAll('style')]) style.remove();
    for (const name of ['style', 'font-family', 'class']) svg.removeAttribute(name);
    svg.setAttribute('font-size', '13');
    svg.setAttribute('x', String(x));
    svg.setAttribute('y', String(y + TITLE_HEIGHT));
    svg.setAttribute('overflow', 'visible');
    outer.append(svg);
  }
  return outer;
}

export interface FrameOptions {
  title: string;
  subtitle: string;
  width?: number;
  height?: number;
}

function element(
  document: Document,
  name: string,
  attributes: Record<string, string | number>,
  text?: string,
): SVGElement {
  const node = document.createElementNS(SVG, name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  if (text !== undefined) node.textContent = text;
  return node;
}
