// The cap of every iteration on a tridiagonal matrix: an iteration that reaches it is reported as not converged.

/** QR sweeps allowed for each row of T, as in LAPACK (dsteqr, MAXIT); usually two are enough. */
export const SWEEPS_PER_ROW: i32 = 30;
