// The model on the lattice: the order of its sites, its hopping, its potential and its phases.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { phaseTurn, potentialAt, siteCoordinates, siteHopping } from '../../../src/lattice/model.js';

describe('the lattice', () => {
  test('diagonal order puts neighbours at R and R + 1', () => {
    for (const radius of [1, 2, 3, 7]) {
      const sites = siteCoordinates(radius);
      const n = sites.length / 2;
      expect(n).toBe(2 * radius * radius + 2 * radius + 1);
      expect([sites[n - 1], sites[n]]).toEqual([0, 0]);
      const { near, far } = siteHopping(radius, 3);
      for (let i = 0; i < n; ++i) {
        for (let j = i + 1; j < n; ++j) {
          const steps = Math.abs(sites[2 * i] - sites[2 * j]) + Math.abs(sites[2 * i + 1] - sites[2 * j + 1]);
          const entry = j - i === radius ? near[i] : j - i === radius + 1 ? far[i] : 0;
          expect(entry).toBe(steps === 1 ? 3 : 0);
        }
      }
    }
  });

  test('the potential is the zigzag through V(0) = W, V(b) = −W, V(2π) = W', () => {
    const b = 2 / (1 + Math.sqrt(5));
    expect(potentialAt(0, 7, b)).toBe(7);
    expect(potentialAt(b / (2 * Math.PI), 7, b)).toBeCloseTo(-7, 13);
    expect(potentialAt(1, 7, b)).toBe(7);
    expect(potentialAt(b / (4 * Math.PI), 7, b)).toBeCloseTo(0, 13);
    expect(potentialAt((b + 2 * Math.PI) / (4 * Math.PI), 7, b)).toBeCloseTo(0, 13);
  });

  test('phases are those of exact arithmetic', () => {
    // (1 + √5)/2 and (1 + √3)/2 to 40 digits, as integers.
    const one = 10n ** 40n;
    const golden = 16180339887498948482045868343656381177203n;
    const silver = 13660254037844386467637231707529361834714n;
    fc.assert(
      fc.property(fc.integer({ min: -120, max: 120 }), fc.integer({ min: -120, max: 120 }), (n1, n2) => {
        let turn = (BigInt(n1) * golden + BigInt(n2) * silver) % one;
        if (turn < 0n) turn += one;
        expect(Math.abs(phaseTurn(n1, n2, 0) - Number(turn / 10n ** 20n) / 1e20)).toBeLessThan(4e-16);
      }),
    );
  });
});
