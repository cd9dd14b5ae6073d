// States in time: against scipy's exponentials, the whole decomposition, and what holds for every Hamiltonian.
import { createCore, InputError, type Operator } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dynamicsCases } from '../../support/dynamics.js';

const core = await createCore();
const METHODS = ['chebyshev', 'krylov'] as const;

const norm = (x: ArrayLike<number>) => Math.sqrt(Array.from(x).reduce((s, a) => s + a * a, 0));
const distance = (a: ArrayLike<number>, b: ArrayLike<number>) => norm(Array.from(a, (x, i) => x - b[i]));
const chain = (sites: number, up?: number) =>
  core.spins({
    sites,
    terms: [
      ...['xx', 'yy', 'zz'].flatMap((op) =>
        Array.from({ length: sites - 1 }, (_, i) => ({ op, sites: [i, i + 1] })),
      ),
      ...Array.from({ length: sites }, (_, i) => ({ op: 'z', sites: [i], coefficient: Math.sin(3 * i) })),
    ],
    ...(up === undefined ? {} : { sector: { up } }),
  });

/** e^{−iHt} ψ of a real H by its eigenvectors. */
function byVectors(h: Operator, psi: Float64Array, t: number): Float64Array {
  const { n } = h;
  const { values, vectors } = core.eigh(h.toDense(), n);
  const out = new Float64Array(2 * n);
  values.forEach((e, j) => {
    const v = vectors.subarray(n * j, n * (j + 1));
    const c = v.reduce((s, x, i) => s + x * psi[i], 0);
    v.forEach((x, i) => {
      out[2 * i] += x * c * Math.cos(e * t);
      out[2 * i + 1] -= x * c * Math.sin(e * t);
    });
  });
  return out;
}

describe.each(dynamicsCases)('$name', (one) => {
  const h = core.spins({ sites: one.sites, terms: one.terms });
  const a = core.spins({ sites: one.sites, terms: one.observable });

  test.each(METHODS)('has the states of scipy, by %s', (method) => {
    const options = { method, complex: true, observables: [a], states: true };
    const found = core.evolve(h, one.psi, one.times, options);
    const length = norm(one.psi);
    one.times.forEach((_, j) => {
      const state = found.states.subarray(2 * h.n * j, 2 * h.n * (j + 1));
      expect(distance(state, one.states[j])).toBeLessThan(1e-12 * length);
      expect(Math.abs(found.expectations[0][j] - one.expectations[j])).toBeLessThan(1e-13);
      expect(Math.abs(found.logNorms[j])).toBeLessThan(1e-14);
    });
    expect(found.drift).toBeLessThan(1e-14);
  });

  test.each(METHODS)('has the states of imaginary time of scipy, by %s', (method) => {
    const found = core.evolve(h, one.psi, one.imaginaryTimes, { method, complex: true, imaginary: true });
    const length = norm(one.psi);
    one.imaginaryTimes.forEach((_, j) => {
      const state = found.states.subarray(2 * h.n * j, 2 * h.n * (j + 1));
      expect(distance(state, one.imaginaryStates[j])).toBeLessThan(1e-12 * length);
      expect(Math.abs(found.logNorms[j] - one.logNorms[j])).toBeLessThan(1e-12);
    });
  });
});

describe('long times', () => {
  test.each(METHODS)('of a chain of 10 are those of its eigenvectors, within the error, by %s', (method) => {
    const h = chain(10, 5);
    const psi = core.normals({ seed: 1 }, h.n);
    const times = [0.01, 1, -3, 10, 100, 1000];
    const found = core.evolve(h, psi, times, { method });
    times.forEach((t, j) => {
      const state = found.states.subarray(2 * h.n * j, 2 * h.n * (j + 1));
      const far = distance(state, byVectors(h, psi, t)) / norm(psi);
      expect(far).toBeLessThan(1e-12);
      expect(far).toBeLessThan(found.errors[j]);
    });
  });

  test('of a chain of 16 keep the length to 1e-12 at t = 1000, and lead back', () => {
    const h = chain(16, 8);
    const psi = new Float64Array(h.n);
    psi[5000] = 1;
    const there = core.evolve(h, psi, [1000], { observables: [h], states: true });
    expect(there.drift).toBeLessThan(1e-12);
    expect(there.errors[0]).toBeLessThan(1e-11);
    const energy = h.multiply(psi)[5000];
    expect(Math.abs(there.expectations[0][0] - energy)).toBeLessThan(1e-12);
    const back = core.evolve(h, there.states, [-1000], { complex: true });
    expect(
      distance(
        back.states.filter((_, i) => i % 2 === 0),
        psi,
      ),
    ).toBeLessThan(1e-12);
  }, 120_000);
});

