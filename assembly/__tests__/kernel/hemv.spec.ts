// The product with a Hermitian matrix of small integers, bit for bit.
import { hemvLower } from '../../kernel/hemv';

/** A small integer for each index: sums of products are exact, so results are compared bit for bit. */
function value(i: i32): f64 {
  return <f64>((i * 37 + 11) % 23) - 11;
}

function at(p: usize, i: i32): usize {
  return p + ((<usize>i) << 3);
}

/** Parts of entry (i, j) of a Hermitian matrix. */
function real(i: i32, j: i32): f64 {
  return value(5 * max(i, j) + 7 * min(i, j));
}
function imaginary(i: i32, j: i32): f64 {
  return i == j ? 0 : i > j ? value(3 * i + 8 * j + 2) : -value(3 * j + 8 * i + 2);
}

describe('hemvLower', () => {
  test('reads the lower triangle alone and can be split by columns', () => {
    const a = heap.alloc(16 * 600);
    const b = a + 8 * 600;
    const x = heap.alloc(16 * 24);
    const z = x + 8 * 24;
    const y = heap.alloc(16 * 24);
    const w = y + 8 * 24;
    for (let n = 0; n <= 19; ++n) {
      const lda = n + 3;
      for (let j = 0; j < n; ++j) {
        for (let i = 0; i < lda; ++i) {
          const inside = i >= j && i < n;
          store<f64>(at(a, i + j * lda), inside ? real(i, j) : NaN);
          // What is on the diagonal is not read.
          store<f64>(at(b, i + j * lda), inside && i > j ? imaginary(i, j) : NaN);
        }
      }
      for (let i = 0; i < n; ++i) {
        store<f64>(at(x, i), value(3 * i + 1));
        store<f64>(at(z, i), value(4 * i + 2));
      }
      for (let cut = 0; cut <= n; ++cut) {
        for (let i = 0; i < n; ++i) {
          store<f64>(at(y, i), value(i));
          store<f64>(at(w, i), value(i + 9));
        }
        hemvLower(n, 0, cut, a, b, lda, x, z, y, w);
        hemvLower(n, cut, n, a, b, lda, x, z, y, w);
        for (let i = 0; i < n; ++i) {
          let re = value(i);
          let im = value(i + 9);
          for (let j = 0; j < n; ++j) {
            re += real(i, j) * value(3 * j + 1) - imaginary(i, j) * value(4 * j + 2);
            im += real(i, j) * value(4 * j + 2) + imaginary(i, j) * value(3 * j + 1);
          }
          expect(load<f64>(at(y, i))).toBe(re);
          expect(load<f64>(at(w, i))).toBe(im);
        }
      }
    }
    heap.free(a);
    heap.free(x);
    heap.free(y);
  });
});
