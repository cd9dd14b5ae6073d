// Levels as the statistics of their gaps take them.

/** Gaps below this, relative to the largest level, are rounding; they would be 0, by symmetries that the sector does not use. */
const RESOLVED = 1e-12;

/** The levels, ascending, with copies of one level made equal, as they would be without rounding. */
export function resolved(levels: Float64Array): Float64Array {
  const least = RESOLVED * Math.max(Math.abs(levels[0]), Math.abs(levels[levels.length - 1]));
  const equal = levels.slice();
  for (let k = 1; k < equal.length; ++k) if (levels[k] - levels[k - 1] <= least) equal[k] = equal[k - 1];
  return equal;
}
