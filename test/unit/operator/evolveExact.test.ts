// States in time by all eigenvectors, and averages over all times: against scipy, the other methods, and averages written out.
import { createCore, MemoryError, type Operator } from 'emft';
import { describe, expect, test } from 'vitest';
import { dynamicsCases } from '../../support/dynamics.js';

const core = await createCore();
const norm = (x: ArrayLike<number>) => Math.sqrt(Array.from(x).reduce((s, a) => s + a * a, 0));
const distance = (a: ArrayLike<number>, b: ArrayLike<number>) => norm(Array.from(a, (x, i) => x - b[i]));

describe.each(dynamicsCases)('$name', (one) => {
  const h = core.spins({ sites: one.sites, terms: one.terms });
  const a = core.spins({ sites: one.sites, terms: one.observable });

  test('has the states, the levels and the averages of scipy', () => {
    const options = { complex: true, observables: [a], states: true };
    const found = core.evolveExact(h, one.psi, one.times, options);
    one.times.forEach((_, j) => {
      const state = found.states.subarray(2 * h.n * j, 2 * h.n * (j + 1));
      expect(distance(state, one.states[j])).toBeLessThan(1e-12 * norm(one.psi));
      expect(Math.abs(found.expectations[0][j] - one.expectations[j])).toBeLessThan(1e-13);
    });
    expect(found.levels).toHaveLength(one.levels);
    expect(Math.abs(found.averages[0][0] - one.average)).toBeLessThan(1e-13);
    expect(found.drift).toBeLessThan(1e-13);
  });

  test('has the states of imaginary time', () => {
    const found = core.evolveExact(h, one.psi, one.imaginaryTimes, { complex: true, imaginary: true });
    one.imaginaryTimes.forEach((_, j) => {
      const state = found.states.subarray(2 * h.n * j, 2 * h.n * (j + 1));
      expect(distance(state, one.imaginaryStates[j])).toBeLessThan(1e-12 * norm(one.psi));
      expect(Math.abs(found.logNorms[j] - one.logNorms[j])).toBeLessThan(1e-12);
    });
  });
});

test('a chain of 10 is where Chebyshev and Krylov put it, to 1e-12, at t = 1000 too', () => {
  const sites = 10;
  const terms = ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] })),
  );
  const fields = Array.from({ length: sites }, (_, i) => ({ op: 'z', sites: [i], coefficient: i / 7 - 0.5 }));
  const h = core.spins({ sites, terms: [...terms, ...fields], sector: { up: 5 } });
  const psi = core.normals({ seed: 1 }, 2 * h.n);
  const times = [1, -30, 1000];
  const exact = core.evolveExact(h, psi, times, { complex: true });
  for (const method of ['chebyshev', 'krylov'] as const) {
    const found = core.evolve(h, psi, times, { complex: true, method });
    times.forEach((_, j) => {
      const part = (x: Float64Array) => x.subarray(2 * h.n * j, 2 * h.n * (j + 1));
      const far = distance(part(found.states), part(exact.states)) / norm(psi);
      expect(far).toBeLessThan(1e-12);
      expect(far).toBeLessThan(found.errors[j] + exact.errors[j]);
    });
  }
});

test.each([true, false])(
  'a state has the same bits whichever other times are asked for; imaginary: %s',
  (imaginary) => {
    const sites = 7;
    const terms = Array.from({ length: sites }, (_, i) => [
      { op: 'xx', sites: [i, (i + 1) % sites] },
      { op: 'z', sites: [i], coefficient: i + 1 },
    ]).flat();
    for (const one of [terms, [...terms, { op: 'xy', sites: [0, 2] }]]) {
      const h = core.spins({ sites, terms: one });
      const psi = core.normals({ seed: 8 }, h.complex ? 2 * h.n : h.n);
      const times = Float64Array.from({ length: 37 }, (_, j) => 0.1 * 1.1 ** j);
      const options = { imaginary, states: true, complex: h.complex };
      const all = core.evolveExact(h, psi, times, options).states;
      const length = all.length / times.length;
      for (let j = 0; j < times.length; j += 5) {
        const alone = core.evolveExact(h, psi, times.subarray(j, j + 1), options).states;
        expect(all.subarray(length * j, length * (j + 1))).toEqual(alone);
      }
    }
  },
);

