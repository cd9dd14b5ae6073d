// Labels, facts and captions: text in which `$…$` encloses mathematics, as in the figures of the command. Variables are italic,
// words, units and digits upright, scripts below and above the line.
import { runsOf } from '../../../cli/src/common/labels.js';

type Run = ReturnType<typeof runsOf>[number];

/** Runs that follow one another on the same height. */
interface Piece {
  /** In the label's own size: above 0 below the line. */
  drop: number;
  size: number;
  runs: Run[];
}

function piecesOf(label: string): Piece[] {
  const pieces: Piece[] = [];
  for (const run of runsOf(label)) {
    const last = pieces.at(-1);
    if (last?.drop === run.drop) last.runs.push(run);
    else pieces.push({ drop: run.drop, size: run.size, runs: [run] });
  }
  return pieces;
}

const inWords = (label: string, lower: string, raised: string) =>
  piecesOf(label)
    .map(
      ({ drop, runs }) =>
        `${drop > 0 ? lower : drop < 0 ? raised : ''}${runs.map(({ text }) => text).join('')}`,
    )
    .join('');

/** For names: “$η_{tot}$” is “η_tot”. */
export const plain = (label: string) => inWords(label, '_', '^');

/** For speech: “$η_{tot}$” is read as “η tot”. */
export const spoken = (label: string) => inWords(label, ' ', ' to the ');

/** The letters alone, of which the width is measured. */
export const letters = (label: string) => inWords(label, '', '');

/** Names that do not end a line at their hyphen. */
const HYPHENATED = /\b(l|[Mm]ean|ml)-(bit|field|matrix)/g;

/** Keeps together what a line would end in the middle of: l-bit, η = 0.5 log 2, 3 ms. In prose, where nothing else has such signs. */
export const joined = (text: string) =>
  text
    .replace(HYPHENATED, '$1\u2060-\u2060$2')
    .replace(/\s+([=≈≤≥<>→×±])\s+/g, '\u00a0$1\u00a0')
    .replace(/\blog\s+2\b/g, 'log\u00a02')
    .replace(/(\d|<\/data>)\s+(?=log\b)/g, '$1\u00a0')
    .replace(/Σ\s+(?=(?:<i>)?η)/g, 'Σ\u00a0')
    .replace(/(\d)\s+(?=(?:[mµn]?s|%)(?!\p{L}))/gu, '$1\u00a0');

function htmlOf({ runs, drop }: Piece): Node[] {
  const nodes = runs.map(({ text, italic }) =>
    italic
      ? Object.assign(document.createElement('i'), { textContent: text })
      : document.createTextNode(text),
  );
  if (drop === 0) return nodes;
  const script = document.createElement(drop > 0 ? 'sub' : 'sup');
  script.append(...nodes);
  return [script];
}

/** Fills an element with the label. */
export function setText<T extends HTMLElement>(node: T, label: string): T {
  node.replaceChildren(...piecesOf(label).flatMap(htmlOf));
  return node;
}

/** The same for text of a figure that has been drawn. */
export function setSvgText(node: SVGTextElement): void {
  const label = node.textContent ?? '';
  if (!label.includes('$')) return;
  let now = 0;
  const spans = piecesOf(label).flatMap(({ runs, size, drop }) =>
    runs.map(({ text, italic }) => {
      const span = document.createElementNS('http://www.w3.org/2000/svg', 'tspan');
      span.textContent = text;
      if (italic) span.setAttribute('font-style', 'italic');
      if (size !== 1) span.setAttribute('font-size', `${100 * size}%`);
      // dy counts from where the last one stood, in the size of this one.
      if (drop !== now) span.setAttribute('dy', `${(drop - now) / size}em`);
      now = drop;
      return span;
    }),
  );
  node.replaceChildren(...spans);
}
