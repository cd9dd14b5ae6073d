// Eigenpairs inside spectra: windows and intervals have every copy of their levels, or say that they are cut; real and complex
// operators against dense solvers; sizes that overflow; threads.
import { createCore, InputError, type Operator } from 'emft';
import { describe, expect, test } from 'vitest';
import { checkInterval, checkNear } from '../../support/eigshChecks.js';
import {
  diagonal,
  grid,
  gridLevels,
  hypercube,
  hypercubeLevels,
  ring,
  ringLevels,
} from '../../support/graphs.js';

const core = await createCore();

describe.each<[string, () => Operator, number[], [number, number][], [number, number][]]>([
  [
    'ring, whose spectrum is symmetric',
    () => ring(core, 1024),
    ringLevels(1024),
    [
      [0.02, 6],
      [-0.8, 10],
      [0, 9],
      [3, 5],
      [-2, 3],
    ],
    [
      [-0.04, 0.06],
      [1.94, 2],
    ],
  ],
  [
    'grid',
    () => grid(core, 28),
    gridLevels(28),
    [
      [0.1, 6],
      [-3, 10],
      [12, 5],
    ],
    [
      [-1, 0.2],
      [-3, -2],
    ],
  ],
  [
    'hypercube',
    () => hypercube(core, 10),
    hypercubeLevels(10),
    [
      [-4, 10],
      [0, 9],
      [15, 5],
      [-10, 3],
    ],
    [
      [-0.5, 0.5],
      [-10.5, -9.5],
      [2.2, 3.8],
    ],
  ],
  [
    'zero',
    () => diagonal(core, new Array(600).fill(0)),
    new Array(600).fill(0),
    [
      [0, 6],
      [1, 3],
    ],
    [[0.5, 1]],
  ],
  [
    'identity',
    () => diagonal(core, new Array(600).fill(1)),
    new Array(600).fill(1),
    [
      [0.9, 6],
      [1, 3],
    ],
    [
      [0.5, 0.9],
      [0.9, 1],
    ],
  ],
])('%s', (_, make, levels, near, intervals) => {
  const operator = make();
  test.each(['filtered', 'dense'] as const)('by %s: near an energy', (method) => {
    for (const [sigma, k] of near) checkNear(core, operator, levels, sigma, k, method);
  });

  test.each(['filtered', 'auto'] as const)('by %s: all of an interval', (method) => {
    for (const ends of intervals) checkInterval(core, operator, levels, ends, method);
  });
});

test('the identity had 496 of its 1000 levels in an interval: rounding told copies apart', () => {
  checkInterval(core, diagonal(core, new Array(1000).fill(1)), new Array(1000).fill(1), [0.97, 1], 'auto');
});

/** A Heisenberg chain of L sites in random fields of width h, at half filling. */
function chain(sites: number, h: number, index: number): Operator {
  const fields = core.normals({ seed: 8, index }, sites);
  return core.spins({
    sites,
    terms: [
      ...['xx', 'yy', 'zz'].flatMap((op) =>
        Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] })),
      ),
      ...Array.from(fields, (x, i) => ({ op: 'z', sites: [i], coefficient: h * x })),
    ],
    sector: { up: sites / 2 },
  });
}

describe('Heisenberg chains in random fields against the dense solver', () => {
  test.each([
    [12, 0.5, 0.3],
    [12, 5, -0.2],
    [12, 1, -9],
  ])('L = %i, h = %d, σ = %d', (sites, h, sigma) => {
    const operator = chain(sites, h, 1);
    const { values } = core.eigh(operator.toDense(), operator.n, { vectors: false });
    const found = checkNear(core, operator, [...values], sigma, 12, 'filtered');
    expect(found.report.method).toBe('filtered');
    const around = checkInterval(core, operator, [...values], [sigma - 0.2, sigma + 0.3], 'filtered');
    expect(around.report.method).toBe('filtered');
  });

  test('L = 10: auto takes the dense solver, and gives the same', () => {
    const operator = chain(10, 1, 2);
    const { values } = core.eigh(operator.toDense(), operator.n, { vectors: false });
    expect(checkNear(core, operator, [...values], 0.1, 7, 'auto').report.method).toBe('dense');
    checkNear(core, operator, [...values], 0.1, 7, 'filtered');
  });
});

test('sectors of complex momentum: windows and intervals', () => {
  const sites = 16;
  const terms = ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] })),
  );
  const permutation = Array.from({ length: sites }, (_, i) => (i + 1) % sites);
  const character = [Math.cos(Math.PI / 4), Math.sin(Math.PI / 4)] as const;
  const operator = core.spins({ sites, terms, sector: { up: 8, symmetries: [{ permutation, character }] } });
  expect(operator.complex).toBe(true);
  const { values } = core.eighComplex(operator.toDense(), operator.n, { vectors: false });
  expect(checkNear(core, operator, [...values], -0.3, 8, 'filtered').report.method).toBe('filtered');
  checkInterval(core, operator, [...values], [0.1, 0.4], 'filtered');
});

