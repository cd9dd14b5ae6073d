// The block of memory through which a team of threads communicates (team.ts): offsets of its words. Words written by
// different threads lie on different cache lines.
const LINE: usize = 64;

/** The number of regions so far: a worker that sees it change has work. */
export const GENERATION: usize = 0;
/** The number of workers that have not finished the region, plus AWAY times the number that have not begun it. */
export const PENDING: usize = LINE;
export const AWAY: i32 = 0x10000;
/** The number of workers that sleep, or are about to. */
export const SLEEPERS: usize = 2 * LINE;
/** 1 while the leader sleeps, or is about to. */
export const WAITING: usize = 3 * LINE;
/** The work of the region. */
export const REGION: usize = 4 * LINE;
/** The number of workers ended by an error: the host counts them. */
export const LOST: usize = 5 * LINE;
/** Turns of a waiting loop before a thread sleeps. */
export const SPINS: usize = 6 * LINE;
/** Milliseconds after which a waiting leader checks that its workers still live: a double. */
export const PATIENCE: usize = SPINS + sizeof<f64>();
/** The leader's record of how well the workers kept up (pace.ts). */
export const PACE: usize = 7 * LINE;
/** Bytes of the block. */
export const TEAM_BYTES: usize = 8 * LINE;

@unmanaged
export class Region {
  /** `index` of the function of a task, and its argument. */
  task: u32;
  args: usize;
  tasks: i32;
  threads: i32;
}
