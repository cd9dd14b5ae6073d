// `eigsh` counts on request: every level between those found and at the ends of intervals, by inertia exactly, by traces within their
// error; a level that the search did not see is seen by the count.
import { createCore, type EigshOptions, type Operator } from 'emft';
import { describe, expect, test } from 'vitest';
import { grid, hypercube, matrix, multiple, type Row, ring, ringLevels } from '../../support/graphs.js';

const core = await createCore();

/** Real symmetric, some `degree` entries a row anywhere. */
function random(n: number, degree: number): Operator {
  const draws = core.normals({ seed: 11 }, 2 * n * degree);
  const rows = Array.from({ length: n }, () => new Map<number, number>());
  for (let k = 0; k < n * degree; ++k) {
    const [i, j] = [k % n, Math.floor(Math.abs(draws[2 * k]) * 1e6) % n];
    rows[i].set(j, draws[2 * k + 1]);
    rows[j].set(i, draws[2 * k + 1]);
  }
  return matrix(
    core,
    rows.map((row): Row => [...row]),
  );
}

/** A ring with a flux through it: complex, levels −2 cos((2πi + flux)/n). */
function fluxRing(n: number, flux: number): Operator {
  const [re, im] = [-Math.cos(flux / n), -Math.sin(flux / n)];
  const rows = Array.from({ length: n }, (_, i) =>
    [
      [(i + 1) % n, re, im],
      [(i + n - 1) % n, re, -im],
    ].sort(([a], [b]) => a - b),
  );
  return core.csr({
    n,
    complex: true,
    indptr: Array.from({ length: n + 1 }, (_, i) => 2 * i),
    indices: rows.flat().map(([j]) => j),
    data: rows.flat().flatMap(([, x, y]) => [x, y]),
  });
}

const none = { vectors: false } as const;
const whole = (levels: readonly number[]) => Float64Array.from(levels);

describe.each<[string, () => Operator]>([
  ['Hückel ring', () => ring(core, 700)],
  ['Laplacian of a grid, shifted and turned over', () => grid(core, 26).shifted(-4).scaled(-0.5)],
  ['random sparse matrix', () => random(600, 4)],
  ['hypercube', () => hypercube(core, 9)],
  ['ring with a flux', () => fluxRing(640, 0.3)],
  ['identity', () => multiple(core, 600, 1)],
  ['zero', () => multiple(core, 600, 0)],
  [
    'function of the program',
    () =>
      core.operator({
        n: 530,
        multiply: (x, y) =>
          x.forEach((v, i) => {
            y[i] = (i % 97) * v;
          }),
      }),
  ],
])('%s', (_, make) => {
  test.each<[string, EigshOptions]>([
    ['lowest', { k: 7 }],
    ['highest', { k: 7, which: 'highest' }],
    ['near', { k: 8, which: { near: 0.37 } }],
    ['interval', { which: { interval: [-1.2, -1.1] } }],
    ['dense', { k: 7, method: 'dense' }],
  ])('%s', (_, options) => {
    const operator = make();
    const { report, values, converged, cut } = core.eigsh(operator, { ...options, count: true });
    const { count } = report;
    expect(count?.by).toBe('inertia');
    expect([converged, count?.counted, count?.error]).toEqual([true, count?.found, 0]);
    const [from, to] = count!.interval;
    expect(values.filter((x) => x >= from && x <= to).length).toBe(count!.found);
    // Without a level that is cut all of those found are counted.
    if (!cut) expect(count!.found).toBe(values.length);
    // Every value of a dense solver in the interval.
    const a = operator.toDense();
    const all = operator.complex ? core.eighComplex(a, operator.n, none) : core.eigh(a, operator.n, none);
    expect(all.values.filter((x) => x >= from && x <= to).length).toBe(count!.counted);
    const plain = core.eigsh(operator, options);
    expect([plain.report.count, plain.cut]).toEqual([null, cut]);
    expect(values).toEqual(plain.values);
  });
});

test('a ring whose half pairs are cut is counted without them', () => {
  const { report, cut } = core.eigsh(ring(core, 600), { k: 4, count: true });
  // −2, a pair, and one of the next pair.
  expect([cut, report.count?.found, report.count?.counted]).toEqual([true, 3, 3]);
});

