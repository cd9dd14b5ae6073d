// Reduced couplings and perturbative norms against sums over states and the distribution p̃.
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

test('norms and shell sums of a small model, element by element', () => {
  const model = core.randomGrainModel({ alpha: 0.8, n: 2, seed: 4, grainDimension: 4 });
  const rest = core.diagonalizeGrain({
    grain: model.grain,
    fields: model.fields.slice(0, 1),
    couplings: model.couplings.slice(0, 1),
    vectors: true,
  });
  const r = 8;
  // ⟨a| acts where grain and l-bit flip: odd grain state of a with the even one below it of b.
  const element = (a: number, b: number) => {
    let sum = 0;
    for (let grain = 1; grain < 4; grain += 2) {
      for (let s = 0; s < 2; ++s) {
        sum += rest.vectors![a * r + grain * 2 + s] * rest.vectors![b * r + (grain - 1) * 2 + s];
      }
    }
    return 2 * model.couplings[1] * sum;
  };
  const omega = (a: number, b: number) => rest.eigenvalues[a] - rest.eigenvalues[b] + 2 * model.fields[1];
  const got = core.reducedCoupling({ ...model, spin: 1, fraction: 1, shell: 3 });
  let [total, pairs] = [0, 0];
  for (let a = 0; a < r; ++a) {
    let [up, down] = [0, 0];
    for (let b = 0; b < r; ++b) {
      up += (element(a, b) / omega(a, b)) ** 2;
      down += (element(b, a) / omega(b, a)) ** 2;
      if (Math.abs(omega(a, b)) < 1.5) {
        total += Math.abs(element(a, b));
        pairs++;
      }
    }
    expect(Math.abs(got.norms[a] / Math.sqrt(up) - 1)).toBeLessThan(1e-10);
    expect(Math.abs(got.norms[r + a] / Math.sqrt(down) - 1)).toBeLessThan(1e-10);
  }
  expect(got.pairs).toBe(pairs);
  expect(got.g).toBeCloseTo(total / (3 * r), 13);
});

test('norms and elements keep their digits where their squares under- or overflow', () => {
  const model = core.randomGrainModel({ alpha: 0.8, n: 2, seed: 4, grainDimension: 4 });
  const of = (k: number) => {
    const couplings = model.couplings.slice();
    couplings[1] *= 2 ** k;
    return core.reducedCoupling({ ...model, couplings, spin: 1, fraction: 1, shell: 3 });
  };
  const plain = of(0);
  for (const k of [-1000, -600, -520, 600, 900]) {
    const moved = of(k);
    expect(Math.abs(moved.rmsElement / 2 ** k / plain.rmsElement - 1)).toBeLessThan(1e-14);
    expect(Math.abs(moved.meanElement / 2 ** k / plain.meanElement - 1)).toBeLessThan(1e-14);
    moved.norms.forEach((x, i) => {
      expect(Math.abs(x / 2 ** k / plain.norms[i] - 1)).toBeLessThan(1e-14);
    });
  }
});

test('a shell whose width times the number of states is no double gave a coupling of 0', () => {
  const model = core.randomGrainModel({ alpha: 0.8, n: 2, seed: 4, grainDimension: 4 });
  const of = (shell: number) => core.reducedCoupling({ ...model, spin: 1, fraction: 1, shell });
  const [plain, wide] = [of(2 ** 10), of(2 ** 1023)];
  expect(wide.pairs).toBe(plain.pairs);
  expect(Math.abs((wide.g * 2 ** 1000 * 2 ** 13) / plain.g - 1)).toBeLessThan(1e-12);
  expect(wide.density).toBeGreaterThan(0);
});

test('norms over the reduced coupling are distributed as p̃', () => {
  const samples = 24;
  const list = Array.from({ length: samples }, (_, sample) =>
    core.reducedCoupling(
      core.randomGrainModel({ alpha: 1, n: 1, seed: 6, sample, grainDimension: 256, h: 0.2, j1: 0.01 }),
    ),
  );
  const g = list.reduce((s, r) => s + r.g, 0) / samples;
  const x = Float64Array.from(list.flatMap((r) => Array.from(r.norms, (t) => t / g))).sort();
  const cdf = core.resonanceCdf(x);
  let distance = 0;
  for (let i = 0; i < x.length; ++i) distance = Math.max(distance, Math.abs(cdf[i] - (i + 0.5) / x.length));
  // Kolmogorov's 1.36/√n at 5 %, and a few per cent for the finite grain.
  expect(distance).toBeLessThan(1.36 / Math.sqrt(x.length) + 0.01);
});
