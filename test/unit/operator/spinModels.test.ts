// Hamiltonians of spins ½ of many kinds against spectra that numpy gave (scripts/fixtures/spin-models.py), whole and as all their
// sectors together, each of which has the size and the ends that its projector gives.
import { type ComplexNumber, createCore, type Operator, type SpinTerm } from 'emft';
import { describe, expect, test } from 'vitest';
import fixture from '../../fixtures/spin-models.json' with { type: 'json' };

const core = await createCore();

interface Model {
  name: string;
  sites: number;
  terms: SpinTerm[];
  values: number[];
  sectors: {
    up: number | null;
    symmetries: { permutation: number[]; flip: boolean; character: ComplexNumber }[];
    size: number;
    lowest?: number;
    highest?: number;
  }[];
}
const models = fixture.models as unknown as Model[];

function spectrum(operator: Operator): Float64Array {
  const solve = operator.complex ? core.eighComplex : core.eigh;
  const { values, convergence } = solve(operator.toDense(), operator.n, { vectors: false });
  expect(convergence.converged).toBe(true);
  return values;
}

const distance = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);
};

test('there are many', () => {
  expect(models.length).toBeGreaterThanOrEqual(45);
  const sectors = models.flatMap((model) => model.sectors);
  expect(sectors.length).toBeGreaterThan(1000);
  expect(sectors.some(({ size }) => size === 0)).toBe(true);
});

describe.each(models)('$name', ({ sites, terms, values, sectors }) => {
  const norm = Math.max(...values.map(Math.abs)) || 1;
  const most = 1e-12 * norm;

  test('has the spectrum of numpy', () => {
    expect(distance(spectrum(core.spins({ sites, terms })), values)).toBeLessThanOrEqual(most);
  });

  test('is the sum of its sectors', () => {
    const all: number[] = [];
    for (const { up, symmetries, size, lowest, highest } of sectors) {
      const operator = core.spins({ sites, terms, sector: { up: up ?? undefined, symmetries } });
      expect(operator.n).toBe(size);
      const own = spectrum(operator);
      if (size > 0) {
        // The projectors of numpy are not exact.
        expect(Math.abs(own[0] - lowest!)).toBeLessThanOrEqual(100 * most);
        expect(Math.abs(own[size - 1] - highest!)).toBeLessThanOrEqual(100 * most);
      }
      all.push(...own);
    }
    expect(distance(Float64Array.from(all).sort(), values)).toBeLessThanOrEqual(most);
  });
});

test('a sector whose terms cancel is 0, and Hermitian', () => {
  const sites = 6;
  const terms = ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] })),
  );
  const permutation = Array.from({ length: sites }, (_, i) => (i + 1) % sites);
  const character: [number, number] = [-0.5, Math.sqrt(3) / 2];
  // A magnon of this momentum: (cos k − 1) + 3/2 = 0.
  const magnon = core.spins({ sites, terms, sector: { up: 1, symmetries: [{ permutation, character }] } });
  expect(magnon.toDense()).toEqual(new Float64Array(2));
  expect(core.eigsh(magnon, { k: 1 }).values).toEqual(new Float64Array(1));
});
