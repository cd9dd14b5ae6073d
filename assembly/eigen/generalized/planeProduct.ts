// C := C + alpha op(A) op(B) of real matrices, or of complex ones whose real and imaginary parts lie in planes `plane`
// bytes apart: four real products, each of which adds to its plane,
//
//     Re C += alpha (Ar Br − s t Ai Bi),   Im C += alpha (t Ar Bi + s Ai Br),   s, t = −1 where A, B is conjugated.
//
// Three products would do with sums of real and imaginary parts, but would lose the accuracy of each part by itself.
// Range: as plain products and sums: terms that underflow are lost, results beyond 1.8e308 overflow.
import { gemm, gemmLowerColumns } from '../../kernel/gemm/gemm';
import { Operands } from '../../kernel/gemm/operands';

/**
 * Adds the product to C (m×n, column-major, leading dimension ldc) for the A (m×k) and B (k×n) that
 * `operands` put into ab. `plane`: distance of the planes in bytes, the same for all three, 0 for real
 * matrices; s, t: 1, or −1 for a conjugate.
 */
export function addProduct(
  m: i32,
  n: i32,
  k: i32,
  alpha: f64,
  ab: usize,
  plane: usize,
  s: f64,
  t: f64,
  c: usize,
  ldc: i32,
): void {
  if (m <= 0 || n <= 0 || k <= 0) return;
  gemm(m, n, k, alpha, ab, 1, c, ldc);
  if (plane == 0) return;
  shift(ab, plane, plane);
  gemm(m, n, k, -alpha * s * t, ab, 1, c, ldc);
  shift(ab, 0, -plane);
  gemm(m, n, k, alpha * s, ab, 1, c + plane, ldc);
  shift(ab, -plane, plane);
  gemm(m, n, k, alpha * t, ab, 1, c + plane, ldc);
  shift(ab, 0, -plane);
}

/** Columns from ≤ j < to of the lower triangle of C (n×n) := C − A Bᴴ, with A and B n×k. */
export function subtractLower(
  n: i32,
  from: i32,
  to: i32,
  k: i32,
  ab: usize,
  plane: usize,
  c: usize,
  ldc: i32,
): void {
  if (to <= from || k <= 0) return;
  gemmLowerColumns(n, from, to, k, -1, ab, 1, c, ldc);
  if (plane == 0) return;
  shift(ab, plane, plane);
  gemmLowerColumns(n, from, to, k, -1, ab, 1, c, ldc);
  shift(ab, 0, -plane);
  gemmLowerColumns(n, from, to, k, -1, ab, 1, c + plane, ldc);
  shift(ab, -plane, plane);
  gemmLowerColumns(n, from, to, k, 1, ab, 1, c + plane, ldc);
  shift(ab, 0, -plane);
}

/** Moves the addresses of both factors by a plane. */
function shift(ab: usize, a: usize, b: usize): void {
  const product = changetype<Operands>(ab);
  product.a += a;
  product.b += b;
}
