// A figure's files: SVG, PNG, a caption, and its table as CSV and Parquet, all of them functions of the data alone.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseHTML } from 'linkedom';
import { csvHeader, csvRows } from '../files/csv.js';
import { type ParquetData, parquetBytes, parquetColumn } from '../files/parquet.js';
import type { Provenance } from '../files/provenance.js';
import { note } from '../files/streams.js';
import { type Columns, type Figure, type FigureData, figureName, type Reading } from './figure.js';
import { captionOf } from './finish.js';

/** Device pixels per unit of the SVG. */
const PNG_SCALE = 2;

/** Shipped as a dependency, so that text looks the same on machines without any fonts. */
const FONTS = ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) =>
  fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${file}`)),
);

function draw(figure: Figure, data: FigureData, heading?: boolean): SVGElement {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  return figure.plot(data, { document, heading });
}

export function renderSvg(figure: Figure, data: FigureData, heading?: boolean): string {
  return `${draw(figure, data, heading).outerHTML}\n`;
}

/** Native code, which a host may forbid: loaded where a picture is wanted. */
const load = createRequire(import.meta.url);

export function renderPng(svg: string): Uint8Array {
  const { Resvg } = load('@resvg/resvg-js') as typeof import('@resvg/resvg-js');
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: PNG_SCALE },
    font: { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans' },
  });
  return resvg.render().asPng();
}

export function renderCsv(columns: Columns): string {
  return csvHeader(Object.keys(columns)) + csvRows(columns);
}

function renderParquet(columns: Columns, metadata: unknown): Uint8Array {
  const data = Object.entries(columns).map(([name, values]) => parquetColumn(name, typed(values), true));
  return parquetBytes(data, metadata);
}

function typed(values: Columns[string]): ParquetData {
  const numbers = Array.isArray(values) && typeof values[0] !== 'string';
  return numbers ? Float64Array.from(values as number[]) : (values as ParquetData);
}

/** The PNG, or nothing and a note where the host loads no native code: the other files need none. */
function pngIfAllowed(name: string, svg: string): Record<string, Uint8Array> {
  try {
    return { [name]: renderPng(svg) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_DLOPEN_DISABLED') throw error;
    note(`emft: no ${name}: Node's permission model forbids native code: see --allow-addons`);
    return {};
  }
}

/** All files of a figure, by name. */
export function figureFiles(
  figure: Figure,
  data: FigureData,
  provenance: Provenance,
  heading?: boolean,
): Record<string, string | Uint8Array> {
  const drawing = draw(figure, data, heading);
  const svg = `${drawing.outerHTML}\n`;
  const reading = data.parameters.reading as Reading | undefined;
  const metadata = { figure: figure.id, title: figure.title, parameters: data.parameters, ...provenance };
  const [svgName, pngName, captionName, csvName, parquetName] = figureFileNames(
    figureName(figure, reading?.name),
  );
  return {
    [svgName]: svg,
    ...pngIfAllowed(pngName, svg),
    [captionName]: captionOf(drawing, reading?.label),
    [csvName]: renderCsv(data.columns),
    [parquetName]: renderParquet(data.columns, metadata),
  };
}

/** Of a figure's name, see `figureName`. */
export function figureFileNames(name: string): string[] {
  return ['svg', 'png', 'md', 'csv', 'parquet'].map((ending) => `fig${name}.${ending}`);
}
