// Σ²(L): the variance of the number of unfolded levels in a window of length L, over all places of the window within the
// spectrum. The number in (x, x + L] is constant between the places where a level leaves or enters, so that the mean over x is
// a sum over those places, without sampling.
// Range: unfolded levels, ascending, spacing about 1; exact but for rounding.

/**
 * Adds to sums[0 … 2] the integrals over x of 1, of N − L and of (N − L)², N the number of levels in (x, x + L], x from the
 * first level to where the window ends at the last. Nothing where the window is longer than the spectrum.
 */
export function windowCounts(count: i32, levels: usize, length: f64, sums: usize): void {
  if (count == 0) return;
  const end = levels + ((<usize>(count - 1)) << 3);
  const last = load<f64>(end) - length;
  let x = load<f64>(levels);
  // The next level that leaves, and the next that enters.
  let out = levels;
  let into = levels;
  let most: f64 = 0,
    first: f64 = 0,
    second: f64 = 0;
  while (x < last) {
    while (out <= end && load<f64>(out) <= x) out += 8;
    while (into <= end && load<f64>(into) <= x + length) into += 8;
    const leaves = out <= end ? load<f64>(out) : Infinity;
    const enters = into <= end ? load<f64>(into) - length : Infinity;
    // Rounding may put the place where a level enters at x itself: then it is in.
    let next = Math.min(Math.min(leaves, enters), last);
    if (!(next > x)) {
      into += 8;
      next = x;
    }
    const more = <f64>(<i32>((into - out) >> 3)) - length;
    const part = next - x;
    most += part;
    first += part * more;
    second += part * more * more;
    x = next;
  }
  store<f64>(sums, load<f64>(sums) + most);
  store<f64>(sums, load<f64>(sums, 8) + first, 8);
  store<f64>(sums, load<f64>(sums, 16) + second, 16);
}
