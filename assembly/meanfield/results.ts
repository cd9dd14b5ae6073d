// The results that the solvers of this room write to `out`, all doubles; src/wasm/constants.ts has
// the offsets and the columns.

/** The result of leastRootStart and iterateStart. */
@unmanaged
export class Solution {
  /** Σ η. */
  etaTot: f64;
  /** dΦ/dT at T = Σ η. */
  slope: f64;
  /** Evaluations of the map, or sweeps of the iteration. */
  iterations: f64;
}

/** A fold of the symmetric model; symmetricFolds writes two of them. */
@unmanaged
export class Fold {
  /** log of the bare and of the reduced coupling. */
  logG0: f64;
  logG: f64;
  /** η(g). */
  eta: f64;
}

/** One root, a row of the result of allRootsStart. */
@unmanaged
export class Root {
  etaTot: f64;
  slope: f64;
  /** 1 if F only touches zero there, else 0. */
  tangent: f64;
}

/** The counts after the rows of allRootsStart. */
@unmanaged
export class Found {
  count: f64;
  evaluations: f64;
}
