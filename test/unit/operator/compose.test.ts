// Sums, multiples and shifts: those that cancel leave nothing, and operators on other vectors are refused.
import { createCore, InputError, type SpinSector } from 'emft';
import { describe, expect, test } from 'vitest';
import { ring, ringLevels } from '../../support/graphs.js';

const core = await createCore();
const n = 300;
const levels = ringLevels(n);

const closed = core.operator({
  n,
  multiply(x, y) {
    for (let i = 0; i < n; ++i) y[i] = -x[(i + 1) % n] - x[(i + n - 1) % n];
  },
});

describe('shifts that cancel cost no digits', () => {
  test.each([
    ['rows', () => ring(core, n).shifted(1e9).plus(ring(core, n).shifted(-1e9))],
    ['a function', () => closed.shifted(1e9).plus(ring(core, n).shifted(-1e9))],
    ['after factors', () => closed.scaled(0.3).shifted(1e12).plus(ring(core, n).scaled(1.7)).shifted(-1e12)],
    ['one after the other', () => closed.scaled(2).shifted(1e9).shifted(0.1).shifted(-1e9).shifted(-0.1)],
    ['before factors', () => closed.shifted(1e15).scaled(2).shifted(-2e15)],
  ])('%s', (_, make) => {
    const h = make();
    const found = core.eigsh(h, { k: 3, method: 'lanczos' });
    expect(found.converged).toBe(true);
    for (let k = 0; k < 3; ++k) expect(Math.abs(found.values[k] - 2 * levels[k])).toBeLessThan(1e-11);
    const inside = core.eigsh(h, { k: 4, which: { near: 0.41 }, method: 'filtered' });
    expect(inside.converged).toBe(true);
    for (const x of inside.values) {
      expect(Math.min(...levels.map((e) => Math.abs(2 * e - x)))).toBeLessThan(1e-11);
    }
    const x = core.normals({ seed: 3 }, n);
    const [product, plain] = [h.multiply(x), closed.multiply(x)];
    for (let i = 0; i < n; ++i) expect(Math.abs(product[i] - 2 * plain[i])).toBeLessThan(1e-13);
  });

  test('multiples of one operator too', () => {
    const h = closed.scaled(1e12).plus(ring(core, n)).plus(closed.scaled(-1e12));
    const { values } = core.eigsh(h, { k: 2, method: 'lanczos' });
    expect(Math.abs(values[0] - levels[0])).toBeLessThan(1e-12);
    const nothing = closed.plus(closed.scaled(-1)).shifted(2);
    expect(nothing.multiply(new Float64Array(n).fill(1)).every((x) => x === 2)).toBe(true);
    for (const x of core.eigsh(nothing, { k: 3 }).values) expect(Math.abs(x - 2)).toBeLessThan(1e-14);
  });
});

describe('operators in different sectors', () => {
  const [sites, terms] = [
    8,
    ['xx', 'yy', 'zz'].flatMap((op) =>
      Array.from({ length: 8 }, (_, i) => ({ op, sites: [i, (i + 1) % 8] })),
    ),
  ];
  const spins = (sector?: SpinSector) => core.spins({ sites, terms, sector });
  const turn = Array.from({ length: sites }, (_, i) => (i + 1) % sites);
  const momentum = (k: number): SpinSector => ({
    up: 4,
    symmetries: [
      { permutation: turn, character: [Math.cos((k * Math.PI) / 4), Math.sin((k * Math.PI) / 4)] },
    ],
  });

  test('of one order are refused wherever they stand beside one another', () => {
    for (const [one, other] of [
      [spins({ up: 3 }), spins({ up: 5 })],
      [spins(momentum(1)), spins(momentum(3))],
    ]) {
      expect(one.n).toBe(other.n);
      const psi = new Float64Array(2 * one.n).fill(1);
      const observables = [other];
      for (const call of [
        () => one.plus(other),
        () => one.scaled(2).plus(other.shifted(1)),
        () => core.evolve(one, psi, [1], { complex: true, observables }),
        () => core.typicality(one, { betas: [1], observables }),
        () => core.bathRate(one, [other]),
      ]) {
        expect(call).toThrow(InputError);
        expect(call).toThrow(/expected an operator in the same sector/);
      }
    }
  });

  test('in the same one, however it is generated, and rows of that order are not', () => {
    const back = turn.map((_, i) => (i + 7) % 8);
    const other = core.spins({
      sites,
      terms,
      sector: { up: 4, symmetries: [{ permutation: back, character: [Math.SQRT1_2, -Math.SQRT1_2] }] },
    });
    const h = spins(momentum(1));
    expect(h.plus(other).scaled(0.5).toDense()).toEqual(h.toDense());
    expect(spins({ up: 3 }).plus(ring(core, 56)).n).toBe(56);
  });
});

