// Operators of some dozens of levels with dozens of copies each, by the filtered solver, asked for by name.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import { checkInterval, checkNear } from '../../support/eigshChecks.js';
import { ascending, diagonal, matrix, type Row } from '../../support/graphs.js';

const core = await createCore();
const times = (levels: number[], copies: number) =>
  ascending(levels.flatMap((x) => new Array<number>(copies).fill(x)));

test.each([
  [23, 17],
  [25, 31],
])('%i levels of %i copies each ended at the first state that was not as accurate as the others', (m, c) => {
  const levels = times(
    Array.from({ length: m }, (_, i) => i / m),
    c,
  );
  const found = checkInterval(core, diagonal(core, levels), levels, [4 / m, 17 / m], 'filtered');
  expect(found.values.length).toBe(14 * c);
});

describe('levels in whose Krylov space rounding goes on were not known to be few, and ended unconverged', () => {
  // A spin of size (m − 1)/2 along x, beside what it does not see: levels −(m − 1), −(m − 3) … m − 1.
  const spin = (m: number, c: number) => {
    const rows = Array.from({ length: m * c }, (_, at): Row => {
      const i = Math.floor(at / c);
      const part: Row = [];
      if (i > 0) part.push([at - c, Math.sqrt(i * (m - i))]);
      if (i < m - 1) part.push([at + c, Math.sqrt((i + 1) * (m - 1 - i))]);
      return part;
    });
    const levels = Array.from({ length: m }, (_, i) => 2 * i - (m - 1));
    return [matrix(core, rows), times(levels, c)] as const;
  };

  test.each([
    [33, 17],
    [43, 20],
  ])('%i levels of %i copies', (m, c) => {
    const [operator, levels] = spin(m, c);
    const found = checkInterval(core, operator, levels, [-8.5, 8.5], 'filtered');
    expect(found.values.length).toBe(9 * c);
    const near = checkNear(core, operator, levels, 0.3, c + 3, 'filtered');
    expect(near.cut).toBe(true);
  });

  test('of all products that are allowed no more are made', () => {
    const [operator] = spin(33, 17);
    const which = { interval: [-8.5, 8.5] } as const;
    const all = core.eigsh(operator, { which, method: 'filtered' });
    const most = all.report.products - 1000;
    const ended = core.eigsh(operator, { which, method: 'filtered', maxProducts: most });
    expect([all.converged, ended.converged]).toEqual([true, false]);
    expect(ended.report.products).toBeLessThan(most + 200);
  });
});

test.each([3e-10, 5e-10, 2e-9])(
  'a level of one copy, %f above one of many, was taken for it: the nearest to an energy was another',
  (apart) => {
    const levels = ascending([...times([0, 0.25, 0.5, 0.75, 1], 60), 0.5 + apart]);
    const operator = diagonal(core, levels);
    const which = { near: 0.5 + 3 * apart };
    const { values } = core.eigsh(operator, { k: 1, which, method: 'filtered' });
    expect(Math.abs(values[0] - 0.5 - apart)).toBeLessThan(1e-12);
    // By itself the filtered solver may end unconverged, but not with levels missing.
    const inside = core.eigsh(operator, { which: { interval: [0.4, 0.6] }, method: 'filtered' });
    expect([0, 61]).toContain(inside.values.length);
    expect(inside.converged).toBe(inside.values.length === 61);
    expect(core.eigsh(operator, { which: { interval: [0.4, 0.6] } }).values.length).toBe(61);
  },
);
