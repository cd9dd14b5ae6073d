// Bessel functions against references of 40 digits.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';
import fixture from '../../fixtures/bessel.json' with { type: 'json' };

const core = await createCore();
const rows = fixture as number[][];
const x = Float64Array.from(rows, (r) => r[0]);

/** Spacing of doubles at v > 0. */
function ulp(v: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, v);
  bits.setBigUint64(0, bits.getBigUint64(0) + 1n);
  return bits.getFloat64(0) - v;
}

describe('besselK against mpmath, 40 digits', () => {
  const cases: [order: 0 | 1, scaled: boolean, column: number][] = [
    [0, false, 1],
    [1, false, 3],
    [0, true, 5],
    [1, true, 7],
  ];
  test.each(cases)('order %i, scaled %s: below 4 ulp', (order, scaled, column) => {
    const y = core.besselK(order, x, { scaled });
    let worst = 0;
    rows.forEach((r, i) => {
      const [hi, lo] = [r[column], r[column + 1]];
      worst = Math.max(worst, Math.abs(y[i] - hi - lo) / ulp(hi));
    });
    expect(rows.length).toBeGreaterThan(1400);
    expect(worst).toBeLessThan(4);
  });

  test('far ends', () => {
    const ends = Float64Array.of(5e-324, 1e300);
    expect([...core.besselK(1, ends)]).toEqual([Infinity, 0]);
    expect(core.besselK(0, ends)[1]).toBe(0);
    expect(core.besselK(0, ends, { scaled: true })[1] / (Math.sqrt(Math.PI / 2) * 1e-150)).toBeCloseTo(1, 14);
  });
});
