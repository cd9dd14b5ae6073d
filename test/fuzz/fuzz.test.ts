// Every public function with valid, borderline and hostile arguments: it returns or throws a typed error, soon, and
// leaves no trace. scripts/fuzz.js makes any number of such calls.
import { expect, test } from 'vitest';
import { watch } from './watch.js';

test('30 000 calls: typed errors, the same bits afterwards, no hang, no growth of memory', async () => {
  const { calls, failures } = await watch({ seed: 20220622, calls: 30_000, size: 75 });
  expect(failures).toEqual([]);
  expect(calls).toBeGreaterThanOrEqual(30_000);
});
