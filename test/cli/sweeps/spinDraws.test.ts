// Draws of models of spins went by the place of a term in the file and of its sites in their list: another term before it, or other sites
// before one, changed them. Sectors of permutations other than those of a chain could not be asked for.
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { termsAt } from '../../../cli/src/common/spinModel/terms.js';
import { computeExperiment } from '../../../cli/src/sweeps/compute.js';
import { resolveExperiment } from '../../../cli/src/sweeps/experiment.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const experimentOf = (given: object) => resolveExperiment({ compute: 'spins', seed: 5, ...given }).experiment;

describe('draws', () => {
  /** Coefficients of the drawn words, by words and sites. */
  const drawsOf = (terms: object[], sites = 6, sample = 3) => {
    const { model } = experimentOf({ table: 'levels', model: { terms }, parameters: { sites } });
    const list = termsAt(core, model as never, { sites }, { seed: 5, sample });
    return Object.fromEntries(list.map(({ op, sites: at, coefficient }) => [`${op} ${at}`, coefficient]));
  };
  const FIELD = { op: 'z', sites: 'each', coefficient: { uniform: [-1, 1] } };
  const BONDS = { op: ['xx', 'yy'], sites: 'chain', coefficient: { normal: [0, 1] } };
  const plain = () => drawsOf([FIELD, BONDS]);

  test('a term that is put before others changed their draws', () => {
    const more = drawsOf([{ op: 'x', sites: 'each', coefficient: { uniform: [0, 1] } }, BONDS, FIELD]);
    expect(more).toMatchObject(plain());
  });

  test('sites in another order, or some of them, had the draws of others', () => {
    const some = drawsOf([
      { ...FIELD, sites: [[4], [1]] },
      {
        ...BONDS,
        sites: [
          [3, 4],
          [0, 1],
        ],
      },
    ]);
    expect(plain()).toMatchObject(some);
    expect(Object.keys(some)).toHaveLength(6);
  });

  test('those of two sizes are the same at the sites that both have', () => {
    expect(drawsOf([FIELD, BONDS], 9)).toMatchObject(plain());
  });

  test('they differ between sites, bonds, words, and terms of the same words', () => {
    const twice = termsAt(
      core,
      experimentOf({
        table: 'levels',
        model: { terms: [FIELD, FIELD, { ...FIELD, op: 'x' }, { ...FIELD, op: 'xyzx', sites: 'ring' }] },
        parameters: { sites: 6 },
      }).model as never,
      { sites: 6 },
      { seed: 5, sample: 0 },
    );
    expect(new Set(twice.map(({ coefficient }) => coefficient)).size).toBe(24);
    expect(drawsOf([FIELD], 6, 1)).not.toEqual(drawsOf([FIELD], 6, 2));
  });

  test('terms of one name have the same draws, and a name keeps them when words change', () => {
    const named = (op: string) => drawsOf([{ ...FIELD, op, name: 'h' }]);
    expect(Object.values(named('z'))).toEqual(Object.values(named('x')));
    expect(named('z')).not.toEqual(drawsOf([FIELD]));
  });

  test('a field and a bond of one name had the same draw where the bond ends at site 0', () => {
    const named = (term: object) => ({ ...term, name: 'h', coefficient: { uniform: [-1, 1] } });
    const draws = drawsOf([named({ op: 'z', sites: 'each' }), named({ op: 'zz', sites: 'ring' })]);
    expect(draws['zz 5,0']).toBeDefined();
    expect(draws['zz 5,0']).not.toBe(draws['z 5']);
  });
});

