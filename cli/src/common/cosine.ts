// cos 2πx in products and sums alone: the bits of Math.cos differ between hosts.

/** cos 2πx by its series. */
export function cosineOfTurns(x: number): number {
  const part = Math.abs(x - Math.round(x));
  const folded = part > 0.25 ? 0.5 - part : part;
  // 1 − 2 sin² πx with πx ≤ π/4: eleven terms are exact to rounding.
  const t = Math.PI * folded;
  let [term, sine] = [t, t];
  for (let k = 1; k <= 10; ++k) {
    term *= (-t * t) / (2 * k * (2 * k + 1));
    sine += term;
  }
  const cosine = 1 - 2 * sine * sine;
  return part > 0.25 ? -cosine : cosine;
}
