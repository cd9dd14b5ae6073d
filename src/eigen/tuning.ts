// Numbers of speed and size in this room. None of them changes a bit of a decomposition but DC_FROM, which chooses between two.

/**
 * Order from which divide and conquer is taken in place of QR by `auto`. Measured, as all of docs/performance.md: with vectors
 * QR is faster up to about 40.
 */
export const DC_FROM = 40;

/** Doubles that are copied out in a step: 8 MiB, some 3 ms, well within a slice of 25 ms. Not measured by itself. */
export const COPIED = 1 << 20;

/**
 * Share of the work that is done when `verify` begins: it adds 50 to 60 % to the time at n = 512 and 1024 (types.ts), so that
 * decomposing is some 0.62 to 0.67 of the whole; less with a part of the spectrum. Shown to people, decides nothing.
 */
export const VERIFY_FROM = 0.55;

/**
 * Bytes of matrices and vectors that a batch holds in WebAssembly memory at a time: half of a third-level cache of 32 MiB; the
 * copies in and out cost less than 1 % of decompositions of order 10 and more. Not measured by itself.
 */
export const BATCH_BYTES = 1 << 24;

/** What the blocks of one call lose by their alignment of 64 bytes: at most 63 each, of 8 blocks. A bound, not a measurement. */
export const ALIGNMENT = 512;
