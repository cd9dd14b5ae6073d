// Every figure of the registry: its table, drawing, files and claims.
import { Resvg } from '@resvg/resvg-js';
import { type Core, createCore } from 'emft';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toCsv } from '../../../cli/src/common/csv.js';
import { plainText } from '../../../cli/src/common/labels.js';
import type { Provenance } from '../../../cli/src/files/provenance.js';
import type { Claim } from '../../../cli/src/paper/claim.js';
import {
  assemble,
  type Columns,
  type Ensemble,
  type Figure,
  type FigureResult,
  figureFileNames,
  type Measured,
  type Reading,
} from '../../../cli/src/paper/figure.js';
import { frame } from '../../../cli/src/paper/frame.js';
import { figures } from '../../../cli/src/paper/index.js';
import { partOf } from '../../../cli/src/paper/part.js';
import { figureFiles, renderPng, renderSvg } from '../../../cli/src/paper/render.js';
import { COLUMN, PAGE, TEXT } from '../../../cli/src/paper/style.js';
import { Workers } from '../../../cli/src/paper/workers.js';
import { expectFindings } from '../../support/findings.js';

let core: Core;
/** As in a run of all figures, threads that stay. */
const workers = new Workers();
beforeAll(async () => {
  core = await createCore();
});
afterAll(async () => {
  core.dispose();
  await workers.close();
});

const origin: Provenance = { version: '0.0.0', revision: null, wasmSha256: 'ab' };
/** Ids of figures of this project beyond the paper's begin with a letter. */
const isOfPaper = (id: string) => /^\d/.test(id);
const context = () => ({ core, profile: 'quick' as const, progress: async () => {} });
/**
 * Figures of the paper have their whole quick profile, for claims that disagree with the paper must have a note. Of a figure beyond it a few
 * realizations of the two smallest sizes are computed, or of as many as it shows at once, because all would take half a minute of
 * processor time: drawings with more sizes, and findings of the whole profile, are not shown here.
 */
function few(figure: Figure): Ensemble | undefined {
  const whole = figure.ensemble?.('quick', figure.readings?.[0].name);
  if (!whole || isOfPaper(figure.id)) return undefined;
  const sizes = Object.keys(whole)
    .map(Number)
    .slice(0, figure.sizesAtOnce ?? 2);
  return partOf(figure, 'quick', { sizes, share: 0.1 }, figure.readings?.[0].name);
}

/** Reads a table back, as somebody who wants to plot it again would. */
async function readColumns(bytes: Uint8Array, names: string[]): Promise<Columns> {
  const buffer = bytes.slice().buffer;
  const rows = await parquetReadObjects({ file: buffer });
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name])])) as Columns;
}

