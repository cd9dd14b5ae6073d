// --grain is the option of the library, in every command that has it.
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { residentCommand } from '../../support/runs/resident.js';

const emft = residentCommand();

async function json(...args: string[]) {
  const { status, stdout } = await emft([...args, '--json']);
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

test('is the option of the library, in eta, solve, lattice, hysteresis and bottleneck', async () => {
  const core = await createCore();
  const lattice = { radius: 2, theta0: 2.9 };
  for (const grain of ['goe', 'gue', 'gse', 'poisson'] as const) {
    const [eta] = await json('eta', '0.1', '--grain', grain);
    expect(eta).toEqual({ g: 0.1, ...core.response(0.1, { grain }) });
    const solved = await json('solve', '--g0', '0.5', '--alpha', '0.6', '-n', '5', '--grain', grain);
    const bare = core.drhLogCouplings({ g0: 0.5, alpha: 0.6, n: 5 });
    expect(solved.etaTot).toBe(core.solveMeanField(bare, { log: true, grain }).etaTot);
    const shape = ['--radius', '2', '--theta0', '2.9', '--grain', grain];
    const couplings = core.latticeCouplings({ ...lattice, strength: 90, relative: 1e-6 });
    const found = await json('lattice', ...shape, '--strength', '90');
    expect(found.etaTot).toBe(core.latticeMeanField(couplings, { grain }).etaTot);
    const swept = await json('hysteresis', ...shape, '--from', '30', '--to', '90', '--points', '2');
    const strengths = Float64Array.of(30, 90);
    expect(swept.falling).toEqual([...core.latticeHysteresis({ ...lattice, strengths, grain }).falling]);
    const [weakest] = await json('bottleneck', '0.5', '--grain', grain);
    expect(weakest.logCriticalG0).toEqual(core.bottleneck({ zeta: 0.5, grain }).logCriticalG0);
  }
  core.dispose();
});
