// Operators in states: against numpy, sectors against the whole space, and what holds for every state.
import { createCore, type SpinOperator } from 'emft';
import { describe, expect, test } from 'vitest';
import { dynamicsCases } from '../../support/dynamics.js';

const core = await createCore();
const far = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);
const pairsOf = ({ values, imaginary }: { values: Float64Array; imaginary: Float64Array }) =>
  Array.from({ length: 2 * values.length }, (_, k) => (k % 2 === 0 ? values : imaginary)[k >> 1]);

describe.each(dynamicsCases)('$name', (one) => {
  const a = core.spins({ sites: one.sites, terms: one.observable });
  const psi = Float64Array.from(one.psi);
  const complex = true;

  test('has the expectation values, variances and elements of numpy', () => {
    const states = Float64Array.from(one.states.flat());
    expect(far(core.expectation(a, states, { complex }), one.expectations)).toBeLessThan(1e-13);
    expect(Math.abs(core.variance(a, psi, { complex })[0] - one.variance)).toBeLessThan(1e-14);
    const elements = core.matrixElements(a, states, { complex });
    const k = one.times.length;
    expect(far(elements.subarray(2, 4), one.element)).toBeLessThan(1e-11);
    for (let i = 0; i < k; ++i) {
      for (let j = 0; j < k; ++j) {
        expect(Math.abs(elements[2 * (i * k + j)] - elements[2 * (j * k + i)])).toBeLessThan(1e-12);
        expect(Math.abs(elements[2 * (i * k + j) + 1] + elements[2 * (j * k + i) + 1])).toBeLessThan(1e-12);
      }
    }
  });

  test('has the correlations, the density matrix and the participation entropies of numpy', () => {
    for (const { op, values, connected } of one.correlations) {
      expect(far(pairsOf(core.correlations(a, psi, { op, complex })), values)).toBeLessThan(1e-14);
      const joined = core.correlations(a, psi, { op, complex, connected: true });
      expect(far(pairsOf(joined), connected)).toBeLessThan(1e-14);
    }
    const rho = core.reducedDensityMatrix(psi, { subsystem: one.inside, complex });
    expect(far(rho, one.density)).toBeLessThan(1e-15);
    for (const [order, wanted] of one.participation) {
      expect(Math.abs(core.participationEntropy(psi, { order, complex })[0] - wanted)).toBeLessThan(1e-13);
    }
  });
});

describe('states of sectors', () => {
  const sites = 8;
  const terms = ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] })),
  );
  const turn = Array.from({ length: sites }, (_, i) => (i + 1) % sites);
  const sectors: [string, SpinOperator][] = [
    ['a number of up spins', core.spins({ sites, terms, sector: { up: 3 } })],
    [
      'a real momentum',
      core.spins({ sites, terms, sector: { up: 4, symmetries: [{ permutation: turn, character: -1 }] } }),
    ],
    [
      'a complex momentum',
      core.spins({ sites, terms, sector: { up: 3, symmetries: [{ permutation: turn, character: [0, 1] }] } }),
    ],
  ];

  test.each(sectors)('%s: have the correlations of the whole space', (_, sector) => {
    const whole = core.spins({ sites, terms });
    for (const complex of sector.complex ? [true] : [true, false]) {
      const psi = core.normals({ seed: 1 }, sector.n * (complex ? 2 : 1) * 2);
      const embedded = sector.embed(psi, 2, complex);
      for (const op of ['zz', '+-', 'xy']) {
        const options = { op, complex, connected: op === 'zz' };
        const found = core.correlations(sector, psi, options);
        const wanted = core.correlations(whole, embedded, options);
        expect(far(found.values, wanted.values)).toBeLessThan(1e-14);
        expect(far(found.imaginary, wanted.imaginary)).toBeLessThan(1e-14);
      }
    }
  });

  test('in the ground state of the ring of 8 neighbours add up to its energy', () => {
    const ring = sectors[1][1];
    const all = core.spins({ sites, terms, sector: { up: 4 } });
    const { values, vectors } = core.eigsh(all, { k: 1 });
    const sum = ['xx', 'yy', 'zz'].reduce((total, op) => {
      const found = core.correlations(all, vectors, { op }).values;
      return (
        total +
        Array.from({ length: sites }, (_, i) => found[i * sites + ((i + 1) % sites)]).reduce((a, b) => a + b)
      );
    }, 0);
    expect(Math.abs(sum - values[0])).toBeLessThan(1e-12);
    expect(core.variance(all, vectors)[0]).toBeLessThan(1e-24);
    expect(ring.n).toBeLessThan(all.n);
  });
});

test('elements between eigenvectors are diagonal for H, and those that spectralFunction takes for others', () => {
  const h = core.spins({
    sites: 6,
    terms: Array.from({ length: 6 }, (_, i) => [
      { op: 'xx', sites: [i, (i + 1) % 6] },
      { op: 'z', sites: [i], coefficient: i / 3 },
    ]).flat(),
  });
  const { values, vectors } = core.eigh(h.toDense(), h.n);
  const own = core.matrixElements(h, vectors, { complex: false });
  own.forEach((x, p) => {
    const wanted = p % (h.n + 1) === 0 ? values[p / (h.n + 1)] : 0;
    expect(Math.abs(x - wanted)).toBeLessThan(1e-13);
  });
  const z = core.spins({ sites: 6, terms: [{ op: 'z', sites: [2] }] });
  const elements = core.matrixElements(z, vectors, { complex: false });
  // Σ_n |⟨m|z|n⟩|² = ⟨m|z²|m⟩.
  for (let m = 0; m < h.n; ++m) {
    const row = elements.subarray(m * h.n, (m + 1) * h.n);
    expect(Math.abs(row.reduce((s, x) => s + x * x, 0) - 0.25)).toBeLessThan(1e-14);
  }
  expect(core.spectralFunction(values, elements, [-1, 0, 1]).density.every(Number.isFinite)).toBe(true);
});

