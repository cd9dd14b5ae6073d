// Reflectors and norms of vectors at every exponent of their entries.

import { householder } from '../../../eigen/reduce/householder';
import { norm2 } from '../../../kernel/norm2';
import { ULP } from '../../../numeric/constants';
import { scaled } from '../../scaled';

/** The larger of |tau ‖v‖² − 2| / eps and ‖H (alpha, x) − (beta, 0)‖ over ‖(alpha, x)‖ eps and a quantum an element. */
function fault(alpha: f64, p: f64, q: f64, r: f64): f64 {
  const x = heap.alloc(32);
  store<f64>(x, p);
  store<f64>(x, q, 8);
  store<f64>(x, r, 16);
  const tau = householder(4, alpha, x, x + 24);
  const v1 = load<f64>(x);
  const v2 = load<f64>(x, 8);
  const v3 = load<f64>(x, 16);
  const beta = load<f64>(x, 24);
  heap.free(x);
  if (p == 0 && q == 0 && r == 0) return tau == 0 && beta == alpha ? 0 : Infinity;
  if (!(tau >= 1 && tau <= 2)) return Infinity;
  const orthogonality = abs(tau * (1 + v1 * v1 + v2 * v2 + v3 * v3) - 2) / ULP;
  // Near 1, where products are exact enough.
  const top = max(max(abs(alpha), abs(p)), max(abs(q), abs(r)));
  const lift = top < 1e-200 ? 969 : top > 1e200 ? -900 : 0;
  const a = scaled(alpha, lift);
  const b = scaled(p, lift);
  const c = scaled(q, lift);
  const d = scaled(r, lift);
  const quantum = scaled(5e-324, max(lift, 0));
  const t = tau * (a + v1 * b + v2 * c + v3 * d);
  let image = abs(a - t - scaled(beta, lift));
  image = max(image, max(abs(b - t * v1), max(abs(c - t * v2), abs(d - t * v3))));
  return max(orthogonality, image / (scaled(top, lift) * ULP + quantum));
}

describe('householder', () => {
  test('is orthogonal and empties the tail at every exponent of head and tail', () => {
    let worst: f64 = 0;
    for (let i = -1074; i <= 998; i += 7) {
      for (let j = -1074; j <= 998; j += 11) {
        const sign: f64 = (i ^ j) & 1 ? -1 : 1;
        worst = max(worst, fault(scaled(1.3, i), scaled(1.7, j), scaled(-1.1, j), scaled(sign, j - 3)));
        worst = max(worst, fault(scaled(-1.9, i), scaled(sign, j), 0, scaled(1.5, -1074)));
      }
    }
    expect(worst).toBeLessThan(8);
  });

  test('of the smallest numbers is orthogonal, where beta has one digit', () => {
    // A subnormal beta that was used for tau and v gave tau = 2, ‖v‖² = 2 for (1, 1) quanta.
    const t = 5e-324;
    for (let a = -5; a <= 5; ++a) {
      for (let b = 0; b <= 5; ++b) {
        for (let c = 0; c <= 3; ++c) expect(fault(<f64>a * t, <f64>b * t, -(<f64>c) * t, 0)).toBeLessThan(8);
      }
    }
  });

  test('on both sides of the size below which the vector is lifted', () => {
    let worst: f64 = 0;
    for (let k = -974; k <= -964; ++k) {
      for (let j = -1074; j <= -960; ++j) {
        worst = max(worst, fault(scaled(1.1, k), scaled(1.9, j), scaled(1.3, j), 0));
        worst = max(worst, fault(0, scaled(1.9, k), scaled(1.3, j), scaled(-1.7, j)));
      }
    }
    expect(worst).toBeLessThan(8);
  });
});

describe('norm2', () => {
  test('is right to some ulp at every exponent, and to a quantum below the normal ones', () => {
    const x = heap.alloc(40);
    for (let k = -1074; k <= 1021; ++k) {
      // 1 + 4 + 4 + 16 + 0 = 25.
      const one = scaled(0.5, k);
      store<f64>(x, one);
      store<f64>(x, -2 * one, 8);
      store<f64>(x, 2 * one, 16);
      store<f64>(x, 4 * one, 24);
      store<f64>(x, 0, 32);
      const exact = 5 * one;
      expect(abs(norm2(5, x) - exact)).toBeLessThanOrEqual(max(5e-324, 4 * ULP * exact));
    }
    heap.free(x);
  });

  test('of nothing is 0, of an infinity infinite', () => {
    const x = heap.alloc(16);
    store<f64>(x, 0);
    store<f64>(x, -Infinity, 8);
    expect(norm2(0, x)).toBe(0);
    expect(norm2(1, x)).toBe(0);
    expect(norm2(2, x)).toBe(Infinity);
    heap.free(x);
  });
});
