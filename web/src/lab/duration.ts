/** A time to three digits with its unit. */
export function duration(seconds: number): string {
  const [value, unit] =
    seconds < 1e-3 ? [1e6 * seconds, 'µs'] : seconds < 1 ? [1e3 * seconds, 'ms'] : [seconds, 's'];
  return `${Number(value.toPrecision(3))} ${unit}`;
}
