// Figure s1: all pairs of sizes cross over the same α, and a verdict needs an error that tells 1/√2 from the published range.
import { expect, test } from 'vitest';
import { beyond } from '../../../cli/src/paper/figures1/beyond.js';
import { crossingsOf } from '../../../cli/src/paper/figures1/crossings.js';
import type { Findings } from '../../../cli/src/paper/figures1/data.js';

const alphas = [0.66, 0.7, 0.74, 0.78, 0.82];
const samples = Array.from({ length: 40 }, (_, i) => i);
/** Curves that are not straight, with a little scatter. */
const curve = (size: number, own = alphas) => {
  const of = (alpha: number) => size * (alpha - 0.75) + 20 * size * (alpha - 0.75) ** 2;
  return alphas.map((alpha) =>
    Float64Array.from(own.includes(alpha) ? samples : [], (i) => of(alpha) + Math.sin(i * size) / 100),
  );
};
const of = (...curves: Float64Array[][]) =>
  crossingsOf({
    sizes: curves.map((_, s) => 4 + s),
    alphas,
    values: curves,
    samples: curves.map((size) => size.map((list) => Float64Array.from(samples.slice(0, list.length)))),
  }).crossings.map(({ value }) => value);

test('a pair had a line over more α than the next, and one line went through the crossings of both', () => {
  const narrow = [0.7, 0.78];
  const [first] = of(curve(4), curve(5), curve(6, narrow));
  expect(first).toBe(of(curve(4, narrow), curve(5, narrow), curve(6, narrow))[0]);
  expect(Math.abs(first - of(curve(4), curve(5))[0])).toBeGreaterThan(0.005);
});

const estimate = (value: number, error = 0.005) => ({ value, error });
const judged = (first: [number, number], last: [number, number], limit: [number, number]) => {
  const crossings = [estimate(...first), estimate(...last)];
  const quantity = { crossings, limit: estimate(...limit) };
  const findings: Findings = {
    sizes: [8, 9, 10],
    dimensions: [2048, 4096, 8192],
    fewest: 200,
    gapRatio: quantity,
    entropy: quantity,
    ends: [0.7, 0.78].map((alpha) => ({ alpha, gapRatio: 0.4 + alpha / 10, error: 0.002 })),
  };
  const all = beyond(findings);
  return ['small', 'large']
    .map((which) => all.find(({ id }) => id === `s1-entropy-${which}`)!.verdict)
    .concat(all.find(({ id }) => id === 's1-critical')!.verdict);
};

test('an error within which both predictions are decides nothing: 0.72 ± 0.01 agreed with 1/√2', () => {
  expect(judged([0.765, 0.005], [0.744, 0.009], [0.722, 0.01])).toEqual(['differs', 'agrees', 'open']);
  expect(judged([0.735, 0.02], [0.735, 0.002], [0.708, 0.005])).toEqual(['open', 'agrees', 'agrees']);
  expect(judged([0.735, 0.02], [0.709, 0.005], [0.735, 0.005])).toEqual(['open', 'differs', 'differs']);
});
