// ‖x‖₂ = √Σ x_i². Range: accurate to n ulp for every x of norm 2^-1022 … 2^1024, whatever the sizes of its elements;
// of smaller norms, which are multiples of 2^-1074, to one such quantum. Sums of squares outside the range in which
// neither over- nor underflow hurts are formed again from x over its largest element, which costs a second pass.
import { amax, dot } from './vectors';

/** Sums of squares in this range were neither hurt by underflow nor by overflow. */
const SMALL: f64 = 1e-280;
const LARGE: f64 = 1e300;

/** Euclidean norm of n contiguous doubles; Infinity or NaN when one of them is. */
export function norm2(n: i32, x: usize): f64 {
  const s = dot(n, x, x);
  if (s > SMALL && s < LARGE) return Math.sqrt(s);
  const top = amax(n, x);
  if (top == 0 || !(top < Infinity)) return top;
  let sum: f64 = 0;
  for (let i = 0; i < n; ++i) {
    const y = load<f64>(x + ((<usize>i) << 3)) / top;
    sum += y * y;
  }
  return top * Math.sqrt(sum);
}
