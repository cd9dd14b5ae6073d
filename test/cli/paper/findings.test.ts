// The table of what figures beyond the paper found.
import { expect, test } from 'vitest';
import { assemble } from '../../../cli/src/paper/figure.js';
import { type Finding, findingsMarkdown, tally } from '../../../cli/src/paper/finding.js';
import { frame } from '../../../cli/src/paper/frame.js';
import { beyondPaper, figures } from '../../../cli/src/paper/index.js';

const finding: Finding = {
  id: 's1-crossing',
  source: 'A and B (2022)',
  question: '[S](g) | where sizes cross',
  predicted: '0.71',
  measured: '0.735',
  error: '0.004, bootstrap',
  values: { alpha: 0.735 },
  verdict: 'differs',
  note: 'Small sizes.',
};

test('one row a finding, under its figure, and each note once with the number that its verdicts have', () => {
  const agreeing: Finding = { ...finding, id: 'b1-rate', verdict: 'agrees', note: undefined };
  const open: Finding = { ...finding, id: 'd1-spacing', verdict: 'open', note: 'Few lattices.' };
  const text = findingsMarkdown([finding, agreeing, open, { ...finding, verdict: 'open' }], 'heading');
  expect(text).toContain(
    '| s1 | [S]\\(g) \\| where sizes cross | A and B (2022) | 0.71 | 0.735 | 0.004, bootstrap | differs (1) |',
  );
  expect(text).toMatch(/\| b1 \|.*\| agrees \|\n.*\| open \(2\) \|\n.*\| open \(1\) \|\n/);
  expect(text.match(/Small sizes/g)).toHaveLength(1);
  expect(text).toMatch(/\n1\. Small sizes\.\n2\. Few lattices\.\n/);
  expect(text).toContain('4 findings beyond the paper: 1 as predicted, 1 not, 2 open.');
  expect(tally([])).toBe('0 findings beyond the paper: 0 as predicted, 0 not, 0 open');
  expect(tally([agreeing, { ...finding, verdict: 'identity' }])).toBe(
    '2 findings beyond the paper: 1 as predicted, 0 not, 0 open, 1 identity',
  );
});

test('figures beyond the paper are in the registry of all, and a figure may have findings in place of claims', async () => {
  for (const id of Object.keys(beyondPaper)) expect(figures[id]).toBe(beyondPaper[id]);
  const data = {
    title: 'T',
    compute: async () => ({ columns: { x: [1] }, parameters: {}, measured: {} }),
    findings: () => 0.735,
  };
  const { figure } = await assemble(
    's1',
    Promise.resolve({ data }),
    async () => ({
      plot: (_: unknown, { document, title }) => frame({ title, subtitle: '' }, [], document),
    }),
    Promise.resolve({ beyond: (alpha: number) => [{ ...finding, values: { alpha } }] }),
  );
  const result = await figure.compute({
    core: undefined as never,
    profile: 'quick',
    progress: async () => {},
  });
  expect(result.claims).toEqual([]);
  expect(result.beyond).toEqual([finding]);
});
