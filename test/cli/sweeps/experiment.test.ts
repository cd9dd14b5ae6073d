// Experiment files: what is read, what is refused and how, and the plan that comes of them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { axisValues } from '../../../cli/src/sweeps/axis.js';
import { formatRanges, parseRanges } from '../../../cli/src/sweeps/engines/slurm/ranges.js';
import { jobScript, shares } from '../../../cli/src/sweeps/engines/slurm/slurm.js';
import { type Experiment, parseExperiment } from '../../../cli/src/sweeps/experiment.js';
import { positiveRoot } from '../../../cli/src/sweeps/geometric.js';
import { grid } from '../../../cli/src/sweeps/grid.js';
import { editDistance, nearest } from '../../../cli/src/sweeps/nearest.js';
import { chunkSizes, chunksOf, taskTable } from '../../../cli/src/sweeps/plan.js';
import { InputError } from '../../../src/wasm/errors.js';

const read = (text: string) => parseExperiment(text, 'x.toml');

describe('experiment files', () => {
  test('the quick profile has the keys of its section in place of the same ones, and both are checked', () => {
    const text = (quick: string) =>
      `compute = "drh"\nseed = 7\nparameters.g10 = 0.1\n[[ensemble]]\nn = 20\nalpha = [0.5, 0.6]\n${quick}`;
    const both = text('[[quick.ensemble]]\nn = 4\nalpha = 0.6');
    const [paper, quick] = (['paper', 'quick'] as const).map(
      (one) => parseExperiment(both, 'x', one).experiment,
    );
    expect(paper).toEqual(read(text('')).experiment);
    expect(quick).toEqual({ ...paper, ensembles: [{ samples: 1, axes: expect.anything() }] });
    expect(quick.ensembles[0].axes).toMatchObject({ n: [4], alpha: [0.6], g10: [0.1] });
    expect(() => read(text('[quick]\nensembles = 3'))).toThrow(
      "x.toml: quick: ensembles: unknown key; did you mean 'ensemble'?",
    );
    expect(() => read(text('').replace('seed = 7', 'quick = 3'))).toThrow(
      'x.toml: quick: expected a section [quick], got 3',
    );
    expect(() => parseExperiment(text(''), 'x', 'quick')).toThrow('x: quick: missing: a section [quick]');
  });

  test('a full file, resolved', () => {
    const { experiment, run } = read(`
      title = "a chain"
      compute = "drh"
      table = "spins"
      columns = ["spin", "entropy [log 2]"]
      seed = 7
      [parameters]
      n = 20
      [[ensemble]]
      g10 = [0.1, 0.5]
      alpha = { from = 0.5, to = 0.7, points = 3 }
      [[ensemble]]
      g10 = 0.9
      deltaAlpha = -0.1
      n = 40
      [run]
      chunk = 4
      workers = 3
      [slurm]
      partition = "long"
      time = "2-00:00:00"
      memory = "4G"
      elements = 12
      concurrent = 4
      options = ["--account=physics"]
    `);
    expect(experiment).toEqual({
      title: 'a chain',
      compute: 'drh',
      table: 'spins',
      columns: [
        { name: 'spin', unit: '1' },
        { name: 'entropy', unit: 'log 2' },
      ],
      seed: 7,
      build: 'simd',
      ensembles: [
        {
          samples: 1,
          axes: { g10: [0.1, 0.5], alpha: { from: 0.5, to: 0.7, points: 3 }, n: [20], grain: ['goe'] },
        },
        { samples: 1, axes: { g10: [0.9], deltaAlpha: [-0.1], n: [40], grain: ['goe'] } },
      ],
    });
    expect(run).toEqual({
      chunk: 4,
      retries: 2,
      workers: 3,
      slurm: {
        partition: 'long',
        time: '2-00:00:00',
        memory: '4G',
        elements: 12,
        concurrent: 4,
        cpus: 1,
        signal: 60,
        options: ['--account=physics'],
      },
    });
    const { count, task } = taskTable(experiment);
    expect(count).toBe(7);
    expect(task(4)).toEqual({ parameters: { g10: 0.5, alpha: 0.6, n: 20, grain: 'goe' }, sample: 0 });
    expect(task(6)).toEqual({ parameters: { g10: 0.9, deltaAlpha: -0.1, n: 40, grain: 'goe' }, sample: 0 });
    expect(chunksOf(experiment, chunkSizes(experiment, run)).map(({ from, to }) => [from, to])).toEqual([
      [0, 4],
      [4, 6],
      [6, 7],
    ]);
  });

  const drh = (rest: string) => `compute = "drh"\n${rest}`;
  const one = (rest: string) => drh(`[[ensemble]]\ng10 = 0.5\nalpha = 0.6\n${rest}`);
  test.each([
    ['compute = "dhr"', /compute: expected one of .*'drh'\?/],
    ['seed = 1', /compute: expected one of/],
    [drh('colums = ["etaTot"]'), /colums: unknown key; did you mean 'columns'/],
    [one('sample = 3'), /ensemble\.1\.sample: unknown key; did you mean 'samples'/],
    [one('[run]\nworker = 3'), /run\.worker: unknown key; did you mean 'workers'/],
    [one('[slurm]\nparttion = "x"'), /slurm\.parttion: unknown key; did you mean 'partition'/],
    // The keys of the paper, and of those who write underscores.
    [
      'compute = "ed"\n[parameters]\nalpha = 0.5\nn = 3\nd_g = 8',
      /parameters\.d_g: unknown key; did you mean 'grainDimension'\? Known here/,
    ],
    [
      'compute = "ed"\n[parameters]\nalpha = 0.5\nn = 3\ndelta_h = 8',
      /parameters\.delta_h: unknown key; did you mean 'deltaH'\?/,
    ],
    [drh('[parameters]\nqqq = 1'), /parameters\.qqq: unknown key; known here: g10, /],
    [drh('[parameters]\nAlpha = 1'), /parameters\.Alpha: unknown key; did you mean 'alpha'/],
    [
      drh('[[ensemble]]\ng10 = { from = 1, to = 2, points = 3, spaces = "linear" }'),
      /g10\.spaces: unknown key; did you mean 'spacing'/,
    ],
    [drh('columns = ["etatot"]'), /unknown column 'etatot'; did you mean 'etaTot'/],
    [drh('columns = ["etaTot", "etaTot"]'), /named twice/],
    [
      drh('columns = ["czz"]'),
      /column 'czz' is one of table 'spins', not of table 'total': expected table = 'spins'/,
    ],
    [drh('columns = ["etaTot [eV]"]'), /in nat or log 2, not 'eV'/],
    [drh('table = "spin"'), /table: expected one of total, spins, got "spin"; did you mean 'spins'\?/],
    [drh('[[ensemble]]\nalpha = 0.6'), /ensemble 1: g10: missing/],
    [drh('[[ensemble]]\ng10 = 0.5'), /give one of alpha and deltaAlpha/],
    [one('deltaAlpha = 0.1'), /give one of alpha and deltaAlpha/],
    [drh('[[ensemble]]\ng10 = 0.5\ndeltaAlpha = -0.8'), /alpha = 1\/sqrt 2 \+ deltaAlpha is -0\.09/],
    [drh('[[ensemble]]\ng10 = nan\nalpha = 0.5'), /g10: /],
    [drh('[[ensemble]]\ng10 = -1\nalpha = 0.5'), /g10: expected a finite number ≥ 0, got -1/],
    [one('n = [3, nan]'), /ensemble\.1\.n\.2: expected a number or a word, got NaN/],
    [one('n = [3, [4]]'), /ensemble\.1\.n\.2: expected a number or a word, got Array/],
    [one('n = nan'), /ensemble\.1\.n: expected a number, a word, .*got NaN/],
    [one('n = { from = nan, to = 2, points = 3 }'), /ensemble\.1\.n\.from: .*NaN/],
    [drh('columns = ["etaTot_log2"]'), /'etaTot_log2'; did you mean 'etaTot \[log 2\]'\?/],
    [one('n = 2.5'), /n: expected a whole number/],
    [one('n = []'), /n: expected at least one value/],
    [one('n = { from = 1, to = 2, points = 1 }'), /points: expected at least 2/],
    [one('n = { from = 1, to = 2 }'), /n\.points: missing/],
    [
      drh('[[ensemble]]\nalpha = 0.5\ng10 = { from = 0, to = 2, points = 9, spacing = "geometric" }'),
      /geometric/,
    ],
    [one('samples = 3'), /nothing is random here/],
    [one('samples = 0'), /samples: expected a number ≥ 1, got 0/],
    [one('[slurm]\ntime = "2 hours"'), /slurm\.time/],
    [drh('seed = 1.5'), /seed: expected a whole number, got 1\.5/],
    [drh('seed = '), /not TOML/],
    [drh('build = "fast"'), /build: expected one of simd, relaxed, got "fast"/],
  ])('refused: %s', (text, message) => {
    expect(() => read(text)).toThrow(InputError);
    expect(() => read(text)).toThrow(message);
  });

  test('the nearest name counts swapped neighbours as one edit', () => {
    expect(editDistance('raidus', 'radius')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
    expect(nearest('smaples', ['seed', 'samples', 'example'])).toBe('samples');
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

describe('axes', () => {
  test('ranges keep their ends and their spacing', () => {
    expect(axisValues({ from: 1, to: 2, points: 5 })).toEqual([1, 1.25, 1.5, 1.75, 2]);
    expect(axisValues({ from: 3, to: 3, points: 1 })).toEqual([3]);
    const g = axisValues({ from: 1e-3, to: 1e3, points: 601, spacing: 'geometric' }) as number[];
    expect([g[0], g[600]]).toEqual([1e-3, 1e3]);
    for (let i = 0; i <= 600; ++i) expect(Math.abs(g[i] / 10 ** (i / 100 - 3) - 1)).toBeLessThan(1e-13);
    const down = axisValues({ from: -1e-1, to: -1e-4, points: 4, spacing: 'geometric' }) as number[];
    expect(down.map((x) => Number(x.toPrecision(12)))).toEqual([-0.1, -0.01, -0.001, -0.0001]);
  });

  test('roots to a few ulp', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-12, max: 1e12, noNaN: true }),
        fc.integer({ min: 1, max: 5000 }),
        (a, n) => {
          expect(Math.abs(positiveRoot(a, n) / a ** (1 / n) - 1)).toBeLessThan(1e-15);
        },
      ),
    );
  });
});

