// [c s; −s c] (f, g)ᵀ = (r, 0)ᵀ with c² + s² = 1: the plane rotation of LAPACK's dlartg.
// Range: c and s are accurate to some ulp for all f and g whose r does not overflow, the smallest subnormal numbers
// included. So is r, or to 2^-1074 where it is below 2^-1022.
import { powerOfTwo } from './scaling';

/** Between these sizes squares neither overflow nor lose digits that count. */
export const ROTATES_FROM: f64 = 1e-140;
const ROTATES_TO: f64 = 1e140;
/** Brings all other sizes into that range: 2^-1074 to 2^-474, 2^1023 to 2^423. */
export const ROTATION_LIFT: f64 = powerOfTwo(600);

/**
 * Whether r = √(f² + g²), c = f/r and s = g/r are those of `rotation` as they stand. An iteration that asks has them in
 * registers: memory would add two stores and loads to the longest chain of each of its steps.
 */
@inline
export function isPlain(f: f64, g: f64): bool {
  const size = max(abs(f), abs(g));
  return g != 0 && size > ROTATES_FROM && size < ROTATES_TO;
}

/** Stores c and s at `cs` and returns r: √(f² + g²), or f itself when g = 0. */
@inline
export function rotation(f: f64, g: f64, cs: usize): f64 {
  if (g == 0) {
    store<f64>(cs, 1);
    store<f64>(cs, 0, 8);
    return f;
  }
  const size = max(abs(f), abs(g));
  if (size > ROTATES_FROM && size < ROTATES_TO) return rotationOf(f, g, cs);
  const lift = size < 1 ? ROTATION_LIFT : 1 / ROTATION_LIFT;
  return rotationOf(f * lift, g * lift, cs) / lift;
}

@inline
function rotationOf(f: f64, g: f64, cs: usize): f64 {
  const r = sqrt(f * f + g * g);
  store<f64>(cs, f / r);
  store<f64>(cs, g / r, 8);
  return r;
}
