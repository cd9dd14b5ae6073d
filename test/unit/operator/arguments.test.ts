// What operators refuse, and in which words; functions of the program that fail.
import { createCore, InputError, type SpinOptions } from 'emft';
import { describe, expect, test } from 'vitest';

const core = await createCore();
const zz = { op: 'zz', sites: [0, 1] };
const ring = (sites: number) =>
  ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: sites }, (_, i) => ({ op, sites: [i, (i + 1) % sites] })),
  );
const turn = [1, 2, 3, 0];

describe('spins refuses', () => {
  test.each<[string, SpinOptions, RegExp]>([
    ['no site', { sites: 0, terms: [] }, /options\.sites.*≥ 1 and ≤ 32/],
    ['33 sites', { sites: 33, terms: [] }, /options\.sites/],
    ['a letter', { sites: 2, terms: [{ op: 'zq', sites: [0, 1] }] }, /terms\[0\]\.op.*"q".*x, y, z, \+, -/],
    [
      'too few sites',
      { sites: 2, terms: [{ op: 'zz', sites: [0] }] },
      /terms\[0\]\.sites.*expected 2 sites.*got 1/,
    ],
    [
      'pairs of several bonds in one term',
      {
        sites: 3,
        terms: [
          {
            op: 'zz',
            sites: [
              [0, 1],
              [1, 2],
            ] as never,
          },
        ],
      },
      /terms\[0\]\.sites\[0\]: is a list, expected a site: each bond is a term/,
    ],
    [
      'the word that files have for all bonds',
      { sites: 3, terms: [{ op: 'zz', sites: 'ring' as never }] },
      /terms\[0\]\.sites: expected an array of sites, one for each letter of "zz", got "ring"/,
    ],
    ['a site outside', { sites: 2, terms: [{ op: 'z', sites: [2] }] }, /terms\[0\]\.sites\[0\].*≤ 1/],
    [
      'half of a pair',
      { sites: 3, terms: [zz, { op: '+-', sites: [0, 2] }] },
      /terms\[1\].*not Hermitian.*0, 2/,
    ],
    [
      'an imaginary field',
      { sites: 2, terms: [{ op: 'z', sites: [1], coefficient: [0, 1] }] },
      /not Hermitian.*1/,
    ],
    [
      'up of a transverse field',
      { sites: 2, terms: [{ op: 'x', sites: [0] }], sector: { up: 1 } },
      /sector\.up.*does not keep/,
    ],
    ['three up of two', { sites: 2, terms: [zz], sector: { up: 3 } }, /sector\.up.*≤ 2/],
    [
      'what is no symmetry',
      { sites: 4, terms: [zz], sector: { symmetries: [{ permutation: turn, character: 1 }] } },
      /symmetries\[0\].*no symmetry/,
    ],
    [
      'what is no permutation',
      { sites: 4, terms: [zz], sector: { symmetries: [{ permutation: [0, 0, 1, 2], character: 1 }] } },
      /permutation.*each of the 4 sites once/,
    ],
    [
      'a character that is no root of unity',
      { sites: 4, terms: ring(4), sector: { symmetries: [{ permutation: turn, character: [0.6, 0.8] }] } },
      /character.*power/,
    ],
    [
      'characters that contradict one another',
      {
        sites: 4,
        terms: ring(4),
        sector: {
          symmetries: [
            { permutation: turn, character: [0, 1] },
            { permutation: [0, 3, 2, 1], character: 1 },
          ],
        },
      },
      /contradict.*symmetry 1 turns symmetry 0 into its inverse.*expected a character 1 or −1 \(momentum 0 or half of the sites\)/,
    ],
    [
      'a flip away from half filling',
      { sites: 4, terms: ring(4), sector: { up: 1, symmetries: [{ flip: true, character: 1 }] } },
      /flip.*up = 2/,
    ],
    ['what does not fit', { sites: 32, terms: [zz] }, /options\.sites.*GiB/],
  ])('%s', (_, options, message) => {
    expect(() => core.spins(options)).toThrow(message);
    expect(() => core.spins(options)).toThrow(InputError);
  });
});

describe('csr refuses', () => {
  test.each<[string, object, RegExp]>([
    [
      'a short indptr',
      { n: 2, indptr: [0, 1], indices: [0], data: [1] },
      /indptr.*expected 3 elements, got 2/,
    ],
    ['a falling indptr', { n: 2, indptr: [0, 2, 1], indices: [0], data: [1] }, /indptr\[2\].*at least 2/],
    ['a column outside', { n: 1, indptr: [0, 1], indices: [1], data: [1] }, /indices\[0\].*below 1/],
    ['a column twice', { n: 1, indptr: [0, 2], indices: [0, 0], data: [1, 1] }, /column 0 twice in row 0/],
    ['one triangle', { n: 2, indptr: [0, 1, 1], indices: [1], data: [1] }, /not Hermitian.*row 0.*column 1/],
    [
      'the same imaginary part',
      { n: 2, indptr: [0, 1, 2], indices: [1, 0], data: [1, 1, 1, 1], complex: true },
      /not Hermitian/,
    ],
    ['NaN', { n: 1, indptr: [0, 1], indices: [0], data: [Number.NaN] }, /data\[0\].*NaN/],
  ])('%s', (_, matrix, message) => {
    expect(() => core.csr(matrix as never)).toThrow(message);
  });
});

