// docs/findings.md: numbers in the paragraphs on figures n3, d1 and e1 are those of the tables beside it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { readDescribedTable } from '../../cli/src/files/tableFile.js';
import { rowsOfKind } from '../../cli/src/paper/columns.js';
import type { Columns } from '../../cli/src/paper/figure.js';
import { growingOf, type Relative, throughAt } from '../../cli/src/paper/figuren3/growing.js';

const folder = fileURLToPath(new URL('../../docs/', import.meta.url));
/** Lines are broken anywhere. */
const text = readFileSync(`${folder}findings.md`, 'utf8').replace(/\s+/g, ' ');
const says = (phrase: string) => expect(text).toContain(phrase);

const tables: Record<string, Columns> = {};
beforeAll(async () => {
  for (const id of ['n3', 'd1', 'e1'])
    tables[id] = (await readDescribedTable(`${folder}findings/fig${id}.parquet`)).columns as Columns;
});
const rows = <K extends string>(id: string, kind: string, names: readonly K[]) =>
  rowsOfKind(tables[id], kind, names);
const rms = (list: readonly number[]) => Math.sqrt(list.reduce((sum, x) => sum + x * x, 0) / list.length);
const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
const distinct = (list: readonly number[]) => [...new Set(list)];
/** '2.6 to 3.1' of the least and the largest. */
const span = (list: readonly number[], digits: number) =>
  `${Math.min(...list).toFixed(digits)} to ${Math.max(...list).toFixed(digits)}`;

test('n3: entropies above the theory, the Czz beside them, and enhancements', () => {
  const compared = ['x', 'value', 'error', 'theory'] as const;
  const at = (kind: string, g: number) =>
    rows('n3', kind, compared).filter(({ x }) => Math.abs(Math.log10(x / g)) < 0.1)[0];
  const off = ({ value, theory }: { value: number; theory: number }) => 100 * (value / theory - 1);
  const [real, complex] = ['goe', 'gue'].map((grain) => [0.1, 0.3].map((g) => at(`${grain} entropy`, g)));
  const [weakest, ...others] = rows('n3', 'poisson entropy', compared);
  const worst = Math.ceil(Math.max(...others.map((r) => Math.abs(off(r)))));
  says(`[S] of independent levels is within ${worst} % from g = 0.01 on`);
  const [away, error] = [off(weakest), (100 * weakest.error) / weakest.theory];
  expect(Math.abs(away)).toBeLessThan(error);
  says(`and at 0.003 within an error of ${error.toFixed(0)} %`);
  for (const r of real) expect(off(r).toFixed(0)).toBe('4');
  says(`by 4 % for real and ${span(complex.map(off), 0)} % for complex ones`);
  const errors = [...real, ...complex].map(({ error, theory }) => (100 * error) / theory);
  says(`at errors of ${span(errors, 1)} %`);
  const [a, b] = ['goe', 'gue'].map((grain) => at(`${grain} czz`, 0.3));
  says(`Czz at g = 0.3 is ${a.value.toFixed(3)} where it says ${a.theory.toFixed(3)}`);
  says(`${b.value.toFixed(3)} where it says ${b.theory.toFixed(3)}`);
  const all = ['goe', 'gue', 'poisson'].map((grain) => rows('n3', `${grain} enhancement`, compared));
  const weak = all.flat().filter(({ x }) => x < 1.2);
  const most = Math.max(...weak.map((r) => Math.abs(off(r))));
  says(`Enhancements agree within ${Math.ceil(most)} % up to g = 1`);
  says(
    `${span(
      all.map((list) => off(list.at(-1)!)),
      1,
    )} % too large at g = 3`,
  );
  const grains = ['gue', 'goe', 'poisson'];
  const equal = grains.map((grain) =>
    rows('n3', `${grain} growing at equal density`, compared).map((r) => -off(r)),
  );
  const [small, middle, large] = [0, 1, 2].map((k) =>
    span(
      equal.map((list) => list[k]),
      1,
    ),
  );
  says(`${small} % too small with 256 levels, ${middle} % with 512 and ${large} % with 1024`);
  const limits = grains.map((grain) => {
    const { value, error } = growingOf(tables.n3, grain as 'gue').limit;
    return `${(100 * value).toFixed(1)}(${Math.round(1000 * error)}) %`;
  });
  says(
    `${limits[0]} above the theory for complex grains, ${limits[1]} for real ones and ${limits[2]} for independent`,
  );
});

