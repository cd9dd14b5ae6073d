// The sweep kind ed: readings, and the table of states, against the public functions.
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { computeExperiment } from '../../../cli/src/sweeps/compute.js';
import { resolveExperiment } from '../../../cli/src/sweeps/experiment.js';
import { ed } from '../../../cli/src/sweeps/kinds/ed.js';
import { meaningOf } from '../../../cli/src/sweeps/manifest.js';

test('a reading and its table of states: the rows of the public functions, eigenvalue and entropies together', async () => {
  const core = await createCore();
  const fixed = { alpha: 0.6, n: 2, h: 2, deltaH: 0.3, grainScale: 1, middle: 0.5, energy: 0 };
  const parameters = { ...fixed, reading: 'dg64', grainDimension: 16 };
  const rows = (await ed.compute(core, parameters, 7, 3, 'states')) as Record<string, ArrayLike<number>>;
  const drawn = { alpha: 0.6, n: 2, seed: 7, sample: 3, h: 2, deltaH: 0.3 };
  const model = core.randomGrainModel({ ...drawn, grainScale: 1, j1: 0.82, grainDimension: 16 });
  const { eigenvalues, entropies, polarizations } = core.diagonalizeGrain(model);
  core.dispose();
  expect(rows.level).toHaveLength(2 * 64);
  expect(Object.keys(rows)).toEqual(Object.keys(ed.tables.states.columns));
  for (let k = 0; k < 64; ++k) {
    for (const n of [0, 1]) {
      const i = 2 * k + n;
      expect([rows.level[i], rows.spin[i], rows.eigenvalue[i]]).toEqual([k, n + 1, eigenvalues[k]]);
      expect([rows.entropy[i], rows.polarization[i]]).toEqual([entropies[n][k], polarizations[n][k]]);
    }
  }
});

test('more states than the dimension of the reading are refused, and as many as it has are not', () => {
  const parameters = { alpha: 0.6, n: 2, reading: 'dg64', energy: 0 };
  expect(() => ed.check!({ ...parameters, states: 257 })).toThrow(/^states: expected at most 256,/);
  expect(() => ed.check!({ ...parameters, states: 256 })).not.toThrow();
  expect(() => ed.check!({ ...parameters, reading: 'printed', states: 33 })).toThrow(/at most 32,/);
});

test('rows tell d_g and J_1 where they are left out, and name a reading for its own model alone', async () => {
  const { experiment } = resolveExperiment({
    compute: 'ed',
    table: 'total',
    columns: ['lowest'],
    seed: 7,
    parameters: { alpha: 0.6, n: 1 },
    ensemble: [
      {},
      { reading: 'dg64' },
      { grainDimension: 64, j1: 0.82 },
      { grainDimension: 16 },
      { h: 2 },
      { reading: 'dg64', j1: 0.41 },
      { deltaH: 0.2 },
      { grainScale: 1 },
    ],
  });
  const { reading, grainDimension, j1 } = await computeExperiment(experiment, { workers: 1 });
  expect(reading).toEqual(['printed', 'dg64', 'dg64', '', '', '', '', '']);
  expect([...grainDimension]).toEqual([8, 64, 64, 16, 8, 64, 8, 8]);
  expect([...j1]).toEqual([0.41, 0.82, 0.82, 0.41, 0.41, 0.41, 0.41, 0.41]);
  const names = meaningOf(experiment).parameters.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['reading', 'grainDimension', 'j1']));
});

test('a long model is computed in steps: events come in, an abort ends it, and its rows are those of one call', async () => {
  const core = await createCore();
  // The middle's share is that of the states.
  const parameters = { ...{ alpha: 0.6, n: 8, h: 1, deltaH: 0.1, grainScale: 1.5 }, middle: 0.5 };
  const asked = { ...parameters, reading: 'printed', states: 32, energy: 0 };
  const control = new AbortController();
  const computing = ed.compute(core, asked, 7, 0, 'levels', control.signal);
  setImmediate(() => control.abort());
  await expect(computing).rejects.toMatchObject({ name: 'AbortError' });
  const { eigenvalue } = await ed.compute(core, asked, 7, 0, 'levels');
  const model = core.randomGrainModel({ alpha: 0.6, n: 8, seed: 7 });
  const { eigenvalues } = core.diagonalizeGrain({ ...model, window: { energy: 0, count: 32 } });
  expect(eigenvalue).toEqual(eigenvalues);
  core.dispose();
});
