// Rotations at every exponent, and the sweeps that are made of them.
import { SWEEPS_PER_ROW } from '../../eigen/tridiagonal/cap';
import { tridiagonalEigenvalues, tridiagonalEigenvaluesWorkspace } from '../../eigen/tridiagonal/pwk';
import { tridiagonalQr, tridiagonalQrWorkspace } from '../../eigen/tridiagonal/qr';
import { ULP } from '../../numeric/constants';
import { rotation } from '../../numeric/rotation';
import { scaled } from '../scaled';

/** The largest of |c² + s² − 1|, |c f + s g − r|/r and |c g − s f|/r over eps, for f 2^k and g 2^k. */
function fault(f: f64, g: f64, k: i32, out: usize): f64 {
  const r = rotation(scaled(f, k), scaled(g, k), out);
  const c = load<f64>(out);
  const s = load<f64>(out, 8);
  const size = sqrt(f * f + g * g);
  const unit = abs(c * c + s * s - 1);
  const empty = abs(c * g - s * f) / size;
  // r to its last digit, or to one quantum.
  const length = abs(abs(r) - scaled(size, k)) / max(scaled(size, k) * ULP, 5e-324);
  return max(
    max(unit, empty) / ULP,
    max(length, (0.5 * abs(c * f + s * g - (r < 0 ? -size : size))) / (size * ULP)),
  );
}

describe('rotation', () => {
  test('is orthogonal and right at every exponent, subnormal elements included', () => {
    const out = heap.alloc(16);
    let worst: f64 = 0;
    for (let k = -1074; k <= 1020; ++k) {
      worst = max(worst, fault(3, 4, k, out));
      worst = max(worst, fault(-1, 1, k, out));
      worst = max(worst, fault(1, -7, k, out));
      worst = max(worst, fault(0, -2, k, out));
      worst = max(worst, fault(-2, 0, k, out));
    }
    expect(worst).toBeLessThan(4);
    heap.free(out);
  });

  test('of two quanta is by 45 degrees', () => {
    // Their norm, rounded to one quantum, gave c = s = 1.
    const out = heap.alloc(16);
    rotation(5e-324, 5e-324, out);
    expect(abs(load<f64>(out) - Math.SQRT1_2)).toBeLessThan(ULP);
    expect(abs(load<f64>(out, 8) - Math.SQRT1_2)).toBeLessThan(ULP);
    heap.free(out);
  });

  test('of elements of any two sizes', () => {
    const out = heap.alloc(16);
    for (let i = -1074; i <= 1000; i += 13) {
      for (let j = -1074; j <= 1000; j += 17) {
        rotation(scaled(1.25, i), scaled(-1.75, j), out);
        const c = load<f64>(out);
        const s = load<f64>(out, 8);
        expect(abs(c * c + s * s - 1)).toBeLessThan(4 * ULP);
      }
    }
    heap.free(out);
  });
});

/** T = (0; top, small, …, small) of order n, by QR when `vectors`, else by Pal–Walker–Kahan: the status, or the
 * largest error of its eigenvalues over top eps, which are ±top and, to below that, zero. */
function chain(n: i32, top: f64, small: f64, place: i32, vectors: bool): f64 {
  const row = (<usize>n) << 3;
  const x = heap.alloc(2 * row + row * n);
  const e = x + row;
  const z = e + row;
  memory.fill(x, 0, 2 * row + row * n);
  for (let i = 0; i < n - 1; ++i) store<f64>(e + ((<usize>i) << 3), i == place ? top : small);
  for (let i = 0; i < n; ++i) store<f64>(z + <usize>i * (row + 8), 1);
  const work = heap.alloc(vectors ? tridiagonalQrWorkspace(n, true) : tridiagonalEigenvaluesWorkspace());
  const status = vectors
    ? tridiagonalQr(n, x, e, z, n, n, true, work, SWEEPS_PER_ROW * n)
    : tridiagonalEigenvalues(n, x, e, work, SWEEPS_PER_ROW * n);
  let worst: f64 = status == 0 ? 0 : Infinity;
  for (let i = 0; i < n; ++i) {
    const exact = i == 0 ? -top : i == n - 1 ? top : 0;
    const error = abs(load<f64>(x + ((<usize>i) << 3)) / top - exact / top) / ULP;
    worst = error <= worst ? worst : error == error ? error : Infinity;
  }
  heap.free(x);
  heap.free(work);
  return worst;
}

describe('blocks with a zero diagonal and couplings whose squares underflow', () => {
  test('converge at every norm', () => {
    // Unscaled blocks of norm 1e20 … 1e100 made sweeps without end.
    let worst: f64 = 0;
    for (let n = 3; n <= 9; ++n) {
      for (let k = -1000; k <= 1020; k += 20) {
        const top = scaled(1.5, k);
        for (let j = -1074; j < k - 60; j += 31) {
          for (let place = 0; place < n - 1; place += 2) {
            worst = max(worst, chain(n, top, scaled(1, j), place, true));
            worst = max(worst, chain(n, top, scaled(1, j), place, false));
          }
        }
      }
    }
    expect(worst).toBeLessThan(8);
    expect(chain(4, 1e20, 1e-150, 0, true)).toBeLessThan(8);
    expect(chain(4, 1e20, 1e-150, 0, false)).toBeLessThan(8);
  });
});

describe('the sweeps of Pal, Walker and Kahan', () => {
  test('keep their eigenvalues where γ² of Pal, Walker and Kahan is subnormal', () => {
    // γ = 1.8e-104 1.8e-50: γ²/c² without digits moved an eigenvalue by 1e-8 of the norm.
    const x = heap.alloc(64);
    const work = heap.alloc(tridiagonalEigenvaluesWorkspace());
    let worst: f64 = 0;
    for (let i = -600; i <= -100; i += 3) {
      for (let j = -600; j <= -100; j += 7) {
        store<f64>(x, 0);
        store<f64>(x, scaled(-1, j), 8);
        store<f64>(x, 0, 16);
        store<f64>(x, scaled(-1, i), 32);
        store<f64>(x, -1.5, 40);
        expect(tridiagonalEigenvalues(3, x, x + 32, work, 90)).toBe(0);
        worst = max(worst, max(abs(load<f64>(x) + 1.5), abs(load<f64>(x, 16) - 1.5)));
      }
    }
    expect(worst / ULP).toBeLessThan(8);
    heap.free(x);
    heap.free(work);
  });

  test('of two equal diagonal elements and a coupling that is just not negligible come apart', () => {
    // The shift rounds to the diagonal itself: sweeps of Pal, Walker and Kahan exchanged the two for ever.
    const x = heap.alloc(64);
    const work = heap.alloc(tridiagonalEigenvaluesWorkspace());
    for (let order = 2; order <= 3; ++order) {
      for (let ulps = -4; ulps <= 4; ++ulps) {
        store<f64>(x, -1);
        store<f64>(x, order == 2 ? -1 : -0.9999879792123489, 8);
        store<f64>(x, -0.2500120207876513, 16);
        store<f64>(x, reinterpret<f64>(reinterpret<i64>(0.5 * ULP) + ulps), 32);
        if (order == 3) store<f64>(x, 1.1102319219022585e-16, 32);
        store<f64>(x, -0.003002573269555331, 40);
        expect(tridiagonalEigenvalues(order, x, x + 32, work, 30 * order)).toBe(0);
        expect(abs(load<f64>(x) + 1)).toBeLessThan(4 * ULP);
      }
    }
    heap.free(x);
    heap.free(work);
  });
});
