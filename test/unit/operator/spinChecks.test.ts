// What `spins` checks: whether H keeps the number of up spins, against whole matrices, and of words of sixteen letters, whose check took minutes in which
// nothing could interrupt it.
import { createCore, type SpinTerm } from 'emft';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const core = await createCore();
const REFUSED = /^options\.sector\.up: is given, but H does not keep the number of up spins/;
const ups = (state: number, sites: number) => sites - state.toString(2).replaceAll('0', '').length;

/** A term and its adjoint. */
const withAdjoint = ({ op, sites, coefficient }: SpinTerm): SpinTerm[] => [
  { op, sites, coefficient },
  // The letters in the other order, + and − exchanged.
  {
    op: [...op]
      .toReversed()
      .map((letter) => ({ '+': '-', '-': '+' })[letter] ?? letter)
      .join(''),
    sites: [...sites].toReversed(),
    coefficient,
  },
];

test('is what the whole matrix says', () => {
  const sites = 4;
  let kept = 0;
  const word = fc.constantFrom(
    '+-',
    'xx',
    'yy',
    'zz',
    'x',
    '++',
    '+z-',
    'xyz',
    '++--',
    'xyxy',
    '+-z',
    '-',
    'z+-z',
  );
  const term = fc
    .record({
      op: word,
      places: fc.array(fc.integer({ min: 0, max: sites - 1 }), { minLength: 4, maxLength: 4 }),
      coefficient: fc.constantFrom(1, -1, 0.5),
    })
    .map(({ op, places, coefficient }) =>
      withAdjoint({ op, sites: places.slice(0, op.length), coefficient }),
    );
  fc.assert(
    fc.property(fc.array(term, { minLength: 1, maxLength: 3 }), fc.boolean(), (some, both) => {
      const terms = some.flat();
      // With xx the pairs that xx and yy make together.
      if (both) terms.push(...terms.filter(({ op }) => op === 'xx').map((one) => ({ ...one, op: 'yy' })));
      const dense = core.spins({ sites, terms });
      // Products of letters on one site may have no adjoint; all is real otherwise.
      const n = 2 ** sites;
      const a = dense.toDense();
      const width = a.length / (n * n);
      const keeps = a.every((x, at) => {
        const [i, j] = [Math.floor(at / width / n), Math.floor(at / width) % n];
        return x === 0 || ups(i, sites) === ups(j, sites);
      });
      if (keeps) {
        kept++;
        expect(core.spins({ sites, terms, sector: { up: 2 } }).n).toBe(6);
      } else expect(() => core.spins({ sites, terms, sector: { up: 2 } })).toThrow(REFUSED);
    }),
    { seed: 1, numRuns: 400 },
  );
  expect(kept).toBeGreaterThan(20);
});

test('a word of sixteen letters is looked at in seconds', () => {
  const sites = 16;
  const at = Array.from({ length: sites }, (_, i) => i);
  const of = (op: string) => withAdjoint({ op, sites: at, coefficient: 1 });
  const began = performance.now();
  const h = core.spins({ sites, terms: of('+-'.repeat(8)), sector: { up: 8 } });
  // It turns one state into one other.
  expect(core.eigsh(h, { k: 1 }).values[0]).toBeCloseTo(-1, 12);
  expect(() => core.spins({ sites, terms: of(`${'+-'.repeat(7)}++`), sector: { up: 8 } })).toThrow(REFUSED);
  expect(performance.now() - began).toBeLessThan(20_000);
});

test('what other libraries call by one name is said in the terms of this one', () => {
  const spins = core.spins as (options: unknown) => unknown;
  const bond = { op: 'SdotS', sites: [0, 1] };
  expect(() => spins({ sites: 2, terms: [bond] })).toThrow(/S·S is the three terms xx, yy and zz$/);
  expect(() => spins({ sites: 2, terms: [{ ...bond, op: 'Sz' }] })).toThrow(/expected x, y, z, \+, -$/);
  const sector = { momentum: 1 };
  expect(() => spins({ sites: 2, terms: [{ ...bond, op: 'zz' }], sector })).toThrow(
    /^options\.sector\.momentum: unknown option; known are up, symmetries; a momentum is a translation with a character/,
  );
});
