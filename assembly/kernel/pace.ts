// How long the threads of a team spin before they sleep.
//
// On an idle machine long spins gain up to 1.4×: a spinning worker starts within a microsecond. On a busy machine
// they cost 20× and more: a thread that spins uses up its time slice and is not running when there is work for
// it. So threads spin long while all workers are present when a region begins. Once an awake worker is not
// present, they spin shortly for a number of regions; that number doubles each time this happens again soon, and
// halves after as many good regions.

import { PACE, SPINS } from './teamBlock';
import { FEWEST_SHORT, MOST_SHORT, SHORT_SPIN } from './tuning';

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
}

/** Starts with long spins of `long` turns. */
export function setPace(block: usize, long: i32): void {
  const pace = changetype<Pace>(block + PACE);
  pace.long = long;
  pace.penalty = FEWEST_SHORT;
  pace.left = 0;
  pace.good = 0;
  setSpins(block, long);
}

function setSpins(block: usize, turns: i32): void {
  if (ASC_FEATURE_THREADS) atomic.store<i32>(block + SPINS, turns);
  else store<i32>(block, turns, SPINS);
}

/**
 * The leader calls this after each region. `asleep`: whether workers slept when the region began, in which case it is
 * not judged; `here`: whether all workers were at work in time.
 */
export function judge(block: usize, asleep: bool, here: bool): void {
  const pace = changetype<Pace>(block + PACE);
  if (pace.left > 0) {
    if (--pace.left == 0) setSpins(block, pace.long);
  } else if (asleep) {
    return;
  } else if (!here) {
    pace.left = pace.penalty;
    pace.penalty = min(MOST_SHORT, 2 * pace.penalty);
    pace.good = 0;
    setSpins(block, min(pace.long, SHORT_SPIN));
  } else if (++pace.good >= pace.penalty) {
    pace.penalty = max(FEWEST_SHORT, pace.penalty >> 1);
    pace.good = 0;
  }
}
