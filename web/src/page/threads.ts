// How many threads the page computes on.

/** Matrices of a page are too small for more. */
const MOST_THREADS = 8;
/**
 * Threads share memory, which only a cross-origin isolated page has. One core is left to the page itself: threads that
 * wait for each other thousands of times a second are slowed by whatever else wants theirs.
 */
export const threads = crossOriginIsolated
  ? Math.max(1, Math.min(navigator.hardwareConcurrency - 1, MOST_THREADS))
  : 1;
