// Where the couplings of a bubble have become small: [CC22] (20) for any distances.

/**
 * The smallest distance R with Σ g_n ≤ ratio/d over the l-bits farther away than R ([CC22] (20)); null where even the
 * farthest l-bits together couple more strongly, so that no R is known, and where d is beyond the range of doubles.
 */
export function collarOf(
  g: Float64Array,
  distances: Float64Array,
  { d, ratio }: { d: number; ratio: number },
): number | null {
  if (!(d < Number.POSITIVE_INFINITY)) return null;
  const order = Array.from(distances.keys()).sort((i, j) => distances[j] - distances[i] || i - j);
  let sum = 0;
  for (let from = 0; from < order.length; ) {
    const radius = distances[order[from]];
    let shell = 0;
    let to = from;
    for (; to < order.length && distances[order[to]] === radius; ++to) shell += g[order[to]];
    sum += shell * d;
    if (!(sum <= ratio)) return from === 0 ? null : radius;
    from = to;
  }
  return 0;
}