test('a function, a matrix, a sum and a multiple give what the rows give', () => {
  const levels = ringLevels(700);
  const multiply = (x: Float64Array, y: Float64Array) => {
    for (let i = 0; i < 700; ++i) y[i] = -x[(i + 1) % 700] - x[(i + 699) % 700];
  };
  checkNear(core, core.operator({ n: 700, multiply }), levels, 0.31, 4, 'filtered');
  const shifted = ring(core, 700).scaled(2).plus(ring(core, 700).scaled(-1)).shifted(3);
  checkNear(
    core,
    shifted,
    levels.map((x) => x + 3),
    3.31,
    4,
    'filtered',
  );
  const model = core.randomGrainModel({ alpha: 0.7, n: 7, seed: 3 });
  const { eigenvalues } = core.diagonalizeGrain({ ...model, method: 'dense' });
  checkNear(core, core.grainOperator(model), [...eigenvalues], 0.2, 9, 'filtered');
  checkInterval(
    core,
    core.grainOperator(model).scaled(-2),
    [...eigenvalues].map((x) => -2 * x).reverse(),
    [0, 0.3],
    'filtered',
  );
});

test('the bits do not depend on the threads', async () => {
  const rows = Array.from({ length: 900 }, (_, i) => [(i + 1) % 900, (i + 899) % 900].sort((a, b) => a - b));
  const given = {
    n: 900,
    indptr: Array.from({ length: 901 }, (_, i) => 2 * i),
    indices: rows.flat(),
    data: rows.flatMap((row, i) => row.map((j) => Math.sin(1 + ((i + j) % 899) * Math.abs(i - j)))),
  };
  const options = { k: 5, which: { near: 0.2 }, method: 'filtered' } as const;
  const one = core.eigsh(core.csr(given), options);
  expect(one.report.method).toBe('filtered');
  for (const threads of [2, 4]) {
    const other = await createCore({ threads });
    const found = other.eigsh(other.csr(given), options);
    expect(found.values).toEqual(one.values);
    expect(found.vectors).toEqual(one.vectors);
    other.dispose();
  }
});

test('entries and factors that overflowed gave NaN, unconverged, after a million products', () => {
  const levels = gridLevels(24).map((x) => 1e300 * x);
  const large = grid(core, 24).scaled(1e300);
  checkNear(core, large, levels, 2.02e300, 5, 'filtered');
  expect(core.eigsh(large, { k: 3 }).converged).toBe(true);
  for (const which of ['lowest', { near: 0 }, { interval: [0, 1] }] as const) {
    for (const method of ['auto', 'dense'] as const) {
      const beyond = grid(core, 24).scaled(1e300).scaled(1e300);
      expect(() => core.eigsh(beyond, { which, method })).toThrow(InputError);
    }
  }
});

test('a space that is nearly the whole one is left to the dense solver: Lanczos came to its end there', () => {
  const found = core.eigsh(ring(core, 60), { k: 20, method: 'lanczos' });
  expect(found.converged).toBe(true);
  expect(found.report.method).toBe('dense');
});

test('at its cap it says that nothing has converged', () => {
  const found = core.eigsh(ring(core, 9000), {
    k: 5,
    which: { near: 0.1 },
    method: 'filtered',
    maxProducts: 3000,
  });
  expect(found.converged).toBe(false);
  expect(found.values).toHaveLength(0);
  // Those that were made, no more than were allowed, and the memory that it took.
  expect(Number.isInteger(found.report.products)).toBe(true);
  expect(found.report.products).toBeGreaterThan(1000);
  expect(found.report.products).toBeLessThanOrEqual(3000);
  expect(found.report.bytes).toBeGreaterThan(8 * 9000 * 100);
  expect(Number.isInteger(found.report.bytes)).toBe(true);
});

test('a function that is not linear gives nothing that has converged, or an error', () => {
  const growing = core.operator({
    n: 600,
    multiply(x, y) {
      for (let i = 0; i < x.length; ++i) y[i] = Math.min(1e307, 1e9 * x[i] ** 5);
    },
  });
  for (const which of ['lowest', { near: 0 }, { interval: [0, 1] }] as const) {
    for (const method of ['auto', 'dense'] as const) {
      try {
        expect(core.eigsh(growing, { which, method, maxProducts: 2000 }).report.products).toBeLessThan(4000);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }
  }
});

test.each([
  [{ which: { near: Number.NaN } }, 'options.which.near'],
  [{ which: {} }, 'options.which'],
  [{ which: { near: 1, interval: [0, 1] } }, 'options.which'],
  [{ which: { interval: [2, 1] } }, 'options.which.interval[1]'],
  [{ which: { interval: [1] } }, 'options.which.interval'],
  [{ which: { interval: [0, 1] }, k: 3 }, 'options.k'],
  [{ which: { near: 0 }, method: 'lanczos' }, 'options.method'],
  [{ method: 'filtered' }, 'options.method'],
])('%j is refused', (options, name) => {
  const call = () => core.eigsh(ring(core, 10), options as never);
  expect(call).toThrow(InputError);
  expect(call).toThrow(name);
});
