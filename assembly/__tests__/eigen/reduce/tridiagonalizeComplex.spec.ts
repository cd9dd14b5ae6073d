// Q T Qᴴ = A for Hermitian matrices of every small order and blocks of every width, the imaginary diagonal not being read.

import {
  backTransformComplexBlockedWorkspace,
  backTransformComplexStart,
} from '../../../eigen/reduce/backTransformComplex';
import {
  tridiagonalizeComplexBlockedWorkspace,
  tridiagonalizeComplexStart,
} from '../../../eigen/reduce/tridiagonalizeComplex';
import { finish } from '../../../job';
import { ULP } from '../../../numeric/constants';

function real(i: i32, j: i32): f64 {
  return <f64>((max(i, j) * 29 + min(i, j) * 17 + 7) % 31) / 31 - 0.5;
}
function imaginary(i: i32, j: i32): f64 {
  if (i == j) return 0;
  const x = <f64>((max(i, j) * 13 + min(i, j) * 23 + 5) % 37) / 37 - 0.5;
  return i > j ? x : -x;
}
function get(p: usize, i: i32): f64 {
  return load<f64>(p + ((<usize>i) << 3));
}
function set(p: usize, i: i32, x: f64): void {
  store<f64>(p + ((<usize>i) << 3), x);
}

/** The largest element of A Q − Q T in ulp. */
function deviation(n: i32, block: i32, wy: i32): f64 {
  const a = heap.alloc(16 * <usize>(n * n));
  const b = a + 8 * <usize>(n * n);
  const z = heap.alloc(16 * <usize>(n * n));
  const d = heap.alloc(32 * <usize>n);
  const e = d + 8 * <usize>n;
  const tau = e + 8 * <usize>n;
  const tau2 = tau + 8 * <usize>n;
  const work = heap.alloc(
    max(tridiagonalizeComplexBlockedWorkspace(n, block), backTransformComplexBlockedWorkspace(n, wy)),
  );
  for (let j = 0; j < n; ++j) {
    for (let i = 0; i < n; ++i) {
      set(a, i + j * n, i >= j ? real(i, j) : NaN);
      set(b, i + j * n, i > j ? imaginary(i, j) : NaN);
      set(z, 2 * (i + j * n), i == j ? 1 : 0);
      set(z, 2 * (i + j * n) + 1, 0);
    }
  }
  tridiagonalizeComplexStart(n, a, b, d, e, tau, tau2, block, work);
  finish(work);
  backTransformComplexStart(n, n, a, b, tau, tau2, z, wy, work);
  finish(work);
  let worst: f64 = 0;
  for (let k = 0; k < n; ++k) {
    for (let i = 0; i < n; ++i) {
      let x = -get(d, k) * get(z, 2 * (i + k * n));
      let y = -get(d, k) * get(z, 2 * (i + k * n) + 1);
      for (let c = k - 1; c <= k + 1; c += 2) {
        if (c < 0 || c >= n) continue;
        const t = get(e, min(c, k));
        x -= t * get(z, 2 * (i + c * n));
        y -= t * get(z, 2 * (i + c * n) + 1);
      }
      for (let j = 0; j < n; ++j) {
        const p = get(z, 2 * (j + k * n));
        const q = get(z, 2 * (j + k * n) + 1);
        x += real(i, j) * p - imaginary(i, j) * q;
        y += real(i, j) * q + imaginary(i, j) * p;
      }
      const size = abs(x) + abs(y);
      worst = size <= worst ? worst : size;
    }
  }
  heap.free(a);
  heap.free(z);
  heap.free(d);
  heap.free(work);
  return worst / ULP;
}

describe('tridiagonalizeComplex and backTransformComplex', () => {
  test('every small order and width of blocks', () => {
    for (let n = 1; n <= 14; ++n) {
      for (let block = 1; block <= 5; ++block) {
        for (let wy = 1; wy <= 5; wy += 2) expect(deviation(n, block, wy)).toBeLessThan(30);
      }
    }
  });

  test('on both sides of the order from which products are cut into strips', () => {
    for (let n = 191; n <= 195; n += 2) expect(deviation(n, 16, 24)).toBeLessThan(300);
  });
});
