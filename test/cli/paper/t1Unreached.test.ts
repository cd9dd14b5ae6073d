// Figure t1 judges by plateaus alone: an l-bit that falls slowly, and is far above the mean field for that reason, decides nothing.
import { expect, test } from 'vitest';
import { beyond } from '../../../cli/src/paper/figuret1/beyond.js';
import type { Plateau } from '../../../cli/src/paper/figuret1/data.js';

const plateau: Plateau = {
  n: 10,
  alpha: 0.6,
  spin: 1,
  value: 0.4,
  error: 0.01,
  theory: 0.4,
  above: 0,
  aboveError: 0.01,
  falls: 0,
};
const against = (plateaus: Plateau[]) =>
  beyond({
    plateaus: [{ ...plateau, n: 6 }, ...plateaus],
    apart: 0,
    g10: 0.1,
    sizes: [
      { n: 6, samples: 10, vectors: 1, exact: true },
      { n: 10, samples: 10, vectors: 1, exact: false },
    ],
    until: 200,
  }).find(({ id }) => id === 't1-mean-field-10')!;

test('a slow l-bit, whose loss of 2 % grows by a third within the late times, is not held against the mean field', () => {
  const slow = { ...plateau, spin: 2, value: 0.98, theory: 0.7, falls: 0.007 };
  expect(against([plateau, slow])).toMatchObject({ verdict: 'agrees', values: { within: 1, unreached: 1 } });
  // On its plateau the same value differs, and where no plateau is reached nothing is decided.
  expect(against([plateau, { ...slow, falls: 0.0005 }])).toMatchObject({ verdict: 'differs' });
  expect(against([slow])).toMatchObject({ verdict: 'open', values: { unreached: 1 } });
  expect(against([slow]).measured).toMatch(/all of them still fall/);
});

test('late times are judged by differences of the same realizations, and two realizations decide nothing', () => {
  const window = (above: number, samples: number) =>
    beyond({
      // Realizations differ by far more than their late times from their plateaus.
      plateaus: [{ ...plateau, n: 6, error: 0.2, above, aboveError: 0.001 }],
      apart: 0,
      g10: 0.1,
      sizes: [{ n: 6, samples, vectors: 1, exact: true }],
      until: 200,
    }).find(({ id }) => id === 't1-window')!.verdict;
  expect(window(0.0015, 100)).toBe('agrees');
  expect(window(0.03, 100)).toBe('open');
  expect(window(0.0015, 2)).toBe('open');
});
