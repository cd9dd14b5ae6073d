// Figures of a partial result among those that it leaves as they were.
import { expect, test } from 'vitest';
import { joinedBy } from '../../../web/src/page/partial.js';
import type { Figure } from '../../../web/src/parts/view.js';

const figure = (id: string, summary: string): Figure => ({
  id,
  title: id,
  summary,
  draw: () => {
    throw new Error('is not drawn');
  },
});

test('figures that a partial result had first were laid out as the last ones, and stood after their neighbours', () => {
  const old = ['entropies', 'dynamics', 'gaps'].map((id) => figure(id, 'old'));
  const some = ['momenta', 'entropies', 'spectrum', 'sectors', 'gaps'].map((id) => figure(id, 'new'));
  expect(joinedBy(old, some).map(({ id, summary }) => `${summary} ${id}`)).toEqual([
    'new momenta',
    'new entropies',
    'new spectrum',
    'new sectors',
    'old dynamics',
    'new gaps',
  ]);
  expect(joinedBy([], some)).toEqual(some);
  expect(joinedBy(old, [])).toEqual(old);
});
