// Two grains with l-bits between, against H of Kronecker products and partial traces written out; lattices with many grains against
// the public functions.
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { grainSites, taskKinds } from '../../../cli/src/sweeps/tasks/manyGrains.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

type Matrix = number[][];
const eye = (n: number): Matrix =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => Number(i === j)));
const kron = (...all: Matrix[]): Matrix =>
  all.reduce((a, b) => a.flatMap((row) => b.map((other) => row.flatMap((x) => other.map((y) => x * y)))));
const add = (...all: Matrix[]): Matrix =>
  all[0].map((row, i) => row.map((_, j) => all.reduce((s, m) => s + m[i][j], 0)));
const times = (x: number, a: Matrix): Matrix => a.map((row) => row.map((y) => x * y));
const X: Matrix = [
  [0, 1],
  [1, 0],
];
// σ^y/i: products of two of them are −σ^y σ^y.
const Y: Matrix = [
  [0, -1],
  [1, 0],
];
const Z: Matrix = [
  [1, 0],
  [0, -1],
];

/** The entropy of a 2 × 2 density matrix. */
function entropyOf([[a, b], [, d]]: Matrix): number {
  const root = Math.sqrt((a - d) ** 2 + 4 * b * b);
  return [(1 + root) / 2, (1 - root) / 2].reduce((s, p) => (p > 1e-300 ? s - p * Math.log(p) : s), 0);
}

test('H is that of two grains, and entropies are those of its eigenstates', () => {
  const [d, n, alpha, j1, seed, index] = [4, 2, 0.5, 0.3, 7, 3];
  const [one, two] = [index, index + 2 ** 20].map((sample) =>
    core.randomGrainModel({ alpha, n, seed, sample, grainDimension: d, j1 }),
  );
  const square = (a: Float64Array): Matrix =>
    Array.from({ length: d }, (_, i) => Array.from(a.subarray(i * d, (i + 1) * d)));
  // Factors: both grains, of whose two spins the last one is bit 0, then the second l-bit and the first.
  const site = (k: number, s: Matrix) => kron(...[1, 0].map((m) => (m === k ? s : eye(2))));
  const grainOf = (g: number, s: Matrix) => (g === 0 ? kron(s, eye(d)) : kron(eye(d), s));
  const spin = (s: Matrix) => kron(eye(2), s);
  const flip = (g: number, k: number) =>
    add(kron(grainOf(g, spin(X)), site(k, X)), times(-1, kron(grainOf(g, spin(Y)), site(k, Y))));
  const h = add(
    kron(grainOf(0, square(one.grain)), eye(4)),
    kron(grainOf(1, square(two.grain)), eye(4)),
    ...[0, 1].map((k) => times(one.fields[k], kron(eye(d * d), site(k, Z)))),
    ...[0, 1].flatMap((k) => [times(j1 * alpha ** k, flip(0, k)), times(j1 * alpha ** (1 - k), flip(1, k))]),
  );
  const D = h.length;
  const { vectors } = core.eigh(h.flat(), D);
  const expected = [0, 1].map((k) => {
    let sum = 0;
    for (let s = 0; s < D; ++s) {
      const rho: Matrix = [
        [0, 0],
        [0, 0],
      ];
      for (let i = 0; i < D; ++i)
        for (const bit of [0, 1])
          rho[(i >> k) & 1][bit] += vectors[s * D + i] * vectors[s * D + ((i & ~(1 << k)) | (bit << k))];
      sum += entropyOf(rho);
    }
    return sum / D;
  });
  const task = { n, alpha, grainDimension: d, j1 };
  const { entropy } = taskKinds.twoGrains.run(core, { ...task, fraction: 1 }, seed, index);
  expected.forEach((s, k) => {
    expect(Math.abs(entropy[k] - s)).toBeLessThan(1e-10);
  });
  // The states nearest to E = 0 are part of them.
  const near = taskKinds.twoGrains.run(core, { ...task, fraction: 1, states: D }, seed, index);
  expected.forEach((s, k) => {
    expect(Math.abs(near.entropy[k] - s)).toBeLessThan(1e-10);
  });
});

test('g of (3) is that of the couplings of a large grain, proportional to J₁', () => {
  const [grainDimension, j1] = [16, 0.05];
  const task = { n: 1, alpha: 1, grainDimension, j1, fraction: 0.02 };
  const { bare } = taskKinds.twoGrains.run(core, task, 7, 0);
  expect(taskKinds.twoGrains.run(core, { ...task, j1: 2 * j1 }, 7, 0).bare).toBeCloseTo(2 * bare, 12);
  const own = [0, 2 ** 20].map((sample) => {
    const model = core.randomGrainModel({ alpha: 1, n: 1, seed: 7, sample, grainDimension, j1 });
    return core.reducedCoupling({ ...model, fraction: 0.5, shell: 1 }).g;
  });
  // The library counts around the field of the realization, and weighs both directions in its own way.
  const ratio = bare / ((own[0] + own[1]) / 2);
  expect(ratio).toBeGreaterThan(0.8);
  expect(ratio).toBeLessThan(1.25);
  const apart = taskKinds.twoGrains.run(core, { ...task, j1: 0 }, 7, 0);
  expect(apart.bare).toBe(0);
  expect(apart.entropy[0]).toBeLessThan(1e-15);
});

test('lattices have a grain at every so many sites, and the avalanches that latticeGrains says', () => {
  expect(grainSites(3, 2)).toEqual([
    [-2, 0],
    [0, -2],
    [0, 0],
    [0, 2],
    [2, 0],
  ]);
  expect(grainSites(3, 4)).toEqual([[0, 0]]);
  const model = { radius: 6, strength: 90, hopping: 0.41 };
  const [near, far] = taskKinds.grainLattices.run(core, { model, theta0: 1, spacings: [3, 6], dg: 8 });
  expect([near.grains, far.grains]).toEqual([grainSites(6, 3).length, 5]);
  for (const found of [near, far]) {
    for (const merge of ['never', 'coupling', 'collars', 'always'] as const) {
      const again = core.latticeGrains({ ...model, theta0: 1, grains: grainSites(6, found.spacing), merge });
      expect(found.bubbles[merge]).toBe(again.bubbles.length);
      expect(found.bits[merge]).toBeCloseTo(again.etaTot / Math.LN2, 10);
    }
  }
  expect(near.bits.collars).toBeGreaterThan(80);
  expect(far.bits.collars).toBeLessThan(20);
  const alone = core.latticeGrains({ ...model, theta0: 1, grains: [[0, 0]] });
  expect(far.radii[2]).toBe(alone.bubbles[0].radius);
});
