// docs/findings.md: its rows are what the figures find in the tables beside it, in the order in which they stand there.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { readDescribedTable } from '../../cli/src/files/tableFile.js';
import { rowsOfKind } from '../../cli/src/paper/columns.js';
import type { Columns, Data, Measured } from '../../cli/src/paper/figure.js';
import { type Finding, findingsMarkdown } from '../../cli/src/paper/finding.js';

const folder = fileURLToPath(new URL('../../docs/', import.meta.url));
const text = readFileSync(`${folder}findings.md`, 'utf8');
/** Figures in the order of the document. */
const order = [...text.matchAll(/^\| \[(\w+)\]\(findings\/fig\w+\.parquet\)/gm)].map(([, id]) => id);

async function found(): Promise<Finding[]> {
  const core = await createCore();
  const all: Finding[] = [];
  for (const id of order) {
    const folderOf = `../../cli/src/paper/figure${id}`;
    const { data } = (await import(`${folderOf}/data.ts`)) as { data: Data<unknown> };
    const { beyond } = (await import(`${folderOf}/beyond.ts`)) as { beyond(findings: unknown): Finding[] };
    const { columns, description } = await readDescribedTable(`${folder}findings/fig${id}.parquet`);
    const { parameters, measured } = description as unknown as Measured;
    all.push(...beyond(data.findings({ columns, parameters, measured }, core)));
  }
  core.dispose();
  return all;
}

test('its table, the tally above and the notes below are those of the committed tables', async () => {
  expect(order).toHaveLength(7);
  const whole = findingsMarkdown(await found(), 'heading');
  // What stands above and below the table is the document's own.
  const table = whole.slice(whole.indexOf('heading') + 'heading'.length).trim();
  expect(text).toContain(`\n${table}\n`);
});

test('each table says by which revision it was computed: that of figure d1 named none', async () => {
  for (const id of order) {
    const { description } = await readDescribedTable(`${folder}findings/fig${id}.parquet`);
    expect([id, String(description.revision)]).toEqual([id, expect.stringMatching(/^[0-9a-f]{40}$/)]);
  }
});

/** The rows of one kind of a committed table. */
async function tableRows(name: string, kind: string, names: readonly string[]) {
  const { columns, description } = await readDescribedTable(`${folder}findings/fig${name}.parquet`);
  return { rows: rowsOfKind(columns as Columns, kind, names), description };
}

/** 0.744(9): the error in units of the last digit. */
const short = (value: number, error: number, digits = 3) =>
  `${value.toFixed(digits)}(${Math.round(error * 10 ** digits)})`;

test('s1: numbers of the text are those of the tables', async () => {
  const crossing = ['spins', 'alpha', 'alphaError'] as const;
  const entropy = (await tableRows('s1', 'crossing of entropy', crossing)).rows;
  const [limit] = (await tableRows('s1', 'limit of entropy', crossing)).rows;
  const [last, first] = [entropy.at(-1)!, entropy[0]];
  expect(text).toContain(`two largest sizes crosses at ${short(last.alpha, last.alphaError)}`);
  expect(text).toContain(`two smallest at ${short(first.alpha, first.alphaError)}`);
  expect(text).toContain(`the six crossings ends at ${short(limit.alpha, limit.alphaError)}`);
  const ratios = (await tableRows('s1', 'crossing of gapRatio', crossing)).rows;
  const [ratioLimit] = (await tableRows('s1', 'limit of gapRatio', crossing)).rows;
  const [top, end] = [ratios[0], ratios.at(-1)!].map((r) => short(r.alpha, r.alphaError, 2));
  expect(text).toContain(`crossings go down from ${top} to ${end}`);
  expect(text).toContain(`of the entropies, ends at ${short(ratioLimit.alpha, ratioLimit.alphaError, 2)}`);
  // What was found before, with order 2048 at all seven α.
  const earlier = (await tableRows('s1-4to8', 'crossing of entropy', crossing)).rows;
  const [before] = (await tableRows('s1-4to8', 'limit of entropy', crossing)).rows;
  expect(text).toContain(`L = 7 and 8 crossed at ${short(earlier[3].alpha, earlier[3].alphaError)}`);
  expect(text).toContain(`up to L = 8, it ends at ${short(before.alpha, before.alphaError)}`);
  const [old] = (await tableRows('s1-4to8', 'limit of gapRatio', crossing)).rows;
  expect(text).toContain(`over five α it ended at ${short(old.alpha, old.alphaError, 2)}`);
});

