// H = I − tau v vᵀ with v₀ = 1 and H (alpha, x)ᵀ = (beta, 0)ᵀ: the elementary reflector of LAPACK's dlarfg.
// Range: H is orthogonal to rounding for every (alpha, x) of norm up to 2^1000, the smallest subnormal numbers
// included: where beta itself would lack digits, the vector is first multiplied by a power of two. beta is accurate to
// rounding, or to half of 2^-1074 where it is below 2^-1022.

import { norm2 } from '../../kernel/norm2';
import { scal } from '../../kernel/vectors';
import { powerOfTwo } from '../../numeric/scaling';

/** Below 2^-969, the smallest normal number over the unit roundoff, beta or the tail's norm may lack digits. */
export const SMALL: f64 = powerOfTwo(-969);
/** One lift by 2^969 is enough: it takes the smallest number, 2^-1074, to 2^-105. */
export const LIFT: f64 = powerOfTwo(969);

/**
 * Replaces x (n − 1 doubles) by the tail of v, stores beta at `beta` and returns tau; `alpha` is the head of the
 * vector. tau = 0 (H = I) when x = 0; otherwise 1 ≤ tau ≤ 2.
 */
export function householder(n: i32, alpha: f64, x: usize, beta: usize): f64 {
  const tail = norm2(n - 1, x);
  if (tail == 0) {
    store<f64>(beta, alpha);
    return 0;
  }
  const top = max(abs(alpha), tail);
  if (top < SMALL) return lifted(n, alpha, x, beta);
  const low = min(abs(alpha), tail) / top;
  const norm = top * Math.sqrt(1 + low * low);
  const head = alpha >= 0 ? -norm : norm;
  scal(n - 1, 1 / (alpha - head), x);
  store<f64>(beta, head);
  return (head - alpha) / head;
}

/** The same reflector, from the vector times a power of two. */
function lifted(n: i32, alpha: f64, x: usize, beta: usize): f64 {
  scal(n - 1, LIFT, x);
  const tau = householder(n, LIFT * alpha, x, beta);
  store<f64>(beta, load<f64>(beta) / LIFT);
  return tau;
}
