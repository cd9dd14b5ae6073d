// Numbers of speed and size in this room, none of which changes a bit of a decomposition.

/**
 * Doubles that are copied out in a step: 8 MiB, well within a slice of 25 ms. Measured (AMD EPYC, Zen 4, Node 20, least processor
 * time): 0.2 ms, into a new array, whose pages are touched first, 0.8; half of it 0.1 and 0.4, double 0.6 and 2.
 */
export const COPIED = 1 << 20;

/**
 * Numbers up to which a loop copies them, and from which on a view and its `set`. Measured (AMD EPYC, Zen 4, Node 20, a busy
 * machine; least processor time), ns by a loop / by a view: 16 numbers 7 / 45, 25: 32 / 47, 50: 59 / 46, 100: 131 / 69. Half costs
 * some 15 ns from 25 numbers on, double some 60 at 100.
 */
export const LOOPED = 48;

/**
 * Share of the work that is done when `verify` begins: it adds 50 to 60 % to the time at n = 512 and 1024 (types.ts), so that
 * decomposing is some 0.62 to 0.67 of the whole; less with a part of the spectrum. Shown to people, decides nothing.
 */
export const VERIFY_FROM = 0.55;

/**
 * Bytes of matrices and vectors that a batch holds in WebAssembly memory at a time: what is copied in, decomposed, checked and copied
 * out then stays in a second-level cache. Measured (Intel Xeon with 2 MiB of it, Node 20, one thread, medians of three runs in turn): a
 * million matrices of order 3 take 242 ms with 16 MiB, 228 with 4, 225 with 1, 225 with ¼.
 */
export const BATCH_BYTES = 1 << 20;
/**
 * Of larger matrices as many as this, for threads to share them evenly, unless they take more than these bytes. Measured (AMD EPYC,
 * Zen 4, Node 20, one thread of a busy machine; least processor time in ms) with 1, 4, 16, 64 and 256 MiB: 1500 matrices of order 30:
 * 128, 153, 127, 132, 136; 250 of order 64: 83, 82, 88, 76, 76; 16 of order 200: 57, 56, 59, 56, 58.
 */
export const BATCH_LEAST = 64;
export const BATCH_LEAST_BYTES = 1 << 24;

/** What the blocks of one call lose by their alignment of 64 bytes: at most 63 each, of 8 blocks. A bound, not a measurement. */
export const ALIGNMENT = 512;