describe('symmetries of the model', () => {
  test('characters that no symmetry of the order has were met by the tasks of a sweep, not before it began', () => {
    const given = (symmetry: object, c: unknown) => () =>
      experimentOf({
        table: 'levels',
        model: { terms: [{ op: 'zz', sites: 'ring' }], symmetries: [symmetry] },
        parameters: { sites: 3, which: 'all', ...(c === undefined ? {} : { c }) },
      });
    const swap = { permutation: [2, 1, 0], character: 'c' };
    expect(given(swap, [1, -1])).not.toThrow();
    expect(given(swap, [1, 0.5])).toThrow(/c: is 0\.5 \+ 0i, expected a number whose power 2/);
    const turn = { permutation: [1, 2, 0], character: [0.6, 0.8] };
    expect(given(turn, undefined)).toThrow(/symmetries\.1\.character: is 0\.6 \+ 0\.8i, expected a number/);
    const root = { permutation: [1, 2, 0], character: [-0.5, Math.sqrt(3) / 2] };
    expect(given(root, undefined)).not.toThrow();
  });

  const PRISM = [
    [0, 1],
    [1, 2],
    [2, 0],
    [3, 4],
    [4, 5],
    [5, 3],
    [0, 3],
    [1, 4],
    [2, 5],
  ];
  const terms = [{ op: ['xx', 'yy', 'zz'], sites: PRISM }];
  const turn = { permutation: [1, 2, 0, 4, 5, 3], momentum: 'k' };
  const swap = { permutation: [3, 4, 5, 0, 1, 2], character: 'rungs' };
  const levels = async (given: object) => {
    const rows = await computeExperiment(experimentOf({ table: 'levels', ...given }), { workers: 1 });
    return Array.from(rows.eigenvalue as ArrayLike<number>).sort((a, b) => a - b);
  };

  test('a prism had no sectors of its turns: all of them together are its levels', async () => {
    const whole = await levels({ model: { terms }, parameters: { sites: 6, up: 3 } });
    const parts = await levels({
      model: { terms, symmetries: [turn, swap] },
      parameters: { sites: 6, up: 3, k: [0, 1, 2], rungs: [1, -1] },
    });
    expect(parts).toHaveLength(20);
    expect(Math.max(...parts.map((x, i) => Math.abs(x - whole[i])))).toBeLessThan(1e-13);
  });

  test('a ring by its turn as a permutation is the ring by momentum, flips and reflections beside it', async () => {
    const ring = [{ op: ['xx', 'yy', 'zz'], sites: 'ring' }];
    const parameters = { sites: 8, filling: 'half', flip: 'even', which: 'lowest', states: 3 };
    const permutation = [1, 2, 3, 4, 5, 6, 7, 0];
    const named = await levels({ model: { terms: ring }, parameters: { ...parameters, momentum: 3 } });
    for (const symmetry of [
      { permutation, momentum: 3 },
      { permutation, character: [-Math.SQRT1_2, Math.SQRT1_2] },
    ]) {
      const own = await levels({ model: { terms: ring, symmetries: [symmetry] }, parameters });
      expect(Math.max(...own.map((x, i) => Math.abs(x - named[i])))).toBeLessThan(1e-13);
    }
  });

  test.each([
    [{ ...turn, permutation: [1, 2, 0] }, /model\.symmetries\.1\.permutation: has 3 sites, expected 6/],
    [{ ...turn, permutation: [1, 1, 0, 4, 5, 3] }, /permutation: expected each of the sites 0 … 5 once/],
    [{ ...turn, momentum: 3 }, /momentum: expected a whole number from 0 to 2, .* order 3, got 3/],
    [{ ...turn, character: 1 }, /expected either character or momentum/],
    [{ character: 1 }, /expected a permutation of the sites, or flip = true/],
    [{ permutation: [1, 0, 2, 3, 4, 5], character: 1 }, /model\.symmetries\.1: is no symmetry of H/],
    [{ permutation: [1, 2, 0, 4, 5, 3], character: 'rungs' }, /rungs: is -1 \+ 0i, expected a number whose/],
    [{ ...turn, permutatoin: [] }, /permutatoin: unknown key; did you mean 'permutation'/],
  ])('%o is refused by name', async (symmetry, message) => {
    const given = {
      model: { terms, symmetries: [symmetry] },
      parameters: {
        sites: 6,
        ...('momentum' in symmetry && symmetry.momentum === 'k' ? { k: 1 } : {}),
        ...('character' in symmetry && symmetry.character === 'rungs' ? { rungs: -1 } : {}),
      },
    };
    await expect(async () => levels(given)).rejects.toThrow(message);
  });
});
