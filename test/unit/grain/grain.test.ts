// Central-grain models against explicit references, and the filtered solver against dense diagonalization.
import { readFileSync } from 'node:fs';
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

interface Reference {
  grain: number[][];
  fields: number[];
  couplings: number[];
  eigenvalues: number[];
  meanEntropy: number[];
  entropies: number[][];
  czz: number[];
}

const { ed: reference } = JSON.parse(
  readFileSync(new URL('../../fixtures/ed.json', import.meta.url), 'utf8'),
) as { ed: Reference[] };

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

function difference(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(got.length).toBe(expected.length);
  let most = 0;
  for (let i = 0; i < got.length; ++i) most = Math.max(most, Math.abs(got[i] - expected[i]));
  return most;
}

describe('explicit models', () => {
  test('spectrum, entropies and Czz of the reference models to 1e-11, dense', () => {
    for (const { grain, fields, couplings, ...expected } of reference) {
      const got = core.diagonalizeGrain({ grain, fields, couplings });
      expect(got.method).toBe('dense');
      expect(difference(got.eigenvalues, expected.eigenvalues)).toBeLessThan(1e-11);
      expect(difference(got.meanEntropy, expected.meanEntropy)).toBeLessThan(1e-11);
      expect(difference(got.czz, expected.czz)).toBeLessThan(1e-11);
      expected.entropies.forEach((s, n) => {
        expect(difference(got.entropies[n], s)).toBeLessThan(1e-11);
      });
    }
  });

  test('the same in a window, by the filtered solver', () => {
    for (const { grain, fields, couplings, ...expected } of reference) {
      const d = expected.eigenvalues.length;
      for (const at of [0.3, 0.5, 0.62]) {
        const count = d / 8;
        const k = Math.floor(at * d);
        const energy = expected.eigenvalues[k] + 0.01;
        const got = core.diagonalizeGrain({
          grain,
          fields,
          couplings,
          method: 'filtered',
          window: { energy, count },
        });
        const nearest = [...expected.eigenvalues.keys()]
          .sort(
            (i, j) => Math.abs(expected.eigenvalues[i] - energy) - Math.abs(expected.eigenvalues[j] - energy),
          )
          .slice(0, count)
          .sort((i, j) => i - j);
        expect(got.method).toBe('filtered');
        expect(
          difference(
            got.eigenvalues,
            nearest.map((i) => expected.eigenvalues[i]),
          ),
        ).toBeLessThan(1e-11);
        got.entropies.forEach((s, n) => {
          expect(
            difference(
              s,
              nearest.map((i) => expected.entropies[n][i]),
            ),
          ).toBeLessThan(1e-11);
        });
        expect(Math.max(...got.residuals!)).toBeLessThan(1e-11);
      }
    }
  });

  test('without couplings every eigenstate is a product and the spectrum is a sum', () => {
    const model = core.randomGrainModel({ alpha: 0.7, n: 4, seed: 3, j1: 0, grainDimension: 4 });
    const { eigenvalues, meanEntropy, czz } = core.diagonalizeGrain(model);
    const grain = core.eigh(model.grain, 4).values;
    const sums: number[] = [];
    for (const e of grain) {
      for (let s = 0; s < 16; ++s)
        sums.push(model.fields.reduce((t, h, n) => t + ((s >> n) & 1 ? -h : h), e));
    }
    expect(
      difference(
        eigenvalues,
        sums.sort((a, b) => a - b),
      ),
    ).toBeLessThan(1e-13);
    expect(Math.max(...meanEntropy)).toBeLessThan(1e-24);
    expect(difference(czz, [1, 1, 1, 1])).toBeLessThan(1e-13);
  });

  test('a grain of two levels and one l-bit, by hand', () => {
    // H_g = 0: |01⟩, |10⟩ couple by 2J and are split by 2h: E = ±√(h² + 4J²), weight ½(1 − h/E).
    const [h, j] = [0.3, 0.2];
    const { eigenvalues, entropies } = core.diagonalizeGrain({
      grain: [
        [0, 0],
        [0, 0],
      ],
      fields: [h],
      couplings: [j],
    });
    const e = Math.sqrt(h * h + 4 * j * j);
    expect(difference(eigenvalues, [-e, -h, h, e])).toBeLessThan(1e-15);
    const p = 0.5 * (1 - h / e);
    const s = -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    expect(difference(entropies[0], [s, 0, 0, s])).toBeLessThan(1e-14);
  });

  test('a grain of 5e-324 everywhere lost its off-diagonal elements when it was made symmetric', () => {
    const q = 5e-324;
    const model = { grain: [q, q, q, q], fields: [], couplings: [] };
    expect(Array.from(core.diagonalizeGrain(model).eigenvalues)).toEqual([0, 2 * q]);
  });
});

describe('filtered solver', () => {
  test('finds states at the ends of the spectrum, and those of a Hamiltonian of any magnitude', () => {
    const model = core.randomGrainModel({ alpha: 0.8, n: 6, seed: 3 });
    const all = core.diagonalizeGrain(model).eigenvalues;
    const near = (energy: number) =>
      core.diagonalizeGrain({ ...model, method: 'filtered', window: { energy, count: 5 } }).eigenvalues;
    expect(difference(near(all[0] + 1e-9), all.subarray(0, 5))).toBeLessThan(1e-11);
    expect(difference(near(all[511] - 1e-9), all.subarray(507))).toBeLessThan(1e-11);
    // A power of two only scales the spectrum.
    const unit = 2 ** -600;
    const small = Object.fromEntries(
      Object.entries(model).map(([k, x]) => [k, x.map((v: number) => v * unit)]),
    );
    const window = { energy: 0.1, count: 5 };
    const base = core.diagonalizeGrain({ ...model, method: 'filtered', window });
    const scaled = core.diagonalizeGrain({
      ...(small as typeof model),
      method: 'filtered',
      window: { energy: 0.1 * unit, count: 5 },
    });
    expect(scaled.eigenvalues.map((e) => e / unit)).toEqual(base.eigenvalues);
    expect(scaled.meanEntropy).toEqual(base.meanEntropy);
  });

  test('agrees with dense at D = 1024, at any number of threads to the bit', async () => {
    const model = core.randomGrainModel({ alpha: 0.8, n: 7, seed: 11 });
    const all = core.diagonalizeGrain({ ...model, vectors: true });
    const window = { energy: 0.2, count: 32 };
    const dense = core.diagonalizeGrain({ ...model, window, method: 'dense' });
    const near = core.diagonalizeGrain({ ...model, window, method: 'filtered', vectors: true });
    expect(difference(near.eigenvalues, dense.eigenvalues)).toBeLessThan(1e-12);
    near.entropies.forEach((s, n) => {
      expect(difference(s, dense.entropies[n])).toBeLessThan(1e-9);
    });
    const first = all.eigenvalues.findIndex((e) => Math.abs(e - near.eigenvalues[0]) < 1e-11);
    const d = 1024;
    for (let k = 0; k < 32; ++k) {
      let overlap = 0;
      for (let i = 0; i < d; ++i) overlap += near.vectors![k * d + i] * all.vectors![(first + k) * d + i];
      expect(Math.abs(overlap)).toBeGreaterThan(1 - 1e-12);
    }
    const two = await createCore({ threads: 2 });
    expect(two.threads).toBe(2);
    const again = two.diagonalizeGrain({ ...model, window, method: 'filtered', vectors: true });
    expect(again.vectors).toEqual(near.vectors);
    two.dispose();
  });
});
