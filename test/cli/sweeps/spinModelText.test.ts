// A Hamiltonian as the page has it, a text of its URL, is the model of the experiment file that the page writes.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseToml, resolveExperiment } from '../../../cli/src/sweeps/experiment.js';
import { tomlOf } from '../../../web/src/views/hamiltonian/exports.js';
import { modelOf, problemOf, rowsOf, textOf } from '../../../web/src/views/hamiltonian/model.js';
import { PRESETS } from '../../../web/src/views/hamiltonian/presets.js';

const some = { sites: 6, up: 'any', momentum: 'any', reflection: 'any', flip: 'any', seed: 3 };
const experimentOf = (toml: string) =>
  resolveExperiment(parseToml(toml, 'model.toml'), 'model.toml').experiment;

test('terms that are written, read and written again are the same, and those of the file are the same model', () => {
  const coefficient = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });
  const word = fc.constantFrom('xx', '+-', 'zz', 'yz');
  const place = fc.constantFrom(
    'chain' as const,
    'ring' as const,
    [[0, 1]],
    [
      [0, 1],
      [4, 2],
    ],
  );
  const row = fc.record({
    words: fc.array(word, { minLength: 1, maxLength: 3 }),
    coefficient,
    drawn: fc.boolean(),
    places: place,
    distance: fc.integer({ min: 1, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (given) => {
      const rows = given.map((one) => ({
        ...one,
        // −0 is 0 in a text, and lists of sites are no distance apart.
        coefficient: one.coefficient + 0,
        distance: typeof one.places === 'string' ? one.distance : 1,
      }));
      const text = textOf(rows);
      expect(rowsOf(text)).toEqual(rows);
      expect(experimentOf(tomlOf({ ...some, terms: text })).model).toEqual(modelOf(text));
    }),
    { numRuns: 150, seed: 5 },
  );
});

describe('what is no Hamiltonian says why', () => {
  test.each([
    ['', /expected terms/],
    ['xx', /term 1, “xx”: expected words\*coefficient@places/],
    ['xq*1@ring', /“xq” is no product/],
    ['xx*a@ring', /“a” is no number/],
    ['xx*@ring', /expected words/],
    ['xx*1e999@ring', /“1e999” is no number/],
    ['xx*1@circle', /“circle” is not chain, ring, each/],
    ['xx*1@ring/0', /1 to 31 apart/],
    ['xx*1@ring;z*1@0-1', /expected 1, a site for each letter/],
    ['xx,z*1@ring', /words of one length/],
    ['xx*1@each', /'each' is for words of one letter/],
    [Array(25).fill('z*1@each').join(';'), /at most 24 terms/],
  ])('%s', (text, message) => {
    expect(problemOf(text)).toMatch(message);
  });
});

test.each(PRESETS.map(({ title, values }) => [title, values] as const))('%s is a model', (_, values) => {
  expect(problemOf(String(values.terms))).toBeNull();
  const { ensembles, table, seed } = experimentOf(tomlOf({ ...some, ...values }));
  expect(ensembles).toHaveLength(1);
  expect([table, seed]).toEqual(['states', 3]);
});
