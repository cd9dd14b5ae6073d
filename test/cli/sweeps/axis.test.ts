// Grids of a sweep: to the rounding of a double over its whole range.
import fc from 'fast-check';
import { all, create } from 'mathjs';
import { describe, expect, test } from 'vitest';
import { type AxisRange, axisValues, checkAxis } from '../../../cli/src/sweeps/axis.js';

const grid = (range: AxisRange) => axisValues(checkAxis('g', range)) as number[];
const geometric = (from: number, to: number, points: number) =>
  grid({ from, to, points, spacing: 'geometric' });

/** x as an integer times 2^-1200. */
function exact(x: number): bigint {
  const [bits] = new BigUint64Array(Float64Array.of(x).buffer);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  return mantissa << BigInt(Math.max(exponent, 1) - 1 + 126);
}

/** Whether x > 0 is from (to/from)^(i/m) within 0.5001 units of its last place: exact, by m-th powers. */
function isRounded(x: number, from: number, to: number, i: number, m: number): boolean {
  const wanted = exact(from) ** BigInt(m - i) * exact(to) ** BigInt(i);
  const [bits] = new BigUint64Array(Float64Array.of(x).buffer);
  const ulp = 1n << BigInt(Math.max(Number(bits >> 52n), 1) - 1 + 126);
  const bound = (sign: bigint) => (exact(x) * 10_000n + sign * 5001n * ulp) ** BigInt(m);
  const scaled = wanted * 10_000n ** BigInt(m);
  return bound(-1n) <= scaled && scaled <= bound(1n);
}

const positive = fc
  .bigInt({ min: 1n, max: 0x7fefffffffffffffn })
  .map((bits) => new Float64Array(BigUint64Array.of(bits).buffer)[0]);

describe('geometric', () => {
  test('every value is the nearest double, whatever the exponents of the ends', () => {
    fc.assert(
      fc.property(
        positive,
        positive,
        fc.integer({ min: 1, max: 11 }),
        fc.boolean(),
        (from, to, m, negative) => {
          const sign = negative ? -1 : 1;
          const values = geometric(sign * from, sign * to, m + 1);
          expect(values).toHaveLength(m + 1);
          expect([values[0], values[m]]).toEqual([sign * from, sign * to]);
          values.forEach((x, i) => {
            expect(isRounded(sign * x, from, to, i, m), `${x} at ${i}`).toBe(true);
          });
        },
      ),
      { numRuns: 5000 },
    );
  });

  test.each([
    [1e160, 1e-160, 3, 1, 1],
    [1e160, 3e-162, 5, 2, Math.sqrt(0.03)],
    [1e-200, 1e200, 5, 2, 1],
    [Number.MIN_VALUE, Number.MAX_VALUE, 3, 1, Math.sqrt(Number.MAX_VALUE * 2 ** -1000) * 2 ** (500 - 537)],
    [1e-200, 1e-190, 11, 1, 1e-199],
    [-1e-3, -1e3, 7, 3, -1],
  ])('from %d to %d no digits are lost on the way', (from, to, points, i, wanted) => {
    expect(Math.abs(geometric(from, to, points)[i] / wanted - 1)).toBeLessThan(4e-16);
  });

  test('a negative value just below the normal numbers was rounded twice', () => {
    const [from, to, m] = [Number.MIN_VALUE, 7.003450859124608e-307, 10];
    const values = geometric(-from, -to, m + 1);
    values.forEach((x, i) => {
      expect(isRounded(-x, from, to, i, m), `${x} at ${i}`).toBe(true);
    });
    fc.assert(
      fc.property(positive, positive, fc.integer({ min: 1, max: 11 }), (a, b, steps) => {
        expect(geometric(-a, -b, steps + 1)).toEqual(geometric(a, b, steps + 1).map((x) => -x));
      }),
    );
  });

  test('decades are decades', () => {
    expect(geometric(1e-3, 1e3, 7)).toEqual([1e-3, 1e-2, 1e-1, 1, 10, 100, 1000]);
    expect(geometric(1024, 1, 11)).toEqual([1024, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1]);
  });

  test('a million points are as right as a few, and the step to the end is one', () => {
    const math = create(all, { number: 'BigNumber', precision: 64 });
    // Of every digit: the shortest decimal of a subnormal number is another number.
    const big = (x: number) =>
      math.divide(math.bignumber(`${exact(x)}`), math.pow(math.bignumber(2), 1200)) as ReturnType<
        typeof math.bignumber
      >;
    for (const [from, to] of [
      [1e-3, 1e2],
      [1e-310, 1e300],
      [3, 3.0000001],
    ]) {
      const points = 1_000_000;
      const values = geometric(from, to, points);
      for (const i of [1, 2, 1000, 333_333, 999_997, 999_998]) {
        const power = math.pow(
          math.divide(big(to), big(from)) as never,
          math.divide(big(i), big(points - 1)) as never,
        );
        const wanted = Number(math.multiply(big(from), power as never).toString());
        // Of a subnormal number the last place is the whole tolerance.
        expect(Math.abs(values[i] - wanted), `${i}`).toBeLessThanOrEqual(2.3e-16 * wanted + Number.MIN_VALUE);
      }
    }
  });

  test.each([
    [0, 1],
    [-1, 1],
    [1, -0],
  ])('from %d to %d there is none', (from, to) => {
    expect(() => geometric(from, to, 3)).toThrow(/g: geometric spacing needs ends of one sign other than 0/);
  });
});

test('linear: differences beyond the doubles are no values beyond them', () => {
  expect(grid({ from: 0, to: 1e308, points: 5 })).toEqual([0, 2.5e307, 5e307, 7.5e307, 1e308]);
  expect(grid({ from: -1.5e308, to: 1.5e308, points: 4 })).toEqual([-1.5e308, -5e307, 5e307, 1.5e308]);
  const many = grid({ from: -Number.MAX_VALUE, to: Number.MAX_VALUE, points: 1_000_000 });
  expect(many.every((x, i) => Number.isFinite(x) && (i === 0 || x > many[i - 1]))).toBe(true);
});
