// H = I − tau v vᴴ with v₀ = 1, Hᴴ (alpha, x)ᵀ = (beta, 0)ᵀ and beta real: the elementary reflector of LAPACK's zlarfg.
// tau is complex, 1 ≤ Re tau ≤ 2 and |tau| ≤ 2, because a reflection alone could not make beta real. Real and imaginary
// parts lie in separate planes.
// Range: H is unitary to rounding for every (alpha, x) of norm up to 2^1000, the smallest subnormal numbers included:
// where beta itself would lack digits, the vector is first multiplied by a power of two. beta is accurate to rounding,
// or to half of 2^-1074 where it is below 2^-1022.

import { norm2 } from '../../kernel/norm2';
import { rot, scal } from '../../kernel/vectors';
import { LIFT, SMALL } from './householder';

/**
 * Replaces x (n − 1 complex numbers, planes xr and xi) by the tail of v, stores beta at `beta` and the parts of tau at
 * `taur` and `taui`. tau = 0 (H = I) when x = 0 and alpha is real.
 */
export function complexHouseholder(
  n: i32,
  alphar: f64,
  alphai: f64,
  xr: usize,
  xi: usize,
  beta: usize,
  taur: usize,
  taui: usize,
): void {
  const tailr = norm2(n - 1, xr);
  const taili = norm2(n - 1, xi);
  if (tailr == 0 && taili == 0 && alphai == 0) {
    store<f64>(beta, alphar);
    store<f64>(taur, 0);
    store<f64>(taui, 0);
    return;
  }
  const top = max(max(abs(alphar), abs(alphai)), max(tailr, taili));
  if (top < SMALL) {
    scal(n - 1, LIFT, xr);
    scal(n - 1, LIFT, xi);
    complexHouseholder(n, LIFT * alphar, LIFT * alphai, xr, xi, beta, taur, taui);
    store<f64>(beta, load<f64>(beta) / LIFT);
    return;
  }
  const a = alphar / top;
  const b = alphai / top;
  const c = tailr / top;
  const d = taili / top;
  const norm = top * sqrt(a * a + b * b + (c * c + d * d));
  const head = alphar >= 0 ? -norm : norm;
  // 1 / (alpha − beta), whose real part is larger than its imaginary part.
  const real = alphar - head;
  const ratio = alphai / real;
  const inverse = 1 / (real + alphai * ratio);
  timesComplex(n - 1, inverse, -ratio * inverse, xr, xi);
  store<f64>(beta, head);
  store<f64>(taur, (head - alphar) / head);
  store<f64>(taui, -alphai / head);
}

/** x := (s + i t) x on n complex numbers in planes: a rotation by −t, which need not have the length 1. */
export function timesComplex(n: i32, s: f64, t: f64, xr: usize, xi: usize): void {
  rot(n, xr, xi, s, -t);
}
