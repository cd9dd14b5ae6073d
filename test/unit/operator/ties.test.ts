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
