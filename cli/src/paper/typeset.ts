// Sets the mathematics in the labels of a drawing: every piece has its font, its size and its place. Places are measured with
// the fonts that go with the drawing: left to themselves, browsers, PNG and PDF would place pieces after each other differently.

import { runsOf } from '../common/labels.js';
import { ITALIC, ROMAN, widthOf } from './fonts.js';

const SVG = 'http://www.w3.org/2000/svg';
const rounded = (x: number) => String(Number(x.toFixed(3)));

/** The value of an attribute that holds at an element: its own, or that of the nearest element around it that has one. */
function inherited(node: Element, name: string): string | undefined {
  for (let at: Element | null = node; at; at = at.parentElement) {
    const value = at.getAttribute(name);
    if (value !== null) return value;
  }
  return undefined;
}

/** A length in points, of `size` points to the em. */
export function lengthOf(node: Element, name: string, size: number): number {
  const text = node.getAttribute(name) ?? '0';
  return Number.parseFloat(text) * (text.endsWith('em') ? size : 1);
}

/** Width of a label that is set in `size` points. */
export function labelWidth(label: string, size: number): number {
  return runsOf(label).reduce(
    (sum, run) => sum + size * run.kern + widthOf(run.text, run.italic ? ITALIC : ROMAN, size * run.size),
    0,
  );
}

/** Sets every label at or below `root` that holds mathematics. */
export function typeset(root: Element): void {
  for (const node of [...root.querySelectorAll('text')]) {
    const label = node.textContent ?? '';
    if (node.children.length > 0 || !label.includes('$')) continue;
    const size = Number.parseFloat(inherited(node, 'font-size') ?? '');
    if (Number.isNaN(size)) throw new Error('no element around a label gives a font size');
    const share = { start: 0, middle: 0.5, end: 1 }[inherited(node, 'text-anchor') ?? 'start'] ?? 0;
    let x = lengthOf(node, 'x', size) + lengthOf(node, 'dx', size) - share * labelWidth(label, size);
    const line = lengthOf(node, 'y', size) + lengthOf(node, 'dy', size);
    for (const name of ['x', 'y', 'dx', 'dy']) node.removeAttribute(name);
    node.setAttribute('text-anchor', 'start');
    node.textContent = '';
    for (const { text, italic, size: scale, drop, kern } of runsOf(label)) {
      const span = node.ownerDocument.createElementNS(SVG, 'tspan');
      x += size * kern;
      span.setAttribute('x', rounded(x));
      span.setAttribute('y', rounded(line + size * drop));
      if (italic) {
        span.setAttribute('font-family', ITALIC);
        span.setAttribute('font-style', 'italic');
      }
      if (scale !== 1) span.setAttribute('font-size', rounded(size * scale));
      span.textContent = text;
      node.append(span);
      x += widthOf(text, italic ? ITALIC : ROMAN, size * scale);
    }
  }
}
