// The mean field at an energy: against a restatement in plain JavaScript, its limits, and where it has to be the mean field as it was.
import { createCore, drhCouplings, type GrainStatistics, InputError } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const core = await createCore();
const grains: GrainStatistics[] = ['goe', 'gue', 'gse', 'poisson'];
const entropyOf = (p: number) => (p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log1p(-p));
const at = (up: number, down: number, grain: GrainStatistics = 'goe') => {
  const { eta, entropy, czz, polarization } = core.responseAtEnergy([up], [down], { grain });
  return { eta: eta[0], entropy: entropy[0], czz: czz[0], polarization: polarization[0] };
};

/** Populations as they stand in docs/energy.md, averaged over x by the trapezoid in log x, with nothing simplified. */
function restated(up: number, down: number, grain: GrainStatistics) {
  const step = 0.05;
  const x = Float64Array.from({ length: 760 }, (_, j) => Math.exp(-1.5 + step * j));
  const density = core.resonanceDensity(x, { grain });
  const weights = x.map((y, j) => density[j] * y * step);
  const c = x.map((y) => 1 / Math.sqrt(1 + (y * (up + down)) ** 2));
  const p = [down / (up + down), up / (up + down)];
  /** The weight of side t in states that began on side s. */
  const q = (s: number, t: number, keeps: number) => p[t] * (1 - keeps) + (s === t ? keeps : 0);
  let [entropy, czz] = [0, 0];
  const bath = [0, 0];
  for (let i = 0; i < x.length; ++i) {
    for (const s of [0, 1]) {
      const own = q(s, 0, c[i]);
      entropy += weights[i] * p[s] * entropyOf(own);
      czz += weights[i] * p[s] * (2 * own - 1) ** 2;
    }
    if (weights[i] < 1e-9) continue;
    for (let j = 0; j < x.length; ++j)
      for (const s of [0, 1])
        for (const b of [0, 1]) {
          const overlap = (q(s, 0, c[i]) * q(b, 0, c[j])) / p[0] + (q(s, 1, c[i]) * q(b, 1, c[j])) / p[1];
          bath[s] += (weights[i] * weights[j] * p[b] * Math.sqrt(overlap)) / Math.sqrt(p[s]);
        }
  }
  return { entropy, czz, eta: 2 * (p[0] * Math.log(bath[0]) + p[1] * Math.log(bath[1])) };
}

