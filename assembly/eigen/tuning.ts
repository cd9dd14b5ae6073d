// Numbers of speed in this room, with the measurements behind them: an AMD EPYC (Zen 4, 32 kB, 1 MiB and 32 MiB of
// cache), Node 20, one thread, best of runs; docs/performance.md has the resulting speeds. Block sizes and
// PRODUCT_STRIPS also fix the order of sums, and so the bits. "To 8 %" and the like: builds with other numbers and this one
// in turn in one process on a busy machine, least processor time of ten calls of eigh with vectors, of order 400, with a
// second matrix of order 320, or of eighComplex of order 160; "the same" means that no difference could be measured. "Half" and "double": builds with half and double of the number and this one in
// turn, with relaxed SIMD, Node 22, least processor time of 10 to 18 calls; 2 to 3 % are noise.

// Reduction to tridiagonal form (reduce/).

/**
 * Columns reduced between two updates of the trailing matrix: flat from 16 to 48 at large n. Half takes +1, +1 and +1, double +6, +4
 * and +6 % of the values of order 256, 512 and 1024.
 */
@inline
export function reductionBlock(n: i32): i32 {
  return n < 48 ? 8 : n < 768 ? 16 : 24;
}
/**
 * The same for a Hermitian matrix, where a column has four columns of V and W: half as many columns make products of
 * the same depth. 8 and 24 for all n take the same time, to 5 %.
 */
@inline
export function complexReductionBlock(n: i32): i32 {
  return n < 48 ? 8 : 16;
}
/**
 * Ranges of columns into which a product A v is cut, whatever the number of threads, and the order from
 * which it is cut. A compromise: four ranges are enough for four threads, and each costs a vector and its addition. On one
 * thread half takes −1 and 0 %, double −2 and +2 % of a reduction of order 256 and 512.
 */
export const PRODUCT_STRIPS: i32 = 4;
export const PRODUCT_STRIPS_FROM: i32 = 192;
/**
 * Elements of V and W from which an update of a vector is divided among threads: some 10 µs on one core, more than a
 * region with spinning workers costs (1 µs). On two threads half takes −4 and +1, double +2 and 0 % of the values
 * of order 256 and 512, +2 and 0 % of eighComplex of order 160.
 */
export const SHARED_UPDATE: i32 = 32768;
/**
 * Eigenvalues alone: order from which two stages are faster, and the half-width of the band between them. Measured,
 * seconds in one stage / two: n = 1000: 0.08 / 0.10, 2048: 0.72 / 0.72, 3072: 3.3 / 2.3, 4096: 8.2 / 5.1; from n = 3072
 * on half of the matrix no longer fits into a third-level cache of 32 MiB. Half of this width takes +4, double +16 % at order 2048.
 */
export const TWO_STAGES: i32 = 2048;
export const HALF_WIDTH: i32 = 48;
/**
 * Whether a band is reduced as a dense matrix: if chasing it, 6 n² b operations, takes more than 4/3 n³, but not for
 * b = 1, which is tridiagonal already. By the count of operations. Measured at n = 300, with all vectors in brackets: dense from
 * half of this width on takes +9 % at b = 36 and +10 (−23) % at b = 45, from double on +5 (+36) % at b = 75 and +14 (+39) %
 * at b = 100.
 */
@inline
export function isDense(n: i32, width: i32): bool {
  return width > 1 && 5 * width > n;
}
/** Columns of Q whose reflectors are applied together, for bands: they and the panel share a first-level cache. Half 0, double −2 %. */
export const CHASE_GROUP: i32 = 32;
/**
 * Reflectors in a block of the back-transformation. Measured: wide blocks make long inner loops,
 * narrow ones waste less on T. Half takes 0, +1 and 0, double +8, +6 and +4 % at orders 128, 256 and 700.
 */
@inline
export function reflectorBlock(n: i32): i32 {
  return n < 96 ? 16 : n < 384 ? 32 : n < 1536 ? 48 : 96;
}
/**
 * Complex reflectors in a block, each with two columns of pairs, so that products have the sizes that were measured.
 */
@inline
export function complexReflectorBlock(n: i32): i32 {
  return reflectorBlock(2 * n) >> 1;
}
/**
 * Columns of V T formed at a time: a compromise between skipping the zeros of T and long products. Half takes −3 and +2 %,
 * double 0 and +1 % of a back-transformation of order 256 and 512.
 */
export const FACTOR_COLUMNS: i32 = 32;

// Tridiagonal eigenproblem (tridiagonal/).

/**
 * Order up to which divide and conquer solves a block by QR: a compromise between QR's n³ and the fixed cost of a
 * merge. LAPACK takes 25. Half takes +7, +6 and +2 %, double +16, +5 and +4 % of T of order 64, 200 and 400.
 */