describe('times', () => {
  test('in any order, repeated and of both signs, give what each alone gives', () => {
    const h = chain(6);
    const psi = core.normals({ seed: 2 }, h.n);
    const times = [3, -1, 0, 40, 3, -20, 0.5];
    for (const method of METHODS) {
      const all = core.evolve(h, psi, times, { method });
      times.forEach((t, j) => {
        const alone = core.evolve(h, psi, [t], { method });
        const state = all.states.subarray(2 * h.n * j, 2 * h.n * (j + 1));
        expect(distance(state, alone.states)).toBeLessThan(1e-12 * norm(psi));
      });
      expect(all.states.subarray(0, 2 * h.n)).toEqual(all.states.subarray(8 * h.n, 10 * h.n));
    }
    expect(core.evolve(h, psi, []).states).toHaveLength(0);
  });

  test('beyond what can be known or paid for are refused by their place', () => {
    const h = chain(5);
    const psi = core.normals({ seed: 3 }, h.n);
    for (const method of METHODS) {
      expect(() => core.evolve(h, psi, [1, -1e300], { method })).toThrow(/^times\[1\]: is -1e\+300/);
      expect(() => core.evolve(h, psi, [1, 1e4], { method, maxProducts: 1000 })).toThrow(/maxProducts, 1000/);
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
        expect(() => core.evolve(h, psi, [0, bad], { method })).toThrow(InputError);
      }
    }
  });
});

describe('vectors', () => {
  test('side by side give the bits of each alone', () => {
    const h = chain(7, 3);
    const [times, columns] = [[0.7, 2], 3];
    const psi = core.normals({ seed: 4 }, 2 * h.n * columns);
    const all = core.evolve(h, psi, times, { complex: true, observables: [h], states: true });
    for (let c = 0; c < columns; ++c) {
      const own = psi.subarray(2 * h.n * c, 2 * h.n * (c + 1));
      const alone = core.evolve(h, own, times, { complex: true, observables: [h], states: true });
      times.forEach((_, j) => {
        const at = 2 * h.n * (j * columns + c);
        expect(all.states.subarray(at, at + 2 * h.n)).toEqual(
          alone.states.subarray(2 * h.n * j, 2 * h.n * (j + 1)),
        );
        expect(all.expectations[0][j * columns + c]).toBe(alone.expectations[0][j]);
      });
    }
  });

  test('of any length, and operators of any size, are treated alike', () => {
    const h = chain(5);
    const psi = core.normals({ seed: 5 }, h.n);
    const plain = core.evolve(h, psi, [2]).states;
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 400 }), fc.integer({ min: -400, max: 400 }), (k, m) => {
        const scaled = core.evolve(
          h.scaled(2 ** k),
          psi.map((x) => x * 2 ** m),
          [2 * 2 ** -k],
        );
        expect(scaled.states).toEqual(plain.map((x) => x * 2 ** m));
      }),
      { numRuns: 30 },
    );
  });
});

describe('special Hamiltonians', () => {
  const empty = { n: 3, indptr: [0, 0, 0, 0], indices: [], data: [] };
  const psi = [1, 2, -2];

  test.each(METHODS)('zero, one, and of order 1, by %s', (method) => {
    const still = core.evolve(core.csr(empty), psi, [7, -1e6], { method });
    still.states.forEach((x, i) => {
      expect(Math.abs(x - (i % 2 === 0 ? psi[(i % 6) / 2] : 0))).toBeLessThan(2e-14);
    });
    const one = core.operator({ n: 3, multiply: (x, y) => y.set(x) });
    for (const t of [Math.PI / 3, 1e5, -20]) {
      core.evolve(one, psi, [t], { method }).states.forEach((x, i) => {
        const wanted = psi[i >> 1] * (i % 2 === 0 ? Math.cos(t) : -Math.sin(t));
        expect(Math.abs(x - wanted)).toBeLessThan(method === 'krylov' ? 4e-15 : 2e-12);
      });
    }
    const only = core.csr({ n: 1, indptr: [0, 1], indices: [0], data: [-3] });
    const { states } = core.evolve(only, [2], [0.25], { method });
    expect(distance(states, [2 * Math.cos(0.75), 2 * Math.sin(0.75)])).toBeLessThan(4e-15);
  });

  test('a spectrum far from zero has the phases of its energies to the last digits they have', () => {
    const far = chain(4).shifted(2 ** 20);
    const near = chain(4);
    const x = core.normals({ seed: 6 }, far.n);
    const z = core.spins({ sites: 4, terms: [{ op: 'x', sites: [1] }] });
    const options = { observables: [z] };
    const [a, b] = [core.evolve(far, x, [3], options), core.evolve(near, x, [3], options)];
    expect(Math.abs(a.expectations[0][0] - b.expectations[0][0])).toBeLessThan(1e-9);
  });
});

