// The block of memory through which a team of threads communicates (team.ts): offsets of its words. Words written by
// different threads lie on different cache lines, but for the queues of tasks, which all threads write and read with the record.
const LINE: usize = 64;

/** The number of regions so far: a worker that sees it change has work. */
export const GENERATION: usize = 0;
/** The number of workers that look for tasks or compute one: while it is not zero, the record of the region stays as it is. */
export const BUSY: usize = LINE;
/** The number of workers that sleep, or are about to. */
export const SLEEPERS: usize = 2 * LINE;
/** 1 while the leader sleeps, or is about to. */
export const WAITING: usize = 3 * LINE;
/** The number of workers ended by an error: the host counts them. */
export const LOST: usize = 4 * LINE;
/** Turns of a waiting loop before a thread sleeps. */
export const SPINS: usize = 5 * LINE;
/** Milliseconds after which a waiting leader checks that its workers still live: a double. */
export const PATIENCE: usize = SPINS + sizeof<f64>();
/** The leader's record of how well the workers kept up (pace.ts). */
export const PACE: usize = 6 * LINE;
/** The work of the region, and after it an i32 for each rank: tasks of its own that nobody has taken, zero or less when none is left. */
export const REGION: usize = 7 * LINE;
export const TASKS_LEFT: usize = REGION + 16;
/** Bytes of the block, with queues for as many threads as a core may have. */
export const TEAM_BYTES: usize = TASKS_LEFT + 64 * sizeof<i32>() + 48;

@unmanaged
export class Region {
  /** `index` of the function of a task, and its argument. */
  task: u32;
  args: usize;
  tasks: i32;
  /** Twice the number of threads, and one more where a task may be taken by any of them. */
  kind: i32;
}
