// What dynamics and measurements refuse because it is beyond the doubles, not Hermitian or not paid for: by name, instead of
// numbers that are not finite.
import { createCore, InputError, type Operator } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();
const diagonal = (...levels: number[]) =>
  core.csr({
    n: levels.length,
    indptr: Array.from({ length: levels.length + 1 }, (_, i) => i),
    indices: levels.map((_, i) => i),
    data: levels,
  });
/** Products with the first unit vector are beyond the doubles. */
const huge = diagonal(100, 1).scaled(1e150).scaled(1e150).scaled(1e7);

describe('thermal averages', () => {
  test('have errors where one random vector is all but all of a sum', () => {
    const h = diagonal(...Array.from({ length: 1000 }, (_, i) => i / 999 - 0.5));
    const betas = [1e5, -1e5, 1e12];
    const found = core.typicality(h, { betas, vectors: 8, samples: 4, observables: [h] });
    const errors = [found.logZErrors, found.energyErrors, found.entropyErrors, found.expectationErrors[0]];
    for (const one of errors) {
      for (const error of one) expect(error).toBeGreaterThan(0);
      expect(one.every(Number.isFinite)).toBe(true);
    }
    expect(found.heatCapacityErrors.every(Number.isFinite)).toBe(true);
    // The lowest Ritz values of 8 vectors are off by some percent of the width, and say so.
    expect(found.energies[0] + 0.5).toBeLessThan(20 * found.energyErrors[0]);
    expect(found.energyErrors[0]).toBeLessThan(0.01);
    // Without temperature to speak of, log Z is −βE alone.
    expect(found.logZErrors[2] / 1e12 / found.energyErrors[2]).toBeCloseTo(1, 6);
  });

  test('of β beyond the doubles are refused by the place of β', () => {
    const h = diagonal(-500, 500);
    expect(() => core.typicality(h, { betas: [1, 1e307] })).toThrow(
      /^options\.betas\[1\]: is 1e\+307, expected at most/,
    );
    expect(() => core.typicality(h, { betas: [-1e307] })).toThrow(InputError);
    const cold = core.typicality(h, { betas: [1e140, -1e140] });
    for (const values of [
      cold.logZ,
      cold.logZErrors,
      cold.energies,
      cold.heatCapacities,
      cold.heatCapacityErrors,
    ]) {
      expect(values.every(Number.isFinite)).toBe(true);
    }
  });
});

describe('times', () => {
  const h = diagonal(-1000, 1000);

  test('of imaginary time beyond the doubles are refused by their place', () => {
    const options = { imaginary: true };
    for (const method of ['auto', 'krylov', 'chebyshev'] as const) {
      expect(() => core.evolve(h, [1, 1], [1, 1e306], { ...options, method })).toThrow(
        /^times\[1\]: is 1e\+306/,
      );
    }
    expect(() => core.evolveExact(h, [1, 1], [1, -1e306], options)).toThrow(/^times\[1\]: is -1e\+306/);
    const late = core.evolve(h, [1, 1], [1e290], options);
    expect(Math.abs(late.logNorms[0] / 1e293 - 1)).toBeLessThan(1e-15);
  });

  test('none at all takes no product, and is not refused for its price', () => {
    const large = diagonal(...Array.from({ length: 200 }, (_, i) => i));
    const psi = new Float64Array(200).fill(1);
    for (const method of ['krylov', 'chebyshev'] as const) {
      const { states, report } = core.evolve(large, psi, [], { method, maxProducts: 1 });
      expect([states.length, report.products]).toEqual([0, 0]);
      expect(() => core.evolve(large, psi, [0], { method, maxProducts: 1 })).toThrow(
        /^times\[0\]: is 0, which takes/,
      );
      expect(core.evolve(large, psi, [0], { method, maxProducts: 61 }).errors[0]).toBeLessThan(1e-13);
    }
  });
});

describe('results beyond the largest double', () => {
  test('of measurements are refused', () => {
    expect(() => core.expectation(huge, [1, 1])).toThrow(/^operator: .*largest double/);
    expect(() => core.matrixElements(huge, [1, 1])).toThrow(/^operator: .*largest double/);
    const large = diagonal(1e150, -1e150).scaled(1e50);
    expect(() => core.variance(large, [1, 1])).toThrow(/^operator: .*largest double/);
    // Its mean is a double.
    expect(core.expectation(large, [1, 2])[0] / -6e199).toBeCloseTo(1, 12);
  });

  test('of observables in time and at a temperature are refused by their place', () => {
    const h = diagonal(1, 2);
    const observables = [h, huge];
    for (const call of [
      () => core.evolve(h, [1, 1], [1], { observables }),
      () => core.evolveExact(h, [1, 1], [1], { observables }),
      () => core.typicality(h, { betas: [1], observables }),
    ]) {
      expect(call).toThrow(/^options\.observables\[1\]: .*largest double/);
    }
  });
});

describe.each([
  ['eigsh at an end', (h: Operator) => core.eigsh(h, { k: 1 })],
  ['eigsh inside', (h: Operator) => core.eigsh(h, { k: 1, which: { near: 0 } })],
  ['evolveExact', (h: Operator) => core.evolveExact(h, [1, 1], [1], { complex: false })],
  ['toDense', (h: Operator) => h.toDense()],
])('%s, as a dense matrix,', (_, call) => {
  test('refuses entries beyond the largest double', () => {
    expect(() => call(huge)).toThrow(/^operator: .*beyond the largest double/);
  });

  test('refuses a function that is not Hermitian', () => {
    const shift = core.operator({
      n: 2,
      multiply: (x, y) => {
        y[0] = x[1];
        y[1] = 0;
      },
    });
    expect(() => call(shift)).toThrow(/^operator: is not Hermitian/);
    const turn = core.operator({
      n: 2,
      complex: true,
      multiply: (x, y) => y.set([-x[1], x[0], x[2], x[3]]),
    });
    expect(() => call(turn)).toThrow(/^operator: is not Hermitian/);
  });
});
