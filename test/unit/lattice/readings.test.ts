// The readings of [CC22]'s lattice: hopping, shape and amplitude of V, q; docs/readings.md has what they give.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import { cosineOfTurn } from '../../../src/lattice/cosine.js';

const core = await createCore();
const LOG2 = Math.LN2;

describe('η_tot/log 2 at R = 15, θ0 = 2.954, the lattice of Fig. 4', () => {
  const etaTot = (reading: object) => {
    const couplings = core.latticeCouplings({ radius: 15, strength: 45, theta0: 2.954, ...reading });
    const { etaTot, certain } = core.latticeMeanField(couplings);
    expect(certain).toBe(true);
    return etaTot / LOG2;
  };
  test('hopping 0.41: the avalanche fails at W = 45 and takes the lattice at W = 20', () => {
    expect(etaTot({ hopping: 0.41 })).toBeCloseTo(4.3143, 4);
    expect(etaTot({ hopping: 0.41, strength: 20 })).toBeCloseTo(481, 6);
  });
  test('as printed it takes the lattice at W = 45', () => expect(etaTot({})).toBeCloseTo(481, 6));
  test('aubry-andre fails at W = 45', () =>
    expect(etaTot({ potential: 'aubry-andre' })).toBeCloseTo(6.7649, 4));
  test('its amplitude is 2 unless another is given', () => {
    const cosine = { potential: 'aubry-andre' } as const;
    expect(etaTot({ ...cosine, amplitude: 2 })).toBe(etaTot(cosine));
    expect(etaTot({ ...cosine, amplitude: 1, strength: 90 })).toBe(etaTot(cosine));
  });
});

test('hopping 0.41: offsets in narrow intervals avalanche above W = 45, at every size', () => {
  for (const radius of [8, 15, 22]) {
    const verdict = (theta0: number, strength: number) =>
      core.latticeVerdict({ radius, strength, hopping: 0.41, theta0 });
    expect(verdict(1.865001729, 47.5)).toMatchObject({ avalanche: true, certain: true });
    expect(verdict(4.256055797, 46.68)).toMatchObject({ avalanche: true, certain: true });
    expect(verdict(1.867, 47.5)).toMatchObject({ avalanche: false, certain: true });
  }
});

test('hopping 0.41: the share of 360 offsets at midpoints that avalanche at R = 8 ends between W = 45 and 46', () => {
  const share = (strength: number) => {
    let count = 0;
    for (let i = 0; i < 360; ++i) {
      const theta0 = (2 * Math.PI * (i + 0.5)) / 360;
      if (core.latticeVerdict({ radius: 8, strength, hopping: 0.41, theta0 }).avalanche) ++count;
    }
    return count;
  };
  expect([24, 30, 45, 46].map(share)).toEqual([360, 180, 2, 0]);
});

test('only W/t and amplitude · W/t enter: couplings are the same to rounding', () => {
  const a = core.latticeCouplings({ radius: 6, strength: 45, theta0: 1, hopping: 0.5 });
  const b = core.latticeCouplings({ radius: 6, strength: 30, theta0: 1, amplitude: 3, method: a.method });
  a.phi0.forEach((x, k) => {
    expect(Math.abs(x - b.phi0[k])).toBeLessThan(1e-11);
  });
});

test('the cosine is that of the host to rounding, the same for θ and −θ, and exact at the quarters', () => {
  // Up to a quarter: beyond it the host's cosine has the rounding of a larger argument.
  for (let i = 0; i <= 1024; ++i) {
    const t = i / 4096;
    expect(Math.abs(cosineOfTurn(t) - Math.cos(2 * Math.PI * t))).toBeLessThan(3e-16);
    expect(cosineOfTurn(1 - t)).toBe(cosineOfTurn(t));
    if (i < 1024) expect(cosineOfTurn(0.5 - t)).toBe(-cosineOfTurn(t));
  }
  expect([0, 0.5, 1].map(cosineOfTurn)).toEqual([1, -1, 1]);
  expect(Math.abs(cosineOfTurn(0.25))).toBe(0);
});

