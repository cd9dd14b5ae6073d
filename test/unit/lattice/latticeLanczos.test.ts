// Where orbitals lie nearer to each other in energy than copies of one do, Lanczos steps cannot tell them apart.
import { ConvergenceError, createCore } from 'emft';
import { expect, test } from 'vitest';

test('more orbitals than sites: lanczos says that the lattice is none for it, auto takes another method', async () => {
  const core = await createCore();
  const model = { radius: 5, random: true, seed: 2908190142, strength: 1.572452785474008e-7 };
  const parameters = { ...model, hopping: 0.01005819026177152, breakpoint: 1.5366726855481385 };
  expect(() => core.latticeCouplings({ ...parameters, method: 'lanczos' })).toThrow(ConvergenceError);
  const { energies, missing, method } = core.latticeCouplings(parameters);
  expect([energies.length, missing, method]).toEqual([61, 0, 'band']);
  core.dispose();
});
