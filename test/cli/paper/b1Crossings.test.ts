// Figure b1: which draws of the realizations a crossing of medians has behind it, what may decide one, and what is concluded.
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beyond } from '../../../cli/src/paper/figureb1/beyond.js';
import { type Cell, crossingsOf } from '../../../cli/src/paper/figureb1/crossings.js';
import type { Crossing, Findings } from '../../../cli/src/paper/figureb1/data.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const cell = (logs: number[], resolved = logs.map(() => true)): Cell => ({
  samples: logs.map((_, i) => i),
  logs: Float64Array.from(logs),
  resolved,
});
/** Two sizes at W = 1 and 4, or as many as there are. */
const of = (...sizes: Cell[][]) =>
  crossingsOf(core, {
    sizes: sizes.map((_, s) => 4 + 2 * s),
    strengths: sizes[0].map((_, k) => 4 ** k),
    cells: sizes,
  });
const flat = (x: number, count = 5) => cell(Array.from({ length: count }, () => x));

test('draws without a crossing count: they were dropped, and one that was left gave an error of 0', () => {
  const small = [flat(0), flat(0)];
  const [sure] = of(small, [flat(1), flat(-1)]).crossings;
  expect(sure).toEqual({ value: 2, error: 0, crossed: 1 });
  // The median of the larger size is above in a third of the draws.
  const [unsure] = of(small, [flat(1), cell([-1, -1, -1, 1, 1])]).crossings;
  expect(unsure.value).toBe(2);
  expect(unsure.crossed).toBeGreaterThan(0.5);
  expect(unsure.crossed).toBeLessThan(0.84);
  expect(unsure.error).toBe(0);
  // Where one draw in ten has none, the error is of all draws.
  const mostly = cell([...Array.from({ length: 16 }, (_, k) => -1 - k / 4), 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  const [{ crossed, error }] = of([flat(0, 25), flat(0, 25)], [flat(1, 25), mostly]).crossings;
  expect(crossed).toBeGreaterThan(0.84);
  expect(crossed).toBeLessThan(1);
  expect(error).toBeGreaterThan(0);
});

test('a bound decides no crossing: it stood in for the rate', () => {
  const small = [flat(0), flat(0)];
  const bounds = cell([-1, -1, -1, -1, -1], [true, true, false, false, false]);
  expect(of(small, [flat(1), bounds]).crossings[0].value).toBeNaN();
  const most = cell([-1, -1, -1, -1, -1], [true, true, true, false, false]);
  expect(of(small, [flat(1), most]).crossings[0].value).toBe(2);
});

test('sizes that share their fields are drawn together: apart, their scatter was counted twice', () => {
  const own = [0, 1, 2, 3, 4, 5, 6];
  const shifted = (by: number) => cell(own.map((x) => x + by));
  const [joint] = of([cell(own), cell(own)], [shifted(1), shifted(-1)]).crossings;
  expect(joint).toEqual({ value: 2, error: 0, crossed: 1 });
  // Other realizations of the larger size.
  const others = [1, -1].map((by) => ({ ...shifted(by), samples: own.map((i) => 100 + i) }));
  expect(of([cell(own), cell(own)], others).crossings[0].crossed).toBeLessThan(1);
});

test('the drift is from the first pair of sizes that cross to the last', () => {
  const { crossings, drift } = of(
    [flat(0), flat(0), flat(0)],
    [flat(1), flat(-1), flat(-1)],
    [flat(2), flat(0), flat(-2)],
  );
  expect(crossings.map(({ value }) => value)).toEqual([2, 8]);
  expect(drift).toEqual({ value: 6, error: 0, crossed: 1 });
});

const crossing = (spins: number, strength: number, strengthError = 0.1, crossed = 1): Crossing => ({
  ...{ spins, strength, strengthError, crossed },
});
const findings: Findings = {
  sizes: [4, 6, 8],
  fewest: 40,
  strengths: [2, 16],
  crossings: {
    random: [crossing(5, 5), crossing(7, 8)],
    quasiperiodic: [crossing(5, 4), crossing(7, 6)],
  },
  drifts: { random: crossing(0, 3), quasiperiodic: crossing(0, 2) },
  falls: { random: { decades: 1, error: 0.1 }, quasiperiodic: { decades: 2, error: 0.1 } },
  strongest: 10,
};
const judged = (id: string, change: Partial<Findings> = {}) =>
  beyond({ ...findings, ...change }).find((finding) => finding.id === id)!;

test('what drifts by more than two errors is not below them, and without an error nothing is decided', () => {
  const drift = (random: Crossing) => judged('b1-drift', { drifts: { ...findings.drifts, random } });
  expect(judged('b1-drift')).toMatchObject({ verdict: 'agrees' });
  expect(drift(crossing(0, -3))).toMatchObject({
    verdict: 'differs',
    note: 'It falls, by more than two errors.',
  });
  expect(drift(crossing(0, 0.1)).verdict).toBe('open');
  expect(drift(crossing(0, 3, 0, 0.6)).verdict).toBe('open');
  expect(drift(crossing(0, 3, 0, 0.6)).error).toMatch(/of the rise unknown$/);
});

test('pairs of sizes without a crossing are named, and leave the largest one open', () => {
  const [, last] = findings.crossings.quasiperiodic;
  const one = judged('b1-quasiperiodic', { crossings: { random: [], quasiperiodic: [last] } });
  expect(one).toMatchObject({ verdict: 'open', measured: '6: none of L = 4 and 6, 6 of L = 6 and 8' });
  expect(judged('b1-quasiperiodic').verdict).toBe('agrees');
  expect(judged('b1-critical', { crossings: { random: [], quasiperiodic: [] } }).measured).toBe(
    'no crossing for W from 2 to 16',
  );
  const rare = judged('b1-quasiperiodic', {
    crossings: { ...findings.crossings, quasiperiodic: [crossing(5, 4), crossing(7, 6, 0, 0.5)] },
  });
  expect(rare.verdict).toBe('open');
  expect(rare.error).toBe('0.1, unknown, bootstrap; no crossing in 50 % of the draws of L = 6 and 8');
});

test.each([
  [-0.1, 0.3, 'agrees'],
  [-0.5, -0.1, 'open'],
  [0.3, 0.4, 'open'],
  [0.5, 0.1, 'differs'],
])(
  'falls of %d and %d decades at errors of 0.05: their ratio had the wrong sign',
  (random, quasi, verdict) => {
    const falls = {
      random: { decades: random, error: 0.05 },
      quasiperiodic: { decades: quasi, error: 0.05 },
    };
    expect(judged('b1-falls', { falls }).verdict).toBe(verdict);
  },
);
