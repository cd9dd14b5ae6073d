// What the elementary reflector of complex vectors maps to what, over all exponents.

import { complexHouseholder } from '../../../eigen/reduce/complexHouseholder';
import { ULP } from '../../../numeric/constants';
import { powerOfTwo } from '../../../numeric/scaling';

const N = 5;

function part(i: i32): f64 {
  return <f64>((i * 29 + 7) % 19) / 19 - 0.4;
}

/** Applies Hᴴ to the vector of which it was made, times `scale`, and compares with (beta, 0): in ulp of the norm. */
function deviation(scale: f64, alphai: f64): f64 {
  const x = heap.alloc(8 * (2 * N + 3));
  const xi = x + 8 * N;
  const beta = xi + 8 * N;
  for (let i = 0; i < N - 1; ++i) {
    store<f64>(x + ((<usize>i) << 3), part(i) * scale);
    store<f64>(xi + ((<usize>i) << 3), part(i + 7) * scale);
  }
  complexHouseholder(N, 0.3 * scale, alphai * scale, x, xi, beta, beta + 8, beta + 16);
  const tr = load<f64>(beta, 8);
  const ti = load<f64>(beta, 16);
  // vᴴ y with v₀ = 1, y without the scale.
  let sr = 0.3;
  let si = alphai;
  let norm = 0.3 * 0.3 + alphai * alphai;
  let size = 1.0;
  for (let i = 0; i < N - 1; ++i) {
    const p = load<f64>(x + ((<usize>i) << 3));
    const q = load<f64>(xi + ((<usize>i) << 3));
    sr += p * part(i) + q * part(i + 7);
    si += p * part(i + 7) - q * part(i);
    norm += part(i) * part(i) + part(i + 7) * part(i + 7);
    size += p * p + q * q;
  }
  norm = sqrt(norm);
  // H is unitary: 2 Re tau = |tau|² ‖v‖².
  let worst = abs(2 * tr - (tr * tr + ti * ti) * size) / norm;
  // y − tau̅ v (vᴴ y)
  const cr = tr * sr + ti * si;
  const ci = tr * si - ti * sr;
  worst = max(worst, abs(0.3 - cr - load<f64>(beta) / scale) / norm);
  worst = max(worst, abs(alphai - ci) / norm);
  for (let i = 0; i < N - 1; ++i) {
    const p = load<f64>(x + ((<usize>i) << 3));
    const q = load<f64>(xi + ((<usize>i) << 3));
    worst = max(worst, abs(part(i) - (cr * p - ci * q)) / norm);
    worst = max(worst, abs(part(i + 7) - (cr * q + ci * p)) / norm);
  }
  worst = max(worst, abs(abs(load<f64>(beta) / scale) - norm) / norm);
  heap.free(x);
  return worst / ULP;
}

describe('complexHouseholder', () => {
  test('maps the vector to a real multiple of the first unit vector, from 2^-900 to 2^1000', () => {
    for (let k = -900; k <= 1000; k += 50) expect(deviation(powerOfTwo(k), -0.7)).toBeLessThan(8);
    expect(deviation(1, 0)).toBeLessThan(8);
  });

  test('is unitary where the vector is subnormal', () => {
    const x = heap.alloc(64);
    for (let k = 0; k < 50; ++k) {
      const quantum = 5e-324 * <f64>((<u64>1) << (<u64>k));
      store<f64>(x, 3 * quantum);
      store<f64>(x, -2 * quantum, 8);
      complexHouseholder(2, quantum, -quantum, x, x + 8, x + 16, x + 24, x + 32);
      const tr = load<f64>(x, 24);
      const ti = load<f64>(x, 32);
      const size = 1 + load<f64>(x) * load<f64>(x) + load<f64>(x, 8) * load<f64>(x, 8);
      expect(abs(2 * tr - (tr * tr + ti * ti) * size)).toBeLessThan(2e-15);
      expect(abs(load<f64>(x, 16) + quantum * sqrt(15.0))).toBeLessThan(quantum);
    }
    heap.free(x);
  });

  test('turns the phase of a single number away, and leaves a real one', () => {
    const x = heap.alloc(64);
    complexHouseholder(1, 3, -4, x, x, x + 16, x + 24, x + 32);
    expect(load<f64>(x, 16)).toBe(-5);
    expect(load<f64>(x, 24)).toBe(1.6);
    expect(load<f64>(x, 32)).toBe(-0.8);
    complexHouseholder(1, -3, 0, x, x, x + 16, x + 24, x + 32);
    expect(load<f64>(x, 16)).toBe(-3);
    expect(load<f64>(x, 24)).toBe(0);
    expect(load<f64>(x, 32)).toBe(0);
    heap.free(x);
  });
});
