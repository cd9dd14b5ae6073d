// Statistics of levels.

/**
 * Mean gap ratio [min(δ_i, δ_{i+1}) / max(δ_i, δ_{i+1})] of consecutive gaps δ of `count` ascending levels
 * (0.5307 for large GOE matrices, 0.3863 = 2 log 2 − 1 for Poisson levels). A pair of zero gaps counts as 0, but
 * where all gaps are zero there is no ratio: NaN. Needs count ≥ 3.
 */
export function gapRatio(count: i32, levels: usize): f64 {
  let sum: f64 = 0;
  let previous = load<f64>(levels, 8) - load<f64>(levels);
  let some = previous > 0;
  for (let i = 2; i < count; ++i) {
    levels += 8;
    const gap = load<f64>(levels, 8) - load<f64>(levels);
    const most = Math.max(gap, previous);
    if (most > 0) sum += Math.min(gap, previous) / most;
    previous = gap;
    some = some || gap > 0;
  }
  return some ? sum / (count - 2) : NaN;
}
