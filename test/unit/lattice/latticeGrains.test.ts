// Lattices with several grains: one grain is the lattice that is known; couplings at other sites are those of the lattice's own
// eigenvectors; bounds hold.
import { createCore, InputError } from 'emft';
import { afterAll, describe, expect, test } from 'vitest';

const core = await createCore();
afterAll(() => core.dispose());

const model = { radius: 6, strength: 50, hopping: 0.41, theta0: 2.954 };
const cross = (spacing: number) => [
  [0, 0] as const,
  ...[1, -1].flatMap((sign) => [[sign * spacing, 0] as const, [0, sign * spacing] as const]),
];

describe('latticeGrains', () => {
  test('one grain at the origin gives the bits of latticeCouplings by dense, latticeMeanField and grainSpacing', () => {
    for (const strength of [8, 30, 50, 120]) {
      const couplings = core.latticeCouplings({ ...model, strength, method: 'dense' });
      const alone = core.latticeMeanField(couplings, { g0: 0.7 });
      const one = core.latticeGrains({ ...model, strength, grains: [[0, 0]], g0: 0.7, dg: 8 });
      expect(one.phi[0]).toEqual(couplings.phi0);
      for (const key of ['g', 'logG', 'entropy', 'etaTot', 'etaTotBounds', 'avalanche', 'certain'] as const) {
        expect(one[key]).toEqual(alone[key]);
      }
      for (const key of ['sites', 'potential', 'site'] as const) expect(one[key]).toEqual(couplings[key]);
      expect(one.bubbles[0].radius).toBe(core.grainSpacing(couplings, alone, { dg: 8 })?.radius ?? null);
    }
  });

  test('couplings are components of the eigenvectors of H, distances those of their sites', () => {
    const grains = cross(4);
    const found = core.latticeGrains({ ...model, grains, merge: 'never' });
    const n = found.potential.length;
    const at = (i: number) => [found.sites[2 * i], found.sites[2 * i + 1]];
    const h = new Float64Array(n * n);
    for (let i = 0; i < n; ++i)
      for (let j = 0; j < n; ++j) {
        const steps = Math.abs(at(i)[0] - at(j)[0]) + Math.abs(at(i)[1] - at(j)[1]);
        h[i * n + j] = steps === 0 ? found.potential[i] : steps === 1 ? model.hopping : 0;
      }
    const { vectors } = core.eigh(h, n, { method: 'qr' });
    grains.forEach(([n1, n2], a) => {
      const place = Array.from({ length: n }, (_, i) => i).find((i) => at(i)[0] === n1 && at(i)[1] === n2)!;
      for (let k = 0; k < n; ++k) {
        expect(Math.abs(Math.abs(vectors[k * n + place]) - found.phi[a][k])).toBeLessThan(1e-12);
      }
    });
    // The same mean field by the couplings alone.
    const again = core.meanFieldGrains({ couplings: found.phi, merge: 'never' });
    expect(again.g).toEqual(found.g);
    expect(again.etaTot).toBe(found.etaTot);
    const collars = core.latticeGrains({ ...model, grains });
    const sites = Array.from(found.site, at);
    const away = (a: readonly number[], b: readonly number[]) =>
      Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
    const same = core.meanFieldGrains({
      couplings: found.phi,
      distances: grains.map((a) => sites.map((site) => away(site, a))),
      spacings: grains.map((a) => grains.map((b) => away(a, b))),
    });
    expect(same.bubbles).toEqual(collars.bubbles);
  });

  test('near grains are one avalanche where each alone fails, far ones are apart', () => {
    const strong = { ...model, strength: 90 };
    const near = core.latticeGrains({ ...strong, grains: cross(3) });
    expect(near.bubbles.length).toBe(1);
    expect(near.avalanche && near.certain).toBe(true);
    const apart = core.latticeGrains({ ...strong, grains: cross(3), merge: 'never' });
    expect(apart.avalanche).toBe(false);
    const far = core.latticeGrains({ ...strong, grains: cross(6) });
    expect(far.bubbles.length).toBe(5);
    expect(far.avalanche).toBe(false);
    expect(far.certain).toBe(true);
    for (const { etaTot, etaTotBounds } of [near, apart, far]) {
      expect(etaTotBounds[0]).toBeLessThanOrEqual(etaTot);
      expect(etaTotBounds[1]).toBeGreaterThanOrEqual(etaTot);
    }
  });

  test('refuses grains that are not on the lattice, or at one site', () => {
    for (const grains of [
      [],
      [[4, 3]],
      [
        [0, 0],
        [0, 0],
      ],
      [[0.5, 0]],
      [[1]],
      3,
    ]) {
      expect(() => core.latticeGrains({ ...model, grains: grains as [number, number][] })).toThrow(
        InputError,
      );
    }
    expect(() => core.latticeGrains({ ...model, grains: [] })).toThrow(/grains: expected 1 to \d+ .*got 0$/);
    // It allowed 120, of which it then took 30.
    for (const radius of [31, 121])
      expect(() => core.latticeGrains({ ...model, radius, grains: [[0, 0]] })).toThrow(/radius: .*≤ 30, got/);
    const row = Array.from({ length: 45 }, (_, k) => k - 22);
    const all = row
      .flatMap((n1) => row.map((n2) => [n1, n2] as const))
      .filter(([n1, n2]) => Math.abs(n1) + Math.abs(n2) <= 23);
    expect(() => core.latticeGrains({ ...model, radius: 23, grains: all.slice(0, 1025) })).toThrow(
      /1 to 1024 sites/,
    );
  });
});
