// The last check of results before they are returned as good.

/**
 * Whether every element is a finite number: 0·x is 0 for finite x and NaN for any other, so that one sum decides. About
 * a nanosecond an element: 0.2 % of the time in which the eigenvectors were found, 1 % for matrices of order 64.
 */
export function allFinite(x: Float64Array): boolean {
  let sum = 0;
  for (let i = 0; i < x.length; ++i) sum += 0 * x[i];
  return sum === 0;
}
