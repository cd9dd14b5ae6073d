// Lattices in sweeps against the public functions, and the search for the last avalanche.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import { computeExperiment } from '../../../cli/src/sweeps/compute.js';
import { parseExperiment } from '../../../cli/src/sweeps/experiment.js';
import { avalancheThreshold } from '../../../cli/src/sweeps/threshold.js';

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
          const full = core.latticeMeanField(core.latticeCouplings({ ...model, relative: 1e-6 }));
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

describe('branches', () => {
  test('one fixed point below the threshold, two stable ones and an unstable one between them above it', () => {
    for (const strength of [30, 60]) {
      const couplings = core.latticeCouplings({ radius: 15, strength, theta0: 2.954 });
      expect(core.latticeBranches(couplings).map(({ stable }) => stable)).toEqual([true]);
    }
    let failed = Number.POSITIVE_INFINITY;
    let barrier = 0;
    for (const strength of [100, 150, 200]) {
      const couplings = core.latticeCouplings({ radius: 15, strength, theta0: 2.954 });
      const [low, middle, high] = core.latticeBranches(couplings);
      expect([low.stable, middle.stable, high.stable]).toEqual([true, false, true]);
      expect(low.etaTot).toBe(core.latticeMeanField(couplings).etaTot);
      expect(high.etaTot).toBeCloseTo(481 * Math.LN2, 6);
      // With disorder the failed avalanche shrinks and what it takes to start one grows.
      expect(low.etaTot).toBeLessThan(failed);
      expect(middle.etaTot).toBeGreaterThan(barrier);
      failed = low.etaTot;
      barrier = middle.etaTot;
    }
  });

  test('the spacing of grains shrinks with disorder and there is none in an avalanche', () => {
    const at = (strength: number, options = {}) => {
      const couplings = core.latticeCouplings({ radius: 15, strength, theta0: 2.954 });
      const solution = core.latticeMeanField(couplings);
      const spacing = core.grainSpacing(couplings, solution, options);
      if (!spacing) return null;
      // By its definition: at that radius the sum is small, one shell nearer it is not.
      const outside = (radius: number) =>
        [...couplings.site!].reduce((sum, s, k) => {
          const distance = Math.abs(couplings.sites[2 * s]) + Math.abs(couplings.sites[2 * s + 1]);
          return distance > radius ? sum + solution.g[k] : sum;
        }, 0) * Math.exp(solution.etaTot);
      expect(outside(spacing.radius) / spacing.sum).toBeCloseTo(1, 9);
      expect(outside(spacing.radius)).toBeLessThanOrEqual(0.1);
      if (spacing.radius > 0) expect(outside(spacing.radius - 1)).toBeGreaterThan(0.1);
      return spacing.radius;
    };
    expect(at(60)).toBe(null);
    const radii = [90, 120, 200, 1000].map((strength) => at(strength)!);
    expect(radii).toEqual(radii.toSorted((a, b) => b - a));
    expect(radii[0]).toBeGreaterThan(radii[3]);
    const band = core.latticeCouplings({ radius: 5, strength: 90, theta0: 1, method: 'band' });
    expect(() => core.grainSpacing(band, core.latticeMeanField(band))).toThrow(/couplings with sites/);
  });
});

describe('avalancheThreshold', () => {
  const literal = { radius: 6, from: 20, to: 1000, angles: 48, tolerance: 0.02 };

  test('the literal lattice has its last avalanches at W ≈ 110, and only W/t matters', () => {
    const { low, high, theta0 } = avalancheThreshold(core, literal);
    expect(low).toBeGreaterThan(105);
    expect(high).toBeLessThan(120);
    expect(high / low).toBeLessThan(1.0201);
    const at = (strength: number) =>
      core.latticeMeanField(core.latticeCouplings({ radius: 6, strength, theta0 })).avalanche;
    expect(at(low)).toBe(true);
    expect(at(high)).toBe(false);
    const half = avalancheThreshold(core, { ...literal, hopping: 0.5, from: 10, to: 500 });
    expect(half.low / low).toBeCloseTo(0.5, 9);
  });

  test('of every offset: at its lower end all of a fine grid avalanche, at its upper end one fails', () => {
    const options = { radius: 6, hopping: 0.41, from: 8, to: 45, angles: 48, tolerance: 0.01 };
    const { low, high, theta0 } = avalancheThreshold(core, { ...options, offsets: 'every' });
    expect(low).toBeGreaterThan(23);
    expect(high).toBeLessThan(26);
    const at = (strength: number, offset: number) =>
      core.latticeVerdict({ radius: 6, hopping: 0.41, strength, theta0: offset }).avalanche;
    expect(at(high, theta0)).toBe(false);
    for (let k = 0; k < 360; ++k) expect(at(low, (2 * Math.PI * (k + 0.5)) / 360)).toBe(true);
    const every = { ...options, offsets: 'every' as const };
    expect(() => avalancheThreshold(core, { ...every, from: 40 })).toThrow(/options\.from: not every/);
    expect(() => avalancheThreshold(core, { ...every, to: 10 })).toThrow(/options\.to: every/);
  });

  test('grows with g0; names a bracket that is none', () => {
    const { high } = avalancheThreshold(core, { ...literal, g0: 0.1 });
    expect(high).toBeLessThan(60);
    expect(() => avalancheThreshold(core, { ...literal, from: 500 })).toThrow(/options\.from/);
    expect(() => avalancheThreshold(core, { ...literal, to: 40 })).toThrow(/options\.to/);
    expect(() => avalancheThreshold(core, { ...literal, angle: 1 } as never)).toThrow(/unknown option/);
  });
});
