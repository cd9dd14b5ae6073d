// Whether one build is slower than another, from what several processes saw. A process has its own addresses and its own compiled code,
// which make one of two equal builds faster by some percent for as long as it lives: samples of one process say nothing about the builds,
// however many they are. So each process counts once, by the median over its rounds of log(b/a), and the interval of the median over processes
// is the sign test's, which holds for any distribution of them.
import { median } from '../../web/src/lab/statistics.js';

/** Rounds of one process at one order: seconds of one run of either build, round by round. */
export interface Pair {
  n: number;
  what: string;
  a: number[];
  b: number[];
}

export interface Verdict {
  n: number;
  what: string;
  /** Median over processes of b/a, and its interval at the verdict's confidence. */
  ratio: number;
  low: number;
  high: number;
  processes: number;
  verdict: 'slower' | 'faster' | 'same';
}

/** What is timed at each order, by its name, with the options of `eigh`. */
export const TASKS: readonly (readonly [what: string, options: { vectors?: boolean }])[] = [
  ['vectors', {}],
  ['values only', { vectors: false }],
];

/** A ratio nearer to 1 than this raises no alarm. */
export const GATE = 0.03;
/** False alarms a run, over all of its verdicts together. */
export const ALARMS = 0.01;

/** P(X < k) for X binomial with `n` tosses of a fair coin. */
function fewer(n: number, k: number): number {
  let [term, sum] = [0.5 ** n, 0];
  for (let j = 0; j < k; ++j) {
    sum += term;
    term *= (n - j) / (j + 1);
  }
  return sum;
}

/** How many of the sorted numbers lie outside the interval of the median on either side; −1 when there are too few numbers. */
export function outside(n: number, alarms: number): number {
  let k = 0;
  while (2 * fewer(n, k + 1) <= alarms) ++k;
  return k - 1;
}

/** The least number of processes of a run with that many verdicts: with fewer it could never raise an alarm. */
export function leastProcesses(verdicts: number): number {
  let n = 1;
  while (outside(n, ALARMS / verdicts) < 0) ++n;
  return n;
}

/** log(b/a) of one process. */
export const shift = ({ a, b }: Pick<Pair, 'a' | 'b'>): number => median(a.map((x, k) => Math.log(b[k] / x)));

/** `shifts`: one number from each process; `verdicts`: how many verdicts the run gives in all. */
export function judgeShifts(shifts: readonly number[], verdicts: number): Omit<Verdict, 'n' | 'what'> {
  const sorted = shifts.toSorted((p, q) => p - q);
  const k = outside(sorted.length, ALARMS / verdicts);
  const ratio = Math.exp(median(sorted));
  const low = k < 0 ? 0 : Math.exp(sorted[k]);
  const high = k < 0 ? Number.POSITIVE_INFINITY : Math.exp(sorted[sorted.length - 1 - k]);
  const slower = low > 1 && ratio > 1 + GATE;
  const faster = high < 1 && 1 / ratio > 1 + GATE;
  return {
    ratio,
    low,
    high,
    processes: sorted.length,
    verdict: slower ? 'slower' : faster ? 'faster' : 'same',
  };
}

/** The verdict on every order, from what all processes saw. */
export function verdicts(processes: readonly (readonly Pair[])[]): Verdict[] {
  const keys = processes[0].map(({ n, what }) => ({ n, what }));
  return keys.map(({ n, what }, k) => ({
    n,
    what,
    ...judgeShifts(
      processes.map((pairs) => shift(pairs[k])),
      keys.length,
    ),
  }));
}
