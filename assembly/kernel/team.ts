// parallelFor(tasks, f, args): f(0, args), …, f(tasks − 1, args), shared out among the threads of a team.
//
// A team is one instance of the module that computes (rank 0) and instances in workers that serve it, over one
// shared memory. They communicate through a block of TEAM_BYTES zeroed bytes. Task i belongs to rank i mod threads, whose
// caches may hold what it reads; a thread that has done its own takes those of others that have not been begun. So a
// thread that another program has pushed off its core delays the others by the task that it is in, if any, and not
// by those that it has yet to do. The sum of a result must never depend on which rank computes it, so tasks are cut the
// same way for any number of threads, or cut so that each number is the result of a single task, with memory of its own.
//
// Whoever takes a task decrements the number of those left in a queue, and has one if it was positive before. The leader
// writes the record of a region first, then these numbers; a region is over when they are exhausted and no worker is
// BUSY, which it says before it takes anything. So a task that was taken belongs to the record that stands there,
// also for a worker that comes late, out of the region before.
//
// Threads sleep and wake in functions of the host, never by memory.atomic.wait32 and memory.atomic.notify: the
// baseline tier of V8 11.3 (Node 20) loses registers across memory.atomic.wait32, so that a leader went on
// while workers still computed.
//
// A region costs about a microsecond while the workers spin, and tens of microseconds to milliseconds when they have to
// be woken (the scheduler may put them on the leader's core first). So they spin for some milliseconds before they
// sleep, but only as long as they are there when there is work: pace.ts.
//
// The six globals below are written once when an instance joins a team (`inside` also while it runs a task); each
// instance has its own. In builds without shared memory all of this compiles to a plain loop.

import { judge, setPace } from './pace';
import {
  BUSY,
  GENERATION,
  PATIENCE,
  REGION,
  Region,
  SLEEPERS,
  SPINS,
  TASKS_LEFT,
  WAITING,
} from './teamBlock';
import { PRESENT_SPINS, SPINS_PER_MILLISECOND } from './tuning';

/** From the host: throws if a worker has died, after the others have stopped; the call then ends there. */
@external('env', 'checkTeam')
declare function checkTeam(): void;

/**
 * From the host: sleeps while the word at `address` is `expected`. The result: for how many milliseconds, or −1 when it
 * timed out.
 */
@external('env', 'wait')
declare function wait(address: usize, expected: i32, milliseconds: f64): f64;

/** From the host: wakes all threads that sleep at `address`. */
@external('env', 'notify')
declare function notify(address: usize): void;

let team: usize = 0;
let threads: i32 = 1;
let maySleep: bool = false;
let mayTake: bool = true;
let inside: bool = false;
let own: i32 = 0;

/**
 * Makes this instance rank 0 of a team of `size` threads that shares `block`. `sleep`: whether this thread may wait on
 * memory (the main thread of a browser may not; it spins). `spins`: turns of a waiting loop before sleeping, while all
 * is well. `patience`: milliseconds after which a waiting leader checks that its workers still live. `take`: whether
 * tasks of others are taken; a team is proved with each thread doing its own.
 */
export function leadTeam(block: usize, size: i32, sleep: bool, spins: i32, patience: f64, take: bool): void {
  setPace(block, spins);
  store<f64>(block, patience, PATIENCE);
  team = block;
  threads = size;
  maySleep = sleep;
  mayTake = take;
  inside = false;
}

/** Number of threads that a parallelFor called here would use; 1 within a task. */
export function teamSize(): i32 {
  if (!ASC_FEATURE_THREADS) return 1;
  return inside ? 1 : threads;
}

/** Which thread of the team this is; 0 is the leader. */
export function teamRank(): i32 {
  return ASC_FEATURE_THREADS ? own : 0;
}

/** Runs the tasks and returns when all are done. `f` is the `index` of a function (task: i32, args: usize) => void. */
export function parallelFor(tasks: i32, f: u32, args: usize): void {
  if (!ASC_FEATURE_THREADS || inside || threads == 1 || tasks <= 1) {
    for (let i = 0; i < tasks; ++i) call_indirect<void>(f, i, args);
    return;
  }
  if (ASC_FEATURE_THREADS) {
    const block = team;
    const region = changetype<Region>(block + REGION);
    region.task = f;
    region.args = args;
    region.tasks = tasks;
    region.kind = 2 * threads + i32(mayTake);
    for (let r = 0; r < threads; ++r) atomic.store<i32>(tasksLeft(block, r), tasksOf(r, tasks, threads));
    atomic.add<i32>(block + GENERATION, 1);
    const asleep = atomic.load<i32>(block + SLEEPERS) > 0;
    if (asleep) notify(block + GENERATION);
    inside = true;
    const taken = work(block, 0);
    inside = false;
    const waited = awaitWorkers(block);
    judge(block, asleep, taken >= max(1, tasks / threads), waited);
  }
}