export const CUTOFF: i32 = 20;
/**
 * Order from which T is divided; smaller ones are solved by QR, as in LAPACK's dstedc. Leaves and a single merge make
 * errors in the values of up to 6 ulp of ‖T‖, while those of QR are refined to 2. QR with vectors is as fast up to
 * about this order, as all of docs/performance.md shows; from it on `auto` takes divide and conquer (src/eigen/memory.ts).
 */
export const DIVIDED_FROM: i32 = 40;
/**
 * Number of roots below which the parts of a merge stay on one thread: some 0.2 ms of work. On two threads 64 takes +6 and 0, double +9
 * and +2 % of eigh of order 128 and 256.
 */
export const SHARED_ROOTS: i32 = 96;
/**
 * Vectors of a merge formed at a time: a compromise, because all at once would take another n² doubles, and few would
 * often pack the other factor of their products. Half takes 0 and −2 %, double 0 and 0 % of T of order 640 and 1024.
 */
export const MERGE_VECTORS: i32 = 512;
/**
 * QR sweeps collected before they are applied together: a compromise between passes over Z and 768 n bytes of
 * rotations, which are read again for every panel of Z. Half takes +4 and +5 %, double −1 and −1 % of T of order 200 and 400.
 */
export const BATCH_SWEEPS: i32 = 48;

// Small matrices two at a time (lanes/), and batches.

/**
 * Largest order that is decomposed in lanes, where QR would be: there a matrix alone gains 8 % still; its values alone take 7 % more
 * than without lanes, at 24 as long. Batches by QR: half takes +100 and +70 % at orders 24 and 32, double −44 and −38 % at 36 and 40,
 * which would have other bits then.
 */
export const LANES_TO: i32 = 32;
/**
 * Whether a matrix of order n is decomposed by rotations, which have no branches, and not by reduction and QL. Measured in
 * batches, ns a matrix: 56, 190, 400 of order 2, 3, 4; by QL 134, 281, 500. On an Intel Xeon 840, 1310, 2250, 3490 of order 5, 6, 7, 8;
 * by QL 1000, 1390, 1800, 2200; of one matrix alone 900, 1320 of order 5, 6; by QL 1090, 1520.
 */
export function isRotated(n: i32): bool {
  return n <= 6;
}
/**
 * Pairs of matrices of order n of a batch that take turns, to hide the latency of square roots and quotients. Half takes +7, +5 and +4,
 * double −3, +2 and +4 % at orders 3, 6 and 7; double +2 % at order 20.
 */
export function lanePairs(n: i32): i32 {
  return n <= 4 ? 4 : n <= 8 ? 2 : 1;
}
/** Cost of a matrix in lanes relative to `matrixCost`, by docs/performance.md; planning alone depends on it. */
export const LANE_COST: f64 = 0.3;
/**
 * Nominal nanoseconds of a task of a batch: a region costs 1 µs, or 50 µs when threads sleep. On two threads half takes 0 and +3,
 * double 0 and +4 % of batches of order 4 and 20.
 */
export const BATCH_TASK: f64 = 2e5;
/**
 * Nominal nanoseconds of a matrix up to which a batch is shared out by matrices, n = 280 or so. On two threads half takes +55, double
 * −1 % of six matrices of order 250.
 */
export const SHARED_BATCH: f64 = 2e7;

// Generalized eigenproblem (generalized/).

/**
 * Columns of a block of the Cholesky factorization, and of products and solutions with its factor: a compromise between
 * deep products and the part that stays on one thread. On one thread half takes −5 and −1 %, double +7 and +2 % of the values
 * of a problem of order 200 and 600.
 */
export const FACTOR_BLOCK: i32 = 128;

// Jacobi (jacobi/).

/**
 * Order up to which indefinite matrices are rotated from both sides: no digits are lost to a shift,
 * but larger orders are slower: double takes +47 % at order 48, half −8 % at order 24.
 */
export const TWO_SIDED: i32 = 32;
/**
 * Bytes of one block of columns: two blocks share a second-level cache of 1 MiB with room to spare. Half takes +2, double 0 % at
 * order 600.
 */
export const JACOBI_BLOCK_BYTES: i32 = 262144;

// Passes over a matrix.

/**
 * Side of the tiles in which a triangle is mirrored: two tiles of 8 kB stay in the first-level cache. Half takes +15 and −7 %,
 * double −4 and −34 % at orders 500 and 2000, but −44 and +17 % at 1024, where columns fall on the same lines of that cache:
 * of 7 ms at order 2000, 1 % of a decomposition.
 */
export const MIRROR_SIDE: i32 = 32;
/**
 * Columns in a block of the products of the accuracy check: long enough for gemm, and n · 128 doubles of workspace. Half 0, double +3 %
 * of eigh with `verify` at order 600.
 */
