// A figure's files: SVG, PDF, PNG, a caption, and its table as CSV and Parquet, all of them functions of the data alone.
import { createRequire } from 'node:module';
import { parseHTML } from 'linkedom';
import { toCsv } from '../common/csv.js';
import { literal, plainText } from '../common/labels.js';
import { type ParquetData, parquetBytes, parquetColumn } from '../files/parquet.js';
import type { Provenance } from '../files/provenance.js';
import { note } from '../files/streams.js';
import {
  type Columns,
  type Figure,
  type FigureData,
  figureFileNames,
  figureName,
  type Measured,
  type Reading,
} from './figure.js';
import { fontFaces, fontFiles, ROMAN } from './fonts.js';
import { captionOf, finish } from './frame.js';
import { renderPdf } from './pdf.js';
import { type Drawn, plotTable, type TablePlot } from './tablePlot.js';

/** Pixels to a point: 288 to an inch. */
const PNG_SCALE = 4;

function draw(figure: Figure, data: FigureData, heading?: boolean): Promise<SVGElement> {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  return figure.plot(data, { document, heading });
}

export async function renderSvg(figure: Figure, data: FigureData, heading?: boolean): Promise<string> {
  return standalone(await draw(figure, data, heading));
}

/** The drawing with the fonts it is set in. */
function standalone(drawing: SVGElement): string {
  const style = drawing.ownerDocument.createElementNS('http://www.w3.org/2000/svg', 'style');
  style.textContent = fontFaces();
  const whole = drawing.cloneNode(true) as SVGElement;
  whole.prepend(style);
  return `${whole.outerHTML}\n`;
}

/** Native code, which a host may forbid: loaded where a picture is wanted. */
const load = createRequire(import.meta.url);

export function renderPng(svg: string): Uint8Array {
  const { Resvg } = load('@resvg/resvg-js') as typeof import('@resvg/resvg-js');
  const [, , width] = (/viewBox="([^"]*)"/.exec(svg)?.[1] ?? '').split(' ').map(Number);
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'width', value: PNG_SCALE * width },
    font: { fontFiles: Object.values(fontFiles), loadSystemFonts: false, defaultFontFamily: ROMAN },
  });
  return resvg.render().asPng();
}

function renderParquet(columns: Columns, metadata: unknown): Uint8Array {
  const data = Object.entries(columns).map(([name, values]) => parquetColumn(name, typed(values), true));
  return parquetBytes(data, metadata);
}

function typed(values: Columns[string]): ParquetData {
  const numbers = Array.isArray(values) && typeof values[0] !== 'string';
  return numbers ? Float64Array.from(values as number[]) : (values as ParquetData);
}

/** The PNG; where the host loads no native code nothing, and a note, as the other files come without native code. */
function pngIfAllowed(name: string, svg: string): Record<string, Uint8Array> {
  try {
    return { [name]: renderPng(svg) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_DLOPEN_DISABLED') throw error;
    note(`emft: no ${name}: Node's permission model forbids native code: see --allow-addons`);
    return {};
  }
}

/** A picture of a table, by the ending of its files; no PNG where the host loads no native code. */
export async function drawTable(
  drawn: Drawn,
  look: TablePlot,
  title?: string,
): Promise<Partial<Record<'.svg' | '.pdf' | '.png', string | Uint8Array>>> {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const label = literal(title ?? '');
  const plot = plotTable(drawn, look)({ columns: {}, parameters: {} }, { document, title: label });
  const drawing = finish(plot, { heading: title !== undefined });
  const png = pngIfAllowed('.png', drawing.outerHTML) as { '.png'?: Uint8Array };
  return {
    '.svg': standalone(drawing),
    '.pdf': await renderPdf(drawing, title ?? look.y.join(', ')),
    ...png,
  };
}

/** The caption of a table that was computed earlier. */
export async function captionFile(figure: Figure, data: FigureData): Promise<string> {
  return captionOf(await draw(figure, data), (data.parameters.reading as Reading | undefined)?.label);
}

/** Its picture, as PNG. */
export async function pictureFile(figure: Figure, data: FigureData): Promise<Uint8Array> {
  return renderPng((await draw(figure, data)).outerHTML);
}

/** All files of a figure, by name. */
export async function figureFiles(
  figure: Figure,
  data: Measured,
  provenance: Provenance,
  heading?: boolean,
): Promise<Record<string, string | Uint8Array>> {
  const drawing = await draw(figure, data, heading);
  const bare = drawing.outerHTML;
  const title = plainText(figure.title);
  const reading = data.parameters.reading as Reading | undefined;
  const { parameters, measured } = data;
  const metadata = { figure: figure.id, title, parameters, measured, ...provenance };
  const [svgName, pdfName, pngName, captionName, csvName, parquetName] = figureFileNames(
    figureName(figure, reading?.name),
  );
  return {
    [svgName]: standalone(drawing),
    [pdfName]: await renderPdf(drawing, title),
    ...pngIfAllowed(pngName, bare),
    [captionName]: captionOf(drawing, reading?.label),
    [csvName]: toCsv(data.columns),
    [parquetName]: renderParquet(data.columns, metadata),
  };
}
