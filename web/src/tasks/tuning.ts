// Numbers of speed of the page's tasks: from where on the core of many threads is asked instead of that of one. No bit depends on them.

/**
 * Order of a decomposition. Least times of eigh with vectors on one thread and on two (AMD EPYC, Zen 4, Node 20, on a machine that other
 * programs kept busy): 1.2 and 1.4 ms at order 128, 5.8 and 6.6 at 256, 41 and 45 at 512; where both cores are free two threads are 1.65
 * times as fast at 512 (docs/performance.md). Below it there is nothing to gain that anybody could notice.
 */
export const THREADED_ORDER = 256;
/** Dimension 8 · 2^N of a grain with N spins. The same, by diagonalizeGrain: 5.8 and 6.8 ms at 256, 42 and 43 at 512, 728 and 332 at 1024. */
export const THREADED_DIMENSION = 1024;
