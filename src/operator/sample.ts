// Mean and standard error of a few numbers.
import { exponentOf, timesPowerOfTwo } from '../wasm/magnitude.js';

/** The sample mean and its standard error s/√n, s² = Σ (x − mean)²/(n − 1); of a single value the error is NaN. */
export function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  if (n < 2) return { mean, error: Number.NaN };
  const apart = values.map((x) => x - mean);
  // In units in which squares neither overflow nor vanish, as they would beyond 2^±512.
  const most = apart.reduce((a, x) => Math.max(a, Math.abs(x)), 0);
  const size = most > 0 && most < Number.POSITIVE_INFINITY ? exponentOf(most) : 0;
  const unit = Math.abs(size) < 400 ? 0 : -size;
  const scaled = apart.map((x) => timesPowerOfTwo(x, unit));
  const squares = scaled.reduce((sum, x) => sum + x * x, 0);
  return { mean, error: timesPowerOfTwo(Math.sqrt(squares / (n * (n - 1))), -unit) };
}
