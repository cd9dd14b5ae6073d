// Mean and standard error where no core is at hand.

/** The sample mean and its standard error s/√n, s² = Σ (x − mean)²/(n − 1), of numbers of any size; of a single value the error is 0. */
export function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const n = values.length;
  // Sums and squares of what is very large or small would leave the range of doubles.
  const most = values.reduce((top, x) => Math.max(top, Math.abs(x)), 0);
  const unit = most > 1e150 || (most > 0 && most < 1e-150) ? most : 1;
  const mean = values.reduce((sum, x) => sum + x / unit, 0) / n;
  const squares = values.reduce((sum, x) => sum + (x / unit - mean) ** 2, 0);
  return { mean: mean * unit, error: n > 1 ? Math.sqrt(squares / (n * (n - 1))) * unit : 0 };
}
