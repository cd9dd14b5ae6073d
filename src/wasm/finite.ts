// The first check of arrays that come in, and the last of results before they are returned as good.

/**
 * Whether every element is a finite number: 0·x is 0 for finite x and NaN for any other, so that sums decide. Four of them, for
 * one addition need not wait for another: half a nanosecond an element.
 */
export function allFinite(x: Float64Array): boolean {
  const fours = x.length - (x.length % 4);
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = 0;
  for (; i < fours; i += 4) {
    a += 0 * x[i];
    b += 0 * x[i + 1];
    c += 0 * x[i + 2];
    d += 0 * x[i + 3];
  }
  for (; i < x.length; ++i) a += 0 * x[i];
  return a + b + c + d === 0;
}
