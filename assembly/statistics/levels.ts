// Ratios of consecutive gaps δ_i = ε_{i+1} − ε_i of ascending levels: r_i = min(δ_i, δ_{i+1}) / max(δ_i, δ_{i+1}).
// Range: levels of any size whose differences do not overflow.

/**
 * The count − 2 ratios into `out`, and their mean, which is returned (0.5307 for large GOE matrices, 0.5996 for GUE,
 * 0.3863 = 2 log 2 − 1 for Poisson levels). A pair of zero gaps counts as 0, but where all gaps are zero there is no ratio:
 * NaN. Needs count ≥ 3. With out = 0 only the mean.
 */
export function gapRatios(count: i32, levels: usize, out: usize): f64 {
  let sum: f64 = 0;
  let previous = load<f64>(levels, 8) - load<f64>(levels);
  let some = previous > 0;
  for (let i = 2; i < count; ++i) {
    levels += 8;
    const gap = load<f64>(levels, 8) - load<f64>(levels);
    const most = Math.max(gap, previous);
    const ratio = most > 0 ? Math.min(gap, previous) / most : 0;
    sum += ratio;
    if (out != 0) store<f64>(out + ((<usize>(i - 2)) << 3), ratio);
    previous = gap;
    some = some || gap > 0;
  }
  if (some) return sum / (count - 2);
  if (out != 0) for (let i = 2; i < count; ++i) store<f64>(out + ((<usize>(i - 2)) << 3), NaN);
  return NaN;
}