describe('responseAtEnergy', () => {
  test.each(grains)('%s: is what the formulas say', (grain) => {
    for (const [up, down] of [
      [0.1, 0.3],
      [1.4, 0.2],
    ]) {
      const [found, stated] = [at(up, down, grain), restated(up, down, grain)];
      for (const key of ['eta', 'entropy', 'czz'] as const)
        expect(Math.abs(found[key] - stated[key])).toBeLessThan(2e-7);
    }
  });

  test.each(grains)('%s: comes to the response at equal couplings, of which it has the bits', (grain) => {
    for (const g of [1e-25, 1e-9, 0.003, 0.2, 5, 1e6]) {
      const { eta, entropy, czz } = core.response(g, { grain });
      expect(at(g, g, grain)).toEqual({ eta, entropy, czz, polarization: 0 });
      const near = at(g, g * (1 + 2e-13), grain);
      expect(Math.abs(near.eta / eta - 1)).toBeLessThan(1e-11);
      expect(Math.abs(near.entropy / entropy - 1)).toBeLessThan(1e-11);
      expect(Math.abs(near.czz - czz)).toBeLessThan(1e-11);
    }
  });

  test('limits: thermal weights at strong coupling, and resonant pairs at weak coupling', () => {
    for (const p of [0.5 + 1e-9, 0.7, 0.9, 0.999]) {
      const strong = at(2e7 * (1 - p), 2e7 * p);
      const m = 2 * p - 1;
      expect(Math.abs(strong.polarization - m)).toBeLessThan(1e-14);
      expect(Math.abs(strong.eta - entropyOf(p))).toBeLessThan(1e-12);
      expect(Math.abs(strong.entropy - entropyOf(p))).toBeLessThan(1e-12);
      expect(Math.abs(strong.czz - m * m)).toBeLessThan(1e-12);
      // Pairs of states: 1 − Czz = 2π times the harmonic mean of both couplings, whatever the theory of strong ones.
      const weak = at(2e-7 * (1 - p), 2e-7 * p);
      const harmonic = 4e-7 * p * (1 - p);
      expect(Math.abs((1 - weak.czz) / (2 * Math.PI * harmonic) - 1)).toBeLessThan(1e-5);
      // η = g (B − A log g)
      const [g1, g2] = [1e-30, 1e-40];
      const [one, two] = [g1, g2].map((g) => at(2 * g * (1 - p), 2 * g * p).eta / g);
      const a = 8 * Math.sqrt(2 * p * (1 - p)) * (Math.sqrt(p) + Math.sqrt(1 - p));
      expect(Math.abs((two - one) / (a * Math.log(g1 / g2)) - 1)).toBeLessThan(1e-12);
    }
    // Where small couplings begin there is no step.
    const [below, above] = [at(1e-20 * (1 - 1e-9), 3e-20), at(1e-20 * (1 + 1e-9), 3e-20)];
    expect(Math.abs(below.eta / above.eta - 1)).toBeLessThan(1e-8);
    expect(at(0, 0.3)).toEqual({ eta: 0, entropy: 0, czz: 1, polarization: 1 });
    expect(at(0, 0)).toEqual({ eta: 0, entropy: 0, czz: 1, polarization: 0 });
    // The smallest numbers have weights as others do.
    const least = Number.MIN_VALUE;
    expect(at(least, 0)).toEqual({ eta: 0, entropy: 0, czz: 1, polarization: -1 });
    expect(at(least, 2 * least).polarization).toBe(1 / 3);
    expect(at(5 * least, least).polarization).toBe(-2 / 3);
    expect(at(Number.MAX_VALUE, Number.MAX_VALUE / 2).polarization).toBeCloseTo(-1 / 3, 14);
    const { polarization } = core.solveMeanFieldAtEnergy([least, 0.1], [0, 0.2]);
    expect(polarization).toEqual(Float64Array.of(-1, at(0.1, 0.2).polarization));
  });

  test('up and down are alike to the bit, and η and [S] grow with the couplings', () => {
    const coupling = fc.double({ min: 1e-30, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(coupling, coupling, (up, down) => {
        const [one, other, more] = [at(up, down), at(down, up), at(1.1 * up, 1.1 * down)];
        expect(other).toEqual({ ...one, polarization: up === down ? 0 : -one.polarization });
        expect(more.eta).toBeGreaterThanOrEqual(one.eta * (1 - 1e-13));
        expect(more.entropy).toBeGreaterThanOrEqual(one.entropy * (1 - 1e-13));
        expect(one.eta).toBeLessThanOrEqual(entropyOf(Math.min(up, down) / (up + down)) * (1 + 1e-12));
      }),
      { numRuns: 60 },
    );
  });
});

describe('solveMeanFieldAtEnergy', () => {
  const bare = drhCouplings({ g0: 0.3, alpha: 0.65, n: 12 });

  test.each(grains)('%s: with equal couplings it is solveMeanField, to the bit', (grain) => {
    const { slope, ...expected } = core.solveMeanField(bare, { grain });
    expect(slope).toBeLessThan(1);
    const found = core.solveMeanFieldAtEnergy(bare, bare, { grain });
    expect(found).toEqual({ ...expected, polarization: new Float64Array(12) });
  });

  test.each(grains)('%s: solves the equations, from below, and next to equal couplings', (grain) => {
    const [up, down] = [bare, bare.map((g, n) => g * (1.5 + 0.1 * n))];
    const found = core.solveMeanFieldAtEnergy(up, down, { grain });
    expect(found.converged).toBe(true);
    const scaled = (side: Float64Array) => side.map((x, n) => (x * 2 * found.g[n]) / (up[n] + down[n]));
    const again = core.responseAtEnergy(scaled(up), scaled(down), { grain });
    const etaTot = again.eta.reduce((sum, x) => sum + x, 0);
    expect(Math.abs(etaTot - found.etaTot)).toBeLessThan(1e-10);
    found.logG.forEach((log, n) => {
      const stated = Math.log(0.5 * (up[n] + down[n])) + 0.5 * (etaTot - again.eta[n]);
      expect(Math.abs(log - stated)).toBeLessThan(1e-10);
      expect(Math.abs(found.entropy[n] - again.entropy[n])).toBeLessThan(1e-10);
    });
    const first = core.solveMeanFieldAtEnergy(up, down, { grain, maxIterations: 1 });
    expect(first).toMatchObject({ converged: false, iterations: 1 });
    first.logG.forEach((log, n) => void expect(log).toBeLessThan(found.logG[n]));
    const near = core.solveMeanFieldAtEnergy(
      bare,
      bare.map((g) => g * (1 + 2e-13)),
      { grain },
    );
    expect(Math.abs(near.etaTot - core.solveMeanField(bare, { grain }).etaTot)).toBeLessThan(1e-9);
  });

  test('refuses arrays of unequal lengths and none at all', () => {
    expect(() => core.solveMeanFieldAtEnergy([0.1, 0.2], [0.1])).toThrow(InputError);
    expect(() => core.solveMeanFieldAtEnergy([], [])).toThrow(/'up'|up:/);
    expect(() => core.responseAtEnergy([-1], [1])).toThrow(InputError);
  });
});
