// Couplings of a chain: powers of alpha over the whole range of doubles, and long chains.
import { drhCouplings, InputError } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const relative = (a: number, b: number) => (a === b ? 0 : Math.abs(a - b) / Math.abs(b));

describe('drhCouplings', () => {
  test('g0 alpha^(n−1), alpha below, at and above 1', () => {
    for (const alpha of [0.3, 0.6371067811865476, 1, 1.7]) {
      const g = drhCouplings({ g0: 0.5, alpha, n: 40 });
      expect(g.length).toBe(40);
      g.forEach((x, i) => {
        expect(relative(x, 0.5 * alpha ** i)).toBeLessThan(1e-14);
      });
    }
    expect([...drhCouplings({ g0: 2, alpha: 0.5, n: 3 })]).toEqual([2, 1, 0.5]);
  });

  test('squares of alpha beyond the range of doubles made couplings 0, or errors, that were well within it', () => {
    const near = (parameters: Parameters<typeof drhCouplings>[0], expected: number[]) =>
      drhCouplings(parameters).forEach((x, i) => void expect(relative(x, expected[i])).toBeLessThan(1e-15));
    near({ g0: 1e308, alpha: 1e-170, n: 3 }, [1e308, 1e138, 1e-32]);
    near({ g0: 1e-300, alpha: 1e200, n: 3 }, [1e-300, 1e-100, 1e100]);
    near({ g0: 0, alpha: 1e200, n: 3 }, [0, 0, 0]);
    near(
      { g0: 2 ** -1074, alpha: 2 ** 524, n: 5 },
      [-1074, -550, -26, 498, 1022].map((e) => 2 ** e),
    );
    near(
      { g0: 2 ** 1023, alpha: 2 ** -524, n: 6 },
      [1023, 499, -25, -549, -1073].map((e) => 2 ** e).concat(0),
    );
    expect(() => drhCouplings({ g0: 1e-300, alpha: 1e200, n: 5 })).toThrow(/^alpha: g0 alpha\^4 is beyond/);
  });

  test('any g0 and alpha of the doubles: each coupling is what its product is, rounded', () => {
    // Products of whole numbers; a double is one, times a power of two.
    const whole = (x: number): [bigint, number] => {
      let [m, e] = [x, 0];
      for (; !Number.isInteger(m); --e) m *= 2;
      return [BigInt(m), e];
    };
    const double = fc
      .tuple(fc.integer({ min: 2 ** 52, max: 2 ** 53 - 1 }), fc.integer({ min: -1074, max: 971 }))
      .map(([m, e]) => m * 2 ** e);
    let small = 0;
    fc.assert(
      fc.property(double, double, fc.integer({ min: 1, max: 5 }), (g0, alpha, i) => {
        const [g, a] = [whole(g0), whole(alpha)];
        let [product, exponent] = [g[0] * a[0] ** BigInt(i), g[1] + i * a[1]];
        // 64 digits are kept.
        const excess = Math.max(0, product.toString(2).length - 64);
        product >>= BigInt(excess);
        exponent += excess;
        const size = Math.log2(Number(product)) + exponent;
        if (size >= 1023.9) return;
        ++small;
        const half = Math.trunc(exponent / 2);
        const expected = Number(product) * 2 ** half * 2 ** (exponent - half);
        const got = drhCouplings({ g0, alpha, n: i + 1 })[i];
        expect(Math.abs(got - expected)).toBeLessThanOrEqual(1e-15 * expected + 2 ** -1074);
      }),
      { numRuns: 3000, seed: 8 },
    );
    expect(small).toBeGreaterThan(1000);
  });

  test('every squaring doubled the error: 1.3e-10 at the end of 10^7 couplings', () => {
    for (const [alpha, n] of [
      [1 - 1e-7, 1e7],
      [0.999999, 1e6],
      [1 + 1e-5, 1e6],
    ]) {
      const g = drhCouplings({ g0: 1, alpha, n });
      // alpha = 1 − d exactly, and log alpha by its series: good to 1e-17 of itself.
      const d = 1 - alpha;
      const log = -d * (1 + d * (1 / 2 + d * (1 / 3 + d * (1 / 4))));
      let worst = 0;
      for (let i = 0; i < n; i += 997) worst = Math.max(worst, relative(g[i], Math.exp(i * log)));
      expect(worst).toBeLessThan(2.5e-14);
      // Longer chains begin with shorter ones, and short ones are plain products.
      expect(drhCouplings({ g0: 1, alpha, n: 1000 })).toEqual(g.subarray(0, 1000));
    }
  });

  test('names what is wrong', () => {
    const good = { g0: 1, alpha: 0.5, n: 3 };
    const bad: [object, RegExp][] = [
      [{ g0: -1 }, /^g0: .*≥ 0/],
      [{ g0: Number.NaN }, /^g0: /],
      [{ alpha: 0 }, /^alpha: .*> 0/],
      [{ alpha: -0.5 }, /^alpha: /],
      [{ n: 0 }, /^n: .*≥ 1/],
      [{ n: 1.5 }, /^n: /],
      [{ N: 4 }, /^parameters\.N: unknown option/],
      [{ alpha: 10, n: 400 }, /^alpha: .*beyond the range/],
    ];
    for (const [change, message] of bad) {
      expect(() => drhCouplings({ ...good, ...change } as typeof good)).toThrow(InputError);
      expect(() => drhCouplings({ ...good, ...change } as typeof good)).toThrow(message);
    }
  });
});
