// Autocorrelators of l-bits: averages over all times are Czz of the eigenstates, and random vectors give the trace.
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { autocorrelators } from '../../../cli/src/sweeps/autocorrelators.js';
import { type LateTimesTask, taskKinds } from '../../../cli/src/sweeps/tasks/lateTimes.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const task: LateTimesTask = { n: 4, alpha: 0.6, times: [0, 1.5, 40, 80], late: 40, vectors: 1, exact: true };

test.each([0.02, 0.41, 2])('J₁ = %s: the average over all times is Czz to 1e-10', (j1) => {
  const { plateau, czz } = taskKinds.lateTimes.run(core, { ...task, j1 }, 5, 1);
  plateau!.forEach((x, k) => {
    expect(Math.abs(x - czz![k])).toBeLessThan(1e-10);
  });
});

test('products and eigenvectors give the same C(t), which begins at 1', () => {
  const exact = taskKinds.lateTimes.run(core, task, 5, 1);
  const { plateau, ...products } = taskKinds.lateTimes.run(core, { ...task, exact: false }, 5, 1);
  expect(plateau).toBeUndefined();
  exact.curves.forEach((x, i) => {
    expect(Math.abs(x - products.curves[i])).toBeLessThan(1e-7);
  });
  for (let k = 0; k < 4; ++k) {
    const own = exact.curves.slice(4 * k, 4 * k + 4);
    expect(own[0]).toBeCloseTo(1, 12);
    expect(exact.late[k]).toBeCloseTo((own[2] + own[3]) / 2, 14);
  }
});

test('the mean over random vectors is Tr[σ(t) σ]/D', () => {
  const [n, t] = [3, 2.5];
  const model = core.randomGrainModel({ alpha: 0.6, n, seed: 5, sample: 2 });
  const h = core.grainOperator(model);
  const basis = Float64Array.from({ length: h.n * h.n }, (_, i) => Number(i % (h.n + 1) === 0));
  const { states } = core.evolveExact(h, basis, [t], { states: true, complex: false });
  const vectors = 200;
  const found = taskKinds.lateTimes.run(core, { ...task, n, times: [t], late: t, vectors }, 5, 2);
  for (let k = 0; k < n; ++k) {
    const sign = (s: number) => ((s >> k) & 1 ? -1 : 1);
    let trace = 0;
    for (let from = 0; from < h.n; ++from) {
      for (let to = 0; to < h.n; ++to) {
        const at = 2 * (from * h.n + to);
        trace += sign(from) * sign(to) * (states[at] ** 2 + states[at + 1] ** 2);
      }
    }
    // A vector is off by about 1/√D.
    expect(Math.abs(found.curves[k] - trace / h.n)).toBeLessThan(4 / Math.sqrt(vectors * h.n));
  }
});

// By −0.022(2) and 0.0004(4) of 60 realizations; 2π times the density of levels is 385. In between it is −0.006(1) at 400 to 800.
test('C(t) of the last l-bit of N = 6 is below its plateau while t is short of 2π times the density of levels, and at it long after', async () => {
  const window = (from: number) => Array.from({ length: 13 }, (_, k) => from * (1 + k / 12));
  const times = [...window(100), ...window(1e4)];
  const apart = [new Float64Array(12), new Float64Array(12)];
  for (let sample = 0; sample < 12; ++sample) {
    const model = core.randomGrainModel({ alpha: 0.75, n: 6, seed: 73, sample });
    const { curves, plateau } = await autocorrelators(core, model, times);
    apart.forEach((list, w) => {
      list[sample] = core.meanAndError(curves[5].subarray(13 * w, 13 * (w + 1))).mean - plateau[5];
    });
  }
  const [early, late] = apart.map((list) => core.meanAndError(list));
  expect(early.mean).toBeLessThan(-3 * early.error);
  expect(early.mean).toBeLessThan(-0.01);
  expect(Math.abs(late.mean)).toBeLessThan(0.004);
});
