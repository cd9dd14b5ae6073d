// The rows of the kind `bath` against the public functions, and the fields that it draws.
import { type Core, createCore, type SpinTerm } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bath } from '../../../cli/src/sweeps/kinds/bath.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

/** The rate of a Heisenberg chain in these fields, from the public function. */
function rateOf(fields: readonly number[], delta = 1) {
  const sites = fields.length;
  const terms: SpinTerm[] = fields.map((coefficient, i) => ({ op: 'z', sites: [i], coefficient }));
  for (let i = 0; i + 1 < sites; ++i) {
    for (const op of ['xx', 'yy', 'zz'])
      terms.push({ op, sites: [i, i + 1], coefficient: op === 'zz' ? delta : 1 });
  }
  const contact = ['x', 'y', 'z'].map((op) => core.spins({ sites, terms: [{ op, sites: [0] }] }));
  return core.bathRate(core.spins({ sites, terms }), contact);
}

test('random fields are uniform on [−W, W], of a longer chain those of a shorter one first', async () => {
  const fields = Array.from(core.uniforms({ seed: 3, stream: 1, index: 2 }, 5), (u) => 4 * (2 * u - 1));
  const p = { strength: 4, potential: 'random', delta: 0.7 };
  for (const spins of [4, 5]) {
    const row = await bath.compute(core, { ...p, spins }, 3, 2, 'total');
    const { rate, error } = rateOf(fields.slice(0, spins), 0.7);
    expect(row.resolved).toBe(true);
    expect((row.error as number) / error).toBeCloseTo(1, 12);
    expect(Math.abs((row.rate as number) - rate)).toBeLessThan(2 * error);
    expect((row.scaled as number) / (row.rate as number)).toBeCloseTo(4 ** spins, 8);
  }
});

test('quasiperiodic fields are a cosine with a random phase', async () => {
  const [phase] = core.uniforms({ seed: 3, stream: 1, index: 2 }, 1);
  const turns = Array.from({ length: 5 }, (_, j) => (j * (Math.sqrt(5) - 1)) / 2 + phase);
  const { rate, error } = rateOf(turns.map((x) => 3 * Math.cos(2 * Math.PI * x)));
  const p = { spins: 5, strength: 3, potential: 'quasiperiodic', delta: 1 };
  const row = await bath.compute(core, p, 3, 2, 'total');
  expect(Math.abs((row.rate as number) - rate)).toBeLessThan(4 * error);
});

test('without a field levels of different S^z coincide: S^x by √2 for S^x and S^y was wrong there', async () => {
  for (const [spins, strength, delta] of [
    [2, 0, 1],
    [3, 0, 1],
    [4, 0, 0.5],
    [3, 1e-14, 0.5],
  ]) {
    const fields = Array.from(
      core.uniforms({ seed: 3, stream: 1, index: 2 }, spins),
      (u) => strength * (2 * u - 1),
    );
    const { rate, error } = rateOf(fields, delta);
    const p = { spins, strength, potential: 'random', delta };
    const row = await bath.compute(core, p, 3, 2, 'total');
    expect(Math.abs((row.rate as number) - rate)).toBeLessThan(2 * error);
  }
});

test('a rate that rounding hides is 0, and not resolved', async () => {
  const p = { spins: 6, strength: 1e4, potential: 'random', delta: 1 };
  const row = await bath.compute(core, p, 3, 0, 'total');
  expect(row).toMatchObject({ rate: 0, scaled: 0, resolved: false });
  expect(row.error).toBeGreaterThan(0);
});
