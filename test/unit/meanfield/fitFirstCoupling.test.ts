// The first coupling that measured entropies at the end of chains are fitted with.
import { createCore, drhCouplings } from 'emft';
import { describe, expect, test } from 'vitest';
import { relative } from '../../support/meanField.js';

const core = await createCore();

describe('fitFirstCoupling', () => {
  const end = (g0: number, n: number, alpha = Math.SQRT1_2) =>
    core.solveMeanField(drhCouplings({ g0, alpha, n })).entropy[n - 1];

  test('gives the coupling back that the entropies were made with', () => {
    for (const g0 of [0.02, 0.11, 0.9, 4]) {
      const ends = [4, 5, 7].map((n) => ({ alpha: 0.7, n, mean: end(g0, n, 0.7), error: 0.01 * n }));
      expect(relative(core.fitFirstCoupling(ends), g0)).toBeLessThan(1e-12);
    }
  });

  test('the size of the errors mattered where their squares are no doubles: 1e-4 as the first coupling', () => {
    const ends = [
      { alpha: 0.7, n: 6, mean: 0.3, error: 1 },
      { alpha: 0.5, n: 3, mean: 0.3, error: 2 },
      { alpha: 0.6, n: 8, mean: 0.05, error: 1 },
    ];
    const of = (scale: number) => core.fitFirstCoupling(ends.map((e) => ({ ...e, error: e.error * scale })));
    const expected = of(1);
    for (const e of [-1074, -1000, -520, -40, 500, 520, 1022]) expect(of(2 ** e), `2^${e}`).toBe(expected);
    // One of errors that no other can be compared with decides alone, and a huge one alone is one end.
    const [first, second, third] = ends;
    const alone = core.fitFirstCoupling([first]);
    const huge = 2 ** 1000;
    const rest = [second, third].map((e) => ({ ...e, error: huge }));
    expect(relative(core.fitFirstCoupling([{ ...first, error: 2 ** -1000 }, ...rest]), alone)).toBeLessThan(
      1e-15,
    );
    expect(core.fitFirstCoupling([{ ...first, error: 1e300 }])).toBe(alone);
  });

  test('errors weigh the measurements: the root of Σ (mean field − measured)/error²', () => {
    const ends = [
      { alpha: Math.SQRT1_2, n: 4, mean: 0.3, error: 0.01 },
      { alpha: Math.SQRT1_2, n: 6, mean: 0.4, error: 0.03 },
    ];
    const g0 = core.fitFirstCoupling(ends);
    const [a, b] = ends.map(({ n, mean, error }) => (end(g0, n) - mean) / error ** 2);
    expect(Math.abs(a + b)).toBeLessThan(1e-8 * Math.abs(a));
    expect(g0).toBeGreaterThan(core.fitFirstCoupling([ends[0]]));
    expect(g0).toBeLessThan(core.fitFirstCoupling([ends[1]]));
  });

  test('names what is wrong', () => {
    const good = { alpha: 0.7, n: 4, mean: 0.3, error: 0.01 };
    expect(() => core.fitFirstCoupling([])).toThrow(/^ends: /);
    expect(() => core.fitFirstCoupling([{ ...good, mean: 0.7 }])).toThrow(/^ends\[0\]\.mean: /);
    expect(() => core.fitFirstCoupling([{ ...good, error: 0 }])).toThrow(/^ends\[0\]\.error: /);
    expect(() => core.fitFirstCoupling([{ ...good, mean: 0 }])).toThrow(/^ends: no first coupling/);
  });
});
