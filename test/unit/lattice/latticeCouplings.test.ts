// Bare couplings of the lattice by every method: against the reference, each other, and dense diagonalization.
import { readFileSync } from 'node:fs';
import { createCore, type LatticeCouplings } from 'emft';
import { describe, expect, test } from 'vitest';
import { siteHopping } from '../../../src/lattice/model.js';

const core = await createCore();
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/lattice.json', import.meta.url), 'utf8'));

const weight = (c: LatticeCouplings) => c.phi0.reduce((sum, x) => sum + x * x, 0);

/** Largest difference of |φ| between orbitals paired by energy; whoever has no partner counts in full. */
function difference(a: LatticeCouplings, b: LatticeCouplings): number {
  const scale = 1e-12 * (a.model.strength + 4);
  let worst = 0;
  let i = 0;
  let j = 0;
  while (i < a.energies.length || j < b.energies.length) {
    const gap = (a.energies[i] ?? Number.POSITIVE_INFINITY) - (b.energies[j] ?? Number.POSITIVE_INFINITY);
    if (Math.abs(gap) <= scale) worst = Math.max(worst, Math.abs(a.phi0[i++] - b.phi0[j++]));
    else worst = Math.max(worst, gap < 0 ? a.phi0[i++] : b.phi0[j++]);
  }
  return worst;
}

