// The errors of `typicality` are of sampling alone: what the Krylov spaces left out was in none of them, and nothing said so. It is measured
// against the same random vectors in the whole space.
import { createCore, type Operator } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();

function ring(sites: number): Operator {
  const bonds = (op: string) =>
    Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites], coefficient: 1 + 0.1 * i }));
  return core.spins({ sites, terms: ['xx', 'yy', 'zz'].flatMap(bonds) });
}

/** The Laplacian of a path, whose levels are dense at 0. */
function path(n: number): Operator {
  const own = Array.from({ length: n }, (_, i) => [i, i, i === 0 || i === n - 1 ? 1 : 2] as const);
  const beside = Array.from({ length: n - 1 }, (_, i) => [i, i + 1, -1] as const);
  const matrix = new Float64Array(n * n);
  for (const [i, j, x] of [...own, ...beside]) matrix[i * n + j] = matrix[j * n + i] = x;
  return core.operator({ n, matrix });
}

describe.each([
  ['a ring of spins', ring(6), 1.5 * 6],
  ['a path', path(100), 4],
] as const)('%s', (_, h, size) => {
  const betas = [0, 0.01, 0.1, 1, 3, 10, 100, 1e3, 1e4, -0.5, -20];
  const given = { betas, samples: 5, seed: 3, observables: [h] };
  const whole = core.typicality(h, { ...given, vectors: h.n });
  const spaces = [1, 2, 3, 5, 8, 12, 20, 30].map((vectors) => core.typicality(h, { ...given, vectors }));

  test('log Z and averages are off by no more than the truncation says', () => {
    let known = 0;
    for (const found of spaces) {
      found.truncation.forEach((tau, b) => {
        expect(tau).toBeGreaterThanOrEqual(0);
        expect(tau).toBeLessThanOrEqual(1);
        if (tau > 0.1) return;
        known++;
        // Rounding of exponents beside it.
        const least = 1e-13 * (1 + Math.abs(betas[b]) * size);
        expect(Math.abs(found.logZ[b] - whole.logZ[b])).toBeLessThan(2.2 * tau + least);
        expect(Math.abs(found.energies[b] - whole.energies[b])).toBeLessThan(4.4 * tau * size + least);
        const [one, all] = [found.expectations[0][b], whole.expectations[0][b]];
        expect(Math.abs(one - all)).toBeLessThan(4.4 * tau * size + least);
      });
    }
    expect(known).toBeGreaterThan(30);
  });

  test('it says so where log Z is off', () => {
    let off = 0;
    for (const found of spaces) {
      found.truncation.forEach((tau, b) => {
        if (Math.abs(found.logZ[b] - whole.logZ[b]) < 0.2) return;
        off++;
        expect(tau).toBeGreaterThan(0.09);
      });
    }
    expect(off).toBeGreaterThan(10);
  });

  test('it is small where the space is large, and nothing where it is whole', () => {
    expect(Math.max(...whole.truncation)).toBe(0);
    const last = spaces[spaces.length - 1];
    for (const b of [0, 1, 2, 3, 9]) expect(last.truncation[b]).toBeLessThan(1e-12);
  });
});

test('one vector at a low temperature, and a path of 4000 at a lower one, are said to be unknown', () => {
  expect(core.typicality(ring(8), { betas: [10], vectors: 1 }).truncation[0]).toBe(1);
  const n = 4000;
  const places = Array.from({ length: n }, (_, i) => i);
  const h = core.coo({
    n,
    row: [...places, ...places.slice(1), ...places.slice(0, -1)],
    col: [...places, ...places.slice(0, -1), ...places.slice(1)],
    data: [...places.map((i) => (i === 0 || i === n - 1 ? 1 : 2)), ...new Array(2 * n - 2).fill(-1)],
  });
  const { truncation } = core.typicality(h, { betas: [1, 10, 1e4], samples: 5 });
  expect(truncation[0]).toBeLessThan(1e-12);
  expect(truncation[1]).toBeLessThan(1e-12);
  expect(truncation[2]).toBe(1);
});