describe.each(Object.entries(figures))('figure %s', (id, load) => {
  let figure: Figure;
  let result: FigureResult;
  let files: Record<string, string | Uint8Array>;
  let svg: string;
  beforeAll(async () => {
    ({ figure } = await load());
    result = await figure.compute({ ...context(), workers, ensemble: few(figure) });
    files = await figureFiles(figure, result, origin);
    svg = files[`fig${id}.svg`] as string;
  });

  test('has columns of one length with numbers in them, and the id of the paper', () => {
    expect(figure.id).toBe(id);
    expect(figure.title).toContain(isOfPaper(id) ? `Fig. ${id[0]}(${id[1]})` : `Test ${id[0].toUpperCase()}`);
    const lengths = Object.values(result.columns).map((column) => column.length);
    expect(new Set(lengths).size).toBe(1);
    expect(lengths[0]).toBeGreaterThan(10);
    for (const column of Object.values(result.columns)) {
      for (const x of column) if (typeof x === 'number') expect(x).not.toBeNaN();
    }
    for (const x of Object.values(result.measured)) expect(Number.isFinite(x)).toBe(true);
  });

  test('names its axes and stands alone', () => {
    const { document } = parseHTML(svg);
    const root = document.querySelector('svg')!;
    expect(root.getAttribute('xmlns')).toBe('http://www.w3.org/2000/svg');
    expect(root.querySelector('title')!.textContent).toBe(plainText(figure.title));
    for (const axis of ['x-axis label', 'y-axis label']) {
      expect(svg).toContain(`aria-label="${axis}"`);
    }
    // Nothing is fetched: the fonts are in it.
    expect(svg.match(/<style|url\([^)]{0,20}/g)).toEqual([
      '<style',
      ...Array(2).fill('url(data:font/woff2;base'),
    ]);
    const drawing = svg.replace(/<style>.*<\/style>/, '');
    expect(drawing).not.toMatch(/NaN|undefined|Infinity|href/);
  });

  test('is drawn from its saved table to the same bytes in every format', async () => {
    const parquet = files[`fig${id}.parquet`] as Uint8Array;
    const columns = await readColumns(parquet, Object.keys(result.columns));
    for (const [name, column] of Object.entries(result.columns)) {
      expect(Array.from(columns[name] as ArrayLike<unknown>)).toEqual(
        Array.from(column as ArrayLike<unknown>),
      );
    }
    const { key_value_metadata: pairs } = parquetMetadata(parquet.slice().buffer);
    const { parameters, measured, ...saved } = JSON.parse(
      pairs!.find(({ key }) => key === 'emft')!.value!,
    ) as Measured;
    expect(saved).toMatchObject({ figure: id, ...origin });
    const again = await figureFiles(figure, { columns, parameters, measured }, origin);
    // In Parquet a table that was read has other types of columns than one that was computed.
    for (const ending of ['svg', 'pdf', 'png', 'md', 'csv']) {
      const [drawn, first] = [again, files].map((all) => Buffer.from(all[`fig${id}.${ending}`]));
      expect(drawn.equals(first), ending).toBe(true);
    }
  });

  test('the CSV reads back to the same numbers', () => {
    const [header, ...rows] = toCsv(result.columns).trimEnd().split('\n');
    const names = Object.keys(result.columns);
    expect(header).toBe(names.join(','));
    expect(rows).toHaveLength(result.columns[names[0]].length);
    names.forEach((name, k) => {
      if (typeof result.columns[name][0] !== 'number') return;
      const read = rows.map((row) => Number(row.split(',')[k]));
      expect(read).toEqual(Array.from(result.columns[name] as ArrayLike<number>));
    });
  });

  test('is a column or a page wide, with type of eight or nine points and mathematics that is set', () => {
    const root = parseHTML(svg).document.querySelector('svg')!;
    const [, , width, height] = root.getAttribute('viewBox')!.split(' ').map(Number);
    expect([COLUMN, PAGE]).toContain(width);
    expect(root.getAttribute('width')).toBe(`${width / 72}in`);
    expect(Number.parseFloat(root.getAttribute('height')!)).toBeCloseTo(height / 72, 3);
    const texts = [...root.querySelectorAll('text')];
    expect(texts.length).toBeGreaterThan(4);
    for (const text of texts) {
      const size = Number(text.closest('[font-size]')!.getAttribute('font-size'));
      expect([TEXT, TEXT + 1], text.textContent!).toContain(size);
      // Outside of subscripts; names of columns do not come into a figure of the paper.
      expect(text.textContent).not.toMatch(/[_^$]|[₀-ₜ⁰-⁻]/);
    }
  });

  test('the PDF is of the same size and has the fonts in it', () => {
    const root = parseHTML(svg).document.querySelector('svg')!;
    const [, , width, height] = root.getAttribute('viewBox')!.split(' ').map(Number);
    const pdf = files[`fig${id}.pdf`] as Uint8Array;
    const text = Buffer.from(pdf).toString('latin1');
    expect(text).toMatch(/^%PDF-1\.\d/);
    expect(text).toContain(`/MediaBox [0 0 ${width} ${height}]`);
    expect(text.match(/\/FontFile2 /g)!.length).toBeGreaterThanOrEqual(2);
    expect(text).not.toContain('/BaseFont /Helvetica');
  });

  test('the PNG has four pixels to a point and text in it without any font of the system', () => {
    const root = parseHTML(svg).document.querySelector('svg')!;
    const [, , width, height] = root.getAttribute('viewBox')!.split(' ').map(Number);
    const png = files[`fig${id}.png`] as Uint8Array;
    const view = new DataView(png.buffer, png.byteOffset);
    expect(view.getUint32(16)).toBe(4 * width);
    expect(Math.abs(view.getUint32(20) - 4 * height)).toBeLessThanOrEqual(1);
    const bare = new Resvg(svg, {
      fitTo: { mode: 'width', value: 4 * width },
      font: { loadSystemFonts: false },
    });
    expect(Buffer.compare(bare.render().asPng(), png)).not.toBe(0);
    expect(Buffer.compare(renderPng(svg), png)).toBe(0);
  });

  test('its caption does not speak of all states where only those near an energy were computed', () => {
    const caption = files[`fig${id}.md`] as string;
    if (result.parameters.states !== undefined) expect(caption).not.toContain('all states');
  });

  test('its claims follow from its Parquet file alone', async () => {
    const bytes = files[`fig${id}.parquet`] as Uint8Array;
    const [{ value }] = parquetMetadata(bytes.slice().buffer).key_value_metadata!;
    const { parameters, measured } = JSON.parse(value!) as Measured;
    const columns = await readColumns(bytes, Object.keys(result.columns));
    expect(figure.claims({ columns, parameters, measured }, core)).toEqual(result.claims);
  });

  test('its claims, or findings, are numbered by name and say what was measured', () => {
    for (const claim of result.claims) {
      expect(claim.source).not.toBe('');
      expect(claim.measured).not.toMatch(/NaN|undefined/);
      for (const x of Object.values(claim.values)) expect(Number.isFinite(x)).toBe(true);
      if (!claim.agrees) expect(claim.note).toBeTruthy();
    }
    expectFindings(id, result.beyond);
  });
});

