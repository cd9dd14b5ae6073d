// Band LU with pivoting: A x is the right-hand side again.
import { bandLu, bandLuBytes, bandLuSolve } from '../../lattice/bandLu';

function residual(n: i32, b: i32, seed: u32): f64 {
  const ab = heap.alloc(bandLuBytes(n, b));
  const copy = heap.alloc(bandLuBytes(n, b));
  const x = heap.alloc((<usize>n) << 3);
  const y = heap.alloc((<usize>n) << 3);
  const pivots = heap.alloc((<usize>n) << 2);
  memory.fill(ab, 0, bandLuBytes(n, b));
  let state = seed;
  for (let j = 0; j < n; ++j) {
    for (let i = max(0, j - b); i <= min(n - 1, j + b); ++i) {
      state = state * 1664525 + 1013904223;
      // Zeros on the diagonal: without pivoting nothing would come out.
      const value = i == j ? <f64>(i % 3) : <f64>(<i32>state) / 2147483648.0;
      store<f64>(ab + ((<usize>(2 * b + i - j) + <usize>j * (<usize>b * 3 + 1)) << 3), value);
    }
    store<f64>(y + ((<usize>j) << 3), <f64>(j % 7) - 3);
  }
  memory.copy(copy, ab, bandLuBytes(n, b));
  memory.copy(x, y, (<usize>n) << 3);
  bandLu(n, b, ab, pivots, 0);
  bandLuSolve(n, b, ab, pivots, x);
  let worst: f64 = 0;
  let largest: f64 = 0;
  for (let i = 0; i < n; ++i) {
    let sum = -load<f64>(y + ((<usize>i) << 3));
    for (let j = max(0, i - b); j <= min(n - 1, i + b); ++j) {
      const entry = load<f64>(copy + ((<usize>(2 * b + i - j) + <usize>j * (<usize>b * 3 + 1)) << 3));
      sum += entry * load<f64>(x + ((<usize>j) << 3));
    }
    worst = max(worst, abs(sum));
    largest = max(largest, abs(load<f64>(x + ((<usize>i) << 3))));
  }
  heap.free(ab);
  heap.free(copy);
  heap.free(x);
  heap.free(y);
  heap.free(pivots);
  return worst / largest;
}

describe('bandLu', () => {
  it('solves systems with zeros on the diagonal', () => {
    for (let b = 1; b < 9; ++b) {
      for (let n = 2 * b; n < 2 * b + 40; n += 7) {
        expect(residual(n, b, <u32>(n * 97 + b))).toBeLessThan(1e-13);
      }
    }
  });
});
