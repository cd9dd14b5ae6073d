// The polynomial of filteredStates, p(x) = Σ_k (2 − δ_k0) T_k(x0) T_k(x) / P with p(x0) = 1: the delta function at x0
// cut off at its degree, in Chebyshev polynomials on [−1, 1].

/** Ritz values of p above this belong to the peak: the highest side lobe has 0.22. */
export const PEAK = 0.3;

/** |x − x0|·degree at which the peak has fallen to PEAK, on the scale of θ = arccos x. */
export const PEAK_WIDTH = 2.36;

/** Coefficients c_k of p, halved because grainFilter gives 2 p, and p(x0) = 1. */
export function coefficients(x0: number, degree: number): Float64Array {
  const c = new Float64Array(degree + 1);
  let [t, next] = [1, x0];
  let peak = 0;
  for (let k = 0; k <= degree; ++k) {
    c[k] = (k === 0 ? 1 : 2) * t;
    peak += c[k] * t;
    [t, next] = [next, 2 * x0 * next - t];
  }
  return c.map((x) => x / (2 * peak));
}

/** p(x) by Clenshaw's recurrence. */
export function peakValue(c: Float64Array, x: number): number {
  let [b1, b2] = [0, 0];
  for (let k = c.length - 1; k >= 1; --k) [b1, b2] = [c[k] + 2 * x * b1 - b2, b1];
  return 2 * (c[0] + x * b1 - b2);
}
