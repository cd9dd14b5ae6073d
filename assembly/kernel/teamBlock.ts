// The block of memory through which a team of threads communicates (team.ts): offsets of its words. Words that different threads
// write lie on different cache lines.

/** Bytes of the block. */
export const TEAM_BYTES: usize = 512;
/** Counts the regions: a worker that sees another number than before has work. */
export const GENERATION: usize = 0;
/** Workers that have not finished the region, and AWAY times those that have not begun it. */
export const PENDING: usize = 64;
export const AWAY: i32 = 0x10000;
/** Workers that sleep, or are about to. */
export const SLEEPERS: usize = 128;
/** 1 while the leader sleeps, or is about to. */
export const WAITING: usize = 192;
/** What the region does: function, its argument, number of tasks, threads. */
export const JOB: usize = 256;
/** Workers that have ended by an error: the host counts them. */
export const LOST: usize = 320;
/** Turns of a waiting loop before a thread sleeps. */
export const SPINS: usize = 384;
/** Milliseconds after which a leader that waits looks whether its workers are still there: a double. */
export const PATIENCE: usize = 392;
/** The leader's record of how the waits went (pace.ts). */
export const PACE: usize = 448;