test('n3: at equal density of levels enhancements were said to go as 1/d², which two of three grains do not', () => {
  const found = (['goe', 'gue', 'poisson'] as const).map((grain) => growingOf(tables.n3, grain));
  const band = found[0].raw.map(({ value }, k) => (100 * (value - found[0].equal[k].value)).toFixed(1));
  says(`of real ones it is ${band[0]}, ${band[1]} and ${band[2]} % with 256, 512 and 1024 levels`);
  const left = found.flatMap(({ equal }) => equal.slice(1).map(({ value }, k) => value / equal[k].value));
  says(`With each doubling ${span(left, 2)} of that is left`);
  // χ² of b/d² alone, b by least squares.
  const chi = (levels: number[], values: Relative[]) => {
    const points = values.map(({ value, error }, k) => [levels[k] ** -2 / error, value / error]);
    const dot = (i: number, j: number) => points.reduce((sum, p) => sum + p[i] * p[j], 0);
    return dot(1, 1) - dot(0, 1) ** 2 / dot(0, 0);
  };
  const [real, complex, independent] = found.map(({ levels, equal }) => chi(levels, equal));
  says(`neither real grains (χ² = ${real.toFixed(0)} of two degrees of freedom)`);
  says(`nor complex ones (${complex.toFixed(0)}), only independent levels (${independent.toFixed(1)})`);
  const far = found.map(({ levels, raw }) => (100 * throughAt(levels, raw, 1 / 2048)).toFixed(1));
  says(`where the curves have ${far[0]}, ${far[1]} and ${far[2]}`);
});

const rules = ['never', 'coupling', 'collars', 'always', 'squares'] as const;
type Lattice = Record<'x' | 'size' | 'radius' | 'radiusMost' | (typeof rules)[number], number>;

test('d1: where avalanches end on lattices', () => {
  const fractions: Lattice[] = rows('d1', 'fraction', ['x', 'size', 'radius', 'radiusMost', ...rules]);
  const strengths = distinct(fractions.map(({ size }) => size));
  const of = (strength: number) => fractions.filter(({ size }) => size === strength);
  const from = (own: Lattice[], rule: (typeof rules)[number], level: number) => {
    const last = Math.max(0, ...own.filter((p) => p[rule] > level).map(({ x }) => x));
    return own.find(({ x }) => x > last)?.x ?? Number.POSITIVE_INFINITY;
  };
  const listed = (list: (number | string)[]) => `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`;
  says(`(${listed(strengths.map((w) => from(of(w), 'coupling', 0)))} at W = ${listed(strengths)})`);
  const twice = strengths.map((w) => 2 * of(w)[0].radius);
  says(`single grains (${twice.map((r) => r.toFixed(1)).join(', ')})`);
  expect(fractions.every(({ always }) => always === 1)).toBe(true);
  expect(distinct(fractions.filter(({ never }) => never > 0.5).map(({ x }) => x))).toEqual([2, 3]);
  says('more than half of the offsets at spacings of 2 and 3 only');
  const broken = fractions.filter((p) => p.x >= p.radiusMost && p.coupling > 0);
  expect(broken.map(({ size, x, radiusMost }) => [size, x, radiusMost])).toEqual([
    [60, 4, 4],
    [90, 3, 3],
  ]);
  says('at W = 60 and 90: some lattices avalanche at spacings of 4 and 3');
  const later = strengths.map((w) => from(of(w), 'collars', 0.5) - from(of(w), 'coupling', 0.5));
  expect([Math.min(...later), Math.max(...later)]).toEqual([1, 3]);
  says('falls to half one to three steps later than by coupling');
  const beyond = strengths.map((w, k) => from(of(w), 'collars', 0) - twice[k]).filter(Number.isFinite);
  expect([Math.round(Math.min(...beyond)), Math.round(Math.max(...beyond))]).toEqual([2, 4]);
  says('to 0 two to four steps beyond the mean 2R');
  says(
    `${span(
      strengths.map((w) => of(w)[0].radiusMost / of(w)[0].radius),
      1,
    )} times the mean`,
  );
});

