// Which eigenstates count as the middle of a spectrum, and how entropies are counted in bins. Each rule is defined
// once, for every program that compares states with the mean field.

/** Positions of states in ascending order of energy. */
export interface Middle {
  /** The first state that counts. */
  first: number;
  /** The first state above it that does not count. */
  last: number;
}

/**
 * The middle `fraction` of d states in ascending order of energy, at least one of them: those with first ≤ k < last. If
 * they cannot be centred, there is one more state above the middle than below.
 *
 * @param d - How many states there are, 1 and up.
 * @param fraction - The share of them, in (0, 1].
 * @returns Where the middle begins and ends.
 * @throws Nothing: the numbers are taken as they come.
 */
export function middleStates(d: number, fraction: number): Middle {
  const count = Math.max(1, Math.round(fraction * d));
  const first = Math.floor((d - count) / 2);
  return { first, last: first + count };
}

/**
 * How many of the entropies lie in each of `bins` equal bins of S/log 2 from 0 to 1; log 2 itself is in the last.
 *
 * @param entropies - In nats, from 0 to log 2.
 * @param bins - How many bins.
 * @returns A count for each bin.
 * @throws Nothing: the numbers are taken as they come.
 */
export function entropyCounts(entropies: Float64Array, bins: number): Float64Array {
  const counts = new Float64Array(bins);
  for (const s of entropies) ++counts[Math.min(bins - 1, Math.floor((s / Math.LN2) * bins))];
  return counts;
}