@inline
function tasksLeft(block: usize, rank: i32): usize {
  return block + TASKS_LEFT + ((<usize>rank) << 2);
}

/** The number of tasks that belong to a rank. */
@inline
function tasksOf(rank: i32, tasks: i32, size: i32): i32 {
  return (tasks - rank + size - 1) / size;
}

/** Runs tasks until none is left, those of `own` first. The result: how many were those of others. */
function work(block: usize, own: i32): i32 {
  let taken = 0;
  if (!ASC_FEATURE_THREADS) return taken;
  const region = changetype<Region>(block + REGION);
  let rank = own;
  while (true) {
    const left = atomic.sub<i32>(tasksLeft(block, rank), 1);
    // The record is read only now: a task that was taken is one of this record.
    const size = region.kind >> 1;
    if (left > 0) {
      const task = rank + (tasksOf(rank, region.tasks, size) - left) * size;
      call_indirect<void>(region.task, task, region.args);
      if (rank != own) ++taken;
      continue;
    }
    if ((region.kind & 1) == 0) return taken;
    if (++rank >= size) rank = 0;
    if (rank == own) return taken;
  }
}

/** Whether a task is left that nobody has taken. */
function isUntaken(block: usize): bool {
  if (!ASC_FEATURE_THREADS) return false;
  for (let rank = 0; rank < threads; ++rank) {
    if (atomic.load<i32>(tasksLeft(block, rank)) > 0) return true;
  }
  return false;
}

/**
 * Returns when no worker is in a task, and each has done its own where tasks are not taken. The result: for how many
 * milliseconds the leader slept, as one does who waits for a thread that another program has pushed off its core.
 */
function awaitWorkers(block: usize): f64 {
  let waited: f64 = 0;
  if (!ASC_FEATURE_THREADS) return waited;
  const long = atomic.load<i32>(block + SPINS);
  let spins = 0;
  while (true) {
    // In this order: who takes the last task was BUSY before, and is seen.
    const untaken = !mayTake && isUntaken(block);
    const busy = atomic.load<i32>(block + BUSY);
    if (busy == 0 && !untaken) return waited;
    if (++spins <= (maySleep ? min(long, PRESENT_SPINS) : long)) continue;
    if (!maySleep) {
      waited += <f64>spins / SPINS_PER_MILLISECOND;
      spins = 0;
      checkTeam();
      continue;
    }
    const patience = load<f64>(block, PATIENCE);
    atomic.store<i32>(block + WAITING, 1);
    // A worker that has yet to begin may do all before this thread sleeps, and wakes nobody then.
    const most = busy == 0 ? min(patience, 1) : patience;
    const slept = wait(block + BUSY, busy, most);
    atomic.store<i32>(block + WAITING, 0);
    waited += slept < 0 ? most : slept;
    if (slept < 0) checkTeam();
  }
}

/** The main loop of a worker: serves the team that shares `block` as rank `rank`. Does not return. */
export function serveTeam(block: usize, rank: i32): void {
  if (ASC_FEATURE_THREADS) {
    inside = true;
    own = rank;
    let seen = 0;
    let spins = 0;
    while (true) {
      const generation = atomic.load<i32>(block + GENERATION);
      if (generation == seen) {
        if (++spins > atomic.load<i32>(block + SPINS)) {
          atomic.add<i32>(block + SLEEPERS, 1);
          wait(block + GENERATION, seen, Infinity);
          atomic.sub<i32>(block + SLEEPERS, 1);
          spins = 0;
        }
        continue;
      }
      // Regions that this worker has missed were done without it.
      seen = generation;
      spins = 0;
      atomic.add<i32>(block + BUSY, 1);
      work(block, rank);
      atomic.sub<i32>(block + BUSY, 1);
      if (atomic.load<i32>(block + WAITING) != 0) notify(block + BUSY);
    }
  }
}
