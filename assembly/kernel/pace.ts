// How long the threads of a team spin before they sleep.
//
// On an idle machine long spins gain up to 1.4×: a worker is there within a microsecond. On a busy one they cost
// 20× and more: a thread that spins uses up its time slice and is not running when it is needed.
// So they spin long while the workers are there when a region begins, and shortly for a number of regions once one that
// was awake is not; that number doubles each time that this happens again soon, and halves after as many good regions.

import { PACE, SPINS } from './teamBlock';
import { FEWEST, MOST, SHORT } from './tuning';

@unmanaged
class Pace {
  /** Turns of a long spin. */
  long: i32;
  /** Regions of short spins after the next lapse. */
  penalty: i32;
  /** Regions of short spins that are left. */
  left: i32;
  /** Good regions since the last change of `penalty`. */
  good: i32;
}

/** Starts with long spins of that many turns. */
export function setPace(block: usize, long: i32): void {
  const pace = changetype<Pace>(block + PACE);
  pace.long = long;
  pace.penalty = FEWEST;
  pace.left = 0;
  pace.good = 0;
  setSpins(block, long);
}

function setSpins(block: usize, turns: i32): void {
  if (ASC_FEATURE_THREADS) atomic.store<i32>(block + SPINS, turns);
  else store<i32>(block, turns, SPINS);
}

/**
 * To be called by the leader after each region. `asleep`: whether workers slept when it began, which says nothing;
 * `here`: whether all were at work in time.
 */
export function judge(block: usize, asleep: bool, here: bool): void {
  const pace = changetype<Pace>(block + PACE);
  if (pace.left > 0) {
    if (--pace.left == 0) setSpins(block, pace.long);
  } else if (asleep) {
    return;
  } else if (!here) {
    pace.left = pace.penalty;
    pace.penalty = min(MOST, 2 * pace.penalty);
    pace.good = 0;
    setSpins(block, min(pace.long, SHORT));
  } else if (++pace.good >= pace.penalty) {
    pace.penalty = max(FEWEST, pace.penalty >> 1);
    pace.good = 0;
  }
}