test('imaginary time of a real operator and vector stays real, side by side with others', () => {
  const h = core.csr({
    n: 3,
    indptr: [0, 2, 5, 7],
    indices: [0, 1, 0, 1, 2, 1, 2],
    data: [2, -1, -1, 2, -1, -1, 2],
  });
  const psi = [1, 2, 3, 0, 1, 0];
  for (const found of [
    core.evolveExact(h, psi, [0.5, -2], { imaginary: true, complex: false }),
    core.evolve(h, psi, [0.5, -2], { imaginary: true, complex: false }),
    core.evolve(h, psi, [0.5, -2], { imaginary: true, complex: false, method: 'chebyshev' }),
  ]) {
    expect(found.states).toHaveLength(12);
    expect(found.columns).toBe(2);
    // From (0, 1, 0): the levels 2 ± √2 alone, in (1, ∓√2, 1)/2.
    const [a, b] = [Math.exp(-0.5 * (2 + Math.SQRT2)), Math.exp(-0.5 * (2 - Math.SQRT2))];
    const wanted = [(b - a) / (2 * Math.SQRT2), (a + b) / 2, (b - a) / (2 * Math.SQRT2)];
    const length = norm(wanted);
    expect(
      distance(
        found.states.subarray(3, 6),
        wanted.map((x) => x / length),
      ),
    ).toBeLessThan(1e-13);
    expect(Math.abs(found.logNorms[1] - Math.log(length))).toBeLessThan(1e-13);
  }
});

describe('averages over all times', () => {
  /** The mean of ⟨A⟩ over many times at random in a long interval. */
  const sampled = (h: Operator, a: Operator, psi: Float64Array) => {
    const times = core.uniforms({ seed: 3 }, 4000).map((t) => 1e5 * t);
    const [values] = core.evolveExact(h, psi, times, { observables: [a] }).expectations;
    return { mean: core.meanAndError(values).mean, error: core.meanAndError(values).error };
  };

  test('are those of many times, with levels that cross too', () => {
    const sites = 5;
    const terms = ['xx', 'yy', 'zz'].flatMap((op) =>
      Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] })),
    );
    const h = core.spins({ sites, terms });
    const a = core.spins({
      sites,
      terms: [
        { op: 'zz', sites: [0, 2] },
        { op: 'x', sites: [1] },
      ],
    });
    const psi = core.normals({ seed: 4 }, h.n);
    const { averages, levels } = core.evolveExact(h, psi, [], { observables: [a] });
    expect(levels.length).toBeLessThan(h.n);
    const { mean, error } = sampled(h, a, psi);
    expect(Math.abs(averages[0][0] - mean)).toBeLessThan(4 * error);
    // Level by level without the projectors it is another number.
    const loose = core.evolveExact(h, psi, [], { observables: [a], levelTolerance: 0 }).averages[0][0];
    expect(Math.abs(loose - mean)).toBeGreaterThan(10 * error);
  });

  test('of H = 0 and of one level are what they are at any time', () => {
    const zero = core.csr({ n: 2, indptr: [0, 0, 0], indices: [], data: [] });
    const x = core.csr({ n: 2, indptr: [0, 1, 2], indices: [1, 0], data: [1, 1] });
    const { averages, levels, states } = core.evolveExact(zero, [3, 4], [5, 1e300], {
      observables: [x],
      states: true,
    });
    expect(averages[0][0]).toBeCloseTo(24 / 25, 14);
    expect(levels).toEqual(Float64Array.of(0));
    expect(distance(states, [3, 0, 4, 0, 3, 0, 4, 0])).toBeLessThan(1e-14);
    expect(() => core.evolveExact(x, [1, 1], [0, 1e300])).toThrow(/^times\[1\]: is 1e\+300, at which phases/);
  });
});

