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
