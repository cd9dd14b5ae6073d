// Mean and standard error of a few numbers.

/** The sample mean and its standard error s/√n, s² = Σ (x − mean)²/(n − 1); of a single value the error is NaN. */
export function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const squares = values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0);
  return { mean, error: n > 1 ? Math.sqrt(squares / (n * (n - 1))) : Number.NaN };
}
