// Level statistics and sample statistics.

/** 2^-600: takes the largest numbers, and its inverse the smallest ones, to where squares are safe. */
const POWER_OF_TWO: f64 = reinterpret<f64>((<u64>(1023 - 600)) << 52);

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

/**
 * Sample mean and its standard error s/√count, s² = Σ (x − mean)²/(count − 1), in two passes:
 * out[0] = mean, out[1] = standard error (0 for one value). For values of any size: where sums or squares would leave the
 * range of doubles they are those of values times a power of two.
 */
export function meanAndError(count: i32, values: usize, out: usize): void {
  let largest: f64 = 0;
  for (let i = 0; i < count; ++i)
    largest = Math.max(largest, Math.abs(load<f64>(values + ((<usize>i) << 3))));
  const factor = largest > 1e140 ? POWER_OF_TWO : largest < 1e-120 ? 1 / POWER_OF_TWO : 1;
  let sum: f64 = 0;
  for (let i = 0; i < count; ++i) sum += load<f64>(values + ((<usize>i) << 3)) * factor;
  const mean = sum / count;
  let squares: f64 = 0;
  for (let i = 0; i < count; ++i) {
    const r = load<f64>(values + ((<usize>i) << 3)) * factor - mean;
    squares += r * r;
  }
  store<f64>(out, mean / factor);
  store<f64>(out, count > 1 ? Math.sqrt(squares / (<f64>(count - 1) * <f64>count)) / factor : 0, 8);
}

/** Mean of squares Σ x²/count, of x between 1e-150 and 1e150 in size or negligible; Czz of an l-bit from its polarisations. */
export function meanSquare(count: i32, values: usize): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < count; ++i) {
    const x = load<f64>(values + ((<usize>i) << 3));
    sum += x * x;
  }
  return sum / count;
}
