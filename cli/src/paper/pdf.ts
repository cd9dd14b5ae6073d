// A drawing as a page of PDF with the letters it uses embedded. It knows the part of SVG that figures are made of: groups,
// paths, circles, rectangles and text; anything else is an error rather than a gap in the picture.
import type PDFDocument from 'pdfkit';
import { fontFiles, inFonts } from './fonts.js';
import { lengthOf } from './typeset.js';

type Document = InstanceType<typeof PDFDocument>;

/** What an element takes from those around it. */
type Style = Readonly<Record<string, string>>;

const INHERITED = [
  'color',
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-miterlimit',
  'opacity',
  'paint-order',
  'font-size',
  'font-family',
  'text-anchor',
];

const INITIAL: Style = { color: 'black', fill: 'black', stroke: 'none', 'stroke-width': '1' };

export async function renderPdf(svg: SVGElement, title: string): Promise<Uint8Array> {
  const { default: Pdf } = await import('pdfkit');
  const [x, y, width, height] = (svg.getAttribute('viewBox') ?? '').split(' ').map(Number);
  // The same figure is the same bytes on another day.
  const doc = new Pdf({
    size: [width, height],
    margin: 0,
    info: { Title: title, CreationDate: new Date(0), Creator: 'emft', Producer: 'pdfkit' },
  });
  const pieces: Uint8Array[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    doc.on('data', (piece: Uint8Array) => pieces.push(piece));
    doc.on('end', () => resolve(Buffer.concat(pieces)));
    doc.on('error', reject);
  });
  doc.translate(-x, -y);
  drawChildren(doc, svg, styleOf(svg, INITIAL));
  doc.end();
  return whole;
}

function styleOf(node: Element, around: Style): Style {
  const style = { ...around };
  for (const name of INHERITED) {
    const value = node.getAttribute(name);
    if (value !== null) style[name] = value;
  }
  return style;
}

function drawChildren(doc: Document, node: Element, style: Style): void {
  for (const child of [...node.children]) draw(doc, child, styleOf(child, style));
}

const numberOf = (node: Element, name: string) => Number(node.getAttribute(name) ?? 0);

function draw(doc: Document, node: Element, style: Style): void {
  doc.save();
  transform(doc, node.getAttribute('transform') ?? '');
  switch (node.localName.toLowerCase()) {
    case 'title':
    case 'desc':
      break;
    case 'svg':
      doc.translate(numberOf(node, 'x'), numberOf(node, 'y'));
      drawChildren(doc, node, style);
      break;
    case 'g':
      drawChildren(doc, node, style);
      break;
    case 'path':
      paint(doc, style, () => doc.path(node.getAttribute('d') ?? ''));
      break;
    case 'circle':
      paint(doc, style, () => doc.circle(numberOf(node, 'cx'), numberOf(node, 'cy'), numberOf(node, 'r')));
      break;
    case 'line':
      paint(doc, style, () =>
        doc
          .moveTo(numberOf(node, 'x1'), numberOf(node, 'y1'))
          .lineTo(numberOf(node, 'x2'), numberOf(node, 'y2')),
      );
      break;
    case 'rect':
      paint(doc, style, () => {
        const [x, y, w, h] = ['x', 'y', 'width', 'height'].map((name) => numberOf(node, name));
        return doc.rect(x, y, w, h);
      });
      break;
    case 'text':
      drawText(doc, node, style);
      break;
    default:
      throw new Error(`a figure has <${node.localName}>, which its PDF cannot show`);
  }
  doc.restore();
}

function transform(doc: Document, text: string): void {
  for (const [, name, list] of text.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [a, b = 0] = list.split(/[\s,]+/).map(Number);
    if (name === 'translate') doc.translate(a, b);
    else if (name === 'rotate') doc.rotate(a, {});
    else throw new Error(`a figure is transformed by ${name}, which its PDF cannot do`);
  }
}

