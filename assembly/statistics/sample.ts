// Statistics of samples.
import { amax } from '../kernel/vectors';
import { powerOfTwo } from '../numeric/scaling';

/** 2^-600: takes the largest numbers, and its inverse the smallest ones, to where squares are safe. */
const POWER_OF_TWO: f64 = powerOfTwo(-600);

/**
 * Sample mean and its standard error s/√count, s² = Σ (x − mean)²/(count − 1), in two passes:
 * out[0] = mean, out[1] = standard error (0 for one value). For values of any size: where sums or squares would leave the
 * range of doubles they are those of values times a power of two.
 */
export function meanAndError(count: i32, values: usize, out: usize): void {
  const largest = amax(count, values);
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
