// What a solver will take is known before it is given a large matrix.
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { runLab } from '../../../bench/lab/run.js';

test('a run whose first order is large gives it to no solver that is slow at small ones', async () => {
  const core = await createCore();
  const given = new Map<string, Set<number>>([
    ['slow', new Set()],
    ['fast', new Set()],
  ]);
  const solver = (name: string, factor: number) => ({
    name,
    kind: 'peer' as const,
    solve(a: Float64Array, n: number) {
      given.get(name)!.add(n);
      const end = performance.now() + factor * n ** 3;
      while (performance.now() < end);
      const { values, vectors } = core.eigh(a, n);
      return { values, vectors };
    },
  });
  const pace = { rounds: 1, least: 1, sample: 0, warm: 0, budget: 1, alone: 1, limit: 2 };
  const plan = { sizes: [128], matrices: ['goe'], problems: ['symmetric' as const], seed: 1, pace };
  // Half a second at 64 is foreseen to be five at 128.
  const rows = await runLab(core, [solver('slow', 2e-3), solver('fast', 0)], plan, () => undefined);
  expect([...given.get('fast')!]).toEqual([16, 32, 64, 128]);
  expect(given.get('slow')!.has(128)).toBe(false);
  const failed = Object.fromEntries(rows.map((row) => [row.solver, row.failed]));
  expect(failed.slow).toMatch(/^would take about/);
  expect(failed.fast).toBeUndefined();
  expect(rows.map(({ n }) => n)).toEqual([128, 128]);
  core.dispose();
});