test('b1: numbers of the text are those of the table', async () => {
  const crossed = async (name: string) =>
    (await tableRows('b1', name, ['strength', 'strengthError', 'crossed'])).rows;
  const random = await crossed('crossing of random');
  const [one, two, three, four] = random.map((r, k) => short(r.strength, r.strengthError, k ? 1 : 2));
  expect(text).toContain(`crossings rise from ${one} by\nway of ${two} and ${three} to ${four}`);
  const quasi = await crossed('crossing of quasiperiodic');
  const [low, next, third, high] = quasi.map((r, k) => short(r.strength, r.strengthError, k < 3 ? 2 : 1));
  expect(text).toContain(`in quasiperiodic ones from ${low} by way of ${next} and ${third} to ${high}`);
  const below = (r: (typeof quasi)[number]) => (8 - r.strength) / r.strengthError;
  expect(Math.abs(below(quasi[3]))).toBeLessThan(2);
  expect(text).toContain(`of L = 8 and 10 the crossing is below by ${below(quasi[2]).toFixed(1)} errors`);
  for (const name of ['random', 'quasiperiodic']) {
    const [rise] = await crossed(`drift of ${name}`);
    expect(text).toContain(`by ${rise.strength.toFixed(1)} ± ${rise.strengthError.toFixed(1)}`);
  }
  const [drift] = await crossed('drift of random');
  expect(text).toContain(`The drift is ${(drift.strength / drift.strengthError).toFixed(1)} errors`);
  const without = [random[3], quasi[3]].map((r) => (100 * (1 - r.crossed)).toFixed(0));
  expect(text).toContain(`have ${without[0]} and ${without[1]} % of draws without one`);
  const medians = async (kind: string) => {
    const { rows } = await tableRows('b1', kind, [
      ...(['spins', 'strength', 'logRate', 'low', 'high'] as const),
      ...(['resolved', 'samples'] as const),
    ]);
    return {
      rows,
      at: (spins: number, w: number) => rows.find((r) => r.spins === spins && r.strength === w)!,
    };
  };
  const [inRandom, inQuasi] = [await medians('random'), await medians('quasiperiodic')];
  const both = [10, 12].map((spins) => {
    const { logRate, low, high } = inQuasi.at(spins, 8);
    return short(logRate, (high - low) / 2, 2).replace('-', '−');
  });
  expect(text).toContain(`At W = 8 their medians are ${both[0]} and ${both[1]}`);
  const by = (w: number) => inRandom.at(12, w).logRate - inRandom.at(10, w).logRate;
  expect(text).toContain(`by ${by(10).toFixed(2)} and ${by(12).toFixed(2)} decades, level with it at 16`);
  const { low: least, high: most } = inRandom.at(12, 16);
  expect(inRandom.at(10, 16).logRate).toBeGreaterThan(least);
  expect(inRandom.at(10, 16).logRate).toBeLessThan(most);
  expect(text).toContain(`below at 20, by ${(-by(20)).toFixed(2)}`);
  const all = [...inRandom.rows, ...inQuasi.rows];
  const worst = Math.min(...all.map(({ resolved }) => resolved));
  expect(worst).toBe(inRandom.at(10, 12).resolved);
  expect(text).toContain(`at W = 12 in random fields ${(100 * (1 - worst)).toFixed(0)} % of them are bounds`);
  const long = all.filter(({ spins }) => spins === 12);
  expect(text).toContain(`12 spins' ${long.reduce((sum, r) => sum + r.samples, 0)} realizations one is`);
  expect(long.reduce((sum, r) => sum + r.samples * (1 - r.resolved), 0)).toBeCloseTo(1, 10);
});

test('t1: numbers of the text are those of the table', async () => {
  const names = ['n', 'alpha', 'value', 'theory', 'above', 'aboveError'];
  const { rows: plateaus } = await tableRows('t1', 'plateau', names);
  const most = plateaus.reduce((top, r) => (r.above > top.above ? r : top));
  const lowest = plateaus.reduce((top, r) => (r.above < top.above ? r : top));
  expect(text).toContain(`above them by up to ${short(most.above, most.aboveError)}`);
  expect(text).toContain(`at α = ${lowest.alpha}, by ${short(-lowest.above, lowest.aboveError)}`);
  const least = (n: number) => Math.min(...plateaus.filter((r) => r.n === n).map(({ value }) => value));
  expect(text).toContain(`measured plateaus are ${least(6).toFixed(3)} and ${least(12).toFixed(3)}`);
  for (const n of [6, 12]) {
    const { value, theory } = plateaus.find((r) => r.n === n && r.alpha === 0.75)!;
    expect([n, (value - theory).toFixed(3)]).toEqual([n, '0.126']);
  }
});

test('rows of L = 8 at five of seven α were lost, and the table made of them could not be made again', async () => {
  const core = await createCore();
  const { data } = await import('../../cli/src/paper/figures1/data.js');
  const rows = ['s1-4to7.parquet', 's1-8.csv'].map((name) => `${folder}findings/rows/${name}`);
  const { columns } = await data.compute({ core, profile: 'paper', progress: async () => {}, rows });
  const { columns: earlier } = await readDescribedTable(`${folder}findings/figs1-4to8.parquet`);
  for (const name of Object.keys(earlier))
    expect(Array.from(columns[name] as ArrayLike<unknown>)).toEqual(
      Array.from(earlier[name] as ArrayLike<unknown>),
    );
  core.dispose();
});
