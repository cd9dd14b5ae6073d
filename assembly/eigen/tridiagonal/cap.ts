// The cap of every iteration on a tridiagonal matrix: beyond it the result is reported as not converged.

/** QR sweeps allowed for each row of T, as in LAPACK (dsteqr, MAXIT); two are usual. */
export const SWEEPS_PER_ROW: i32 = 30;
