// For how long a leader waits awake, as its workers come late or in time.
import { judge, setPace } from '../../kernel/pace';
import { SPINS, TEAM_BYTES } from '../../kernel/teamBlock';
import { FEWEST_SHORT, MOST_SHORT, SHORT_SPIN } from '../../kernel/tuning';

const LONG: i32 = 1 << 22;

let block: usize = 0;

function spins(): i32 {
  return load<i32>(block, SPINS);
}

/** Regions until spins are long again. */
function untilLong(): i32 {
  let regions = 0;
  while (spins() != LONG) {
    judge(block, true, true);
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
      judge(block, false, true);
      judge(block, true, false);
      expect(spins()).toBe(LONG);
    }
  });

  test('is short after a lapse, for twice as many regions each time, and long again', () => {
    let wanted = FEWEST_SHORT;
    for (let lapse = 0; lapse < 20; ++lapse) {
      judge(block, false, false);
      expect(spins()).toBe(SHORT_SPIN);
      expect(untilLong()).toBe(wanted);
      wanted = min(MOST_SHORT, 2 * wanted);
    }
  });

  test('forgets lapses after as many good regions', () => {
    judge(block, false, false);
    untilLong();
    judge(block, false, false);
    expect(untilLong()).toBe(2 * FEWEST_SHORT);
    for (let i = 0; i < 4 * FEWEST_SHORT + 2 * FEWEST_SHORT; ++i) judge(block, false, true);
    judge(block, false, false);
    expect(untilLong()).toBe(FEWEST_SHORT);
  });

  test('never spins for longer than its limit', () => {
    setPace(block, 1);
    judge(block, false, false);
    expect(spins()).toBe(1);
  });
});
