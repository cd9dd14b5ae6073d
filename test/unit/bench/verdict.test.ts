// The verdict on two builds: its interval against exact counts, and how often it is wrong, on samples of a real A/A run.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../../bench/lab/against.js';
import {
  ALARMS,
  GATE,
  judgeShifts,
  leastProcesses,
  outside,
  type Pair,
  shift,
  verdicts,
} from '../../../bench/lab/verdict.js';
import { deviates } from '../../../web/src/lab/statistics.js';

/** As many as a run has by default. */
const PROCESSES = 20;
const TRIALS = 5000;

const file = new URL('../../../docs/bench/aa.json', import.meta.url);
const real = JSON.parse(readFileSync(file, 'utf8')) as Comparison;
const kinds = real.processes[0].length;
/** log(b/a) of every process, by what was timed. */
const shifts = Array.from({ length: kinds }, (_, k) => real.processes.map((pairs) => shift(pairs[k])));

/** Runs of processes drawn from the real ones, in which the second build takes `factor` times as long; `turned` swaps builds at random. */
function count(factor: number, turned: boolean) {
  const random = deviates(11);
  const seen = { alarms: 0, slower: new Array<number>(kinds).fill(0) };
  for (let trial = 0; trial < TRIALS; ++trial) {
    const drawn = Array.from({ length: PROCESSES }, () => Math.floor(random() * real.processes.length));
    const signs = drawn.map(() => (turned && random() < 0.5 ? -1 : 1));
    const said = shifts.map(
      (all) =>
        judgeShifts(
          drawn.map((p, k) => signs[k] * all[p] + Math.log(factor)),
          kinds,
        ).verdict,
    );
    if (said.some((verdict) => verdict !== 'same')) seen.alarms++;
    said.forEach((verdict, k) => {
      if (verdict === 'slower') seen.slower[k]++;
    });
  }
  return { alarms: seen.alarms / TRIALS, slower: seen.slower.map((all) => all / TRIALS) };
}

describe('on the samples of a real A/A run', () => {
  test('there are enough of them, raw', () => {
    expect(real.a).toBe(real.b);
    expect(real.processes.length).toBeGreaterThanOrEqual(40);
    for (const { a, b } of real.processes.flat()) {
      expect(a.length).toBe(b.length);
      expect(a.length).toBeGreaterThanOrEqual(9);
      expect([...a, ...b].every((x) => x > 0)).toBe(true);
    }
  });

  test('a run raises a false alarm at some order in less than 1 % of cases', () => {
    expect(count(1, true).alarms).toBeLessThanOrEqual(ALARMS);
    expect(count(1, false).alarms).toBeLessThanOrEqual(ALARMS);
  });

  test('one process alone would raise one in more than a tenth', () => {
    const far = real.processes.filter((_, p) => shifts.some((all) => Math.abs(all[p]) > Math.log(1 + GATE)));
    expect(far.length / real.processes.length).toBeGreaterThan(0.1);
  });

  test('a build that takes a twentieth longer is found', () => {
    const { alarms, slower } = count(1.05, true);
    expect(alarms).toBeGreaterThan(0.99);
    for (const share of slower) expect(share).toBeGreaterThan(0.75);
  });
});

describe('the interval of the median', () => {
  test('leaves out as many as the coin allows', () => {
    // Of 12 tosses none falls one way with probability 2 / 4096, at most one with 26 / 4096.
    expect(outside(12, 2 / 4096)).toBe(0);
    expect(outside(12, 1.99 / 4096)).toBe(-1);
    expect(outside(12, 26 / 4096)).toBe(1);
    expect(outside(9, 0.01 / 6)).toBe(-1);
    expect(outside(10, 0.01 / 5)).toBe(0);
  });

  test('covers the median of any distribution as often as it says, also of one without a mean', () => {
    const random = deviates(5);
    let missed = 0;
    for (let trial = 0; trial < TRIALS; ++trial) {
      const cauchy = Array.from({ length: 12 }, () => Math.tan(Math.PI * (random() - 0.5)));
      const { low, high } = judgeShifts(cauchy, 1);
      if (low > 1 || high < 1) missed++;
    }
    // 26 of 4096, and four standard deviations of the trials.
    expect(missed / TRIALS).toBeLessThan(26 / 4096 + 4 * Math.sqrt(26 / 4096 / TRIALS));
    expect(missed).toBeGreaterThan(0);
  });
});

describe('verdicts', () => {
  const pair = (n: number, factor: number): Pair => {
    const a = [1, 2, 1, 5, 1].map((x) => x * n);
    return { n, what: 'vectors', a, b: a.map((x) => x * factor) };
  };
  const runs = (factor: number) => Array.from({ length: 12 }, () => [pair(8, 1), pair(64, factor)]);

  test('are made for each order, by what both builds took in the same round', () => {
    const [small, large] = verdicts(runs(1.25));
    expect(small).toMatchObject({ n: 8, what: 'vectors', verdict: 'same', processes: 12 });
    expect(large.verdict).toBe('slower');
    expect(large.ratio).toBeCloseTo(1.25, 12);
    expect(verdicts(runs(0.8))[1].verdict).toBe('faster');
  });

  test('a difference below the gate is none, however sure', () => {
    expect(verdicts(runs(1 + GATE - 1e-6))[1].verdict).toBe('same');
    expect(verdicts(runs(1 + GATE + 1e-6))[1].verdict).toBe('slower');
  });

  test('too few processes raise no alarm', () => {
    // 2 / 2^n below 1 % over the number of verdicts.
    expect([1, 6, 12].map(leastProcesses)).toEqual([8, 11, 12]);
    expect(judgeShifts([1, 1, 1, 1, 1], 1)).toMatchObject({
      low: 0,
      high: Number.POSITIVE_INFINITY,
      verdict: 'same',
    });
  });
});