test('states of any size, and one site', () => {
  const one = core.spins({ sites: 1, terms: [] });
  const x = core.spins({ sites: 1, terms: [{ op: 'x', sites: [0] }] });
  for (const scale of [1e-300, 1, 1e140]) {
    expect(far(core.expectation(x, [scale, scale]), [0.5])).toBeLessThan(1e-15);
    expect(far(core.correlations(one, [scale, scale], { op: 'xx' }).values, [0.25])).toBeLessThan(1e-15);
    expect(far(core.participationEntropy([scale, scale, 0]), [Math.log(2)])).toBeLessThan(1e-15);
    expect(
      far(
        core.reducedDensityMatrix([scale, 0, 0, scale], { subsystem: [1], complex: false }),
        [0.5, 0, 0, 0.5],
      ),
    ).toBeLessThan(1e-15);
  }
  expect(core.correlations(one, [1, 0], { op: 'xy' }).imaginary[0]).toBe(0.25);
  expect(core.participationEntropy([1, 1, 1, 0], { length: 2, order: 0, complex: false })).toEqual(
    Float64Array.of(Math.log(2), 0),
  );
});

test('what is wrong is named', () => {
  const h = core.spins({ sites: 2, terms: [] });
  const call = core as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const name of ['expectation', 'variance', 'matrixElements', 'correlations']) {
    expect(() => call[name](h, [1, 2, 3])).toThrow(
      /^states: expected a whole number of vectors of 4 numbers, got 3/,
    );
    expect(() => call[name](h, [0, 0, 0, 0])).toThrow(/^states: vector 0 is zero/);
    expect(() => call[name]({}, [1])).toThrow(/^operator: /);
  }
  expect(() => call.correlations(h.scaled(2), [1, 0, 0, 0])).toThrow(/^operator: expected one made by spins/);
  expect(() => call.correlations(h, [1, 0, 0, 0], { op: 'zzz' })).toThrow(
    /^options\.op: expected two letters/,
  );
  expect(core.participationEntropy([])).toHaveLength(0);
  expect(() => call.participationEntropy([1, 0], { length: 3 })).toThrow(/^states: /);
});

describe('blocks of vectors', () => {
  const sites = 8;
  const terms = ['xx', 'yy', 'zz', 'z'].flatMap((op) =>
    Array.from({ length: sites }, (_, i) => ({
      op,
      sites: op === 'z' ? [i] : [i, (i + 1) % sites],
      coefficient: 1 + i / 7,
    })),
  );
  const free = core.spins({ sites, terms });
  const sparse = core.spins({ sites, terms, storage: 'csr' });
  const turned = core.spins({ sites, terms: [...terms, { op: 'xy', sites: [0, 3] }] });
  const { n } = free;
  const counts: number[] = [];
  const many = core.operator({
    n,
    multiply: (x, y, columns) => {
      counts.push(columns);
      for (let c = 0; c < columns; ++c) y.set(free.multiply(x.slice(c * n, (c + 1) * n)), c * n);
    },
  });
  const single = core.operator({ n, multiply: (x, y) => y.set(free.multiply(x)) });
  const operators = { free, sparse, turned, many, single, sum: many.plus(sparse).scaled(0.3).shifted(2) };
  const columns = 37;

  test.each(Object.entries(operators))('%s: have the bits of one by one', (_, a) => {
    for (const complex of a.complex ? [true] : [false, true]) {
      const length = n * (complex ? 2 : 1);
      const psi = core.normals({ seed: 7 }, length * columns);
      const each = (k: number) => psi.slice(k * length, (k + 1) * length);
      const products = a.multiply(psi, columns, complex);
      const [means, variances] = [core.expectation(a, psi, { complex }), core.variance(a, psi, { complex })];
      for (let k = 0; k < columns; ++k) {
        expect(products.subarray(k * length, (k + 1) * length)).toEqual(a.multiply(each(k), 1, complex));
        expect(means[k]).toBe(core.expectation(a, each(k), { complex })[0]);
        expect(variances[k]).toBe(core.variance(a, each(k), { complex })[0]);
      }
      const elements = core.matrixElements(a, psi, { complex });
      expect(elements).toHaveLength((complex ? 2 : 1) * columns * columns);
    }
  });

  test('reach a function of three parameters as blocks, and one of two one by one', () => {
    const psi = core.normals({ seed: 8 }, n * columns);
    for (const call of [
      () => many.multiply(psi, columns),
      () => core.expectation(many, psi),
      () => core.matrixElements(many, psi),
    ]) {
      counts.length = 0;
      call();
      expect(counts).toEqual([16, 16, 5]);
    }
    expect(core.matrixElements(single, psi)).toEqual(core.matrixElements(many, psi));
  });
});
