// How long the threads of a team spin before they sleep.
//
// On an idle machine long spins gain up to 1.7×: a spinning worker starts within a microsecond, one that has to be woken
// takes some fifty, and so does the leader. On a busy machine they gain nothing, and cost time: a thread that spins uses up its
// time slice, and is pushed off its core when there is work for it. So threads spin long while the others are there when they
// are expected: where none sleeps and yet the leader, having done its own, takes as many tasks as belong to another, one
// is absent (of two threads the other one, with which this was measured; of more the rest takes a share of them), and a leader that has to sleep waits for one that was pushed off in the middle of a task. Now and then an idle machine,
// too, takes a thread away for a millisecond: some absences are forgiven. When they add up, threads
// spin shortly for a number of regions; that number doubles each time this happens again soon, and halves after as many
// good regions. It has a limit, so that a machine that is idle again is found out within a call or two.

import { PACE, SPINS } from './teamBlock';
import {
  FEWEST_SHORT,
  FORGIVEN,
  LOST_A_MILLISECOND,
  LOST_AGAIN,
  MOST_LOST,
  MOST_SHORT,
  SHORT_SPIN,
} from './tuning';

@unmanaged
class Pace {
  /** Turns of a long spin. */
  long: i32;
  /** Regions of short spins after the next time that a worker is not present. */
  penalty: i32;
  /** Regions of short spins still to come. */
  left: i32;
  /** Good regions since the last change of `penalty`. */
  good: i32;
  /** Regions in which a worker was absent, less a share of the others. */
  lost: f64;
}

/** Starts with long spins of `long` turns. */
export function setPace(block: usize, long: i32): void {
  const pace = changetype<Pace>(block + PACE);
  pace.long = long;
  pace.penalty = FEWEST_SHORT;
  pace.left = 0;
  pace.good = 0;
  pace.lost = 0;
  setSpins(block, long);
}

function setSpins(block: usize, turns: i32): void {
  if (ASC_FEATURE_THREADS) atomic.store<i32>(block + SPINS, turns);
  else store<i32>(block, turns, SPINS);
}

/**
 * The leader calls this after each region. `asleep`: whether workers slept when the region began, in which case it is
 * not judged; `absent`: whether the leader did what belonged to a worker; `waited`: milliseconds for which it slept in the end.
 */
export function judge(block: usize, asleep: bool, absent: bool, waited: f64): void {
  const pace = changetype<Pace>(block + PACE);
  if (pace.left > 0) {
    if (--pace.left == 0) {
      pace.lost = MOST_LOST - LOST_AGAIN;
      setSpins(block, pace.long);
    }
    return;
  }
  if (asleep) return;
  pace.lost = max(0, pace.lost + (absent ? 1 : -FORGIVEN) + LOST_A_MILLISECOND * waited);
  if (pace.lost > MOST_LOST) {
    pace.left = pace.penalty;
    pace.penalty = min(MOST_SHORT, 2 * pace.penalty);
    pace.good = 0;
    pace.lost = 0;
    setSpins(block, min(pace.long, SHORT_SPIN));
  } else if (++pace.good >= pace.penalty) {
    pace.penalty = max(FEWEST_SHORT, pace.penalty >> 1);
    pace.good = 0;
  }
}
