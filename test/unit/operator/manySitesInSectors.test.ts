// An entropy in a small sector of 32 sites ended in a MemoryError that spoke of 32 GiB for a result, and named no argument.
import { createCore } from 'emft';
import { expect, it } from 'vitest';

it('names the operator of more sites than states are measured on', async () => {
  const core = await createCore();
  const terms = [{ op: 'zz', sites: [0, 1] }];
  const operator = core.spins({ sites: 32, terms, sector: { up: 1 } });
  const { vectors } = core.eigsh(operator, { k: 1 });
  expect(vectors.length).toBe(32);
  const expected = /options\.operator: has 32 sites, expected at most 28/;
  expect(() => core.entanglementEntropy(vectors, { operator, subsystem: [0] })).toThrow(expected);
  expect(() => core.reducedDensityMatrix(vectors, { operator, subsystem: [0] })).toThrow(expected);
  core.dispose();
});