describe('latticeCouplings', () => {
  test('agrees with the reference orbitals', () => {
    const { radius, strength, theta0, orbitalEnergies, phi0 } = fixture.couplings;
    for (const method of ['band', 'lanczos', 'local'] as const) {
      const c = core.latticeCouplings({ radius, strength, theta0, method });
      expect(c.energies.length).toBe(phi0.length);
      for (let i = 0; i < phi0.length; ++i) {
        // The reference rounds its phases in double precision, at up to 2πR: worth 1e-12 in the energy.
        expect(Math.abs(c.energies[i] - orbitalEnergies[i])).toBeLessThan(1e-11);
        expect(Math.abs(c.phi0[i] - phi0[i])).toBeLessThan(1e-12);
        expect(c.lower[i]).toBeLessThanOrEqual(phi0[i]);
        expect(c.upper[i]).toBeGreaterThanOrEqual(phi0[i]);
      }
    }
  });

  test.each([
    [12, 20],
    [12, 45],
    [20, 45],
    [20, 120],
  ])('band and lanczos agree at R = %i, W = %i', (radius, strength) => {
    for (const phases of [{ theta0: 2.954 }, { random: true, seed: 5, index: 2 }]) {
      const band = core.latticeCouplings({ radius, strength, ...phases, method: 'band' });
      const lanczos = core.latticeCouplings({ radius, strength, ...phases, method: 'lanczos' });
      expect(band.missing).toBe(0);
      expect(Math.abs(weight(band) - 1)).toBeLessThan(1e-13);
      expect(Math.abs(weight(lanczos) - 1)).toBeLessThan(1e-13);
      expect(difference(band, lanczos)).toBeLessThan(1e-12);
      expect(lanczos.missing).toBe(band.phi0.length - lanczos.phi0.length);
    }
  });

  test.each([
    [12, 20],
    [12, 45],
    [20, 45],
    [20, 120],
  ])('local and band agree at R = %i, W = %i', (radius, strength) => {
    for (const phases of [{ theta0: 0.9 }, { random: true, seed: 8 }]) {
      const band = core.latticeCouplings({ radius, strength, ...phases, method: 'band' });
      const local = core.latticeCouplings({ radius, strength, ...phases });
      expect(local.method).toBe('local');
      expect(Math.abs(weight(local) - 1)).toBeLessThan(1e-12);
      for (let i = 0; i < band.phi0.length; ++i) {
        expect(Math.abs(local.energies[i] - band.energies[i])).toBeLessThan(1e-8 * strength);
        expect(Math.abs(local.phi0[i] - band.phi0[i])).toBeLessThan(1e-11);
      }
      expect([...local.site!].sort((a, b) => a - b)).toEqual([...band.phi0.keys()]);
    }
  });

  test.each([2, 10, 45, 120])('every method agrees with dense diagonalization at W = %i', (strength) => {
    for (const radius of [6, 12]) {
      for (const phases of [{ theta0: 1.7 }, { random: true, seed: 21 }]) {
        const model = { radius, strength, ...phases };
        const dense = core.latticeCouplings({ ...model, method: 'dense' });
        expect(Math.abs(weight(dense) - 1)).toBeLessThan(1e-13);
        const methods = strength < 20 ? (['band'] as const) : (['band', 'lanczos', 'local'] as const);
        for (const method of methods) {
          expect(difference(dense, core.latticeCouplings({ ...model, method }))).toBeLessThan(1e-12);
        }
      }
    }
  });

  test('dense labels maximize the product of |φ| on the labelled site', () => {
    const c = core.latticeCouplings({ radius: 5, strength: 30, theta0: 0.3, method: 'dense' });
    const n = c.potential.length;
    expect([...c.site!].sort((a, b) => a - b)).toEqual([...c.phi0.keys()]);
    const a = new Float64Array(n * n);
    const { near, far } = siteHopping(5, 1);
    for (let i = 0; i < n; ++i) {
      a[i * n + i] = c.potential[i];
      if (i + 5 < n) a[(i + 5) * n + i] = near[i];
      if (i + 6 < n) a[(i + 6) * n + i] = far[i];
    }
    const { vectors } = core.eigh(a, n);
    const phi = (k: number, s: number) => Math.abs(vectors[k * n + s]);
    // No exchange of two labels, nor rotation of three, gives a larger product.
    for (let i = 0; i < n; ++i) {
      for (let j = 0; j < n; ++j) {
        const [si, sj] = [c.site![i], c.site![j]];
        if (i < j)
          expect(phi(i, si) * phi(j, sj)).toBeGreaterThanOrEqual(phi(i, sj) * phi(j, si) * (1 - 1e-9));
        for (let k = 0; k < n && i < j; ++k) {
          if (k === i || k === j) continue;
          const sk = c.site![k];
          const now = phi(i, si) * phi(j, sj) * phi(k, sk);
          expect(now >= phi(i, sj) * phi(j, sk) * phi(k, si) * (1 - 1e-9)).toBe(true);
        }
      }
    }
    // Where orbitals are localized, the peaks of `local` say the same.
    const deep = { radius: 6, strength: 300, theta0: 0.3 };
    const dense = core.latticeCouplings({ ...deep, method: 'dense' });
    expect(core.latticeCouplings({ ...deep, method: 'local' }).site).toEqual(dense.site);
  });

  test('local keeps its relative accuracy down to 1e-80', () => {
    const { cases } = JSON.parse(
      readFileSync(new URL('../../fixtures/lattice-small.json', import.meta.url), 'utf8'),
    );
    let smallest = 1;
    for (const { radius, strength, theta0, orbitals } of cases) {
      for (const relative of [1e-6, 1e-12]) {
        const c = core.latticeCouplings({ radius, strength, theta0, method: 'local', relative });
        for (const { energy, phi0 } of orbitals) {
          const distance = c.energies.map((e) => Math.abs(e - energy));
          const k = distance.indexOf(Math.min(...distance));
          expect(distance[k]).toBeLessThan(1e-9 * strength);
          expect(Math.abs(c.phi0[k] / phi0 - 1)).toBeLessThan(relative === 1e-6 ? 1e-4 : 1e-7);
          expect(c.lower[k]).toBeLessThanOrEqual(Number(phi0));
          expect(c.upper[k]).toBeGreaterThanOrEqual(Number(phi0));
          smallest = Math.min(smallest, c.phi0[k]);
        }
      }
    }
    expect(smallest).toBeLessThan(1e-80);
  });

  test('local says when orbitals are extended, and auto goes on without it', () => {
    const model = { radius: 10, strength: 2, theta0: 1 };
    expect(() => core.latticeCouplings({ ...model, method: 'local' })).toThrow(/not localized enough/);
    const c = core.latticeCouplings(model);
    expect(c.method).toBe('band');
    expect(Math.abs(weight(c) - 1)).toBeLessThan(1e-13);
  });

  test('a coarse resolution leaves out only what is below it', () => {
    const fine = core.latticeCouplings({ radius: 20, strength: 60, theta0: 1, method: 'band' });
    const coarse = core.latticeCouplings({
      radius: 20,
      strength: 60,
      theta0: 1,
      method: 'lanczos',
      resolution: 1e-8,
    });
    expect(coarse.missingBound).toBeLessThan(1.1e-8);
    expect(difference(fine, coarse)).toBeLessThan(coarse.missingBound);
    expect(coarse.missing).toBeGreaterThan(600);
  });

  test('the spectrum has the trace and the spectral measure the moments of H', () => {
    const c = core.latticeCouplings({ radius: 9, strength: 3, theta0: 0.5, hopping: 1.5 });
    const origin = (c.potential.length - 1) / 2;
    const mean = c.energies.reduce((sum, x, k) => sum + x * c.phi0[k] ** 2, 0);
    const square = c.energies.reduce((sum, x, k) => sum + x * x * c.phi0[k] ** 2, 0);
    expect(mean).toBeCloseTo(c.potential[origin], 12);
    expect(square).toBeCloseTo(c.potential[origin] ** 2 + 4 * 1.5 * 1.5, 11);
    const trace = c.potential.reduce((sum, x) => sum + x, 0);
    expect(Math.abs(c.energies.reduce((sum, x) => sum + x, 0) - trace)).toBeLessThan(1e-11);
  });

  test('only V/t matters, and equal input gives equal bits', () => {
    const a = core.latticeCouplings({ radius: 10, strength: 30, theta0: 0.5, method: 'band' });
    const b = core.latticeCouplings({ radius: 10, strength: 60, theta0: 0.5, hopping: 2, method: 'band' });
    expect(b.phi0).toEqual(a.phi0);
    expect(core.latticeCouplings({ radius: 10, strength: 30, theta0: 0.5, method: 'band' })).toEqual(a);
    const random = { radius: 10, strength: 30, random: true, seed: 4 };
    expect(core.latticeCouplings(random)).toEqual(core.latticeCouplings({ ...random, index: 0 }));
    expect(core.latticeCouplings({ ...random, index: 1 }).phi0).not.toEqual(
      core.latticeCouplings(random).phi0,
    );
  });

  test('bounds hold for far orbitals in resonance with near ones, which rounding mixes', () => {
    const model = { radius: 17, strength: 45, theta0: 0.4 };
    const exact = core.latticeCouplings({ ...model, method: 'local' });
    for (const method of ['band', 'dense'] as const) {
      const c = core.latticeCouplings({ ...model, method });
      const order = Array.from(exact.energies.keys()).sort((a, b) => exact.energies[a] - exact.energies[b]);
      order.forEach((i, k) => {
        expect(c.lower[k]).toBeLessThanOrEqual(exact.phi0[i] * (1 + 1e-9));
        expect(c.upper[k]).toBeGreaterThanOrEqual(exact.phi0[i] * (1 - 1e-9));
      });
    }
  });

  test('extreme disorder: every |φ| is t/|ΔV| a step, and what underflows keeps an upper bound', () => {
    const c = core.latticeCouplings({ radius: 50, strength: 1e8, theta0: 1, relative: 1e-6 });
    expect(c.method).toBe('local');
    expect(c.missing).toBe(0);
    expect(Math.min(...c.upper)).toBeGreaterThan(0);
    expect(Math.min(...c.phi0)).toBeLessThan(1e-300);
    expect(Math.abs(weight(c) - 1)).toBeLessThan(1e-13);
    const origin = (c.potential.length - 1) / 2;
    for (const step of [50, 51, -50, -51]) {
      const neighbour = c.phi0[c.site!.indexOf(origin + step)];
      const gap = Math.abs(c.potential[origin + step] - c.potential[origin]);
      expect(neighbour * gap).toBeCloseTo(1, 6);
    }
    const { etaTot, certain, avalanche } = core.latticeMeanField(c);
    expect(etaTot).toBeGreaterThan(0);
    expect([certain, avalanche]).toEqual([true, false]);
  });

  test('names what is wrong', () => {
    const good = { radius: 3, strength: 10, theta0: 0 };
    const bad = (options: object, message: RegExp) =>
      expect(() => core.latticeCouplings({ ...good, ...options } as never)).toThrow(message);
    bad({ radius: 0 }, /options\.radius: expected a whole number ≥ 1/);
    bad({ radius: 2.5 }, /options\.radius/);
    bad({ strength: 0 }, /options\.strength: expected a finite number > 0/);
    bad({ strength: Number.NaN }, /options\.strength/);
    bad({ theta0: undefined }, /options\.theta0: expected an angle/);
    bad({ random: true, seed: 1 }, /options\.theta0: random phases have no theta0/);
    bad({ theta0: undefined, random: true }, /options\.seed/);
    bad({ seed: 1 }, /options\.seed: only with random/);
    bad({ hopping: 0 }, /options\.hopping/);
    bad({ breakpoint: 7 }, /options\.breakpoint/);
    bad({ method: 'magic' }, /options\.method: expected one of/);
    bad({ method: 'dense', radius: 31 }, /options\.radius: expected a whole number ≥ 1 and ≤ 30/);
    bad({ resolution: 1 }, /options\.resolution/);
    bad({ relative: 0 }, /options\.relative/);
    bad({ width: 1 }, /options\.width: unknown option/);
    expect(core.latticeCouplings(good).phi0.length).toBe(25);
  });
});