describe('what is wrong is named, and the core goes on', () => {
  const h = chain(4);
  const psi = core.normals({ seed: 7 }, h.n);
  const wrong = [
    [
      'not Hermitian',
      /^operator: is not Hermitian/,
      (x: Float64Array, y: Float64Array) => y.set(x.map((_, i) => x[(i + 1) % 4])),
    ],
    [
      'NaN',
      /^operator\.multiply: wrote NaN to y\[0\]/,
      (_: Float64Array, y: Float64Array) => y.fill(Number.NaN),
    ],
    [
      'throws',
      /^operator\.multiply: threw: mine$/,
      () => {
        throw new Error('mine');
      },
    ],
  ] as const;

  test.each(wrong)('a function: %s', (_, message, multiply) => {
    const before = core.evolve(h, psi, [1]).states;
    const bad = core.operator({ n: 4, multiply: (x, y) => void multiply(x, y) });
    for (const method of METHODS) {
      expect(() => core.evolve(bad, [1, 2, 3, 4], [1], { method })).toThrow(message);
    }
    expect(core.evolve(h, psi, [1]).states).toEqual(before);
  });

  test('an anti-Hermitian number of order 1', () => {
    const turn = core.operator({ n: 1, complex: true, multiply: (x, y) => y.set([-x[1], x[0]]) });
    for (const method of METHODS) {
      expect(() => core.evolve(turn, [1, 0], [1], { method })).toThrow(/^operator: is not Hermitian/);
    }
  });

  test('vectors, observables and options', () => {
    const evolve = core.evolve as (...args: unknown[]) => unknown;
    expect(() => evolve(h, psi.subarray(1), [1])).toThrow(/^psi: expected a whole number of vectors of 16/);
    expect(() => evolve(h, new Float64Array(16), [1])).toThrow(/^psi: vector 0 is zero/);
    expect(() => evolve(h, [], [1])).toThrow(/^psi: /);
    expect(() => evolve(h, psi, [1], { observables: [chain(3)] })).toThrow(
      /^options\.observables\[0\]: expected an operator of order 16, got 8/,
    );
    expect(() => evolve(h, psi, [1], { observables: h })).toThrow(/^options\.observables: /);
    expect(() => evolve(h, psi, [1], { tolerance: 0 })).toThrow(/^options\.tolerance: /);
    expect(() => evolve({}, psi, [1])).toThrow(/^operator: /);
    expect(() => evolve(core.csr({ n: 0, indptr: [0], indices: [], data: [] }), [], [1])).toThrow(
      /^operator: has order 0/,
    );
  });
});

test('bounds of the spectrum that miss a level are widened', () => {
  // While it is seen what H writes and whether it is linear, and bounds are sought, in 61 products of pairs, the last level hides; a state that is in it grows as no polynomial within the bounds does.
  const n = 60;
  let calls = 0;
  const h = core.operator({
    n,
    multiply: (x, y) => {
      const hidden = calls++ < 2 * 61 + 4 ? 0 : 2;
      for (let i = 0; i < n; ++i) y[i] = (i / n + (i === n - 1 ? hidden : 0)) * x[i];
    },
  });
  const psi = new Float64Array(n);
  psi[n - 1] = 1;
  const { states, report } = core.evolve(h, psi, [50], { method: 'chebyshev' });
  expect(report.products).toBeGreaterThan(200);
  const t = 50 * ((n - 1) / n + 2);
  expect(distance(states.subarray(2 * n - 2), [Math.cos(t), -Math.sin(t)])).toBeLessThan(1e-13);
});

test('imaginary time by default lost a magnon in the rounding of the levels of other sectors, to which it cannot go', () => {
  const sites = 8;
  const ring = core.spins({
    sites,
    terms: ['xx', 'yy', 'zz'].flatMap((op) =>
      Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] })),
    ),
  });
  // One spin down at site 0: of energy sites/4 − 1 + cos k by its waves.
  const psi = new Float64Array(ring.n);
  psi[1] = 1;
  const found = core.evolve(ring, psi, [10, 30], { imaginary: true, observables: [ring] });
  [10, 30].forEach((t, j) => {
    const energies = Array.from(
      { length: sites },
      (_, k) => sites / 4 - 1 + Math.cos((2 * Math.PI * k) / sites),
    );
    const weights = energies.map((e) => Math.exp(-2 * t * e));
    const mean = energies.reduce((s, e, k) => s + e * weights[k], 0) / weights.reduce((s, w) => s + w, 0);
    expect(Math.abs(found.expectations[0][j] - mean)).toBeLessThan(1e-13);
  });
  expect(found.report.method).toBe('krylov');
});
