// The fonts of figures: KaTeX ships Computer Modern under the SIL Open Font License; DejaVu Sans has the letters it lacks.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Font } from 'fontkit';

export const ROMAN = 'KaTeX_Main';
export const ITALIC = 'KaTeX_Math';

const inPackage = (path: string) => fileURLToPath(import.meta.resolve(path));
const katex = inPackage('katex/dist/fonts/KaTeX_Main-Regular.ttf').replace(/Main-Regular\.ttf$/, '');

/** The fonts by family, in the order in which a letter is looked up in them. */
export const fontFiles: Readonly<Record<string, string>> = {
  [ROMAN]: `${katex}Main-Regular.ttf`,
  [ITALIC]: `${katex}Math-Italic.ttf`,
  'DejaVu Sans': inPackage('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
};

const opened = new Map<string, Font>();
/** Its modules are many: loaded where a figure is drawn. */
const load = createRequire(import.meta.url);

function fontOf(family: string): Font {
  const known = opened.get(family);
  if (known) return known;
  const { openSync } = load('fontkit') as typeof import('fontkit');
  const font = openSync(fontFiles[family]) as Font;
  opened.set(family, font);
  return font;
}

/** The text cut where the next letter is in another font than `wanted`. */
export function inFonts(text: string, wanted: string): { text: string; family: string }[] {
  const pieces: { text: string; family: string }[] = [];
  for (const letter of text) {
    const has = (family: string) => fontOf(family).hasGlyphForCodePoint(letter.codePointAt(0)!);
    const family = [wanted, ...Object.keys(fontFiles)].find(has) ?? wanted;
    const last = pieces.at(-1);
    if (last?.family === family) last.text += letter;
    else pieces.push({ text: letter, family });
  }
  return pieces;
}

/** Width of a text in points. */
export function widthOf(text: string, family: string, size: number): number {
  return inFonts(text, family).reduce((sum, piece) => {
    const font = fontOf(piece.family);
    return sum + (font.layout(piece.text).advanceWidth * size) / font.unitsPerEm;
  }, 0);
}

let faces: string | undefined;

/** A style sheet that carries the two fonts of labels, so that an SVG looks the same wherever it is opened. */
export function fontFaces(): string {
  faces ??= [
    [ROMAN, 'normal', 'Main-Regular'],
    [ITALIC, 'italic', 'Math-Italic'],
  ]
    .map(([family, style, file]) => {
      const data = readFileSync(`${katex}${file}.woff2`).toString('base64');
      return `@font-face{font-family:${family};font-style:${style};src:url(data:font/woff2;base64,${data})}`;
    })
    .join('');
  return faces;
}
