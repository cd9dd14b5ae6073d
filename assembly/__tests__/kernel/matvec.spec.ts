// Products of matrices and vectors, and what is done to single vectors, against plain loops.
import { gemv, gemvT } from '../../kernel/gemv';
import { norm2 } from '../../kernel/norm2';
import { symvLower } from '../../kernel/symv';
import { axpy, scal } from '../../kernel/vectors';

/** A small integer for each index: sums of products are exact, so results are compared bit for bit. */
function value(i: i32): f64 {
  return <f64>((i * 37 + 11) % 23) - 11;
}

function at(p: usize, i: i32): usize {
  return p + ((<usize>i) << 3);
}

describe('matrix–vector kernels', () => {
  test('gemv and gemvT, every small shape, leading dimension above m', () => {
    const a = heap.alloc(8 * 400);
    const x = heap.alloc(8 * 20);
    const y = heap.alloc(8 * 20);
    for (let i = 0; i < 400; ++i) store<f64>(at(a, i), value(i));
    for (let i = 0; i < 20; ++i) store<f64>(at(x, i), value(3 * i + 1));
    for (let m = 0; m <= 11; ++m) {
      for (let n = 0; n <= 11; ++n) {
        const lda = m + 2;
        for (let i = 0; i < 20; ++i) store<f64>(at(y, i), value(i + 5));
        gemv(m, n, -2, a, lda, x, y);
        for (let i = 0; i < 20; ++i) {
          let sum = value(i + 5);
          if (i < m) for (let j = 0; j < n; ++j) sum -= 2 * value(i + j * lda) * value(3 * j + 1);
          expect(load<f64>(at(y, i))).toBe(sum);
        }
        for (let i = 0; i < 20; ++i) store<f64>(at(y, i), NaN);
        gemvT(m, n, a, lda, x, y);
        for (let j = 0; j < n; ++j) {
          let sum: f64 = 0;
          for (let i = 0; i < m; ++i) sum += value(i + j * lda) * value(3 * i + 1);
          expect(load<f64>(at(y, j))).toBe(sum);
        }
      }
    }
    heap.free(a);
    heap.free(x);
    heap.free(y);
  });

  test('symvLower reads the lower triangle alone and can be split by columns', () => {
    const a = heap.alloc(8 * 600);
    const x = heap.alloc(8 * 24);
    const y = heap.alloc(8 * 24);
    for (let n = 0; n <= 21; ++n) {
      const lda = n + 3;
      for (let j = 0; j < n; ++j) {
        for (let i = 0; i < lda; ++i)
          store<f64>(at(a, i + j * lda), i >= j && i < n ? value(i * 5 + j * 7) : NaN);
      }
      for (let i = 0; i < n; ++i) store<f64>(at(x, i), value(3 * i + 1));
      for (let cut = 0; cut <= n; cut += 3) {
        for (let i = 0; i < n; ++i) store<f64>(at(y, i), value(i));
        symvLower(n, 0, cut, a, lda, x, y);
        symvLower(n, cut, n, a, lda, x, y);
        for (let i = 0; i < n; ++i) {
          let sum = value(i);
          for (let j = 0; j < n; ++j) {
            sum += (i >= j ? value(i * 5 + j * 7) : value(j * 5 + i * 7)) * value(3 * j + 1);
          }
          expect(load<f64>(at(y, i))).toBe(sum);
        }
      }
    }
    heap.free(a);
    heap.free(x);
    heap.free(y);
  });

  test('axpy, scal and norm2, the last without overflow or underflow', () => {
    const x = heap.alloc(8 * 12);
    const y = heap.alloc(8 * 12);
    for (let n = 0; n <= 10; ++n) {
      for (let i = 0; i < 12; ++i) {
        store<f64>(at(x, i), value(i));
        store<f64>(at(y, i), value(2 * i));
      }
      axpy(n, 3, x, y);
      scal(n, -1, x);
      for (let i = 0; i < 12; ++i) {
        expect(load<f64>(at(y, i))).toBe(value(2 * i) + (i < n ? 3 * value(i) : 0));
        expect(load<f64>(at(x, i))).toBe(i < n ? -value(i) : value(i));
      }
    }
    expect(norm2(0, x)).toBe(0);
    for (let e = -1040; e <= 1000; e += 40) {
      const s = 2 ** e;
      store<f64>(x, 3 * s);
      store<f64>(at(x, 1), -4 * s);
      expect(norm2(2, x)).toBe(5 * s);
    }
    heap.free(x);
    heap.free(y);
  });
});
