// Several processes at one run. `scripts/stress-runs.js` does the same for hours.
import { expect, test } from 'vitest';
import { lehmer } from '../../support/lehmer.js';
import { stress } from '../../support/runs/concurrency.js';
import { scratch } from '../../support/runs.js';

const dir = scratch();

test('resumes, status and collect at once, on a spoilt run: nobody fails for what another does', async () => {
  const { rounds, inner, processes, problems } = await stress({
    directory: dir,
    seconds: 6,
    random: lehmer(20221),
    inner: 10,
  });
  expect(problems).toEqual([]);
  expect(rounds).toBeGreaterThan(0);
  expect(inner).toBeGreaterThanOrEqual(10);
  expect(processes).toBeGreaterThan(4);
});