test('files of different figures have different names', () => {
  const names = Object.keys(figures).flatMap(figureFileNames);
  expect(new Set(names).size).toBe(names.length);
});

test('an aborted figure ends with the reason, whether it computes here or on workers', async () => {
  for (const id of ['3b', '4b', '5a', '5c', 'n2']) {
    const { figure } = await figures[id]();
    const controller = new AbortController();
    const reason = new DOMException('interrupted', 'AbortError');
    let reports = 0;
    const progress = async () => {
      if (++reports === 2) controller.abort(reason);
    };
    const computing = figure.compute({ ...context(), progress, signal: controller.signal });
    await expect(computing, id).rejects.toBe(reason);
    expect(reports, id).toBeLessThan(40);
  }
});

test('a figure of two readings: files, note, caption and claims tell which is which', async () => {
  const readings = [
    { name: 'hopping', label: 'hopping 0.41', parameters: { hopping: 0.41 } },
    { name: 'printed', label: 'as printed, hopping 1', parameters: { hopping: 1 } },
  ];
  const { figure } = await assemble(
    '4a',
    Promise.resolve({
      data: {
        title: 'T',
        readings,
        compute: async (_: unknown, reading?: Reading) => ({
          columns: { x: [Number(reading!.parameters.hopping)] },
          parameters: {},
          measured: {},
        }),
        findings: ({ columns }: Measured) => columns.x[0],
      },
    }),
    async () => ({
      plot: (_: unknown, { document, title }: { document?: Document; title: string }) =>
        frame({ title, subtitle: 'at W = 45' }, [], document),
    }),
    Promise.resolve({
      claims: (hopping: unknown): Claim[] => [
        {
          id: 'a',
          source: 's',
          statement: '',
          stated: '',
          measured: String(hopping),
          values: {},
          agrees: true,
          rule: 'r',
        },
      ],
    }),
  );
  const [first, second] = [
    await figure.compute(context()),
    await figure.compute({ ...context(), reading: 'printed' }),
  ];
  expect([first, second].map(({ columns }) => columns.x[0])).toEqual([0.41, 1]);
  expect([first, second].map(({ claims }) => claims[0].reading)).toEqual(['hopping', 'printed']);
  expect(Object.keys(await figureFiles(figure, first, origin))).toEqual(figureFileNames('4a'));
  const files = await figureFiles(figure, second, origin);
  expect(Object.keys(files)).toEqual(figureFileNames('4a-printed'));
  expect(files['fig4a-printed.svg']).toContain('>reading: as printed, hopping 1<');
  expect(files['fig4a-printed.svg']).not.toContain('>T</text>');
  expect(await renderSvg(figure, second, true)).toContain('>T</text>');
  expect(files['fig4a-printed.md']).toBe('**T.** At W = 45. Reading: as printed, hopping 1.\n');
  await expect(figure.compute({ ...context(), reading: 'x' })).rejects.toThrow(
    'reading: expected one of hopping, printed, got x',
  );
});
