// Sums over vectors around every edge of a block, and the one that is not finite found in every place.
import { allFinite, dot } from '../../kernel/vectors';

describe('dot', () => {
  test('sums of squares at sizes around every block edge', () => {
    const x = heap.alloc(8 * 16);
    for (let i = 0; i < 16; ++i) store<f64>(x + 8 * i, i + 1);
    for (let n = 0; n <= 16; ++n) {
      expect(dot(n, x, x)).toBe(<f64>(n * (n + 1) * (2 * n + 1)) / 6);
    }
    heap.free(x);
  });
});

describe('allFinite', () => {
  test('the largest doubles are, an infinity or NaN in any place is not', () => {
    const x = heap.alloc(8 * 16);
    for (let n = 0; n <= 16; ++n) {
      for (let i = 0; i < 16; ++i) store<f64>(x + 8 * i, i & 1 ? f64.MAX_VALUE : -f64.MAX_VALUE);
      expect(allFinite(n, x)).toBe(true);
      for (let i = 0; i < n; ++i) {
        const kept = load<f64>(x + 8 * i);
        for (let k = 0; k < 3; ++k) {
          store<f64>(x + 8 * i, k == 0 ? Infinity : k == 1 ? -Infinity : NaN);
          expect(allFinite(n, x)).toBe(false);
        }
        store<f64>(x + 8 * i, kept);
      }
      if (n < 16) {
        // What is behind the vector is not read.
        store<f64>(x + 8 * n, NaN);
        expect(allFinite(n, x)).toBe(true);
      }
    }
    heap.free(x);
  });
});
