// y := x. On shared memory the engine's memory.copy goes through slow, relaxed-atomic code.

/** Copies n doubles from x to y; the two do not overlap. */
export function copyDoubles(n: i32, x: usize, y: usize): void {
  if (!ASC_FEATURE_THREADS) {
    memory.copy(y, x, (<usize>n) << 3);
    return;
  }
  const end = x + ((<usize>(n & ~1)) << 3);
  while (x < end) {
    v128.store(y, v128.load(x));
    x += 16;
    y += 16;
  }
  if (n & 1) store<f64>(y, load<f64>(x));
}
