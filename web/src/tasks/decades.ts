/** `count` points from 10^low to 10^high, evenly spaced on a logarithmic axis. */
export function decades(low: number, high: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => 10 ** (low + ((high - low) * i) / (count - 1)));
}