export const CHECK_COLUMNS: i32 = 128;

// The least size of a step. Fewer columns or rows of a product would spend more time on packing than on multiplying;
// fewer elements of a cheap pass would spend more on entering and leaving the step. They count where a slice is shorter than a
// millisecond: half and double of each, in slices of 0 ms, of eighAsync with vectors of order 200 and 600, take +3 and +4, −1 and
// −3 % (PRODUCT), +1 and +2, +3 and +1 % (PASS), +12 and +6, −7 and −2 % (ROOTS).
export const LEAST_OF_PRODUCT: i32 = 64;
export const LEAST_OF_PASS: i32 = 32;
export const LEAST_OF_ROOTS: i32 = 8;

// Nominal nanoseconds, on one core of 3 GHz, by which the length of a step is planned. Taken from the speeds of whole
// phases (docs/performance.md) and right within a factor of two or so; no bit depends on them.

/** A multiplication and addition of a product, of a column update of the reduction, of the Cholesky factorization. */
export const PRODUCT_COST: f64 = 0.12;
export const REDUCTION_COST: f64 = 0.25;
export const CHOLESKY_COST: f64 = 0.7;
/** An element of the band, for each column that is chased out of it. */
export const CHASE_COST: f64 = 4;
/** An element of a reflector of the band, for each vector to which it is applied: 0.56 to 0.65 as measured at orders 400 and 600. */
export const REFLECTION_COST: f64 = 0.5;
/** An element that is read, copied, or mirrored into the other triangle. */
export const READ_COST: f64 = 1;
export const COPY_COST: f64 = 2;
/** An element that is written where memory has not been touched before: 512 MiB of them take 0.9 s. */
export const CLEAR_COST: f64 = 13;
export const MIRROR_COST: f64 = 3;
/** A pole in the computation of a root, of a weight, and of a vector of the secular equation. */
export const ROOT_COST: f64 = 20;
export const WEIGHT_COST: f64 = 2;
export const VECTOR_COST: f64 = 2.5;
/** A rotation of T with a square root and without one, and a rotation of two elements of Z. */
export const QR_ROTATION_COST: f64 = 15;
export const PWK_ROTATION_COST: f64 = 8;
export const APPLICATION_COST: f64 = 0.7;
/** A row of T in a Sturm count of a group of eigenvalues, and counts that an eigenvalue takes, about: 2 to 3 at orders to 2048. */
export const STURM_COST: f64 = 8;
export const REFINING_COUNTS: f64 = 3;

/**
 * A whole decomposition of order n with vectors, by which a batch plans its steps, and the factor of Jacobi: 0.25 ms at
 * n = 64, some 5 µs at n = 10.
 */
@inline
export function matrixCost(n: i32): f64 {
  return <f64>n * <f64>n * (0.8 * <f64>n + 40);
}
export const JACOBI_OVER: f64 = 5;

// Shares of progress, which are shown to people and decide nothing. The shares of whole decompositions were measured at
// n = 1024, the others are estimates.

/**
 * Shares of: the first of two stages in the reduction; the roots in a merge; the factorizations in Jacobi; the sweeps
 * in values alone, which are then refined.
 */
export const FIRST_STAGE: f64 = 0.75;
export const ROOTS_SHARE: f64 = 0.1;
export const FACTOR_SHARE: f64 = 0.04;
export const SWEPT_VALUES: f64 = 0.3;
/**
 * Shares at the end of the reduction, for values alone; at its end and at the end of the tridiagonal problem, by
 * divide and conquer and by QR.
 */
export const REDUCED_VALUES: f64 = 0.9;
export const REDUCED_DC: f64 = 0.5;
export const SOLVED_DC: f64 = 0.75;
export const REDUCED_QR: f64 = 0.15;
export const SOLVED_QR: f64 = 0.9;
/**
 * Share at the end of the reduction of a band, or of its tridiagonal problem if `solved`; `cost`:
 * of the vectors of T, over n².
 */
export function bandShares(n: i32, width: i32, cost: f64, vectors: bool, solved: bool): f64 {
  const size = <f64>n;
  const chase = width < 2 ? 0 : 0.5 * CHASE_COST * <f64>width;
  const sweeps = 3 * PWK_ROTATION_COST;
  const solution = !vectors ? sweeps : cost * size;
  const turning = vectors && width > 1 ? 0.5 * REFLECTION_COST * size : 0;
  return (solved ? chase + solution : chase) / (chase + solution + turning);
}
/**
 * Shares of a generalized problem: at the end of its reduction to a standard one, and at
 * the end of that one. Estimates.
 */
export const REDUCED_GENERALIZED: f64 = 0.25;
export const SOLVED_GENERALIZED: f64 = 0.88;
