// States nearest to energies: found whole and in windows they are the same, and averaged as they should be.
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { taskKinds } from '../../../cli/src/sweeps/tasks/energyStates.js';

test('means over the states of a window are those of diagonalizeGrain', async () => {
  const core = await createCore();
  const task = { n: 3, alpha: 0.7, j1: 0.3, grainDimension: 16, energies: [0, 1.5], count: 5 };
  const found = taskKinds.energyStates.run(core, task, 7, 2);
  const model = core.randomGrainModel({ alpha: 0.7, n: 3, seed: 7, sample: 2, grainDimension: 16, j1: 0.3 });
  task.energies.forEach((energy, k) => {
    const states = core.diagonalizeGrain(model, { window: { energy, count: 5 } });
    states.meanEntropy.forEach((mean, m) => {
      expect(Math.abs(found.entropy[k * 3 + m] - mean)).toBeLessThan(1e-12);
      const polarization = states.polarizations[m].reduce((sum, x) => sum + x / 5, 0);
      expect(Math.abs(found.polarization[k * 3 + m] - polarization)).toBeLessThan(1e-12);
    });
  });
  expect(taskKinds.energyStates.run(core, task, 7, 2)).toEqual(found);
  core.dispose();
});
