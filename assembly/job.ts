// The one protocol of computations that can be interrupted. A job is a record at the start of its workspace:
//
//     xStart(…, work)     writes the record and names the first part,
//     step(work, budget)  does about `budget` nanoseconds of the part at work; returns MORE or the final status,
//     progress            0 … 1, a field of the record, as are the results, to be read once the status is not MORE.
//
// A part is a function (work, budget) that does some units of what it is for, notes in the record how many are done, and
// when all are, names the part that follows or ends the job. Where a step ends changes no bit. Costs are nominal: those of
// one core of 3 GHz. With an infinite budget a step is a whole part, as fast as without steps. Between two steps a job
// has nothing but its workspace.
import { align } from './numeric/align';
import { MORE } from './status';

/** What every record begins with. */
@unmanaged
export class Job {
  /** MORE, then the status code with which the job has ended. */
  status: i32;
  /** `index` of the function that does the next step. */
  part: u32;
  /** Units of the part at work that are done: columns, rows, roots. */
  position: i32;
  /** An estimate of how much of the job is done, 0 … 1. */
  progress: f64;
}

/** Bytes of a record of class T, a whole number of cache lines. */
@inline
export function recordBytes<T>(): usize {
  return align(offsetof<T>());
}

/** Bytes of a vector of n doubles behind a record, and of a cache line between it and what follows. */
@inline
export function rowBytes(n: i32): usize {
  return (<usize>n + 8) << 3;
}

/** A job whose next step is the first of `part`. */
export function start(job: Job, part: u32): void {
  job.status = MORE;
  job.progress = 0;
  enter(job, part);
}

/** The next step is the first of `part`. */
export function enter(job: Job, part: u32): void {
  job.part = part;
  job.position = 0;
}

export function end(job: Job, status: i32): void {
  job.status = status;
  job.progress = 1;
}

/** Some of what is left; returns MORE or the status with which the job has ended. */
export function step(work: usize, budget: f64): i32 {
  const job = changetype<Job>(work);
  if (job.status == MORE) call_indirect<void>(job.part, work, budget);
  return job.status;
}

/** All that is left. */
export function finish(work: usize): i32 {
  while (step(work, Infinity) == MORE);
  return changetype<Job>(work).status;
}

/**
 * A step of the job at `inner`, which is the part of `job` that is at work and takes it from one share of the work to another;
 * returns the status of that part.
 */
export function stepInner(job: Job, inner: usize, budget: f64, from: f64, to: f64): i32 {
  const status = step(inner, budget);
  job.progress = from + (to - from) * progress(inner);
  return status;
}

/** 0 … 1. */
export function progress(work: usize): f64 {
  return changetype<Job>(work).progress;
}

/** How many of the `left` units of `cost` nanoseconds a step may do: at least `least`, or all that is left. */
export function portion(budget: f64, cost: f64, least: i32, left: i32): i32 {
  const most = budget / cost;
  return most < <f64>left ? min(left, max(least, <i32>most)) : left;
}
