// Models with complex Hermitian grains and with grains of independent levels: against real ones, whole matrices and random matrices.
import { type Core, createCore, InputError, type ModelStatistics, type RandomGrainModel } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

/** H_g turned by phases of the states that the coupling does not see but for one phase of the grain spin, which l-bits take up. */
function turned(model: RandomGrainModel): RandomGrainModel {
  const d = Math.sqrt(model.grain.length);
  const phase = core.uniforms({ seed: 4, stream: 9 }, d / 2 + 1).map((u) => 2 * Math.PI * u);
  const of = (a: number) => phase[a >> 1] + (a & 1 ? phase[d / 2] : 0);
  const grain = new Float64Array(2 * d * d);
  for (let i = 0; i < d; ++i) {
    for (let j = 0; j < d; ++j) {
      const angle = of(i) - of(j);
      grain[2 * (i * d + j)] = model.grain[i * d + j] * Math.cos(angle);
      grain[2 * (i * d + j) + 1] = model.grain[i * d + j] * Math.sin(angle);
    }
  }
  return { ...model, grain, complex: true };
}

const apart = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);

describe('a real model in which phases were turned', () => {
  const real = () => core.randomGrainModel({ alpha: 0.7, n: 3, seed: 11, grainDimension: 16, j1: 0.5 });

  test('has the energies, entropies and polarizations of the real one', () => {
    for (const window of [undefined, { fraction: 0.3 }, { energy: 0.2, count: 9 }]) {
      const one = core.diagonalizeGrain({ ...real(), window });
      const other = core.diagonalizeGrain({ ...turned(real()), window, verify: true });
      expect(apart(one.eigenvalues, other.eigenvalues)).toBeLessThan(1e-12);
      expect(apart(one.meanEntropy, other.meanEntropy)).toBeLessThan(1e-11);
      expect(apart(one.czz, other.czz)).toBeLessThan(1e-11);
      one.entropies.forEach((list, n) => {
        expect(apart(list, other.entropies[n])).toBeLessThan(1e-9);
        expect(apart(one.polarizations[n], other.polarizations[n])).toBeLessThan(1e-9);
      });
      expect(other.gapRatio).toBeCloseTo(one.gapRatio, 8);
      expect(other.residual).toBeLessThan(3);
      expect(other.orthogonality).toBeLessThan(3);
    }
  });

  test('has the reduced couplings and norms of the real one', () => {
    for (const spin of [0, 2]) {
      const one = core.reducedCoupling({ ...real(), spin });
      const other = core.reducedCoupling({ ...turned(real()), spin });
      expect(other.g / one.g).toBeCloseTo(1, 11);
      expect(other.rmsElement / one.rmsElement).toBeCloseTo(1, 11);
      expect(other.pairs).toBe(one.pairs);
      expect(apart(one.norms.map(Math.log), other.norms.map(Math.log))).toBeLessThan(1e-8);
    }
  });
});

test('a complex grain: matrix, operator, vectors and entropies belong together', () => {
  const model = core.randomGrainModel({ alpha: 0.7, n: 3, seed: 3, grain: 'gue' });
  const h = core.grainOperator(model);
  expect([h.n, h.complex]).toEqual([64, true]);
  const { values } = core.eighComplex(h.toDense(), 64);
  const found = core.diagonalizeGrain({ ...model, vectors: true, verify: true });
  expect(apart(found.eigenvalues, values)).toBeLessThan(1e-12);
  expect(Math.max(found.residual!, found.orthogonality!)).toBeLessThan(3);
  for (let n = 0; n < 3; ++n) {
    const s = core.entanglementEntropy(found.vectors!, {
      dimensions: Array(6).fill(2),
      subsystem: [n],
      complex: true,
    });
    expect(apart(found.entropies[n], s)).toBeLessThan(1e-12);
  }
});

test.each<[ModelStatistics, number]>([
  ['goe', 0.5307],
  ['gue', 0.5996],
  ['poisson', 0.3863],
])('levels of %s: width and gap ratio', (grain, ratio) => {
  const samples = 24;
  let [width, gaps] = [0, 0];
  for (let sample = 0; sample < samples; ++sample) {
    const one = core.randomGrainModel({ alpha: 1, n: 0, seed: 8, sample, grain, grainDimension: 128 });
    const { eigenvalues, gapRatio } = core.diagonalizeGrain(one);
    width += eigenvalues.reduce((sum, x) => sum + x * x, 0) / 128 / samples;
    gaps += gapRatio / samples;
  }
  expect(Math.abs(width / 1.5 ** 2 - 1)).toBeLessThan(0.05);
  expect(Math.abs(gaps - ratio)).toBeLessThan(0.02);
});

test('twins have the same bits', async () => {
  const model = core.randomGrainModel({ alpha: 0.6, n: 2, seed: 5, grain: 'gue', grainDimension: 32 });
  const watched = await core.diagonalizeGrainAsync(model, { verify: true, vectors: true, slice: 0 });
  expect(watched).toEqual(core.diagonalizeGrain(model, { verify: true, vectors: true }));
  expect(await core.reducedCouplingAsync({ ...model, slice: 0 })).toEqual(core.reducedCoupling(model));
});

test('what is not Hermitian, of wrong size or not for complex grains is refused by name', () => {
  const [fields, couplings] = [[1], [0.3]];
  const refused = (grain: number[] | number[][]) => () =>
    core.diagonalizeGrain({ grain, complex: true, fields, couplings });
  expect(refused([1, 0, 0.5, 0.2, 0.5, 0.2, 0, 0])).toThrow(/^grain: not Hermitian: \[1\]\[0\]/);
  expect(refused([1, 0.1, 0.5, 0.2, 0.5, -0.2, 0, 0])).toThrow(/^grain: not Hermitian: \[0\]\[0\]/);
  expect(refused([1, 0, 0, 1])).toThrow(/^grain: expected 2 d_g² elements, got 4/);
  expect(refused([[1], [2]])).toThrow(/^grain\[0\]: expected 4 elements, twice as many/);
  expect(
    refused([
      [1, 0, 0.5, 0.2],
      [0.5, -0.2, 0, 0],
    ]),
  ).not.toThrow();
  const model = core.randomGrainModel({ alpha: 0.6, n: 3, seed: 5, grain: 'gue' });
  const window = { energy: 0, count: 4 };
  expect(() => core.diagonalizeGrain({ ...model, method: 'filtered', window })).toThrow(InputError);
  expect(() => core.randomGrainModel({ alpha: 1, n: 1, seed: 1, grain: 'gse' as 'gue' })).toThrow(
    /^options.grain: expected one of 'goe', 'gue', 'poisson'/,
  );
});
