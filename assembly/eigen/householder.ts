// H = I − tau v vᵀ with v₀ = 1 and H (alpha, x)ᵀ = (beta, 0)ᵀ: the elementary reflector of LAPACK's dlarfg.
import { norm2 } from "../kernel/norm2";
import { scal } from "../kernel/gemv";

/** Smallest divisor whose reciprocal is exact enough to multiply with. */
const TINY: f64 = 1e-290;

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
  const low = min(abs(alpha), tail) / top;
  const norm = top * Math.sqrt(1 + low * low);
  const head = alpha >= 0 ? -norm : norm;
  const divisor = alpha - head;
  if (abs(divisor) > TINY) scal(n - 1, 1 / divisor, x);
  else for (let i = 0; i < n - 1; ++i) store<f64>(x + (<usize>i << 3), load<f64>(x + (<usize>i << 3)) / divisor);
  store<f64>(beta, head);
  return (head - alpha) / head;
}
