// emft plot: from a table to pictures, and what is said of tables and flags that do not go together.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { columnName, quantityOf } from '../../../cli/src/files/columnNames.js';
import { parquetBytes, parquetColumn } from '../../../cli/src/files/parquet.js';
import { readTable } from '../../../cli/src/files/tableFile.js';
import { COLUMN, HEIGHT, LABEL, TEXT } from '../../../cli/src/paper/style.js';
import { rowsOf } from '../../../cli/src/paper/tableRows.js';
import { labelWidth } from '../../../cli/src/paper/typeset.js';
import { sweepKinds } from '../../../cli/src/sweeps/kinds/index.js';
import { residentCommand } from '../../support/runs/resident.js';
import { scratch } from '../../support/runs.js';

const emft = residentCommand();

const directory = scratch();
const file = (name: string, text: string | Uint8Array) => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};

const table =
  'alpha,n,sample,entropy_log2,word\n0.5,4,0,0.2,a\n0.5,4,1,0.4,a\n0.7,4,0,0.6,b\n0.5,5,0,0.1,b\n0.7,5,0,-0.1,c\n';

test('a sweep of one\u2019s own becomes a picture: experiment, collect, plot, by the commands that each one names', async () => {
  const config = file(
    'mine.toml',
    `compute = "ed"
columns = ["spin", "entropy [log 2]"]
seed = 7
[parameters]
h = 2
grainDimension = 16
alpha = [0.5, 0.7]
n = 2
[[ensemble]]
samples = 3
`,
  );
  const begun = await emft(['sweep', config, '-o', join(directory, 'mine')]);
  expect(begun.status, begun.stderr).toBe(0);
  const next = (text: string) => text.match(/: emft (.*)\n$/)![1].split(' ');
  const collected = await emft(next(begun.stderr));
  expect(collected.stdout).toMatch(/mine\.parquet: 12 rows\n$/);
  const [, , ...flags] = next(collected.stderr);
  expect(flags.join(' ')).toBe('--x spin --y entropy_log2 --colour alpha --mean');
  const drawn = await emft(next(collected.stderr));
  expect(drawn.status, drawn.stderr).toBe(0);
  for (const ending of ['svg', 'pdf', 'png']) {
    expect(existsSync(join(directory, `mine.${ending}`))).toBe(true);
  }
  const { document } = parseHTML(readFileSync(join(directory, 'mine.svg'), 'utf8'));
  const labels = [...document.querySelectorAll('text')].map((node) => node.textContent);
  expect(labels).toEqual(expect.arrayContaining(['[S] / log 2', 'α = 0.5', 'α = 0.7']));
  // Nothing is replaced unasked, neither the table nor the pictures.
  expect((await emft(next(begun.stderr))).stderr).toContain('exists already; --force replaces it');
  expect((await emft(next(collected.stderr))).stderr).toContain('exists already; --force replaces it');
});

test('a table of several rows a realization that has one each is drawn against what varies', async () => {
  const config = file(
    'single.toml',
    `compute = "ed"
columns = ["spin", "entropy [log 2]"]
[parameters]
grainDimension = 4
alpha = [0.5, 0.7]
n = 1
`,
  );
  expect((await emft(['sweep', config, '-o', join(directory, 'single')])).status).toBe(0);
  const collected = await emft(['collect', join(directory, 'single')]);
  expect(collected.stdout).toMatch(/2 rows\n$/);
  expect(collected.stderr).toMatch(/--x alpha --y entropy_log2\n$/);
});

test('one file where its name says which; --json counts', async () => {
  const path = file('one.csv', table);
  const picture = join(directory, 'one.pdf');
  const args = [
    'plot',
    path,
    '--x',
    'alpha',
    '--y',
    'entropy_log2',
    '--log',
    'y',
    '--where',
    'n=5',
    '--json',
  ];
  const { status, stdout, stderr } = await emft([...args, '-o', picture]);
  expect(status, stderr).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ files: [picture], curves: 1, rows: 1, left: 1 });
  expect(stderr).toContain('1 row is not drawn: not finite, or on a logarithmic axis not positive');
  expect(existsSync(join(directory, 'one.svg'))).toBe(false);
  expect(readFileSync(picture, 'latin1')).toMatch(/^%PDF/);
});

/** The labels of a picture of columns a and b, where they begin and end, and how far the picture reaches. */
async function drawingOf(name: string, text: string, ...flags: string[]) {
  const picture = join(directory, `${name}.svg`);
  const path = file(`${name}.csv`, text);
  const drawn = await emft(['plot', path, '--x', 'a', '--y', 'b', '-o', picture, ...flags]);
  expect(drawn.status, drawn.stderr).toBe(0);
  const { document } = parseHTML(readFileSync(picture, 'utf8'));
  const labels = (part: string) =>
    [...document.querySelectorAll(`[aria-label="${part}"] text`)].map((node) => node.textContent ?? '');
  const marks = [...document.querySelectorAll('[aria-label="dot"] circle')];
  const places = marks.map((node) => ['cx', 'cy'].map((at) => Number(node.getAttribute(at))));
  const lines = document.querySelectorAll('[aria-label="line"] path').length;
  return { document, labels, places, lines, stderr: drawn.stderr };
}

