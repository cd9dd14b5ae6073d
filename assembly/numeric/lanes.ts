// Both lanes of a vector of two doubles. Range: as the plain sum.

@inline
export function laneSum(s: v128): f64 {
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}