describe('a function of the program', () => {
  const eigsh = (multiply: (x: Float64Array, y: Float64Array) => void) =>
    core.eigsh(core.operator({ n: 600, multiply }), { k: 2 });
  test('that throws ends the call with its own error', () => {
    expect(() =>
      eigsh(() => {
        throw new RangeError('mine');
      }),
    ).toThrow('mine');
  });
  test.each<[string, (x: Float64Array, y: Float64Array) => unknown, RegExp]>([
    ['writes NaN', (_, y) => y.fill(Number.NaN), /multiply.*wrote NaN to y\[0\]/],
    ['returns a promise', async () => {}, /multiply.*promise/],
    [
      'takes the array away',
      (_, y) => void structuredClone(y.buffer, { transfer: [y.buffer] }),
      /multiply.*0 numbers/,
    ],
  ])('that %s is named', (_, multiply, message) => {
    expect(() => eigsh(multiply as never)).toThrow(message);
    // The core goes on, and holds nothing of the call.
    const { values } = core.eigsh(core.operator({ n: 600, multiply: (x, y) => void y.set(x) }), { k: 2 });
    expect([...values].map((x) => Math.abs(x - 1) < 1e-14)).toEqual([true, true]);
  });
});

test('an operator is asked for by name', () => {
  expect(() => core.eigsh({} as never)).toThrow(/operator.*made by csr, coo, spins/);
  expect(() =>
    core.csr({ n: 1, indptr: [0, 0], indices: [], data: [] }).multiply(Float64Array.of(1, 2)),
  ).toThrow(/^x: expected 1 elements, got 2: complexVectors, the third argument,/);
  const pair = core.spins({ sites: 2, terms: [zz] });
  expect(() => pair.embed(new Float64Array(16), 2)).toThrow(/expected 8 elements, got 16: complexVectors/);
  expect(() => pair.embed(new Float64Array(12), 2)).toThrow(/expected 8 elements, got 12$/);
});

test('a revoked proxy in place of indptr threw a TypeError of the engine', () => {
  const { proxy, revoke } = Proxy.revocable<number[]>([], {});
  revoke();
  expect(() => core.csr({ n: 0, indptr: proxy, indices: [], data: [] })).toThrow(InputError);
});

test('what is meant is said: options that are parts of others, lists of pairs, a number for a list', () => {
  const h = core.csr({ n: 4, indptr: [0, 1, 2, 3, 4], indices: [0, 1, 2, 3], data: [1, 2, 3, 4] });
  const call = core as unknown as Record<string, (...args: unknown[]) => unknown>;
  const i = { n: 1, indptr: [0, 1], indices: [0] };
  const turn = { permutation: [1, 2, 0], character: [0.8, 0.6] };
  for (const [made, message] of [
    [() => call.eigsh(h, { which: 'near' }), /^options\.which: expected \{ near: σ \} for "near"/],
    [() => call.eigsh(h, { which: 'interval' }), /^options\.which: expected \{ interval: \[a, b\] \} for/],
    [() => call.eigsh(h, { near: 1 }), /^options\.near: is a part of which: which: \{ near: σ \}$/],
    [() => call.eigsh(h, { interval: [0, 1] }), /^options\.interval: is a part of which/],
    [
      () => call.csr({ ...i, data: [[1, 0]], complex: true }),
      /^matrix\.data: has lists in it.*data\.flat\(\)/,
    ],
    [() => call.coo({ n: 1, row: [0], col: [0], data: [[1, 0]], complex: true }), /^matrix\.data: has lists/],
    [
      () => call.csr({ ...i, data: [1, 0] }),
      /expected 1 elements, got 2: complex entries need complex: true$/,
    ],
    [() => call.evolve(h, [[1, 0]], [1]), /^psi: expected numbers, .*got lists of them/],
    [() => call.expectation(h, [[1, 0]]), /^states: expected numbers/],
    [
      () => call.entanglementEntropy([1, 0], { complex: false, subsystem: 4 }),
      /got 4: \[4\] is that part alone$/,
    ],
    [
      () => call.spins({ sites: 3, terms: [], sector: { symmetries: [turn] } }),
      /expected a number whose power 3, the order of the symmetry, is 1$/,
    ],
    [
      () => call.eigh(new Float64Array(8), 2),
      /^a: expected n\*n = 4 elements, got 8: of a complex matrix, eighComplex$/,
    ],
  ] as const) {
    expect(made).toThrow(InputError);
    expect(made).toThrow(message);
  }
});