describe('vectors', () => {
  const sites = 8;
  const terms = ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] })),
  );
  const permutation = Array.from({ length: sites }, (_, i) => (i + 1) % sites);
  const whole = core.spins({ sites, terms });
  test.each<[string, SpinSector]>([
    ['all configurations', {}],
    ['three spins up', { up: 3 }],
    ['momentum π/4', { up: 4, symmetries: [{ permutation, character: [Math.SQRT1_2, Math.SQRT1_2] }] }],
    [
      'momentum π, flipped',
      {
        symmetries: [
          { permutation, character: -1 },
          { flip: true, character: 1 },
        ],
      },
    ],
  ])('of %s come back from the whole space, and H does not lead out', (_, sector) => {
    const h = core.spins({ sites, terms, sector });
    const width = h.complex ? 2 : 1;
    const x = core.normals({ seed: 9 }, 3 * width * h.n);
    const embedded = h.embed(x, 3);
    const back = h.project(embedded);
    expect(back.length).toBe(x.length);
    for (let i = 0; i < x.length; ++i) expect(Math.abs(back[i] - x[i])).toBeLessThan(1e-14);
    const inside = h.multiply(x, 3);
    const outside = h.project(whole.multiply(embedded, 3, h.complex), 3, h.complex);
    for (let i = 0; i < x.length; ++i) expect(Math.abs(outside[i] - inside[i])).toBeLessThan(1e-13);
    expect(() => h.project(new Float64Array(5))).toThrow(InputError);
  });

  test('of a result by their place, real and complex', () => {
    const complex = core.spins({
      sites,
      terms,
      sector: { up: 4, symmetries: [{ permutation, character: [0, 1] }] },
    });
    for (const h of [whole, complex]) {
      const length = h.complex ? 2 * h.n : h.n;
      const found = core.eigsh(h, { k: 3 });
      expect(found.vector(2)).toEqual(found.vectors.subarray(2 * length, 3 * length));
      expect(h.embed(found.vector(1)).length).toBe(h.complex ? 512 : 256);
      expect(() => found.vector(3)).toThrow(InputError);
      expect(() => core.eigsh(h, { k: 3, vectors: false }).vector(0)).toThrow(/were not computed/);
    }
  });
});

test('a count with an end far outside of the spectrum counts up to there, on either side', () => {
  const h = ring(core, n);
  for (const [from, to] of [
    [0.5, 1e300],
    [-1e300, 0.5],
    [1e299, 1e300],
    [-Number.MAX_VALUE, Number.MAX_VALUE],
  ]) {
    const inside = levels.filter((e) => e >= from && e <= to).length;
    const { converged, report } = core.eigsh(h, {
      which: { interval: [from, to] },
      count: true,
      vectors: false,
    });
    expect(converged).toBe(true);
    expect(report.count).toMatchObject({ by: 'inertia', found: inside, counted: inside });
  }
});

describe('factors and shifts whose products are beyond the doubles on the way', () => {
  const three = (size: number) =>
    core.csr({ n: 3, indptr: [0, 1, 2, 3], indices: [0, 1, 2], data: [size, 2 * size, 3 * size] });
  const chain = (operator: ReturnType<typeof three>, factors: number[]) =>
    factors.reduce((so, factor) => so.scaled(factor), operator);
  const levels = (operator: ReturnType<typeof three>) => core.eigsh(operator, { k: 3 }).values;

  test.each([
    [1e-200, 1e-200, 1e200, 1e200],
    [1e-160, 1e-160, 1e160, 1e160],
    [1e200, 1e200, 1e-200, 1e-200],
  ])('a shift of 5, times %d, %d, %d, %d', (...factors) => {
    const values = levels(chain(three(1).shifted(5), factors));
    [6, 7, 8].forEach((x, k) => {
      expect(Math.abs(values[k] / x - 1)).toBeLessThan(1e-14);
    });
  });

  test.each([
    [1e149, [1e-200, 1e-200], 1e-251],
    [1e149, [1e-290, 1e-90], 1e-231],
    [1e-300, [1e300, 1e300], 1e300],
    [1e-200, [1e250, 1e250], 1e300],
  ] as const)('entries of %d times %j', (size, factors, scale) => {
    const operator = chain(three(size), [...factors]);
    for (const values of [levels(operator), operator.toDense().filter((x) => x !== 0)]) {
      [1, 2, 3].forEach((x, k) => {
        expect(Math.abs(values[k] / scale / x - 1)).toBeLessThan(1e-13);
      });
    }
  });

  test('shifts of which part of the sum is beyond the doubles', () => {
    const shifts = [1e308, 1e308, -1e308, -1e308];
    const values = levels(shifts.reduce((so, by) => so.shifted(by), three(1)));
    expect(Array.from(values, Math.round)).toEqual([1, 2, 3]);
  });
});
