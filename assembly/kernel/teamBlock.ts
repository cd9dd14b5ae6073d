// The block of memory through which a team of threads communicates (team.ts): offsets of its words. Words written by
// different threads lie on different cache lines.

/** Bytes of the block. */
export const TEAM_BYTES: usize = 512;
/** The number of regions so far: a worker that sees it change has work. */
export const GENERATION: usize = 0;
/** The number of workers that have not finished the region, plus AWAY times the number that have not begun it. */
export const PENDING: usize = 64;
export const AWAY: i32 = 0x10000;
/** The number of workers that sleep, or are about to. */
export const SLEEPERS: usize = 128;
/** 1 while the leader sleeps, or is about to. */
export const WAITING: usize = 192;
/** The work of the region: function, its argument, number of tasks, threads. */
export const JOB: usize = 256;
/** The number of workers ended by an error: the host counts them. */
export const LOST: usize = 320;
/** Turns of a waiting loop before a thread sleeps. */
export const SPINS: usize = 384;
/** Milliseconds after which a waiting leader checks that its workers still live: a double. */
export const PATIENCE: usize = 392;
/** The leader's record of how well the workers kept up (pace.ts). */
export const PACE: usize = 448;
