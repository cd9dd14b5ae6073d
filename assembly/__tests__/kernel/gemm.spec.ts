// Products of matrices against three plain loops.
import { gemm, gemmLower, gemmWorkspace } from '../../kernel/gemm/gemm';
import { operands } from '../../kernel/gemm/operands';

/** Numbers in (−1, 1) with all bits in use, from a linear congruential sequence. */
function fill(x: usize, count: i32, seed: u64): void {
  let s = seed * 2862933555777941757 + 3037000493;
  for (let i = 0; i < count; ++i) {
    s = s * 6364136223846793005 + 1442695040888963407;
    store<f64>(x + ((<usize>i) << 3), <f64>(<i64>(s >> 11)) / 4503599627370496.0 - 1);
  }
}

/** Largest error of C against the triple loop, relative to k; NaN anywhere is reported as infinity. */
function errorOf(
  m: i32,
  n: i32,
  k: i32,
  alpha: f64,
  transA: bool,
  transB: bool,
  beta: f64,
  pad: i32,
  lower: bool,
): f64 {
  const lda = (transA ? k : m) + pad;
  const ldb = (transB ? n : k) + pad;
  const ldc = m + pad;
  const a = heap.alloc(<usize>(lda * (transA ? m : k)) * 8 + 8);
  const b = heap.alloc(<usize>(ldb * (transB ? k : n)) * 8 + 8);
  const c = heap.alloc(<usize>(ldc * n) * 8 + 8);
  const c0 = heap.alloc(<usize>(ldc * n) * 8 + 8);
  const work = heap.alloc(gemmWorkspace(m, n, k));
  fill(a, lda * (transA ? m : k), 1);
  fill(b, ldb * (transB ? k : n), 2);
  fill(c, ldc * n, 3);
  if (beta == 0) for (let i = 0; i < ldc * n; ++i) store<f64>(c + 8 * i, NaN);
  memory.copy(c0, c, <usize>(ldc * n) * 8);
  const rsa = transA ? lda : 1;
  const csa = transA ? 1 : lda;
  const rsb = transB ? ldb : 1;
  const csb = transB ? 1 : ldb;
  if (lower) gemmLower(n, k, alpha, operands(a, rsa, csa, b, rsb, csb, work), beta, c, ldc);
  else gemm(m, n, k, alpha, operands(a, rsa, csa, b, rsb, csb, work), beta, c, ldc);
  let worst: f64 = 0;
  for (let j = 0; j < n; ++j) {
    for (let i = 0; i < ldc; ++i) {
      const got = load<f64>(c + 8 * (i + j * ldc));
      const was = load<f64>(c0 + 8 * (i + j * ldc));
      if (i >= m || (lower && i < j)) {
        if (reinterpret<u64>(got) != reinterpret<u64>(was)) worst = Infinity;
        continue;
      }
      let sum: f64 = 0;
      for (let l = 0; l < k; ++l) {
        sum += load<f64>(a + 8 * (i * rsa + l * csa)) * load<f64>(b + 8 * (l * rsb + j * csb));
      }
      const want = beta == 0 ? alpha * sum : alpha * sum + beta * was;
      const error = abs(got - want) / (k + 1);
      worst = error <= worst ? worst : error == error ? error : Infinity;
    }
  }
  heap.free(a);
  heap.free(b);
  heap.free(c);
  heap.free(c0);
  heap.free(work);
  return worst;
}

const EPS: f64 = 2.3e-16;

describe('gemm', () => {
  test('agrees with the triple loop for every small shape and every transpose', () => {
    let worst: f64 = 0;
    for (let m = 0; m <= 9; ++m) {
      for (let n = 0; n <= 9; ++n) {
        for (let k = 0; k <= 5; ++k) {
          for (let t = 0; t < 4; ++t) {
            worst = max(worst, errorOf(m, n, k, 0.75, (t & 1) != 0, (t & 2) != 0, -0.5, t, false));
          }
        }
      }
    }
    expect(worst).toBeLessThan(2 * EPS);
  });

  test('agrees around the edges of the cache blocks', () => {
    expect(errorOf(143, 5, 255, 1, false, false, 1, 0, false)).toBeLessThan(2 * EPS);
    expect(errorOf(144, 6, 256, 1, true, false, 1, 1, false)).toBeLessThan(2 * EPS);
    expect(errorOf(145, 7, 257, -1, false, true, 0, 2, false)).toBeLessThan(2 * EPS);
    expect(errorOf(289, 9, 513, 2, true, true, 0.5, 3, false)).toBeLessThan(2 * EPS);
    expect(errorOf(5, 1023, 3, 1, false, false, 0, 0, false)).toBeLessThan(2 * EPS);
    expect(errorOf(6, 1024, 4, 1, false, true, 1, 1, false)).toBeLessThan(2 * EPS);
    expect(errorOf(7, 1025, 5, 1, true, false, 0, 0, false)).toBeLessThan(2 * EPS);
    expect(errorOf(3, 2050, 2, 1, true, true, 2, 5, false)).toBeLessThan(2 * EPS);
  });

  test('beta = 0 does not read C, also when nothing is to be added', () => {
    expect(errorOf(13, 11, 7, 1, false, false, 0, 1, false)).toBeLessThan(2 * EPS);
    expect(errorOf(13, 11, 0, 1, false, false, 0, 1, false)).toBe(0);
    expect(errorOf(13, 11, 7, 0, false, false, 0, 1, false)).toBe(0);
  });

  test('takes strides that are neither rows nor columns', () => {
    const a = heap.alloc(8 * 200);
    const c = heap.alloc(8 * 25);
    const work = heap.alloc(gemmWorkspace(5, 5, 3));
    fill(a, 200, 7);
    gemm(5, 5, 3, 1, operands(a, 2, 11, a, 13, 3, work), 0, c, 5);
    let worst: f64 = 0;
    for (let i = 0; i < 5; ++i) {
      for (let j = 0; j < 5; ++j) {
        let sum: f64 = 0;
        for (let l = 0; l < 3; ++l)
          sum += load<f64>(a + 8 * (2 * i + 11 * l)) * load<f64>(a + 8 * (13 * l + 3 * j));
        worst = max(worst, abs(sum - load<f64>(c + 8 * (i + 5 * j))));
      }
    }
    expect(worst).toBeLessThan(4 * EPS);
    heap.free(a);
    heap.free(c);
    heap.free(work);
  });
});

describe('gemmLower', () => {
  test('writes the lower triangle and leaves the rest, at every small size', () => {
    let worst: f64 = 0;
    for (let n = 0; n <= 21; ++n) worst = max(worst, errorOf(n, n, 6, -1, false, true, 1, 2, true));
    expect(worst).toBeLessThan(2 * EPS);
  });

  test('agrees around the edges of the cache blocks', () => {
    for (let n = 143; n <= 146; ++n)
      expect(errorOf(n, n, 9, -1, false, true, 1, 1, true)).toBeLessThan(2 * EPS);
    expect(errorOf(290, 290, 258, 1, true, false, 0, 0, true)).toBeLessThan(2 * EPS);
    expect(errorOf(1030, 1030, 2, 1, false, true, 1, 3, true)).toBeLessThan(2 * EPS);
  });
});
