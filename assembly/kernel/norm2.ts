// ‖x‖₂ = √Σ x_i².
// Range: a norm from 2^-1022 to 2^1024 is accurate to n ulp, whatever the sizes of the elements; a smaller norm is
// accurate to 2^-1074. A sum of squares that over- or underflow may have affected is formed again from x divided by its
// largest element, in a second pass.
import { amax, dot } from './vectors';

/** Whether neither over- nor underflow had a part in this sum of squares. */
@inline
export function isSafeSum(sum: f64): bool {
  return sum > 1e-280 && sum < 1e300;
}

/** Euclidean norm of n contiguous doubles; Infinity or NaN when an element is. */
export function norm2(n: i32, x: usize): f64 {
  const s = dot(n, x, x);
  if (isSafeSum(s)) return Math.sqrt(s);
  const top = amax(n, x);
  if (top == 0 || !(top < Infinity)) return top;
  let sum: f64 = 0;
  for (let i = 0; i < n; ++i) {
    const y = load<f64>(x + ((<usize>i) << 3)) / top;
    sum += y * y;
  }
  return top * Math.sqrt(sum);
}