/** Diagonal, its level at `place` hidden beyond the others until `products` have been made. */
function hiding(levels: ArrayLike<number>, place: number, products: number) {
  const n = levels.length;
  let made = 0;
  const multiply = (x: Float64Array, y: Float64Array) => {
    const hidden = made++ < products;
    for (let i = 0; i < n; ++i) y[i] = levels[i] * x[i];
    if (hidden) y[place] = 0.97 * x[place];
  };
  return { operator: core.operator({ n, multiply }), made: () => made };
}

test.each([
  ['lowest', { k: 5, method: 'lanczos' }, 2],
  ['near', { k: 12, which: { near: 0.2 }, method: 'filtered' }, 120],
] as const)('%s: a level that the search did not see is counted: not converged', (_, options, place) => {
  const levels = whole(Array.from({ length: 600 }, (_, i) => i / 600));
  const seen = hiding(levels, place, Number.POSITIVE_INFINITY);
  expect(core.eigsh(seen.operator, options).converged).toBe(true);
  const { operator } = hiding(levels, place, seen.made());
  const { converged, report } = core.eigsh(operator, { ...options, count: true });
  expect(converged).toBe(false);
  expect(report.count!.counted).toBe(report.count!.found + 1);
});

test.each([1e-280, 1e-303, 1e-306])(
  'of a matrix times %d, whose levels are as near to 0 as an absolute bound would be',
  (factor) => {
    const levels = matrix(
      core,
      Array.from({ length: 40 }, (_, i): Row => [[i, i + 1]]),
    ).scaled(factor);
    const { cut, report } = core.eigsh(levels, { k: 3, count: true });
    expect([cut, report.count?.found, report.count?.counted]).toEqual([false, 3, 3]);
  },
);

describe('by traces, of functions of the program of larger orders', () => {
  const n = 2600;
  const levels = whole(Array.from({ length: n }, (_, i) => i / n));
  const options = { k: 24, which: { near: 0.3 }, method: 'filtered', count: true } as const;

  test('all are there', () => {
    const { operator } = hiding(levels, 0, 0);
    const { converged, report } = core.eigsh(operator, options);
    const count = report.count!;
    expect([converged, count.by]).toEqual([true, 'stochastic']);
    expect(count.found).toBeGreaterThan(8);
    expect(Math.abs(count.counted - count.found)).toBeLessThan(0.1);
    expect(count.error).toBeLessThan(0.1);
  });

  test('one is missing', () => {
    const seen = hiding(levels, 780, Number.POSITIVE_INFINITY);
    core.eigsh(seen.operator, { ...options, count: false });
    const { operator } = hiding(levels, 780, seen.made());
    const count = core.eigsh(operator, options).report.count!;
    // The weight of a level in eight real vectors: 1 ± 0.5.
    expect(count.counted - count.found).toBeGreaterThan(0.15);
    expect(Math.abs(count.counted - count.found - 1)).toBeLessThan(4 * count.error);
  });

  test('at an end', () => {
    const { operator } = hiding(levels, 0, 0);
    const { count } = core.eigsh(operator, { k: 20, count: true, method: 'lanczos' }).report;
    expect(count!.interval[0]).toBe(Number.NEGATIVE_INFINITY);
    expect(count!.found).toBeGreaterThan(8);
    expect(Math.abs(count!.counted - count!.found)).toBeLessThan(0.1);
  });

  test('not where levels are so near one another that the window has too high a degree, or are one', () => {
    const near = whole(Array.from(levels, (x, i) => (i < 5 ? -0.5 + 1e-6 * i : x)));
    const equal = whole(Array.from(levels, (x, i) => (i < 5 ? -0.5 : x)));
    for (const five of [near, equal]) {
      const { converged, report } = core.eigsh(hiding(five, 0, 0).operator, { k: 5, count: true });
      expect([converged, report.count]).toEqual([true, null]);
    }
  });

  test('below a single level, where there are none or one', () => {
    const far = whole(Array.from(levels, (x, i) => (i === 0 ? -0.5 : x)));
    const options = { k: 1, count: true, method: 'lanczos' } as const;
    const seen = hiding(far, 0, Number.POSITIVE_INFINITY);
    core.eigsh(seen.operator, { ...options, count: false });
    for (const [hidden, there] of [
      [0, 0],
      [seen.made(), 1],
    ]) {
      const { values, report } = core.eigsh(hiding(far, 0, hidden).operator, options);
      const { interval, found, counted, error } = report.count!;
      expect(interval[0]).toBe(Number.NEGATIVE_INFINITY);
      expect(values[0] - interval[1]).toBeGreaterThan(0);
      expect(values[0] - interval[1]).toBeLessThan(0.02);
      expect(found).toBe(0);
      expect(Math.abs(counted - there)).toBeLessThan(4 * error + 1e-3);
    }
  });
});

