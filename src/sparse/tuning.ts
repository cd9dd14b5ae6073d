// Numbers of speed in this room; none of them changes a bit. Measured on AMD EPYC (Zen 4), Node 20, with a million entries at random
// places of a matrix of order 200 000.

/**
 * Entries of a matrix that are checked, moved or added up between two pauses. It only bounds a wait: all passes of `csr` together take
 * 9 ms for as many, a pass through places in no order, into memory that is touched for the first time, 35 ms at most.
 */
export const LOOKED_AT = 2 ** 17;

/**
 * Shares of progress at the end of parts of a computation: they are shown to people and decide nothing. Measured as the shares of the
 * fastest of five runs of `coo`, 300 ms, of which sorting takes 27 and the rest here 49 %.
 */
export const PROGRESS = {
  /** Places listed, and entries by their columns, before they are put in order of rows; in each order keys counted and added up. */
  sort: { listed: 0.02, once: 0.27, counted: 0.18, begun: 0.22 },
  /** Sums, and the triangles compared, before both are written; the largest sum, and the entries of rows counted and added up. */
  hermitian: { summed: 0.08, compared: 0.65, measured: 0.02 },
  mirror: { counted: 0.08, begun: 0.09 },
} as const;
