// Entropies of states in a sector had to go through embed, which makes all columns whole at once.
import { createCore } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();
const sites = 10;
const bonds = (op: string) => Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] }));
const terms = ['xx', 'yy', 'zz'].flatMap(bonds);
const permutation = Array.from({ length: sites }, (_, i) => (i + 1) % sites);
const angle = (2 * Math.PI * 3) / sites;
const sectors = {
  'the whole space': {},
  'spins up': { up: 4 },
  'complex momentum': {
    up: 5,
    symmetries: [{ permutation, character: [Math.cos(angle), Math.sin(angle)] as const }],
  },
  flip: { symmetries: [{ flip: true, character: -1 }] },
};

describe.each(Object.entries(sectors))('%s', (_, sector) => {
  const h = core.spins({ sites, terms, sector });
  const { vectors } = core.eigsh(h, { k: 6 });
  const whole = h.embed(vectors);
  const subsystem = [0, 1, 2, 7];

  test('entropies, weights and density matrices of all columns were those of embedded states alone', async () => {
    const own = { subsystem, operator: h };
    for (const order of [0.5, 1, 2, Number.POSITIVE_INFINITY]) {
      const s = core.entanglementEntropy(vectors, { ...own, order });
      expect(s).toEqual(core.entanglementEntropy(whole, { subsystem, order }));
      expect(await core.entanglementEntropyAsync(vectors, { ...own, order })).toEqual(s);
    }
    expect(core.schmidtWeights(vectors, own)).toEqual(core.schmidtWeights(whole, { subsystem }));
    expect(core.reducedDensityMatrix(vectors, own)).toEqual(core.reducedDensityMatrix(whole, { subsystem }));
  });

  test('one state, of a copy that says what it is', () => {
    const one = Array.from(vectors.subarray(0, vectors.length / 6));
    const given = { subsystem, operator: h, complex: h.complex };
    expect(core.entanglementEntropy(one, given)).toEqual(
      core.entanglementEntropy(whole, { subsystem }).subarray(0, 1),
    );
  });
});

test('more columns than are made whole at once', () => {
  const h = core.spins({ sites: 18, terms: [{ op: 'zz', sites: [0, 17] }], sector: { up: 1 } });
  // 2²² amplitudes are 16 states of 18 sites.
  const unit = new Float64Array(18 * 18);
  for (let i = 0; i < 18; ++i) unit.fill(1, 18 * i, 18 * i + i + 1);
  const s = core.entanglementEntropy(unit, { operator: h, subsystem: [0, 1, 2], complex: false });
  // One spin up, over the first i + 1 of its places: of these 3 are inside.
  const expected = Array.from({ length: 18 }, (_, i) => {
    const down = h.states().subarray(0, i + 1);
    const inside = down.filter((state) => (state & 7) !== 7).length / (i + 1);
    return [inside, 1 - inside].reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
  });
  expect(Math.max(...s.map((x, i) => Math.abs(x - expected[i])))).toBeLessThan(1e-13);
});

test('what does not go with an operator is named', () => {
  const h = core.spins({ sites, terms, sector: { up: 5 } });
  const { vectors } = core.eigsh(h, { k: 1 });
  const subsystem = [0];
  expect(() => core.entanglementEntropy(vectors, { subsystem, operator: h, dimensions: [2] })).toThrow(
    /^options\.dimensions: are those of the sites of the operator/,
  );
  const plain = core.operator({ n: 252, multiply: (x, y) => y.set(x) });
  expect(() => core.entanglementEntropy(vectors, { subsystem, operator: plain as never })).toThrow(
    /^options\.operator: expected one made by spins/,
  );
  expect(() => core.entanglementEntropy(vectors, { subsystem: [10], operator: h })).toThrow(
    /^options\.subsystem\[0\]: expected a whole number ≥ 0 and ≤ 9/,
  );
  expect(() => core.entanglementEntropy(vectors, { subsystem })).toThrow(/as options\.operator, or/);
});

test('an object that multiplies is no operator of spins, whatever else it has: its sites were believed, which gave NaN or ended the process', () => {
  const liar = { n: 4, multiply: (x: Float64Array, y: Float64Array) => y.set(x), sites: 2, embed: () => [] };
  const states = [1, 0, 0, 0];
  expect(() =>
    core.entanglementEntropy(states, { subsystem: [0], operator: liar as never, complex: false }),
  ).toThrow(/^options\.operator: expected one made by spins/);
  expect(() => core.correlations(liar as never, states, { complex: false })).toThrow(
    /^operator: expected one made by spins/,
  );
});
