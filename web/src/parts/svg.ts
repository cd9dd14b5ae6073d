// Elements of drawings.
import { setSvgText } from './text.js';

/** Left out of an element where undefined. */
export type Attributes = Record<string, string | number | undefined>;

export const SVG = 'http://www.w3.org/2000/svg';

export function made(tag: string, attributes: Attributes, ...content: (Element | string)[]): SVGElement {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) node.setAttribute(name, String(value));
  node.append(...content);
  return node;
}

/** Text with its mathematics, whose middle is at this height. */
export function label(text: string, x: number, y: number, anchor: 'start' | 'middle'): SVGElement {
  const node = made('text', { x, y, dy: '0.32em', 'text-anchor': anchor }, text);
  setSvgText(node as SVGTextElement);
  return node;
}
