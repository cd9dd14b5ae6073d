// Few states where two levels are equally near, in the middle of a gap or beyond an end: a peak made for one state has none
// under it there, and was once made ever narrower until all products were spent.
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { checkNear } from '../../support/eigshChecks.js';
import { ascending, diagonal } from '../../support/graphs.js';

const core = await createCore();

/** Quarter steps from −40 to 40 with nothing between 10 and 11, which have these many copies. */
function tied(tens: number, elevens: number): number[] {
  const steps = Array.from({ length: 321 }, (_, i) => i / 4 - 40).filter((x) => x < 10 || x > 11);
  return [...steps, ...new Array(tens).fill(10), ...new Array(elevens).fill(11)];
}

test.each([
  [1, 1],
  [2, 2],
  [3, 4],
  [1, 4],
  [4, 4],
])(
  'one and two of the states halfway between levels of %d and %d copies: cut, in few products',
  (...copies) => {
    const levels = tied(...copies);
    for (const k of [1, 2]) {
      const { cut, report } = checkNear(core, diagonal(core, levels), levels, 10.5, k, 'filtered');
      expect(report.method).toBe('filtered');
      expect(cut).toBe(k < copies[0] + copies[1]);
      expect(report.products).toBeLessThan(20_000);
    }
  },
);

test('one and two states in a gap many spacings wide, and two pairs within one', () => {
  const wide = Array.from({ length: 1000 }, (_, i) => i - 520 + (i < 500 ? 0 : 41));
  for (const k of [1, 2]) {
    const { report } = checkNear(core, diagonal(core, wide), wide, 0.25, k, 'filtered');
    expect(report.products).toBeLessThan(40_000);
  }
  const outside = Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? 1 : -1) * (0.5 + i / 1200));
  const levels = ascending([...outside, 0.1, 0.1, -0.1, -0.1]);
  for (const k of [1, 2]) {
    const { cut, report } = checkNear(core, diagonal(core, levels), levels, 0, k, 'filtered');
    expect(cut).toBe(true);
    expect(report.products).toBeLessThan(20_000);
  }
});

test('the end of a crowded spectrum from beyond it', () => {
  const levels = Array.from({ length: 300 }, (_, i) => Math.cos((Math.PI * (i + 0.5)) / 300));
  for (const sigma of [-1.5, -1.0001, 1.2]) {
    const { cut, report } = checkNear(core, diagonal(core, levels), levels, sigma, 1, 'filtered');
    expect(cut).toBe(false);
    expect(report.products).toBeLessThan(20_000);
  }
});

test('what no polynomial separates is given as the best that was found, unconverged: it was NaN', () => {
  const levels = Array.from({ length: 600 }, (_, i) => (i < 300 ? -1e9 : 1e9) + i);
  const h = diagonal(core, levels);
  for (const maxProducts of [2200, 1e6]) {
    const options = { k: 3, which: { near: 5 }, method: 'filtered', maxProducts } as const;
    const { values, vectors, residuals, converged, report } = core.eigsh(h, options);
    expect([converged, values.length, vectors.length]).toEqual([false, 3, 1800]);
    expect(report.products).toBeLessThanOrEqual(maxProducts);
    // They are Ritz pairs, as far from eigenpairs as is said.
    expect(values).toEqual(values.toSorted());
    const products = h.multiply(vectors);
    values.forEach((value, k) => {
      const own = vectors.subarray(600 * k, 600 * (k + 1));
      const left = products.subarray(600 * k, 600 * (k + 1)).map((x, i) => x - value * own[i]);
      expect(Math.hypot(...own)).toBeCloseTo(1, 13);
      expect(Math.hypot(...left) / residuals[k]).toBeCloseTo(1, 6);
    });
  }
  const none = core.eigsh(h, { k: 3, which: { near: 5 }, method: 'filtered', maxProducts: 1 });
  expect([none.converged, none.values, none.residuals]).toEqual([
    false,
    new Float64Array(0),
    new Float64Array(0),
  ]);
});

// Regression: a state that was 2e-10 farther counted as one as near, as it would to the tolerance.
test.each(['filtered', 'dense'] as const)(
  'a state is cut only where it is as near to rounding, by the %s solver',
  (method) => {
    for (const [farther, cut] of [
      [0, true],
      [2e-10, false],
    ] as const) {
      const levels = Array.from({ length: 600 }, (_, i) => i - 300 + (i > 300 ? farther : 0));
      const found = core.eigsh(diagonal(core, levels), { k: 2, which: { near: 0 }, method });
      expect([found.converged, found.cut]).toEqual([true, cut]);
    }
  },
);
