// What a solver will take is known before it is given a large matrix.
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { runLab } from '../../../bench/lab/run.js';

const pace = { rounds: 1, least: 1, sample: 0, warm: 0, budget: 1, alone: 1, limit: 2 };

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

test('what a solver takes for one problem says nothing of another of the same name', async () => {
  const core = await createCore();
  const wait = (milliseconds: number) => {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  };
  const symmetric = {
    name: 'one',
    solve: (a: Float64Array, n: number) => core.eigh(a, n),
  };
  const hermitian = {
    name: 'one',
    problem: 'hermitian' as const,
    solve(a: Float64Array, n: number) {
      wait(n < 32 ? 0 : 300);
      return core.eighComplex(a, n);
    },
  };
  const problems = ['hermitian' as const, 'symmetric' as const];
  const plan = { sizes: [16, 32, 64], matrices: ['goe'], problems, seed: 1, pace };
  const rows = await runLab(core, [symmetric, hermitian], plan, () => undefined);
  const failed = (problem: string) => rows.filter((row) => row.problem === problem).map((row) => row.failed);
  expect(failed('symmetric')).toEqual([undefined, undefined, undefined]);
  expect(failed('hermitian')).toEqual([undefined, undefined, expect.stringMatching(/^would take about/)]);
  core.dispose();
});
