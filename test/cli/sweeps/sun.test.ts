// The rows of the kind `sun` against the public functions.
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sun } from '../../../cli/src/sweeps/kinds/sun.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const defaults = Object.fromEntries(
  Object.entries(sun.parameters).flatMap(([name, p]) =>
    'default' in p && p.default !== undefined ? [[name, p.default]] : [],
  ),
);

test.each([
  ['none', undefined],
  ['u1', undefined],
  ['u1', 3],
])('conserve %s, up %s: gap ratio and entropies of the states in the middle', async (conserve, up) => {
  const states = 12;
  const p = { ...defaults, spins: 4, alpha: 0.8, conserve, states, ...(up !== undefined && { up }) };
  const model = core.randomSunModel({ spins: 4, alpha: 0.8, seed: 5, sample: 2, conserve: conserve as 'u1' });
  const operator = core.sunOperator(model, conserve === 'u1' ? { up: up ?? 3 } : {});
  const { n } = operator;
  const { values, vectors } = core.eigh(operator.toDense(), n);
  const first = Math.floor((n - states) / 2);
  const middle = operator.embed(vectors.subarray(first * n, (first + states) * n), states);
  const entropy = (site: number) =>
    core
      .entanglementEntropy(middle, { dimensions: Array(7).fill(2), subsystem: [site] })
      .reduce((sum, s) => sum + s / states, 0);

  const total = await sun.compute(core, p, 5, 2, 'total');
  expect(total.dimension).toBe(n);
  expect(total.gapRatio).toBeCloseTo(core.gapRatio(values.subarray(first, first + states)), 9);
  expect(total.entropyEnd).toBeCloseTo(entropy(6), 10);
  const spins = await sun.compute(core, p, 5, 2, 'spins');
  expect(spins.bare).toEqual(core.sunCouplings(model));
  expect(spins.coupling).toEqual(model.couplings);
  Array.from(spins.entropy as ArrayLike<number>).forEach((s, j) => {
    expect(s).toBeCloseTo(entropy(3 + j), 10);
  });
  expect(sun.inRows!.up(p)).toBe(conserve === 'u1' ? (up ?? 3) : -1);
});

test('beyond order 2048 the states are those nearest to the mean energy', async () => {
  const p = { ...defaults, spins: 9, alpha: 0.6, states: 20 };
  const model = core.randomSunModel({ spins: 9, alpha: 0.6, seed: 5, sample: 0 });
  const operator = core.sunOperator(model);
  // The fields have no trace.
  const near = Array.from({ length: 8 }, (_, a) => model.dot[9 * a]).reduce((sum, x) => sum + x / 8, 0);
  const { values } = core.eigsh(operator, { k: 20, which: { near }, vectors: false });
  const { gapRatio } = await sun.compute(core, p, 5, 0, 'total');
  expect(gapRatio).toBeCloseTo(core.gapRatio(values), 6);
});

test('states that are left out are all of fewer than 50, which were refused as too many', async () => {
  const p = { ...defaults, spins: 3, alpha: 0.8, conserve: 'u1' };
  expect(() => sun.check!(p)).not.toThrow();
  const all = await sun.compute(core, { ...p, states: 20 }, 5, 0, 'total');
  expect(await sun.compute(core, p, 5, 0, 'total')).toEqual(all);
  expect(sun.inRows!.states(p)).toBe(20);
  expect(sun.inRows!.states({ ...p, spins: 5 })).toBe(50);
  expect(() => sun.check!({ ...p, states: 50 })).toThrow(
    /^states: expected at most 20, the dimension, got 50/,
  );
  expect(() => sun.check!({ ...p, up: 0 })).toThrow(/^up: leaves the dimension 1, expected at least 3/);
  const pair = { ...p, dotSpins: 1, spins: 1 };
  expect(() => sun.check!(pair)).toThrow(/^spins: leaves the dimension 2, expected at least 3/);
});

test('what excludes each other is refused by the name that the file has', () => {
  const check = (change: object) => () => sun.check!({ ...defaults, spins: 4, alpha: 0.8, ...change });
  expect(check({ up: 2 })).toThrow(/^up: is for conserve = 'u1'/);
  expect(check({ up: 8, conserve: 'u1' })).toThrow(/^up: expected at most the 7 sites, got 8/);
  expect(check({ states: 36, conserve: 'u1' })).toThrow(/^states: expected at most 35/);
  expect(check({ fieldFrom: 2 })).toThrow(/^fieldTo: expected at least fieldFrom, 2/);
  expect(check({})).not.toThrow();
});