/** '#0072B2', or three numbers, or undefined for none. */
function colorOf(style: Style, name: 'fill' | 'stroke'): PDFKit.Mixins.ColorValue | undefined {
  const color = style[name] === 'currentColor' ? style.color : style[name];
  if (color === 'none') return undefined;
  const rgb = /^rgb\((\d+), ?(\d+), ?(\d+)\)$/.exec(color);
  return rgb ? [Number(rgb[1]), Number(rgb[2]), Number(rgb[3])] : color;
}

const opacityOf = (style: Style, name: 'fill' | 'stroke') =>
  Number(style[`${name}-opacity`] ?? 1) * Number(style.opacity ?? 1);

/** Sets colours and line style; returns whether the shape is to be filled and whether its outline is to be drawn. */
function prepare(doc: Document, style: Style): { fill: boolean; stroke: boolean } {
  const [fill, stroke] = [colorOf(style, 'fill'), colorOf(style, 'stroke')];
  if (fill !== undefined) doc.fillColor(fill, opacityOf(style, 'fill'));
  if (stroke !== undefined) {
    doc.strokeColor(stroke, opacityOf(style, 'stroke')).lineWidth(Number(style['stroke-width']));
    doc.lineCap((style['stroke-linecap'] ?? 'butt') as 'butt');
    doc.lineJoin((style['stroke-linejoin'] ?? 'miter') as 'miter');
    doc.miterLimit(Number(style['stroke-miterlimit'] ?? 4));
    const dashes = style['stroke-dasharray'] ?? 'none';
    if (dashes === 'none') doc.undash();
    else doc.dash(dashes.split(/[\s,]+/).map(Number) as never, {});
  }
  return { fill: fill !== undefined, stroke: stroke !== undefined };
}

function paint(doc: Document, style: Style, outline: () => Document): void {
  const { fill, stroke } = prepare(doc, style);
  if (fill) outline().fill();
  if (stroke) outline().stroke();
}

/** Letters of one font that stand side by side; the first of a tspan has the tspan's place. */
interface Piece {
  text: string;
  font: string;
  size: number;
  at?: [x: number, y: number];
}

function piecesOf(node: Element, style: Style): Piece[] {
  return [...node.childNodes].flatMap((child) => {
    if (child.nodeType !== 1) {
      const size = Number.parseFloat(style['font-size']);
      const family = style['font-family'].split(',')[0].trim();
      const pieces = inFonts(child.textContent ?? '', family);
      return pieces.map((piece) => ({ text: piece.text, font: fontFiles[piece.family], size }));
    }
    const span = child as Element;
    const [first, ...rest] = piecesOf(span, styleOf(span, style));
    return first ? [{ ...first, at: [numberOf(span, 'x'), numberOf(span, 'y')] }, ...rest] : [];
  });
}

function drawText(doc: Document, node: Element, style: Style): void {
  const size = Number.parseFloat(style['font-size']);
  const pieces = piecesOf(node, style);
  const widths = pieces.map((p) => doc.font(p.font, p.size).widthOfString(p.text));
  const share = { start: 0, middle: 0.5, end: 1 }[style['text-anchor'] ?? 'start'] ?? 0;
  const [left, line] = [
    ['x', 'dx'],
    ['y', 'dy'],
  ].map((names) => names.reduce((sum, name) => sum + lengthOf(node, name, size), 0));
  const start = left - share * widths.reduce((sum, w) => sum + w, 0);
  const write = (mode: { fill: boolean; stroke: boolean }) => {
    let [x, y] = [start, line];
    pieces.forEach(({ text, font, size, at }, i) => {
      [x, y] = at ?? [x, y];
      doc.font(font, size).text(text, x, y, { lineBreak: false, baseline: 'alphabetic', ...mode });
      x += widths[i];
    });
  };
  const { fill, stroke } = prepare(doc, style);
  // An edge lies behind the letters.
  if (stroke) write({ fill: false, stroke: true });
  if (fill) write({ fill: true, stroke: false });
}
