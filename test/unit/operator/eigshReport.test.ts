// What `eigsh` says of its work: every product is counted, vectors are made orthogonal as often as the method does it, and the clock
// runs.
import { createCore, type EigshOptions } from 'emft';
import { describe, expect, test, vi } from 'vitest';
import { hypercube } from '../../support/graphs.js';

const core = await createCore();
const n = 900;

/** A path in a field, and how often it was multiplied by. */
function counted() {
  const of = { products: 0 };
  const multiply = (x: Float64Array, y: Float64Array) => {
    of.products++;
    for (let i = 0; i < n; ++i) y[i] = ((i * 37) % 101) * 0.02 * x[i] + (x[i - 1] ?? 0) + (x[i + 1] ?? 0);
  };
  return { of, operator: core.operator({ n, multiply }) };
}

describe.each<[string, EigshOptions]>([
  ['lanczos', { k: 4, method: 'lanczos' }],
  ['filtered', { k: 4, which: { near: 0.5 }, method: 'filtered' }],
  ['filtered', { which: { interval: [0.5, 0.52] }, method: 'filtered' }],
  ['dense', { k: 4, method: 'dense' }],
])('%s, %j', (method, options) => {
  test('all of it', () => {
    const { of, operator } = counted();
    // A clock of our own: it goes on by a second whenever it is read.
    let seconds = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => 1000 * seconds++);
    const { report, residuals, values } = core.eigsh(operator, options);
    clock.mockRestore();
    expect(report.method).toBe(method);
    // Except for those that measure the size of H.
    expect(Math.abs(of.products - report.products)).toBeLessThan(30);
    expect(report.seconds).toBe(seconds - 1);
    expect(seconds).toBeGreaterThan(1);
    expect(report.bytes).toBeLessThan(core.memoryBytes);
    expect(residuals.length).toBe(values.length);
    if (method === 'dense') expect(report.orthogonalizations).toBe(0);
    if (method === 'lanczos') {
      // Only when the recurrence says so.
      expect(report.orthogonalizations).toBeGreaterThan(4);
      expect(report.orthogonalizations).toBeLessThan(report.products);
    }
    if (method === 'filtered') expect(report.orthogonalizations).toBeGreaterThanOrEqual(report.subspace);
  });
});

test('of an operator of few levels each state is made orthogonal to the others', () => {
  const options = { k: 13, which: { near: 8.1 }, method: 'filtered' } as const;
  const { report, values, converged } = core.eigsh(hypercube(core, 10), options);
  expect([converged, report.subspace, values.length]).toEqual([true, 11, 13]);
  // A space of eleven vectors for each, and itself.
  expect(report.orthogonalizations).toBeGreaterThanOrEqual(13 * 12);
});
