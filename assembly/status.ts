// Status codes returned by every exported driver; src/wasm/status.ts turns them into typed errors.

/** The computation finished. */
export const OK: i32 = 0;
/** An iteration reached its cap; outputs hold the best iterate. */
export const NOT_CONVERGED: i32 = 1;
/** A matrix that has to be positive definite is not; the record names the pivot. */
export const NOT_DEFINITE: i32 = 2;
/** A job (job.ts) has more to do. */
export const MORE: i32 = -1;
