// Sectors in which terms of H cancel: what rounding leaves of them is 0, whether the matrix is stored or not.
import { createCore, type SpinTerm } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();

/** S⁺S⁻ of the sum of all spins. */
function everywhere(sites: number): SpinTerm[] {
  return Array.from({ length: sites * sites }, (_, k) => ({
    op: '+-',
    sites: [Math.floor(k / sites), k % sites],
    coefficient: 0.3,
  }));
}

const momentum = (sites: number, k: number) => ({
  permutation: Array.from({ length: sites }, (_, i) => (i + 1) % sites),
  character: [Math.cos((2 * Math.PI * k) / sites), Math.sin((2 * Math.PI * k) / sites)] as const,
});

describe("storage 'free' refused sectors where H cancels to 0: what rounding left of it was not Hermitian", () => {
  test.each([5, 7, 9])('one magnon of momentum 1 on %i sites', (sites) => {
    const sector = { up: 1, symmetries: [momentum(sites, 1)] };
    for (const storage of ['free', 'csr'] as const) {
      const h = core.spins({ sites, terms: everywhere(sites), sector, storage });
      expect(h.toDense().every((x) => x === 0)).toBe(true);
      const { values, residuals, converged } = core.eigsh(h, { k: 1 });
      expect([values[0], residuals[0], converged]).toEqual([0, 0, true]);
    }
  });

  test('two magnons: entries that cancel beside others that do not', () => {
    const sites = 6;
    const sector = { up: 2, symmetries: [momentum(sites, 1)] };
    const of = (storage: 'free' | 'csr') => core.spins({ sites, terms: everywhere(sites), sector, storage });
    const [free, csr] = [of('free').toDense(), of('csr').toDense()];
    expect(free.filter((x) => x === 0).length).toBe(csr.filter((x) => x === 0).length);
    for (const [i, x] of free.entries()) expect(Math.abs(x - csr[i])).toBeLessThan(1e-15);
  });
});

describe('a constant of 1e6 beside couplings of 1e-10 made these 0: what cancels is judged for each place', () => {
  const sites = 8;
  const ring = ['xx', 'yy', 'zz'].flatMap((op): SpinTerm[] =>
    Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites], coefficient: 1e-10 })),
  );
  // (S^z)² = 1/4.
  const constant: SpinTerm = { op: 'zz', sites: [0, 0], coefficient: 4e6 };
  test.each([
    ['free', 1],
    ['csr', 1],
    ['free', 4],
    ['csr', 4],
  ] as const)('storage %s, momentum %i', (storage, k) => {
    const sector = { up: 4, symmetries: [momentum(sites, k)] };
    const of = (terms: SpinTerm[]) => core.spins({ sites, terms, sector, storage });
    const [small, large] = [of(ring), of([constant, ...ring])];
    const [expected, found] = [small.toDense(), large.toDense()];
    const width = small.complex ? 2 : 1;
    // All but the diagonal, which is 1e6.
    const couplings = (of: Float64Array) =>
      of.filter((_, at) => Math.floor(at / width) % (small.n + 1) !== 0);
    expect(couplings(found)).toEqual(couplings(expected));
    expect(couplings(found).filter((x) => x !== 0).length).toBeGreaterThan(small.n);
  });
});

test('one magnon on 31 sites, momentum 7: what is left of the sum over all flips is 0', () => {
  const sector = { up: 1, symmetries: [momentum(31, 7)] };
  for (const storage of ['free', 'csr'] as const) {
    const h = core.spins({ sites: 31, terms: everywhere(31), sector, storage });
    expect([h.n, ...h.toDense()]).toEqual([1, 0, 0]);
  }
});
