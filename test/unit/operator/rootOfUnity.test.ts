// Roots of unity against their series in 45 decimal places, and what is exact of them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestRoot, rootOfUnity } from '../../../src/operator/rootOfUnity.js';

/** The largest order of a permutation of 32 sites is 5460. */
const order = fc.integer({ min: 1, max: 10920 });

const ONE = 10n ** 45n;
const PI = 3141592653589793238462643383279502884197169399n;

/** cos and sin of 2π turn/n by their series in integers. */
function reference(turn: number, n: number): number[] {
  const angle = (2n * PI * BigInt(turn)) / BigInt(n);
  const sums = [0n, 0n];
  for (let k = 0n, term = ONE; term !== 0n; ++k, term = (term * angle) / (ONE * k)) {
    sums[Number(k % 2n)] += k % 4n < 2n ? term : -term;
  }
  return sums.map((sum) => Number(sum) / Number(ONE));
}

test('roots of unity are right to 2⁻⁵², and conjugate to one another', () => {
  fc.assert(
    fc.property(order, fc.nat(), (n, k) => {
      const turn = k % n;
      const [re, im] = rootOfUnity(turn, n);
      const [x0, y0] = reference(turn, n);
      expect(Math.abs(re - x0)).toBeLessThanOrEqual(Number.EPSILON);
      expect(Math.abs(im - y0)).toBeLessThanOrEqual(Number.EPSILON);
      const [x, y] = rootOfUnity(n - turn, n);
      expect([x, y + 0]).toEqual([re, 0 - im]);
    }),
  );
});

test('quarters of a turn are exact, and without a negative zero', () => {
  const quarters = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ];
  for (const n of [4, 8, 5460]) {
    expect([0, 1, 2, 3].map((k) => rootOfUnity((k * n) / 4, n))).toEqual(quarters);
  }
});

test('the nearest root is found from a number that is one but for rounding', () => {
  fc.assert(
    fc.property(order, fc.nat(), fc.double({ min: -1e-9, max: 1e-9, noNaN: true }), (n, k, off) => {
      const angle = (2 * Math.PI * (k % n)) / n + off;
      expect(nearestRoot([Math.cos(angle), Math.sin(angle)], n)).toEqual(
        rootOfUnity(k % n > n / 2 ? (k % n) - n : k % n, n),
      );
    }),
    { numRuns: 1000 },
  );
});
