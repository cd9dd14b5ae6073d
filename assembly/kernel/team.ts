// parallelFor(tasks, f, args): f(0, args), …, f(tasks − 1, args), shared out among the threads of a team.
//
// A team is one instance of the module that computes (rank 0) and instances in workers that serve it, over one
// shared memory. They communicate through a block of TEAM_BYTES zeroed bytes. Task i runs on rank i mod threads; the
// sum of a result must never depend on which rank computes it, so tasks are cut the same way for any number of
// threads, or cut so that each number is the result of a single task.
//
// Threads sleep and wake in functions of the host, never by memory.atomic.wait32 and memory.atomic.notify: the
// baseline tier of V8 11.3 (Node 20) loses registers across memory.atomic.wait32, so that a leader went on
// while workers still computed.
//
// A region costs about a microsecond while the workers spin, and tens of microseconds to milliseconds when they have to
// be woken (the scheduler may put them on the leader's core first). So they spin for some milliseconds before they
// sleep, but only as long as less time is lost by waiting for them than they would take to wake: pace.ts.
//
// The five globals below are written once when an instance joins a team (`inside` also while it runs a task); each
// instance has its own. In builds without shared memory all of this compiles to a plain loop.

import { judge, setPace } from './pace';
import { AWAY, GENERATION, PATIENCE, PENDING, REGION, Region, SLEEPERS, SPINS, WAITING } from './teamBlock';
import { PATIENT_SPINS, PRESENT_SPINS, SPINS_PER_MILLISECOND } from './tuning';

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
let inside: bool = false;
let own: i32 = 0;

/**
 * Makes this instance rank 0 of a team of `size` threads that shares `block`. `sleep`: whether this thread may wait on
 * memory (the main thread of a browser may not; it spins). `spins`: turns of a waiting loop before sleeping, while all
 * is well. `patience`: milliseconds after which a waiting leader checks that its workers still live.
 */
export function leadTeam(block: usize, size: i32, sleep: bool, spins: i32, patience: f64): void {
  setPace(block, spins);
  store<f64>(block, patience, PATIENCE);
  team = block;
  threads = size;
  maySleep = sleep;
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
    region.threads = threads;
    atomic.store<i32>(block + PENDING, (threads - 1) * (AWAY + 1));
    atomic.add<i32>(block + GENERATION, 1);
    const asleep = atomic.load<i32>(block + SLEEPERS) > 0;
    if (asleep) notify(block + GENERATION);
    inside = true;
    for (let i = 0; i < tasks; i += threads) call_indirect<void>(f, i, args);
    inside = false;
    const lost = awaitWorkers(block);
    judge(block, asleep, lost);
  }
}

/**
 * Returns when no task is pending. The result: for how many milliseconds the leader waited for workers that had not begun,
 * as far as it became impatient.
 */
function awaitWorkers(block: usize): f64 {
  let lost: f64 = 0;
  if (!ASC_FEATURE_THREADS) return lost;
  const long = atomic.load<i32>(block + SPINS);
  let spins = 0;
  while (true) {
    const left = atomic.load<i32>(block + PENDING);
    if (left == 0) return lost;
    if (++spins <= (maySleep ? min(long, left < AWAY ? PRESENT_SPINS : PATIENT_SPINS) : long)) continue;
    if (!maySleep) {
      if (left >= AWAY) lost += <f64>spins / SPINS_PER_MILLISECOND;
      spins = 0;
      checkTeam();
      continue;
    }
    const patience = load<f64>(block, PATIENCE);
    atomic.store<i32>(block + WAITING, 1);
    const slept = wait(block + PENDING, left, patience);
    atomic.store<i32>(block + WAITING, 0);
    if (left >= AWAY) lost += slept < 0 ? patience : slept;
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
      if (atomic.load<i32>(block + GENERATION) == seen) {
        if (++spins > atomic.load<i32>(block + SPINS)) {
          atomic.add<i32>(block + SLEEPERS, 1);
          wait(block + GENERATION, seen, Infinity);
          atomic.sub<i32>(block + SLEEPERS, 1);
          spins = 0;
        }
        continue;
      }
      ++seen;
      spins = 0;
      atomic.sub<i32>(block + PENDING, AWAY);
      const region = changetype<Region>(block + REGION);
      const f = region.task;
      const args = region.args;
      const size = region.threads;
      for (let i = rank, tasks = region.tasks; i < tasks; i += size) call_indirect<void>(f, i, args);
      atomic.sub<i32>(block + PENDING, 1);
      if (atomic.load<i32>(block + WAITING) != 0) notify(block + PENDING);
    }
  }
}
