// Text with subscripts and superscripts written as _{…} and ^{…}, for labels, facts and captions.
const MARK = /([_^])\{([^}]*)\}/;
const SPLIT = /([_^]\{[^}]*\})/;

const inWords = (text: string, lower: string, raised: string) =>
  text.replace(/_\{([^}]*)\}/g, `${lower}$1`).replace(/\^\{([^}]*)\}/g, `${raised}$1`);

/** For names: “η_{tot}” is “η_tot”. */
export const plain = (text: string) => inWords(text, '_', '^');

/** For speech: “η_{tot}” is read as “η tot”. */
export const spoken = (text: string) => inWords(text, ' ', ' to the ');

/** Names that do not end a line at their hyphen. */
const HYPHENATED = /\b(l|[Mm]ean|ml)-(bit|field|matrix)/g;

/** Keeps together what a line would end in the middle of: l-bit, η = 0.5 log 2, 3 ms. In prose, where nothing else has such signs. */
export const joined = (text: string) =>
  text
    .replace(HYPHENATED, '$1\u2060-\u2060$2')
    .replace(/\s+([=≈≤≥<>→×±])\s+/g, '\u00a0$1\u00a0')
    .replace(/\blog\s+2\b/g, 'log\u00a02')
    .replace(/(\d|<\/data>)\s+(?=log\b)/g, '$1\u00a0')
    .replace(/Σ\s+η/g, 'Σ\u00a0η')
    .replace(/(\d)\s+(?=(?:[mµn]?s|%)(?!\p{L}))/gu, '$1\u00a0');

/** Fills an element with the text. */
export function setText<T extends HTMLElement>(node: T, text: string): T {
  node.replaceChildren(
    ...text.split(SPLIT).map((part) => {
      const found = MARK.exec(part);
      if (!found) return part;
      const inner = document.createElement(found[1] === '_' ? 'sub' : 'sup');
      inner.textContent = found[2];
      return inner;
    }),
  );
  return node;
}

/** The same for text of a figure that has been drawn. */
export function setSvgText(node: SVGTextElement): void {
  const text = node.textContent ?? '';
  if (!MARK.test(text)) return;
  let lift = 0;
  node.replaceChildren(
    ...text
      .split(SPLIT)
      .filter((part) => part !== '')
      .map((part) => {
        const found = MARK.exec(part);
        const span = document.createElementNS('http://www.w3.org/2000/svg', 'tspan');
        span.textContent = found ? found[2] : part;
        const wanted = found ? (found[1] === '_' ? 0.3 : -0.4) : 0;
        // dy counts from where the last one stood, in the size of this one.
        const size = found ? 0.75 : 1;
        if (found) span.setAttribute('font-size', '75%');
        if (wanted !== lift) span.setAttribute('dy', `${(wanted - lift) / size}em`);
        lift = wanted;
        return span;
      }),
  );
}
