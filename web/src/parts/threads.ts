// How many threads the page computes on.

/** Matrices of a page are too small for more. */
const MOST_THREADS = 8;
/**
 * One core is left to the page itself: threads that wait for each other thousands of times a second are slowed by
 * whatever else wants theirs.
 */
export const threadsOf = (cores: number): number => Math.max(1, Math.min(cores - 1, MOST_THREADS));

/** Threads share memory, which only a cross-origin isolated page has. */
export const threads = crossOriginIsolated ? threadsOf(navigator.hardwareConcurrency) : 1;