test.each(['chebyshev', 'krylov'] as const)(
  'in H = 0 states stay as they are, however late, by %s too',
  (method) => {
    const sum = core.spins({ sites: 6, terms: [{ op: 'zz', sites: [0, 1] }] });
    const psi = core.normals({ seed: 9 }, sum.n);
    const options = { method, complex: false };
    for (const zero of [core.spins({ sites: 6, terms: [] }), sum.scaled(0), sum.plus(sum.scaled(-1))]) {
      const { states, times } = core.evolve(zero, psi, [1e300, -1e200], options);
      expect(times).toEqual(Float64Array.of(1e300, -1e200));
      const pairs = Array.from(psi, (x) => [x, 0]).flat();
      expect(distance(states, [...pairs, ...pairs])).toBeLessThan(1e-13);
      const imaginary = core.evolve(zero, psi, [1e305], { ...options, imaginary: true });
      expect(distance(imaginary.states, psi)).toBeLessThan(1e-13);
      expect(imaginary.logNorms).toEqual(Float64Array.of(0));
    }
  },
);

test('what does not fit is refused before the first product', () => {
  let calls = 0;
  const large = core.operator({ n: 2 ** 16, multiply: () => void ++calls });
  const psi = new Float64Array(large.n).fill(1);
  expect(() => core.evolveExact(large, psi, [1])).toThrow(MemoryError);
  const wide = core.operator({ n: 2 ** 23, multiply: () => void ++calls });
  expect(() => core.typicality(wide, { betas: [1] })).toThrow(MemoryError);
  expect(() => core.evolve(wide, new Float64Array(wide.n).fill(1), [1], { method: 'krylov' })).toThrow(
    MemoryError,
  );
  expect(calls).toBe(0);
});

describe('imaginary time of states without the lowest levels', () => {
  const steps = Array.from({ length: 11 }, (_, k) => k / 10);

  test.each([10, 100, 1000, 1e4, 1e200])('is the decay of what there is, of |H| = %g', (size) => {
    const levels = [-size, -size / 2, size / 4, size];
    const h = core.csr({
      n: 4,
      indptr: [0, 1, 2, 3, 4],
      indices: [0, 1, 2, 3],
      data: levels.map((e) => e / size),
    });
    const found = core.evolveExact(h.scaled(size), [0, 0, 1, 1], steps, { imaginary: true });
    steps.forEach((t, j) => {
      const rest = Math.exp(-0.75 * size * t);
      const log = -0.25 * size * t + 0.5 * Math.log((1 + rest * rest) / 2);
      expect(Math.abs(found.logNorms[j] - log)).toBeLessThanOrEqual(1e-14 * Math.max(1, size));
      const length = Math.SQRT2 / Math.sqrt(1 + rest * rest);
      const state = found.states.subarray(4 * j, 4 * (j + 1));
      expect(distance(state, [0, 0, length, length * rest])).toBeLessThan(
        1e-14 * Math.max(1, size * t * rest),
      );
    });
    // Rounding would have brought the lowest level back, and says so.
    expect(found.errors[0]).toBeLessThan(1e-14);
    if (size >= 100) expect(found.errors[10]).toBe(2);
  });

  test('of a ferromagnet beside singlets far below, and of both directions of time', () => {
    const sites = 6;
    const bonds = (op: string) =>
      Array.from({ length: sites - 1 }, (_, i) => ({ op, sites: [i, i + 1], coefficient: 2000 }));
    const h = core.spins({ sites, terms: ['xx', 'yy', 'zz'].flatMap(bonds) });
    const psi = new Float64Array(h.n);
    psi[0] = 1;
    for (const sign of [1, -1]) {
      const found = core.evolveExact(sign > 0 ? h : h.scaled(-1), psi, [sign], {
        imaginary: true,
        observables: [h],
      });
      expect(Math.abs(found.logNorms[0] + 2500)).toBeLessThan(1e-9);
      expect(Math.abs(found.expectations[0][0] - 2500)).toBeLessThan(1e-9);
    }
  });
});
