// For how long threads wait awake, by what that loses.
import { judge, setPace } from '../../kernel/pace';
import { SPINS, TEAM_BYTES } from '../../kernel/teamBlock';
import {
  FEWEST_SHORT,
  FORGIVEN,
  LOST_A_MILLISECOND,
  LOST_AGAIN,
  MOST_LOST,
  MOST_SHORT,
  SHORT_SPIN,
} from '../../kernel/tuning';

const LONG: i32 = 1 << 22;

let block: usize = 0;

function spins(): i32 {
  return load<i32>(block, SPINS);
}

/** Milliseconds of sleep in the end of a region that are too many to be forgiven. */
const LAPSE: f64 = MOST_LOST / LOST_A_MILLISECOND + 1;

/** Regions until spins are long again. */
function untilLong(): i32 {
  let regions = 0;
  while (spins() != LONG) {
    judge(block, true, false, 0);
    regions++;
  }
  return regions;
}

describe('the pace of a team', () => {
  beforeEach(() => {
    block = heap.alloc(TEAM_BYTES);
    setPace(block, LONG);
  });
  afterEach(() => {
    heap.free(block);
  });

  test('stays long while workers are there, and while they sleep', () => {
    for (let i = 0; i < 1000; ++i) {
      judge(block, false, false, 0);
      judge(block, true, true, LAPSE);
      expect(spins()).toBe(LONG);
    }
  });

  test('an idle machine that takes a thread away now and then was taken for a busy one', () => {
    // A worker is absent for a millisecond of every ten, and now and then the leader sleeps for as long.
    for (let i = 0; i < 10000; ++i) {
      judge(block, false, i % 1000 < 100, i % 1000 == 500 ? 1 : 0);
      expect(spins()).toBe(LONG);
    }
  });

  test('becomes short where a worker is absent half of the time, and where the leader sleeps again and again', () => {
    let regions = 0;
    while (spins() == LONG && regions < 10000) {
      judge(block, false, regions % 100 < 50, 0);
      regions++;
    }
    expect(spins()).toBe(SHORT_SPIN);
    expect(regions).toBeLessThan(<i32>(3 * MOST_LOST));
    setPace(block, LONG);
    regions = 0;
    while (spins() == LONG && regions < 1000) {
      judge(block, false, false, regions % 10 == 0 ? 3 : 0);
      regions++;
    }
    expect(spins()).toBe(SHORT_SPIN);
    expect(regions).toBeLessThan(50);
    expect(10 * FORGIVEN).toBeLessThan(3 * LOST_A_MILLISECOND);
  });

  test('is short after a lapse, for twice as many regions each time, and long again', () => {
    let wanted = FEWEST_SHORT;
    for (let lapse = 0; lapse < 20; ++lapse) {
      judge(block, false, false, LAPSE);
      expect(spins()).toBe(SHORT_SPIN);
      expect(untilLong()).toBe(wanted);
      wanted = min(MOST_SHORT, 2 * wanted);
    }
  });

  test('forgets lapses after as many good regions', () => {
    judge(block, false, false, LAPSE);
    untilLong();
    judge(block, false, false, LAPSE);
    expect(untilLong()).toBe(2 * FEWEST_SHORT);
    for (let i = 0; i < 4 * FEWEST_SHORT + 2 * FEWEST_SHORT; ++i) judge(block, false, false, 0);
    judge(block, false, false, LAPSE);
    expect(untilLong()).toBe(FEWEST_SHORT);
  });

  test('an idle machine was taken for a busy one for tens of calls after it had been one', () => {
    for (let lapse = 0; lapse < 100; ++lapse) {
      judge(block, false, false, LAPSE);
      untilLong();
    }
    judge(block, false, false, (LOST_AGAIN + 1) / LOST_A_MILLISECOND);
    expect(spins()).toBe(SHORT_SPIN);
    expect(untilLong()).toBeLessThanOrEqual(2048);
    for (let i = 0; i < 1000; ++i) {
      judge(block, false, i % 1000 < 100, 0);
      expect(spins()).toBe(LONG);
    }
  });

  test('never spins for longer than its limit', () => {
    setPace(block, 1);
    judge(block, false, false, LAPSE);
    expect(spins()).toBe(1);
  });
});
