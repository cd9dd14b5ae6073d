// What stands around the panels of a figure: white paper of the size at which it is printed, a heading for those who want it,
// and the note that names the reading. Labels hold mathematics (common/labels.ts); it is set here, once a drawing is whole.

import { markdown, plainText } from '../common/labels.js';
import { ROMAN } from './fonts.js';
import { COLUMN, HEIGHT, ink, LABEL, muted, TEXT } from './style.js';
import { labelWidth, typeset } from './typeset.js';

const SVG = 'http://www.w3.org/2000/svg';
const MARGIN = 6;
const LINE = 11;

export interface Placed {
  svg: SVGElement;
  x?: number;
  y?: number;
}

interface FrameOptions {
  title: string;
  /** The line of parameters. */
  subtitle: string;
  width?: number;
  height?: number;
}

/** What a drawing is called, as labels: the caption is written from them. */
const captions = new WeakMap<SVGElement, FrameOptions>();

/** Puts panels on white; the result stands alone, and is as large as it is to be printed. */
export function frame(
  options: FrameOptions,
  panels: Placed[],
  document: Document = globalThis.document,
): SVGElement {
  const { title, subtitle, width = COLUMN, height = HEIGHT } = options;
  const outer = element(document, 'svg', {
    xmlns: SVG,
    'font-family': `${ROMAN}, 'DejaVu Sans', serif`,
    'font-size': TEXT,
    color: ink,
    fill: ink,
    role: 'img',
  });
  outer.append(
    element(document, 'title', {}, plainText(title)),
    element(document, 'desc', {}, plainText(subtitle)),
    element(document, 'rect', { fill: 'white', 'data-paper': '' }),
  );
  for (const { svg, x = 0, y = 0 } of panels) {
    // Plot's style sheet uses selectors that SVG renderers outside browsers do not know; nothing here needs it.
    for (const style of [...svg.querySelectorAll('style')]) style.remove();
    for (const name of ['style', 'font-family', 'class']) svg.removeAttribute(name);
    svg.setAttribute('font-size', String(TEXT));
    svg.setAttribute('x', String(x));
    svg.setAttribute('y', String(y));
    svg.setAttribute('overflow', 'visible');
    outer.append(svg);
  }
  typeset(outer);
  resize(outer, [0, 0, width, height]);
  captions.set(outer, options);
  return outer;
}

/** The sizes of the paper; the drawing's own unit is a point. */
function resize(svg: SVGElement, box: readonly number[]): void {
  const [x, y, width, height] = box;
  svg.setAttribute('viewBox', box.join(' '));
  svg.setAttribute('width', `${Number((width / 72).toFixed(4))}in`);
  svg.setAttribute('height', `${Number((height / 72).toFixed(4))}in`);
  const paper = svg.querySelector('rect[data-paper]');
  for (const [name, value] of Object.entries({ x, y, width, height }))
    paper?.setAttribute(name, String(value));
}

interface Finish {
  /** Title and parameters above the panels. */
  heading?: boolean;
  /** Label of the reading, where the figure has several. */
  reading?: string;
}

/** What is done to every drawing after its plot, which need not know of it: the heading above, the reading below. */
export function finish(svg: SVGElement, { heading = false, reading }: Finish): SVGElement {
  const box = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
  const { title, subtitle } = captions.get(svg)!;
  const lines = (label: string, size: number) => (label === '' ? [] : wrapped(label, box[2], size));
  const above = heading ? [...lines(title, LABEL), ...lines(subtitle, TEXT)] : [];
  const titles = heading ? wrapped(title, box[2], LABEL).length : 0;
  const below = reading === undefined ? [] : wrapped(`reading: ${reading}`, box[2], TEXT);
  const write = (text: string, y: number, attributes: Record<string, string | number>) =>
    svg.append(element(svg.ownerDocument, 'text', { x: MARGIN, y, ...attributes }, text));
  const foot = box[1] + box[3];
  above.forEach((text, i) => {
    const look: Record<string, string | number> = i < titles ? { 'font-size': LABEL } : { fill: muted };
    write(text, box[1] - LINE * (above.length - 1 - i) - 4, look);
  });
  below.forEach((text, i) => {
    write(text, foot + LINE * i + TEXT, { fill: muted });
  });
  const [more, less] = [above.length, below.length].map((lines) => (lines > 0 ? LINE * lines + 2 : 0));
  typeset(svg);
  resize(svg, [box[0], box[1] - more, box[2], box[3] + more + less]);
  return svg;
}

/** Lines of a label that are as wide as the paper at most. */
function wrapped(label: string, width: number, size: number): string[] {
  const lines = [''];
  // Formulas stay whole.
  for (const word of label.match(/(?:\$[^$]*\$|[^\s$])+/g) ?? []) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) === '' || labelWidth(longer, size) <= width - 2 * MARGIN)
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Words begin with a capital, variables stay what they are: δ is not Δ. */
const capital = (letter: string) => letter.toUpperCase();

/** Title, parameters and reading of a drawing, as Markdown. */
export function captionOf(svg: SVGElement, reading?: string): string {
  const { title, subtitle } = captions.get(svg)!;
  const parts = [subtitle, reading === undefined ? '' : `Reading: ${reading}`].filter((part) => part !== '');
  // '[S](g)' is no link; in mathematics a space is nothing.
  const text = (part: string) => markdown(part).replaceAll('](', '] (');
  const sentences = parts.map((part) => `${text(part).replace(/^[a-z](?=[a-z])/, capital)}.`);
  return `**${markdown(title)}.** ${sentences.join(' ')}\n`;
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