test('labels of ticks with many digits were cut off at the left edge, and stood over the name of the axis', async () => {
  const { document, labels } = await drawingOf(
    'digits',
    'a,b\n1,-12.784906443\n2,-12.784906441\n3,-12.784906440\n',
  );
  const ticks = labels('y-axis tick label');
  expect(ticks).toContain('−12.7849064430');
  // From the right end of each label, and of the name of the axis, which is turned by a quarter.
  const shift = (node: Element) =>
    Number(/translate\(([-\d.]+)/.exec(node.getAttribute('transform') ?? '')?.[1]);
  const [first] = document.querySelectorAll('[aria-label="y-axis tick label"] text');
  const group = first.parentElement!;
  const right = shift(first) + shift(group);
  const left = right - Math.max(...ticks.map((text) => labelWidth(text, TEXT)));
  const name = document.querySelector('[aria-label="y-axis label"] text')!;
  const middle = shift(name) + (shift(name.parentElement!) || 0);
  expect(left).toBeGreaterThan(middle + LABEL / 2);
  expect(middle - LABEL / 2).toBeGreaterThanOrEqual(0);
});

test.each([
  [
    'twice the largest double',
    'a,b\n1e308,-1e308\n-1e308,1e308\n5e-324,0\n',
    3,
    ['a / 10308', 'b / 10308'],
    [],
  ],
  ['nearly all doubles on a logarithmic axis', 'a,b\n1,5e-324\n2,1e308\n', 2, ['a', 'b'], ['--log', 'y']],
  ['the smallest normal doubles', 'a,b\n1,1e-308\n2,2e-308\n', 2, ['a', 'b / 10−308'], []],
  ['the same on a logarithmic axis', 'a,b\n1,1e-308\n2,2e-308\n', 2, ['a', 'b / 10−308'], ['--log', 'y']],
  ['subnormal doubles', 'a,b\n1,5e-324\n2,1e-323\n', 2, ['a', 'b / 10−323'], []],
  ['the largest double alone', 'a,b\n1,1.7976931348623157e308\n', 1, ['a', 'b / 10308'], []],
  [
    'a mean of what sums to more than doubles hold',
    'a,b\n1,1e308\n1,1.5e308\n',
    1,
    ['a', 'b / 10308'],
    ['--mean'],
  ],
  ['doubles next to each other', 'a,b\n1,1\n2,1.0000000000000002\n', 2, ['a', 'b'], []],
] as const)('%s: the frame stayed empty, or the picture failed', async (name, text, count, names, flags) => {
  const { labels, places } = await drawingOf(name.replaceAll(' ', '-'), text, ...flags);
  expect([...labels('x-axis label'), ...labels('y-axis label')]).toEqual(names);
  expect(places).toHaveLength(count);
  for (const [x, y] of places) {
    expect(x).toBeGreaterThan(40);
    expect(x).toBeLessThan(COLUMN);
    expect(y).toBeGreaterThan(0);
    expect(y).toBeLessThan(HEIGHT);
  }
  expect(new Set(places.map(String)).size).toBe(count);
  expect(labels('y-axis tick label').length).toBeGreaterThan(0);
});

test('-o with a directory wrote beside it, not into it', async () => {
  const path = file('inside.csv', 'a,b\n1,2\n2,3\n');
  const into = join(directory, 'pictures');
  mkdirSync(into);
  const args = ['plot', path, '--x', 'a', '--y', 'b', '-o'];
  for (const name of [into, `${into}/`]) {
    const { status, stderr } = await emft([...args, name, '--force']);
    expect(status, stderr).toBe(0);
  }
  expect(readdirSync(into).sort()).toEqual(['inside.pdf', 'inside.png', 'inside.svg']);
  expect(existsSync(`${into}.svg`)).toBe(false);
  const absent = await emft([...args, join(directory, 'absent/')]);
  expect([absent.status, absent.stderr]).toEqual([2, expect.stringContaining('there is no directory')]);
  const nameless = await emft(['plot', '-', ...args.slice(2), into]);
  expect([nameless.status, nameless.stderr]).toEqual([
    2,
    expect.stringContaining('expected the name of a picture'),
  ]);
});

test('several rows of equal x within a curve were joined into a sawtooth', async () => {
  const several = 'several rows of equal x, drawn as marks without lines: --mean, --where or --colour';
  const text = 'a,b,c\n1,2,0\n1,3,1\n2,5,0\n2,1,1\n';
  const saw = await drawingOf('saw', text);
  expect([saw.lines, saw.places.length, saw.stderr.includes(several)]).toEqual([0, 4, true]);
  for (const [name, ...flags] of [
    ['mean', '--mean'],
    ['colour', '--colour', 'c'],
    ['where', '--where', 'c=1'],
  ]) {
    const apart = await drawingOf(`saw-${name}`, text, ...flags);
    expect([apart.lines > 0, apart.stderr]).toEqual([true, '']);
  }
  expect((await drawingOf('saw-marks', text, '--marks')).stderr).toBe('');
});

describe('rows', () => {
  const choice = { x: 'alpha', y: ['entropy_log2'], log: [] } as const;
  const of = async () => readTable(file('rows.csv', table));

  test('curves by colour, in order, and means with their standard errors', async () => {
    const { rows, keys, labels, left } = rowsOf('t', await of(), { ...choice, colour: 'n', mean: true });
    expect([keys, labels, left]).toEqual([[4, 5], ['$N = 4$', '$N = 5$'], 0]);
    const [first] = rows;
    expect([first.x, first.key]).toEqual([0.5, 4]);
    expect(first.y).toBeCloseTo(0.3, 15);
    // Of 0.2 and 0.4: a standard deviation of √0.02, over √2.
    expect(first.high - first.y).toBeCloseTo(0.1, 15);
    expect(rows).toHaveLength(4);
  });

  test('bars from a column; words as colours', async () => {
    const drawn = rowsOf('t', await of(), { ...choice, error: 'sample', colour: 'word' });
    expect(drawn.keys).toEqual(['a', 'b', 'c']);
    expect(drawn.labels[0]).toBe('word = a');
    expect(drawn.rows.find((row) => row.y === 0.4)).toMatchObject({ low: -0.6, high: 1.4 });
  });

  test.each([
    [{ x: 'Alpha' }, 'choice.x: t has no column Alpha; it has alpha, n, sample, entropy_log2, word'],
    [{ y: ['word'] }, 'choice.y: word of t holds words, expected numbers'],
    [{ error: 'x' }, 'choice.error: t has no column x'],
    [{ colour: 'x' }, 'choice.colour: t has no column x'],
    [{ where: { m: '4' } }, 'choice.where: t has no column m'],
    [{ where: { n: '6' } }, 'choice.where: no row of t is like that'],
    [{ where: { n: '5', alpha: '0.7' }, log: ['y'] }, 'choice.log: t: no row can be drawn'],
    [
      { y: ['n', 'sample'], colour: 'word' },
      'choice.colour: expected a single column to be drawn with it, got 2',
    ],
  ] as const)('%j is refused by name', async (wrong, message) => {
    const columns = await of();
    expect(() => rowsOf('t', columns, { ...choice, ...wrong } as never)).toThrow(message);
  });
});

describe('tables', () => {
  test('Parquet and CSV give the same columns; empty fields are NaN, booleans numbers', async () => {
    const columns = [
      parquetColumn('x', Float64Array.of(1, 2.5)),
      parquetColumn('ok', Uint8Array.of(1, 0)),
      parquetColumn('name', ['a', 'b']),
    ];
    const parquet = await readTable(file('t.parquet', parquetBytes(columns, {})));
    expect(parquet).toEqual(await readTable(file('t.csv', 'x,ok,name\n1,true,a\n2.5,false,b\n')));
    expect(parquet).toEqual({ x: Float64Array.of(1, 2.5), ok: Float64Array.of(1, 0), name: ['a', 'b'] });
    expect(await readTable(file('gap.csv', '# a comment\nx,y\n1,\n2,NA\n'))).toEqual({
      x: Float64Array.of(1, 2),
      y: Float64Array.of(Number.NaN, Number.NaN),
    });
  });

  test('nan and inf of numpy and pandas made a column one of words', async () => {
    const read = await readTable(file('inf.csv', 'x\nnan\nNaN\ninf\n-inf\nInf\n-Infinity\n+inf\nINF\n1\n'));
    const [nan, inf] = [Number.NaN, Number.POSITIVE_INFINITY];
    expect(read).toEqual({ x: Float64Array.of(nan, nan, inf, -inf, inf, -inf, inf, inf, 1) });
    expect(await readTable(file('word.csv', 'x\ninfo\n1\n'))).toEqual({ x: ['info', '1'] });
  });

  test.each([
    ['', 'is empty, expected a table'],
    ['x,y\n', 'is a table without rows'],
    ['x,x\n1,2\n', 'line 1: two columns are called x'],
    ['x,y\n1,2\n3\n', 'line 3: expected 2 fields, as in the first line, got 1'],
    ['PAR1 and no more', 'cannot be read as Parquet'],
  ])('%j is refused', async (text, message) => {
    await expect(readTable(file('wrong.csv', text))).rejects.toThrow(message);
  });
});

test('every column of every kind has a name that tells its unit and that R and pandas take as it is', () => {
  for (const kind of Object.values(sweepKinds)) {
    const described = Object.values(kind.tables).flatMap(({ columns }) => Object.entries(columns));
    for (const [name, { unit }] of [...described, ...Object.entries(kind.parameters)]) {
      for (const one of unit === 'nat' ? ['nat', 'log 2'] : [unit]) {
        const column = columnName(name, one);
        expect(column).toMatch(/^[A-Za-z]\w*$/);
        expect(quantityOf(column)).toEqual({
          name,
          unit: ['', 'energy', '1/energy'].includes(one) ? '1' : one,
        });
      }
    }
  }
});
