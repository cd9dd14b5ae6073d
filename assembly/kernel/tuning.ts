// Numbers of speed in this room, with the measurements behind them: an AMD EPYC (Zen 4, 32 kB, 1 MiB and 32
// MiB of cache), Node 20, best of runs; docs/performance.md has the resulting speeds. KC also fixes the
// order of sums, and so the bits. "Half" and "double": builds with half and double of the number and this one in turn in one process,
// least time of 12 to 300 calls of eigh with vectors of the order that is named, on one thread, or on two of two cores for what is
// shared; 2 to 4 % are noise, on two threads 5.

/**
 * Depth of a packed block: a panel of B and a panel of A then share the first-level cache. Measured together with MC:
 * 18.8 to 19.4 Gflop/s from n = 256 to 2048, of a peak of 29.5, before the loop over k was unrolled. Half takes +4, double +4 % at
 * order 700.
 */
export const KC: i32 = 256;
/**
 * Rows of a packed block of A of depth KC: 144 · 256 doubles fill a third of a 1 MiB second-level cache. Half takes −1, double 0 % at
 * order 700, +3 and −3 % at 1024.
 */
export const MC: i32 = 144;
/**
 * Most rows of a packed block of A that is less deep. A compromise: more rows serve each panel of
 * B, but fill more of the cache. Half takes 0 and −2 %, double −1 and −2 % at orders 256 and 700, where two equal builds differ as much.
 */
const MAX_ROWS: i32 = 768;
/**
 * Columns of a packed block of B, a multiple of PANEL: 2 · 1024 · KC doubles, 4 MiB, stay in the third-level cache. Half takes +1,
 * double +2 % at order 1500.
 */
export const NC: i32 = ASC_FEATURE_RELAXED_SIMD ? 1032 : 1024;
/**
 * Columns of a panel of B, and of the tile of C that the micro-kernel computes. V8's registers hold eight
 * accumulators without fused multiply-add (22.7 Gflop/s; ten are no faster, twelve spill), and twelve
 * with it (28.6; 26.4 with eight).
 */
export const PANEL: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;

/** Rows of a packed block of A: more when it is less deep, so that each panel of B serves more tiles. */
@inline
export function blockRows(kc: i32): i32 {
  return kc >= KC ? MC : min(MAX_ROWS, ((MC * KC) / kc) & ~3);
}

/**
 * Multiplications below which a product is not divided among threads: they take 0.1 ms on one core, and a
 * region costs a microsecond when the workers spin and some 50 when they sleep. Half takes +4, double +3 % at order
 * 100; at 200 the runs of one build differ by more than they do.
 */
export const SHARED_PRODUCT: f64 = 1e6;
/**
 * Rows of a product with a symmetric matrix below which it stays on one thread. Half takes +8, double +8 % of the values of order
 * 2048, on two threads.
 */
export const SHARED_ROWS: i32 = 128;

// Turns for which threads spin (pace.ts). A turn takes 2.4 ns on an Intel Xeon of two cores, Node 20. Measured on two
// cores, eigh of order 512 on two threads while other programs keep both busy: spins of 2^22 turns alone take 2400 ms,
// of 200 000 turns 196, of 20 000 to 100 turns 104 to 125, one thread 60 to 120. On idle cores, order 1024: 201 ms with
// 2^22 turns, 285 with 200 000 to 4000.

/** About how many turns take a millisecond. */
export const SPINS_PER_MILLISECOND: f64 = 4e5;
/** Turns after which a leader stops spinning for a worker that is in a task: less than the time slice of a scheduler. */
export const PRESENT_SPINS: i32 = 1 << 18;
/** Turns of a short spin. Half takes +1 and −5, double +4 and +1 % at orders 200 and 500 on idle cores. */
export const SHORT_SPIN: i32 = 1000;
/** What a region in which no worker was absent makes good of one in which one was. */
export const FORGIVEN: f64 = 0.25;
/** Absences that a millisecond counts for which the leader slept: about the regions of small orders in it. */
export const LOST_A_MILLISECOND: f64 = 50;
/** Absences beyond what is forgiven before spins are short, and when long ones are tried again. */
export const MOST_LOST: f64 = 256;
export const LOST_AGAIN: f64 = 128;
/** Fewest and most regions of short spins before long ones are tried again: the latter are those of two calls of order 1024. */
export const FEWEST_SHORT: i32 = 64;
export const MOST_SHORT: i32 = 1 << 11;
