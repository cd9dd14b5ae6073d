// Sums over vectors around every edge of a block.
import { dot } from '../../kernel/vectors';

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