const ensembles = fc.array(
  fc.record({
    samples: fc.constant(1),
    axes: fc.record({
      g10: fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
      alpha: fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 1, maxLength: 7 }),
      n: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 3 }),
    }),
  }),
  { minLength: 1, maxLength: 3 },
);
const experiment = (list: Experiment['ensembles']): Experiment => ({
  title: '',
  compute: 'drh',
  table: 'total',
  columns: [{ name: 'etaTot', unit: 'nat' }],
  seed: 0,
  build: 'simd',
  ensembles: list,
});

describe('the plan', () => {
  test('chunks cover every task once, whatever their size', () => {
    fc.assert(
      fc.property(ensembles, fc.option(fc.integer({ min: 1, max: 50 })), (list, chunk) => {
        const plan = experiment(list);
        const chunks = chunksOf(plan, chunkSizes(plan, { chunk }));
        let next = 0;
        for (const { from, to, cost } of chunks) {
          expect(from).toBe(next);
          expect(to).toBeGreaterThan(from);
          expect(cost).toBeGreaterThan(0);
          next = to;
        }
        const { count, task } = taskTable(plan);
        expect(next).toBe(count);
        const points = list.map((e) => grid(e).points);
        expect(count).toBe(points.reduce((a, b) => a + b));
        const last = list.at(-1)!;
        expect(task(count - 1).parameters).toEqual({
          g10: (last.axes.g10 as number[]).at(-1),
          alpha: (last.axes.alpha as number[]).at(-1),
          n: (last.axes.n as number[]).at(-1),
        });
      }),
    );
  });

  test('shares hold every chunk once, in order, and about equal cost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.01, max: 2, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 40 }),
        (costs, count) => {
          const all = costs.map((cost, i) => ({ from: i, to: i + 1, cost }));
          const chunks = all.map((_, i) => i);
          const parts = shares(chunks, all, count);
          expect(parts.flat()).toEqual(chunks);
          expect(parts.length).toBe(Math.min(count, chunks.length));
          const total = costs.reduce((a, b) => a + b);
          for (const part of parts) {
            expect(part.length).toBeGreaterThan(0);
            const cost = part.reduce((sum, i) => sum + costs[i], 0);
            expect(cost).toBeLessThan(total / parts.length + 4);
          }
        },
      ),
    );
  });

  test('chunk lists as text', () => {
    expect(formatRanges([0, 1, 2, 5, 7, 8])).toBe('0-2,5,7-8');
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(300), { minLength: 1 }), (list) => {
        const sorted = list.sort((a, b) => a - b);
        expect(parseRanges(formatRanges(sorted), 301)).toEqual(sorted);
      }),
    );
    for (const bad of ['', '3-1', 'x', '1,,2', '0-301', '-1']) expect(parseRanges(bad, 301)).toBeUndefined();
  });

  test('a job script quotes the directory', () => {
    expect(jobScript("/a/it's here", [[0, 1], [2]], true)).toMatch(
      /0\) chunks=0-1 ;;\n1\) chunks=2 ;;\nesac\nexec .* 'element' '\/a\/it'\\''s here' --chunks "\$chunks" --retry-failed\n$/,
    );
  });
});
