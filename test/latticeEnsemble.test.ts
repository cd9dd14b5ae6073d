import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import { computeExperiment } from '../src/ensemble/compute.js';
import { parseExperiment } from '../src/ensemble/experiment.js';

const core = await createCore();

const text = `
  title = "lattices"
  compute = "lattice"
  seed = 12
  columns = ["theta0", "etaTot", "etaLow", "etaHigh", "avalanche", "certain"]
  [[ensemble]]
  radius = [9, 18]
  strength = [20, 60, 110, 200]
  phases = ["quasiperiodic", "random"]
  samples = 5
  [run]
  chunk = 7
`;

describe('lattices in a sweep', () => {
  test('have the same bits with one worker and with two, and are what the public API computes', async () => {
    const { experiment } = parseExperiment(text, 'x.toml');
    const one = await computeExperiment(experiment, { workers: 1 });
    const two = await computeExperiment(experiment, { workers: 2 });
    expect(two).toEqual(one);
    const column = (name: string) => one[name] as unknown as ArrayLike<never>;
    const rows = column('etaTot').length;
    expect(rows).toBe(2 * 4 * 2 * 5);
    let avalanches = 0;
    for (let i = 0; i < rows; ++i) {
      const at = (name: string) => column(name)[i];
      const model = { radius: at('radius'), strength: at('strength') };
      const random = (at('phases') as string) === 'random';
      const phases = random ? { random, seed: 12, index: at('sample') } : { theta0: at('theta0') };
      const verdict = core.latticeVerdict({ ...model, ...phases } as never);
      expect(at('etaTot')).toBe(verdict.etaTot);
      expect([at('etaLow'), at('etaHigh')]).toEqual(verdict.etaTotBounds);
      expect(Boolean(at('avalanche'))).toBe(verdict.avalanche);
      expect(Boolean(at('certain'))).toBe(true);
      if (at('strength') === 20) expect(verdict.avalanche).toBe(true);
      if (at('strength') === 200) expect(verdict.avalanche).toBe(false);
      avalanches += Number(verdict.avalanche);
    }
    expect(avalanches).toBeGreaterThan(rows / 4);
    expect(avalanches).toBeLessThan((3 * rows) / 4);
  });
});

describe('latticeVerdict', () => {
  test('says what the full couplings say, whatever stage decides', () => {
    const stages = new Set<string>();
    for (const radius of [12, 24]) {
      for (const strength of [30, 90, 120]) {
        for (let index = 0; index < 3; ++index) {
          const model = { radius, strength, random: true, seed: 77, index };
          const verdict = core.latticeVerdict(model);
          const full = core.latticeMeanField(core.latticeCouplings(model));
          expect(verdict.certain && full.certain).toBe(true);
          expect(verdict.avalanche).toBe(full.avalanche);
          expect(verdict.etaTotBounds[0]).toBeLessThanOrEqual(full.etaTotBounds[1]);
          expect(verdict.etaTotBounds[1]).toBeGreaterThanOrEqual(full.etaTotBounds[0]);
          stages.add(verdict.stage);
        }
      }
    }
    expect(stages).toContain('resolved');
    expect(stages).toContain('inner');
  });

  test('the threshold decides what counts, and is checked', () => {
    const model = { radius: 10, strength: 130, theta0: 0.3 };
    expect(core.latticeVerdict(model).avalanche).toBe(false);
    expect(core.latticeVerdict(model, { threshold: 1e-4 }).avalanche).toBe(true);
    expect(() => core.latticeVerdict(model, { threshold: 2 })).toThrow(/options\.threshold/);
    expect(() => core.latticeVerdict({ ...model, radius: 0 })).toThrow(/model\.radius/);
  });
});
