// |φ| at the origin against multi-precision values, and of the methods against each other: also where two orbitals are
// so close in energy that double precision mixes them.
import { readFileSync } from 'node:fs';
import { createCore, type LatticeCouplings, type LatticeModel } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const core = await createCore();
const { cases } = JSON.parse(
  readFileSync(new URL('../../fixtures/lattice-orbitals.json', import.meta.url), 'utf8'),
) as {
  cases: { radius: number; strength: number; phases: object; orbitals?: number[]; phi0: number[] }[];
};

const weight = (c: LatticeCouplings) => c.phi0.reduce((sum, x) => sum + x * x, 0);

/** Largest difference of |φ| in the order of energies, which is the same: both have every orbital. */
function difference(a: LatticeCouplings, b: LatticeCouplings): number {
  expect([a.missing, b.missing]).toEqual([0, 0]);
  return a.phi0.reduce((most, x, k) => Math.max(most, Math.abs(x - b.phi0[k])), 0);
}

describe('|φ| at the origin', () => {
  test.each(cases)(
    'to 1e-13 at R = $radius, W = $strength, $phases',
    ({ phases, orbitals, phi0, ...size }) => {
      const model = { ...size, ...phases } as LatticeModel;
      const methods =
        size.strength < 20 ? (['band', 'dense'] as const) : (['band', 'dense', 'local'] as const);
      for (const method of methods) {
        const c = core.latticeCouplings({ ...model, method });
        const chosen = orbitals ?? [...c.phi0.keys()];
        expect(chosen.length).toBe(phi0.length);
        for (const [i, k] of chosen.entries()) {
          expect(Math.abs(c.phi0[k] - phi0[i])).toBeLessThan(1e-13);
          expect(c.lower[k]).toBeLessThanOrEqual(phi0[i]);
          expect(c.upper[k]).toBeGreaterThanOrEqual(phi0[i]);
          // The promise is as good as the numbers.
          if (method !== 'local') expect(c.upper[k] - c.phi0[k]).toBeLessThan(2e-13);
        }
        expect(Math.abs(weight(c) - 1)).toBeLessThan(1e-13);
      }
    },
  );

  test('the fixtures hold orbitals that double precision mixes by 1e-12 and more', () => {
    // A coarse resolution leaves them mixed: what the test above would see without refinement.
    let worst = 0;
    for (const { phases, orbitals, phi0, ...size } of cases) {
      if (!orbitals) continue;
      const model = { ...size, ...phases } as LatticeModel;
      const c = core.latticeCouplings({ ...model, method: 'band', resolution: 1e-13 });
      orbitals.forEach((k, i) => {
        worst = Math.max(worst, Math.abs(c.phi0[k] - phi0[i]));
        expect(c.lower[k]).toBeLessThanOrEqual(phi0[i]);
        expect(c.upper[k]).toBeGreaterThanOrEqual(phi0[i]);
      });
    }
    expect(worst).toBeGreaterThan(1e-12);
  });

  test('band agrees with dense to 1e-12, with weight 1 to 1e-13', () => {
    const model = fc.record({
      radius: fc.integer({ min: 1, max: 20 }),
      strength: fc.constantFrom(2, 10, 45, 120),
      phases: fc.oneof(
        fc.record({ theta0: fc.double({ min: 0, max: 6.28, noNaN: true }) }),
        fc.record({ random: fc.constant(true), seed: fc.integer({ min: 0, max: 1e6 }) }),
      ),
    });
    fc.assert(
      fc.property(model, ({ phases, ...size }) => {
        const both = (['band', 'dense'] as const).map((method) =>
          core.latticeCouplings({ ...size, ...phases, method }),
        );
        expect(difference(both[0], both[1])).toBeLessThan(1e-12);
        for (const c of both) expect(Math.abs(weight(c) - 1)).toBeLessThan(1e-13);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [2, { theta0: 2.954 }],
    [10, { theta0: 2.954 }],
    [45, { random: true, seed: 5 }],
    [120, { random: true, seed: 5 }],
  ])('and at R = 20, W = %i, %o', (strength, phases) => {
    const model = { radius: 20, strength, ...phases };
    const dense = core.latticeCouplings({ ...model, method: 'dense' });
    for (const method of ['auto', 'band'] as const) {
      const c = core.latticeCouplings({ ...model, method });
      expect(difference(dense, c)).toBeLessThan(2e-13);
      expect(Math.abs(weight(c) - 1)).toBeLessThan(1e-13);
    }
  });

  test('nearly free lattices, whose levels all but coincide', () => {
    for (const strength of [1e-12, 1e-6, 1e-3]) {
      const model = { radius: 6, strength, theta0: 1 };
      const [band, dense] = (['band', 'dense'] as const).map((method) =>
        core.latticeCouplings({ ...model, method }),
      );
      expect(Math.abs(weight(band) - 1)).toBeLessThan(1e-13);
      expect(difference(band, dense)).toBeLessThan(1e-13);
    }
  });

  test('and beyond what energies can tell apart: the weight stays, and the bounds say so', () => {
    for (const [strength, hopping] of [
      [1e-14, 1],
      [1e-9, 1e9],
      [1e-9, 1],
    ]) {
      for (const radius of [2, 5, 9]) {
        for (const theta0 of [0, 1, Math.PI]) {
          const model = { radius, strength, hopping, theta0 };
          const [band, dense] = (['band', 'dense'] as const).map((method) =>
            core.latticeCouplings({ ...model, method }),
          );
          for (const c of [band, dense]) expect(Math.abs(weight(c) - 1)).toBeLessThan(1e-13);
          band.phi0.forEach((_, k) => {
            expect(band.lower[k]).toBeLessThanOrEqual(dense.upper[k]);
            expect(band.upper[k]).toBeGreaterThanOrEqual(dense.lower[k]);
          });
        }
      }
    }
  });
});
