// The bottleneck in two dimensions against brute force: a scan of the exponent, and the iteration (13) on the disc.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();

const exponent = (r: number, zeta: number) => -r / zeta + 0.5 * Math.PI * r * r * Math.LN2;

function disc(radius: number): number[] {
  const distances: number[] = [];
  for (let x = -radius; x <= radius; ++x) {
    for (let y = -radius; y <= radius; ++y)
      if (x * x + y * y <= radius * radius) distances.push(Math.hypot(x, y));
  }
  return distances;
}

describe('bottleneck', () => {
  test('is the least of the enhanced couplings', () => {
    for (const zeta of [0.05, 0.13, 0.4, 2]) {
      const b = core.bottleneck({ zeta });
      let least = Number.POSITIVE_INFINITY;
      let at = 0;
      for (let i = 1; i < 1e6; ++i) {
        const r = (i / 1e6) * 20;
        if (exponent(r, zeta) < least) {
          least = exponent(r, zeta);
          at = r;
        }
      }
      expect(Math.abs(b.radius - at)).toBeLessThan(2e-5);
      expect(b.logReduction).toBeCloseTo(least, 7);
      expect(b.reduction / Math.exp(least)).toBeCloseTo(1, 6);
      expect(b.thermalized).toBeCloseTo(Math.PI * at * at, 2);
      // Twice as far the coupling is g0 again.
      expect(exponent(2 * b.radius, zeta)).toBeCloseTo(0, 9);
    }
  });

  test('brackets the g0 from which the iteration (13) avalanches', () => {
    for (const zeta of [0.1, 0.3, 1]) {
      const { logCriticalG0, criticalG0, discRadius, sites, failedEtaTot } = core.bottleneck({ zeta });
      const distances = disc(discRadius);
      expect(sites).toBe(distances.length);
      expect(logCriticalG0[1] - logCriticalG0[0]).toBeGreaterThan(0);
      expect(logCriticalG0[1] - logCriticalG0[0]).toBeLessThan(2e-9);
      criticalG0.forEach((g, i) => void expect(Math.log(g)).toBeCloseTo(logCriticalG0[i], 12));
      const total = (logG0: number) =>
        core.solveMeanField(
          Float64Array.from(distances, (r) => logG0 - r / zeta),
          { log: true, method: 'iteration', tolerance: 1e-13 },
        ).etaTot;
      // Beside the bracket by what the iteration, which slows down at the fold, can tell.
      const below = total(logCriticalG0[0] - 1e-5);
      expect(below).toBeLessThan(failedEtaTot);
      expect(below).toBeGreaterThan(0.9 * failedEtaTot);
      expect(total(logCriticalG0[1] + 1e-5)).toBeGreaterThan(0.5 * sites * Math.LN2);
    }
  });

  test('the last avalanche that fails stops at the radius of the closed form', () => {
    for (const zeta of [0.03, 0.05, 0.1, 0.2, 0.3]) {
      const { radius, failedRadius, logCriticalG0, logReduction } = core.bottleneck({ zeta });
      expect(Math.abs(failedRadius / radius - 1)).toBeLessThan(0.07);
      expect(Math.abs(logCriticalG0[0] + logReduction)).toBeLessThan(4.5);
    }
  });

  test('hardly depends on the disc, and falls as ζ grows', () => {
    for (const zeta of [0.1, 0.5, 1]) {
      const few = core.bottleneck({ zeta });
      const many = core.bottleneck({ zeta, radius: 2 * few.discRadius });
      expect(Math.abs(many.logCriticalG0[0] - few.logCriticalG0[0])).toBeLessThan(1e-3);
    }
    const critical = [0.05, 0.1, 0.2, 0.4, 0.8, 1.6].map(
      (zeta) => core.bottleneck({ zeta }).logCriticalG0[0],
    );
    expect(critical).toEqual(critical.toSorted((a, b) => b - a));
  });

  test('names what is wrong', () => {
    const bad = (options: unknown, message: RegExp) =>
      expect(() => core.bottleneck(options as never)).toThrow(message);
    bad(undefined, /options: expected an object with zeta/);
    bad({}, /options\.zeta/);
    bad({ zeta: 0.01 }, /options\.zeta: expected a finite number ≥ 0\.02 and ≤ 10/);
    bad({ zeta: 1, radius: 121 }, /options\.radius/);
    bad({ zeta: 1, threshold: 1 }, /options\.threshold/);
    bad({ zeta: 1, width: 2 }, /options\.width: unknown option/);
  });
});
