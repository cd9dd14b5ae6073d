// The parameter `grain` of kinds: each is the public function with that option.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import { sweepKinds as kinds } from '../../../cli/src/sweeps/kinds/index.js';

const core = await createCore();
const lattice = { radius: 3, strength: 60, theta0: 0.4 };

describe.each(['goe', 'gue', 'gse', 'poisson'] as const)('grain = "%s"', (grain) => {
  test('response and distribution', async () => {
    expect(await kinds.response.compute(core, { g: 0.2, grain }, 0, 0, 'response')).toEqual(
      core.response(0.2, { grain }),
    );
    const { density } = await kinds.distribution.compute(
      core,
      { g: 0.2, entropyBits: 0.3, grain },
      0,
      0,
      'density',
    );
    expect(density).toBe(core.entropyDistribution(0.2, 0.3 * Math.LN2, { grain }));
  });

  test('drh', async () => {
    const total = await kinds.drh.compute(core, { g10: 0.5, alpha: 0.6, n: 20, grain }, 0, 0, 'total');
    const bare = core.drhLogCouplings({ g0: 0.5, alpha: 0.6, n: 20 });
    expect(total.etaTot).toBe(core.solveMeanField(bare, { log: true, grain }).etaTot);
  });

  test('lattice and orbitals', async () => {
    const values = { ...lattice, phases: 'quasiperiodic', g0: 0.5, threshold: 0.5, method: 'auto', grain };
    const verdict = await kinds.lattice.compute(core, values, 0, 0, 'verdict');
    const { etaTot } = core.latticeVerdict(lattice, { g0: 0.5, grain });
    expect(Math.abs((verdict.etaTot as number) / etaTot - 1)).toBeLessThan(1e-9);
    const { g } = await kinds.orbitals.compute(core, values, 0, 0, 'orbitals');
    const couplings = core.latticeCouplings({ ...lattice, relative: 1e-6 });
    expect(g).toEqual(core.latticeMeanField(couplings, { g0: 0.5, grain }).g);
  });
});

test('every kind with a grain has the same choices and the default of the library', () => {
  const own = Object.entries(kinds).flatMap(([name, { parameters }]) =>
    'grain' in parameters ? [{ name, rule: parameters.grain }] : [],
  );
  expect(own.length).toBe(7);
  // Models of exact diagonalization have no Kramers pairs.
  for (const { name, rule } of own) {
    const choices = ['goe', 'gue', ...(['ed', 'late'].includes(name) ? [] : ['gse']), 'poisson'];
    expect(rule).toMatchObject({ choices, default: 'goe' });
  }
});
