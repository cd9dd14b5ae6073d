// A = Q T Qᵀ, with Q orthogonal, around every edge of a block and at extreme scales.

import { backTransformBlocked, backTransformBlockedWorkspace } from '../../../eigen/reduce/backTransform';
import { tridiagonalizeBlockedWorkspace, tridiagonalizeStart } from '../../../eigen/reduce/tridiagonalize';
import { finish } from '../../../job';
import { ULP } from '../../../numeric/constants';

function at(a: usize, ld: i32, i: i32, j: i32): usize {
  return a + ((<usize>j * <usize>ld + <usize>i) << 3);
}

/**
 * Reduces a random symmetric matrix (its strict upper triangle NaN), forms Q by back-transforming the identity and
 * returns the larger of ‖A − Q T Qᵀ‖_max / (‖A‖_max n eps) and ‖I − Q Qᵀ‖_max / (n eps). `zeros`: the matrix is
 * block diagonal with empty couplings, so that some reflectors vanish.
 */
function ratio(n: i32, block: i32, wy: i32, pad: i32, scale: f64, zeros: bool): f64 {
  const lda = n + pad;
  const a = heap.alloc(<usize>(lda * n + 1) * 8);
  const full = heap.alloc(<usize>(n * n + 1) * 8);
  const z = heap.alloc(<usize>(lda * n + 1) * 8);
  const d = heap.alloc(<usize>(3 * n + 1) * 8);
  const e = d + 8 * n;
  const tau = e + 8 * n;
  let s: u64 = <u64>(n + 17 * block) * 2862933555777941757 + 3037000493;
  for (let j = 0; j < n; ++j) {
    for (let i = 0; i < lda; ++i) store<f64>(at(a, lda, i, j), NaN);
    for (let i = j; i < n; ++i) {
      s = s * 6364136223846793005 + 1442695040888963407;
      let x = scale * (<f64>(<i64>(s >> 11)) / 4503599627370496.0 - 1);
      if (zeros && i / 3 != j / 3) x = 0;
      store<f64>(at(a, lda, i, j), x);
      store<f64>(at(full, n, i, j), x);
      store<f64>(at(full, n, j, i), x);
    }
  }
  const work = heap.alloc(
    max(tridiagonalizeBlockedWorkspace(n, block), backTransformBlockedWorkspace(n, n, wy)),
  );
  tridiagonalizeStart(n, a, lda, d, e, tau, block, work);
  finish(work);
  for (let j = 0; j < n; ++j) {
    for (let i = 0; i < lda; ++i) store<f64>(at(z, lda, i, j), i == j ? 1 : i < n ? 0 : NaN);
  }
  backTransformBlocked(n, n, a, lda, tau, z, lda, wy, work);
  let residual: f64 = 0;
  let orthogonality: f64 = 0;
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j <= i; ++j) {
      let qtq: f64 = 0;
      let qq: f64 = i == j ? -1 : 0;
      for (let k = 0; k < n; ++k) {
        let tq = load<f64>(d + 8 * k) * load<f64>(at(z, lda, j, k));
        if (k > 0) tq += load<f64>(e + 8 * (k - 1)) * load<f64>(at(z, lda, j, k - 1));
        if (k < n - 1) tq += load<f64>(e + 8 * k) * load<f64>(at(z, lda, j, k + 1));
        qtq += load<f64>(at(z, lda, i, k)) * tq;
        qq += load<f64>(at(z, lda, i, k)) * load<f64>(at(z, lda, j, k));
      }
      const r = abs(qtq - load<f64>(at(full, n, i, j)));
      residual = r <= residual ? residual : r == r ? r : Infinity;
      const o = abs(qq);
      orthogonality = o <= orthogonality ? orthogonality : o == o ? o : Infinity;
    }
  }
  heap.free(a);
  heap.free(full);
  heap.free(z);
  heap.free(d);
  heap.free(work);
  return max(residual / (scale * n * ULP), orthogonality / (n * ULP));
}

describe('tridiagonalize and backTransform', () => {
  test('A = Q T Qᵀ with Q orthogonal at every small size', () => {
    for (let n = 1; n <= 20; ++n) expect(ratio(n, 4, 3, n % 3, 1, false)).toBeLessThan(3);
  });

  test('at sizes around the block edges', () => {
    for (let n = 31; n <= 34; ++n) expect(ratio(n, 32, 32, 1, 1, false)).toBeLessThan(3);
    for (let n = 63; n <= 66; ++n) expect(ratio(n, 32, 64, 0, 1, false)).toBeLessThan(3);
    expect(ratio(97, 16, 24, 2, 1, false)).toBeLessThan(3);
    expect(ratio(130, 32, 64, 0, 1, false)).toBeLessThan(3);
  });

  test('where the products with the trailing matrix are cut into strips', () => {
    for (let n = 191; n <= 197; n += 2) expect(ratio(n, 16, 32, 1, 1, false)).toBeLessThan(3);
    expect(ratio(239, 24, 48, 0, 1, false)).toBeLessThan(3);
  });

  test('with vanishing reflectors and extreme scales', () => {
    expect(ratio(23, 4, 8, 1, 1, true)).toBeLessThan(3);
    expect(ratio(23, 4, 8, 1, 1e-150, false)).toBeLessThan(3);
    expect(ratio(23, 4, 8, 1, 1e150, false)).toBeLessThan(3);
  });
});