describe('by inertia of sums of matrices, larger than what is counted as a whole matrix', () => {
  const n = 2100;

  test('of multiples of a ring, and with a shift', () => {
    const sum = ring(core, n).scaled(0.5).plus(ring(core, n).scaled(-1.5).shifted(0.25));
    const { values, report } = core.eigsh(sum, { k: 3, count: true });
    expect(report.count).toMatchObject({ by: 'inertia', found: 3, counted: 3 });
    // The lowest of −H for a ring of even length are those of H.
    const levels = ringLevels(n);
    for (const [k, x] of values.entries()) expect(Math.abs(x - levels[k] - 0.25)).toBeLessThan(1e-11);
  });

  test('of real and complex entries, which meet in the diagonal and beside it', () => {
    const fields = matrix(
      core,
      Array.from({ length: n }, (_, i): Row => [[i, Math.sin(i)]]),
    );
    const sum = fields.plus(fluxRing(n, 0.3).scaled(0.7)).plus(ring(core, n)).plus(fields.scaled(2));
    const { converged, report } = core.eigsh(sum, { k: 4, count: true });
    expect([converged, report.count?.by, report.count?.counted]).toEqual([
      true,
      'inertia',
      report.count?.found,
    ]);
  });
});

test.each(['lowest', { near: 600.3 }] as const)(
  'takes no more memory than was said, without vectors too: %j',
  (which) => {
    const n = 1200;
    const operator = core.operator({ n, multiply: (x, y) => y.set(x.map((value, i) => i * value)) });
    for (const method of ['dense', 'auto'] as const) {
      for (const vectors of [false, true]) {
        const options = { k: 4, which, vectors, method, count: true };
        const said = core.eigshBytes(operator, options);
        expect(core.eigsh(operator, options).report.bytes).toBeLessThanOrEqual(said);
      }
    }
  },
);

test('an interval whose one end is a level, and just beyond whose other end lies one: each end is moved for itself', () => {
  const levels = Array.from({ length: 60 }, (_, i) => -1 + i / 40);
  // Farther from the end than rounding of the solver, and nearer than that of the elimination.
  levels[51] = 0.3 - 1e-13;
  levels[52] = 0.31;
  const n = levels.length;
  const u = Array.from(core.normals({ seed: 3 }, n));
  const square = u.reduce((sum, x) => sum + x * x, 0);
  // (1 − 2uuᵀ/|u|²) diag(levels) (1 − 2uuᵀ/|u|²)
  const mean = u.reduce((sum, x, i) => sum + x * x * levels[i], 0) / square;
  const dense = Float64Array.from({ length: n * n }, (_, k) => {
    const [i, j] = [Math.max(Math.floor(k / n), k % n), Math.min(Math.floor(k / n), k % n)];
    const own = i === j ? levels[i] : 0;
    return own - (2 * u[i] * u[j] * (levels[i] + levels[j] - 2 * mean)) / square;
  });
  const h = core.operator({ n, matrix: dense });
  const to = core.eigh(dense).values[56];
  const { values, report, converged, cut } = core.eigsh(h, { which: { interval: [0.3, to] }, count: true });
  expect([values.length, converged, cut]).toEqual([5, true, false]);
  const { count } = report;
  expect([count?.by, count?.found, count?.counted]).toEqual(['inertia', 5, 5]);
  const [a, b] = count?.interval ?? [0, 0];
  expect([a > 0.3, b > to]).toEqual([true, true]);
});
