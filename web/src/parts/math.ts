// Presentation MathML, piece by piece.
export const id = (text: string) =>
  // A letter is italic by itself; Greek capitals are not, as in labels.
  /^[Α-Ω]$/.test(text) ? `<mi mathvariant="normal">${text}</mi>` : `<mi>${text}</mi>`;
export const num = (text: string) => `<mn>${text}</mn>`;
export const op = (text: string) => `<mo stretchy="false">${text}</mo>`;
/** A minus with nothing before it. */
export const minus = '<mo stretchy="false" form="prefix">−</mo>';
/** A function with a name, set off from what it multiplies; `of` or `tall` follows, or its argument. */
const named = (text: string) => `<mspace width="0.17em"></mspace><mi>${text}</mi>`;
export const exp = named('exp');
/** The logarithm of what follows without parentheses, or with them. */
export const log = `${named('log')}<mspace width="0.17em"></mspace>`;
export const row = (...parts: string[]) => `<mrow>${parts.join('')}</mrow>`;
export const sub = (base: string, index: string) => `<msub>${base}${index}</msub>`;
export const sup = (base: string, power: string) => `<msup>${base}${power}</msup>`;
export const both = (base: string, index: string, power: string) =>
  `<msubsup>${base}${index}${power}</msubsup>`;
export const frac = (above: string, below: string) => `<mfrac>${above}${below}</mfrac>`;
export const root = (...parts: string[]) => `<msqrt>${parts.join('')}</msqrt>`;
export const sum = (index: string) => `<munder><mo largeop="true">∑</mo>${index}</munder>`;
export const integral = '<mo largeop="true" stretchy="false">∫</mo>';
/** Arguments in parentheses that keep their size. */
export const of = (...parts: string[]) => row(op('('), ...parts, op(')'));
/** Parentheses as tall as what is in them, which a minus or a fraction would touch. */
export const tall = (...parts: string[]) =>
  row('<mo>(</mo>', spaced(0.12), ...parts, spaced(0.08), '<mo>)</mo>');
/** Bars of a modulus or a norm, with no more space beside them than other fences have. */
export const bars = (bar: '|' | '‖', ...parts: string[]) =>
  row(
    `<mo stretchy="false" form="prefix" lspace="0" rspace="0">${bar}</mo>`,
    ...parts,
    `<mo stretchy="false" form="postfix" lspace="0" rspace="0">${bar}</mo>`,
  );
/** Brackets of a mean, which keep their size; tall ones. */
export const mean = (...parts: string[]) => row(op('['), ...parts, op(']'));
export const tallMean = (...parts: string[]) => row('<mo>[</mo>', ...parts, '<mo>]</mo>');
export const spaced = (em: number) => `<mspace width="${em}em"></mspace>`;
export const space = spaced(0.25);

export const inline = (...parts: string[]) => `<math>${parts.join('')}</math>`;
export const display = (...parts: string[]) => `<math display="block">${parts.join('')}</math>`;
/** What stands beside the words. */
export const equations = (...lines: string[]) => `<div class="equations">${lines.join('')}</div>`;
