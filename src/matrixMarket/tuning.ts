// Numbers of speed in this room; none of them changes a bit. Measured on AMD EPYC (Zen 4), Node 20, with a file of a million entries at
// random places of a matrix of order 200 000, which takes 3 s.

/** Bytes that are decoded at once, to the next end of a line: a bound on the wait and on the memory of the words, some milliseconds. */
export const PIECE = 2 ** 20;

/** Entries that are read between two pauses: a bound on the wait, some 40 ms. */
export const STRETCH = 2 ** 14;

/**
 * Shares of progress, shown to people, when entries are read, sorted and looked through for those of one place. In the fastest of five
 * runs they were 81, 95 and 95 %.
 */
export const PROGRESS = { read: 0.81, sorted: 0.95, checked: 0.955 } as const;
