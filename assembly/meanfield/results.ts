// What the solvers of this room write to `out`, all of it doubles; src/wasm/constants.ts has the offsets and the columns.

/** Of leastRootStart and iterateStart. */
@unmanaged
export class Solution {
  /** Σ η. */
  etaTot: f64;
  /** dΦ/dT there. */
  slope: f64;
  /** Evaluations of the map, or sweeps. */
  iterations: f64;
}

/** A row of allRootsStart. */
@unmanaged
export class Root {
  etaTot: f64;
  slope: f64;
  /** 1 where F only touches zero, else 0. */
  tangent: f64;
}

/** Behind the rows of allRootsStart. */
@unmanaged
export class Found {
  count: f64;
  evaluations: f64;
}