/** |φ| at the centre of the even orbitals alone, where V(n) = V(−n): the odd ones do not couple. */
function evenEta(c: ReturnType<typeof core.latticeCouplings>): number {
  const n = c.potential.length;
  const middle = (n - 1) / 2;
  const order = middle + 1;
  const even = (i: number) => Math.min(i, n - 1 - i);
  const weight = (i: number) => (i === middle ? 1 : Math.SQRT1_2);
  const h = new Float64Array(order * order);
  for (let i = 0; i < order; ++i) h[i * order + i] = c.potential[i];
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j < n; ++j) {
      const steps =
        Math.abs(c.sites[2 * i] - c.sites[2 * j]) + Math.abs(c.sites[2 * i + 1] - c.sites[2 * j + 1]);
      if (steps === 1) h[even(i) * order + even(j)] += weight(i) * weight(j) * c.model.hopping;
    }
  }
  const { vectors, values } = core.eigh(h, order);
  // Vectors are rows or columns as the library stores them: the component of each at the centre has weight 1 in all.
  const phi = Float64Array.from(values, (_, k) => Math.abs(vectors[k * order + middle]));
  expect(phi.reduce((sum, x) => sum + x * x, 0)).toBeCloseTo(1, 12);
  return core.solveMeanField(phi).etaTot;
}

/**
 * V(n) and V(−n) differ by the rounding of V, 3e-14: pairs that tunnel by less, |φ|² W ≲ 3e-14, are in truth on one site
 * each. Their η ≈ −8 |φ| log |φ| sum to less than this.
 */
const SPLIT = 1e-5;

describe('at θ0 = 0 the cosine has its centre of inversion at the origin: orbitals come in degenerate pairs', () => {
  test.each([
    [4, 10],
    [6, 45],
    [8, 20],
  ])('the bounds hold the η_tot of the even ones, R = %d, W = %d', (radius, strength) => {
    for (const method of ['auto', 'band', 'lanczos', 'dense'] as const) {
      const model = { radius, strength, theta0: 0, potential: 'aubry-andre', method } as const;
      const couplings = core.latticeCouplings(model);
      const { etaTotBounds } = core.latticeMeanField(couplings);
      const even = evenEta(couplings);
      expect(etaTotBounds[0], method).toBeLessThanOrEqual(even + SPLIT);
      expect(etaTotBounds[1], method).toBeGreaterThanOrEqual(even - SPLIT);
    }
  });
});

test('q is two numbers: those of the paper give the bits of the default, others shift the phases', () => {
  const model = { radius: 4, strength: 60, theta0: 1 };
  const paper = [Math.PI * (1 + Math.sqrt(5)), Math.PI * (1 + Math.sqrt(3))] as const;
  expect(core.latticeCouplings({ ...model, q: paper }).phi0).toEqual(core.latticeCouplings(model).phi0);
  // Whole turns a site: the same potential everywhere.
  const flat = core.latticeCouplings({ ...model, q: [2 * Math.PI, 0] }).potential;
  expect(Math.max(...flat) - Math.min(...flat)).toBeLessThan(1e-12);
});

test('what does not go together is refused by name', () => {
  const model = { radius: 3, strength: 30, theta0: 1 };
  const bad = (more: object, message: RegExp) =>
    expect(() => core.latticeCouplings({ ...model, ...more } as never)).toThrow(message);
  bad({ potential: 'cosine' }, /options\.potential.*'triangle', 'aubry-andre'/);
  bad({ potential: 'aubry-andre', breakpoint: 1 }, /options\.breakpoint.*triangle/);
  bad({ amplitude: 0 }, /options\.amplitude/);
  bad({ q: [1] }, /options\.q.*two numbers/);
  bad({ q: [1, Number.NaN] }, /options\.q/);
  bad({ theta0: undefined, random: true, seed: 1, q: [1, 2] }, /options\.q/);
});
