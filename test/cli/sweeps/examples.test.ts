// The experiment files in cli/examples/: all of them are good, and the cheap ones give what the figures show.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import { figures } from '../../../cli/src/paper/index.js';
import { computeExperiment } from '../../../cli/src/sweeps/compute.js';
import { type Experiment, parseExperiment } from '../../../cli/src/sweeps/experiment.js';
import { chunkSizes, chunksOf, taskTable } from '../../../cli/src/sweeps/plan.js';
import type { Columns } from '../../../cli/src/sweeps/rows.js';

const directory = fileURLToPath(new URL('../../../cli/examples/', import.meta.url));
const read = (name: string) => parseExperiment(readFileSync(`${directory}${name}.toml`, 'utf8'), name);

async function figureColumns(id: string) {
  const { figure } = await figures[id]();
  const core = await createCore();
  return (await figure.compute({ core: core as never, profile: 'paper', progress: async () => {} })).columns;
}

const texts = readdirSync(directory).map((name) => [name, readFileSync(`${directory}${name}`, 'utf8')]);

test('there is one for every figure', () => {
  const present = texts
    .map(([name]) => /^figure-(\w+)\.toml$/.exec(name)?.[1])
    .filter((id) => id !== undefined);
  expect(present.sort()).toEqual(Object.keys(figures).sort());
});

/** Of a figure that is no sweep the file holds what its data.ts checks, and its tests compute. */
const sweeps = texts.filter(([, text]) => /^compute = /m.test(text));

test.each(sweeps)('%s is valid in both profiles', (name, text) => {
  expect(sweeps.length).toBeGreaterThan(15);
  for (const profile of ['paper', 'quick'] as const) {
    if (profile === 'quick' && !text.includes('[quick')) continue;
    const { experiment } = parseExperiment(text, name, profile);
    const chunks = chunksOf(experiment, chunkSizes(experiment, { chunk: null }));
    expect(chunks.at(-1)!.to).toBe(taskTable(experiment).count);
    expect(chunks.length).toBeLessThan(200_000);
  }
});

test('the ensembles of the lattice have the sizes of the paper', () => {
  for (const id of ['figure-5a', 'figure-5b']) {
    const { experiment } = read(id);
    const sizes = experiment.ensembles.map(({ axes, samples }) => {
      const { points } = axes.strength as { points: number };
      return [(axes.radius as number[])[0], (samples * points) / 1000];
    });
    expect(sizes).toEqual([
      [10, 27],
      [12, 26],
      [15, 15],
      [18, 10],
      [22, 20],
      [27, 40],
      [33, 10],
      [41, 5],
      [50, 3],
    ]);
  }
});

describe('against the figures', () => {
  test('3(a): the same chain, to rounding', async () => {
    const columns = await computeExperiment(read('figure-3a').experiment, { workers: 1 });
    const figure = (await figureColumns('3a')) as Record<string, Float64Array>;
    expect(Array.from(columns.bare as Float64Array)).toEqual(Array.from(figure.g0));
    for (const [name, other] of [
      ['g', 'g'],
      ['entropy', 'entropyBits'],
    ]) {
      const values = columns[name] as Float64Array;
      expect(values.length).toBe(50);
      for (let i = 0; i < 50; ++i) expect(Math.abs(values[i] / figure[other][i] - 1)).toBeLessThan(1e-12);
    }
  });

  test('1(d): the response at the ends and in between', async () => {
    const columns = await computeExperiment(read('figure-1d').experiment, { workers: 1 });
    const core = await createCore();
    const g = columns.g as Float64Array;
    const { eta, czz } = core.response(g);
    expect(Array.from(columns.eta as Float64Array)).toEqual(Array.from(eta, (x) => x / Math.LN2));
    expect(Array.from(columns.czz as Float64Array)).toEqual(Array.from(czz));
    expect([g[0], g[768]]).toEqual([1e-4, 100]);
    // The figure takes its grid from the same file, by exact decades.
    const figure = (await figureColumns('1d')) as Record<string, Float64Array>;
    expect(figure.g.length).toBe(769);
    for (let i = 0; i < 769; ++i) expect(Math.abs(figure.g[i] / g[i] - 1)).toBeLessThan(1e-14);
  });
});

/** A piece of an example that runs in seconds: fewer points and samples, the same kind and columns. */
function shrink(experiment: Experiment, axes: Record<string, number[]>, samples: number): Experiment {
  const [first] = experiment.ensembles;
  return { ...experiment, ensembles: [{ samples, axes: { ...first.axes, ...axes } }] };
}

describe('a piece of', () => {
  test('5(a): each row is what the public API says of that lattice', async () => {
    const piece = shrink(read('figure-5a').experiment, { hopping: [0.41], strength: [20, 150] }, 3);
    const columns = await computeExperiment(piece, { workers: 2 });
    const core = await createCore();
    const theta = (sample: number) =>
      2 * Math.PI * core.uniforms({ seed: 2022, stream: 2, index: sample }, 1)[0];
    for (let i = 0; i < 6; ++i) {
      const [radius, strength, sample] = [
        columns.radius[i],
        columns.strength[i],
        columns.sample[i],
      ] as number[];
      expect([radius, strength, sample]).toEqual([10, i < 3 ? 20 : 150, i % 3]);
      const verdict = core.latticeVerdict(
        { radius, strength, hopping: 0.41, theta0: theta(sample) },
        { threshold: 0.25 },
      );
      expect(columns.etaTot[i]).toBe(verdict.etaTot / Math.LN2);
      expect(columns.avalanche[i]).toBe(verdict.avalanche ? 1 : 0);
    }
  });

  test('2(b): each row is what the public API says of that model', async () => {
    const piece = shrink(read('figure-2b').experiment, { alpha: [0.55], n: [4] }, 2);
    const columns: Columns = await computeExperiment(piece, { workers: 1 });
    const core = await createCore();
    const model = core.randomGrainModel({ alpha: 0.55, n: 4, seed: 2022, sample: 1, j1: 0.41, deltaH: 0.1 });
    const all = core.diagonalizeGrain(model);
    const middle = core.diagonalizeGrain({ ...model, window: { fraction: 0.25 } });
    expect(columns.spin.length).toBe(8);
    for (let k = 0; k < 4; ++k) {
      expect(columns.spin[4 + k]).toBe(k + 1);
      expect(columns.entropy[4 + k]).toBe(all.meanEntropy[k] / Math.LN2);
      expect(columns.czz[4 + k]).toBe(all.czz[k]);
      const [s, c] = [columns.entropyMiddle[4 + k], columns.czzMiddle[4 + k]] as number[];
      expect(Math.abs((s * Math.LN2) / middle.meanEntropy[k] - 1)).toBeLessThan(1e-12);
      expect(Math.abs(c / middle.czz[k] - 1)).toBeLessThan(1e-12);
    }
  });

  test('4(b): the couplings are normalized and every site labels one orbital', async () => {
    const piece = shrink(read('figure-4b').experiment, { radius: [6], hopping: [0.41] }, 1);
    const columns = await computeExperiment(piece, { workers: 1 });
    const phi = columns.phi0 as Float64Array;
    expect(phi.length).toBe(85);
    expect(Math.abs(phi.reduce((sum, x) => sum + x * x, 0) - 1)).toBeLessThan(1e-12);
    const labels = new Set(Array.from(phi, (_, i) => `${columns.n1[i]} ${columns.n2[i]}`));
    expect(labels.size).toBe(85);
  });
});
