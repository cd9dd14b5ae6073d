// Labels with mathematics: what is set, what stands in captions and in plain text, and where the pieces go.
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { literal, markdown, plainText, runsOf } from '../../../cli/src/common/labels.js';
import { ITALIC, inFonts, ROMAN, widthOf } from '../../../cli/src/paper/fonts.js';
import { renderPdf } from '../../../cli/src/paper/pdf.js';
import { labelWidth, typeset } from '../../../cli/src/paper/typeset.js';

/** The pieces as 'text', with italics in stars and scripts behind their sign. */
const set = (label: string) =>
  runsOf(label).map(({ text, italic, drop }) => {
    const sign = drop > 0 ? '_' : drop < 0 ? '^' : '';
    return `${sign}${italic ? `*${text}*` : text}`;
  });

test('variables are italic, words and digits upright, scripts smaller and off the line', () => {
  expect(set('entropy $[S_{end}] / log 2$')).toEqual(['entropy [', '*S*', '_end', '] / log 2']);
  expect(set('$g_{1,0}$')).toEqual(['*g*', '_1,0']);
  expect(set('$10^{-3}$')).toEqual(['10', '^−3']);
  expect(set("$V'_2$")).toEqual(['*V*', '^′', '_2']);
  expect(set('$C^{{z}{z}}$')).toEqual(['*C*', '^*zz*']);
  expect(set('$Δα$')).toEqual(['Δ', '*α*']);
  const [letter, script] = runsOf('$g_1$');
  expect([letter.size, letter.drop]).toEqual([1, 0]);
  expect(script.size).toBeLessThan(0.8);
  expect(script.drop).toBeGreaterThan(0);
  const deep = runsOf('$e^{g_1}$');
  expect(deep[2].size).toBeLessThan(deep[1].size);
  expect(deep[2].drop).toBeGreaterThan(deep[1].drop);
});

test('the same label as plain text and as Markdown', () => {
  const label = 'fitted $η_{tot} / log 2$ at $g_{1,0}$, $p̃(x)$, $|δα|^{-1}$';
  expect(plainText(label)).toBe('fitted ηₜₒₜ / log 2 at g_(1,0), p̃(x), |δα|⁻¹');
  expect(markdown(label)).toBe(
    'fitted $η_{\\mathrm{tot}} / \\log 2$ at $g_{1,0}$, $\\tilde p(x)$, $|δα|^{-1}$',
  );
  expect(plainText('$[S_{end}]$')).toBe('[S_end]');
});

test('a dollar sign of a name stays one, a lone one is an error', () => {
  expect(plainText(literal('US$ and $x'))).toBe('US$ and $x');
  expect(() => runsOf('$x')).toThrow('a $ without its second in the label $x');
  expect(() => runsOf('$x_{a$')).toThrow('unbalanced braces');
});

function textNode(label: string, attributes: string): Element {
  const { document } = parseHTML(
    `<svg viewBox="0 0 10 10" font-family="${ROMAN}, serif" font-size="10"><text ${attributes}></text></svg>`,
  );
  const node = document.querySelector('text')!;
  node.textContent = label;
  typeset(document.querySelector('svg')!);
  return node as unknown as Element;
}

test.each(['start', 'middle', 'end'] as const)('pieces follow each other, from the %s', (anchor) => {
  const label = 'ab $g_1$';
  const node = textNode(label, `x="100" y="0.5em" text-anchor="${anchor}"`);
  const spans = [...node.children];
  const width = labelWidth(label, 10);
  const start = 100 - { start: 0, middle: width / 2, end: width }[anchor];
  const [ab, g] = [widthOf('ab ', ROMAN, 10), widthOf('g', ITALIC, 10)];
  expect(spans.map((s) => s.textContent)).toEqual(['ab ', 'g', '1']);
  [start, start + ab, start + ab + g].forEach((x, i) => {
    expect(Number(spans[i].getAttribute('x'))).toBeCloseTo(x, 2);
  });
  expect(spans.map((s) => s.getAttribute('y'))).toEqual(['5', '5', '7']);
  expect(spans[1].getAttribute('font-family')).toBe(ITALIC);
  expect(node.getAttribute('text-anchor')).toBe('start');
});

test('letters that the fonts of labels lack come from another', () => {
  expect(inFonts('größe', ROMAN).map(({ family }) => family)).toEqual([ROMAN, 'DejaVu Sans', ROMAN]);
  expect(widthOf('ö', ROMAN, 10)).toBeGreaterThan(5);
});

test('what a PDF cannot show is an error, not a gap', async () => {
  const of = (inner: string) => {
    const { document } = parseHTML(
      `<svg viewBox="0 0 10 10" font-family="${ROMAN}" font-size="8">${inner}</svg>`,
    );
    return renderPdf(document.querySelector('svg') as never, 't');
  };
  await expect(of('<image></image>')).rejects.toThrow('<image>');
  await expect(of('<g transform="skewX(3)"></g>')).rejects.toThrow('skewX');
  const [one, two] = [await of('<text y="5">x</text>'), await of('<text y="5">ö</text>')];
  const fonts = (pdf: Uint8Array) =>
    Buffer.from(pdf)
      .toString('latin1')
      .match(/\/BaseFont \/\S+/g);
  expect(fonts(one)!.join()).toContain('KaTeX_Main');
  expect(fonts(two)!.join()).toContain('DejaVuSans');
});