test('d1: one l-bit and rows between two grains', () => {
  const one = rows('d1', 'one', ['size', 'x', 'value', 'never', 'squares']);
  const off = (p: (typeof one)[number], rule: 'never' | 'squares') => p[rule] / p.value - 1;
  says(`give entropies ${(100 * rms(one.map((p) => off(p, 'squares')))).toFixed(0)} % too low`);
  const low = (dg: number) => {
    const near = one.filter(
      ({ size, x }) => size === dg && x * Math.sqrt(dg) > 0.2 && x * Math.sqrt(dg) < 0.55,
    );
    return (-100 * Math.min(...near.map((p) => off(p, 'never')))).toFixed(0);
  };
  says(`by ${low(16)} % at d_g = 16 and ${low(32)} % at 32`);
  const row = rows('d1', 'row', ['size', 'x', 'y', 'value', 'error', 'never', 'coupling', 'squares']);
  const merged = row.filter((p) => Math.abs(p.coupling - p.never) > 1e-9);
  expect(distinct(merged.filter(({ size }) => size > 4).map(({ y }) => y))).toEqual([0.5, 0.7]);
  expect(distinct(merged.filter(({ size }) => size === 4).map(({ y }) => y))).toEqual([0.3, 0.5, 0.7]);
  const left = row.filter(({ y }) => y < 0.6);
  const isEdge = ({ size, x }: { size: number; x: number }) => x === 1 || x === size;
  const most = (list: typeof left) => Math.max(...list.map((p) => p.never - p.value)).toFixed(2);
  says(`by up to ${most(left.filter(isEdge))} log 2 at l-bits next to a grain`);
  says(`and ${most(left.filter((p) => !isEdge(p)))} in the middle`);
  const deviation = (n: number, rule: 'never' | 'squares') =>
    rms(row.filter(({ size, y }) => size === n && y === 0.7).map((p) => (p[rule] - p.value) / p.error));
  const [sum4, root4] = [deviation(4, 'never').toFixed(1), deviation(4, 'squares').toFixed(0)];
  says(`with N = 4 points are off by ${sum4} errors rms with sums and by ${root4} with squares`);
  says(`with N = 6 by ${deviation(6, 'never').toFixed(1)} and ${deviation(6, 'squares').toFixed(0)}`);
  const [sum8, root8] = [deviation(8, 'never').toFixed(1), deviation(8, 'squares').toFixed(1)];
  says(`N = 8 hardly does, with ${sum8} and ${root8}`);
});

test('e1: by how much the theory is off', () => {
  const names = [
    'n',
    'j1',
    'energy',
    'spin',
    'entropyBits',
    'polarization',
    'theoryBits',
    'theoryPolarization',
  ] as const;
  const states = rows('e1', 'states', names);
  const off = (r: (typeof states)[number]) => r.theoryBits - r.entropyBits;
  const of = (n: number, j1: number) => states.filter((r) => r.n === n && r.j1 === j1);
  const cells = [4, 6].flatMap((n) => [0.05, 0.2, 0.82].map((j1) => rms(of(n, j1).map(off))));
  says(`by ${span(cells, 2)} log 2 rms`);
  const middle = [4, 6, 7].map((n) =>
    mean(
      of(n, 0.05)
        .filter(({ energy }) => energy < 0.35)
        .map(off),
    ).toFixed(2),
  );
  says(`by ${middle[0]} log 2 on average with N = 4, ${middle[1]} with 6 and ${middle[2]} with 7`);
  const most = (j1: number) =>
    Math.max(...states.filter((r) => r.j1 === j1 && r.energy > 0.85).map(off)).toFixed(1);
  says(`by up to ${most(0.2)} at J₁ = 0.2 and ${most(0.82)} at 0.82`);
  const polarized = states
    .filter(({ j1 }) => j1 === 0.82)
    .map((r) => Math.abs(r.theoryPolarization - r.polarization));
  says(`polarization at J₁ = 0.82, by up to ${Math.max(...polarized).toFixed(2)}`);
});
