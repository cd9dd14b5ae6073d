// ‖x‖₂ without spurious overflow or underflow.
import { dot } from "./dot";

/** Sums of squares in this range were neither hurt by underflow nor by overflow. */
const SMALL: f64 = 1e-280;
const LARGE: f64 = 1e300;

/** Euclidean norm of n contiguous doubles. */
export function norm2(n: i32, x: usize): f64 {
  const s = dot(n, x, x);
  if (s > SMALL && s < LARGE) return Math.sqrt(s);
  let top: f64 = 0;
  for (let i = 0; i < n; ++i) top = max(top, abs(load<f64>(x + (<usize>i << 3))));
  if (top == 0 || !(top < Infinity)) return top;
  let sum: f64 = 0;
  for (let i = 0; i < n; ++i) {
    const y = load<f64>(x + (<usize>i << 3)) / top;
    sum += y * y;
  }
  return top * Math.sqrt(sum);
}
