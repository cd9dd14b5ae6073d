// Hamiltonians of spins against spectra that numpy gave, against products of Pauli matrices written out, and sectors against
// the whole.
import { type ComplexNumber, createCore, type Operator, type SpinSector, type SpinTerm } from 'emft';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import reference from '../../fixtures/spins.json' with { type: 'json' };
import { MATRICES } from '../../support/spinMatrices.js';

const core = await createCore();

interface Model {
  name: string;
  sites: number;
  terms: SpinTerm[];
  up: number | null;
  symmetries: { permutation: number[]; character: [number, number] }[];
  values: number[];
}

function spectrum(operator: Operator): Float64Array {
  const a = operator.toDense();
  const { values, convergence } = operator.complex
    ? core.eighComplex(a, operator.n, { vectors: false })
    : core.eigh(a, operator.n, { vectors: false });
  expect(convergence.converged).toBe(true);
  return values;
}

const distance = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);
};

describe.each(reference.models as unknown as Model[])('$name', ({ sites, terms, up, symmetries, values }) => {
  const sector = { up: up ?? undefined, symmetries };
  test.each(['free', 'csr'] as const)('stored %s', (storage) => {
    const found = spectrum(core.spins({ sites, terms, sector, storage }));
    const norm = Math.max(...values.map(Math.abs));
    expect(distance(found, values)).toBeLessThan(1e-13 * Math.max(norm, 1));
  });
});

/** S^a of one site on vectors of 2^sites pairs. */
function actOn(v: Float64Array, site: number, letter: string): Float64Array {
  const out = new Float64Array(v.length);
  for (let s = 0; s < v.length / 2; ++s) {
    const bit = (s >> site) & 1;
    for (const to of [0, 1]) {
      const [re, im] = MATRICES[letter][to][bit];
      const t = (s & ~(1 << site)) | (to << site);
      out[2 * t] += re * v[2 * s] - im * v[2 * s + 1];
      out[2 * t + 1] += re * v[2 * s + 1] + im * v[2 * s];
    }
  }
  return out;
}

function written(terms: readonly SpinTerm[], v: Float64Array): Float64Array {
  const sum = new Float64Array(v.length);
  for (const { op, sites, coefficient = 1 } of terms) {
    let w = v;
    // What stands at the right acts first.
    for (let k = op.length - 1; k >= 0; --k) w = actOn(w, sites[k], op[k]);
    const [re, im] = typeof coefficient === 'number' ? [coefficient, 0] : coefficient;
    for (let s = 0; s < v.length; s += 2) {
      sum[s] += re * w[s] - im * w[s + 1];
      sum[s + 1] += re * w[s + 1] + im * w[s];
    }
  }
  return sum;
}

/** Sites past the ten that one row of the tables holds, so that flips of high bits, of low ones and of both are there. */
const SITES = 12;

const hermitianTerms = fc
  .array(
    fc.tuple(
      fc.array(fc.tuple(fc.constantFrom('x', 'y', 'z', '+', '-'), fc.nat(SITES - 1)), {
        minLength: 1,
        maxLength: 5,
      }),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.double({ min: -1, max: 1, noNaN: true }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((products) =>
    products.flatMap(([letters, re, im]): SpinTerm[] => {
      const turned = (op: string) => (op === '+' ? '-' : op === '-' ? '+' : op);
      const op = letters.map(([letter]) => letter).join('');
      const sites = letters.map(([, site]) => site);
      const back = letters.toReversed();
      return [
        { op, sites, coefficient: [re, im] },
        {
          op: back.map(([letter]) => turned(letter)).join(''),
          sites: back.map(([, site]) => site),
          coefficient: [re, -im] as ComplexNumber,
        },
      ];
    }),
  );

test('any Hermitian sum of products multiplies as the product of its matrices does, whatever is stored', () => {
  const x = core.normals({ seed: 1 }, 2 ** (SITES + 1));
  fc.assert(
    fc.property(hermitianTerms, (terms) => {
      const exact = written(terms, x);
      const scale = Math.max(1, ...exact.map(Math.abs));
      for (const storage of ['free', 'csr'] as const) {
        const h = core.spins({ sites: SITES, terms, storage });
        const found = h.multiply(x, 1, true);
        expect(distance(found, exact)).toBeLessThan(1e-14 * scale * terms.length);
        if (h.complex) continue;
        // The parts of a pair, one by one.
        const re = h.multiply(x.filter((_, i) => i % 2 === 0));
        expect(
          distance(
            re,
            found.filter((_, i) => i % 2 === 0),
          ),
        ).toBeLessThan(1e-15 * scale * terms.length);
      }
    }),
    { numRuns: 40 },
  );
});

const ringTerms = (sites: number, next = 0) =>
  ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: sites }, (_, i) => [
      { op, sites: [i, (i + 1) % sites] },
      { op, sites: [i, (i + 2) % sites], coefficient: next },
    ]).flat(),
  );
const turn = (sites: number) => Array.from({ length: sites }, (_, i) => (i + 1) % sites);
const phase = (k: number, sites: number): [number, number] => [
  Math.cos((2 * Math.PI * k) / sites),
  Math.sin((2 * Math.PI * k) / sites),
];

test('numbers of up spins make up the whole', () => {
  const terms = ringTerms(8, 0.3);
  const parts = Array.from({ length: 9 }, (_, up) => [
    ...spectrum(core.spins({ sites: 8, terms, sector: { up } })),
  ]);
  const whole = spectrum(core.spins({ sites: 8, terms }));
  expect(distance(Float64Array.from(parts.flat()).sort(), whole)).toBeLessThan(1e-13);
});

test('momenta of the ring of twelve, with either parity where there is one, make up the half-filled space', () => {
  const [sites, up] = [12, 6];
  const terms = ringTerms(sites);
  const values: number[] = [];
  for (let k = 0; k < sites; ++k) {
    const symmetries = [{ permutation: turn(sites), character: phase(k, sites) }];
    const mirror = Array.from({ length: sites }, (_, i) => (sites - i) % sites);
    const parities = k === 0 || k === sites / 2 ? [1, -1] : [null];
    for (const parity of parities) {
      const more = parity === null ? [] : [{ permutation: mirror, character: parity }];
      for (const flip of [1, -1]) {
        const all = [...symmetries, ...more, { flip: true, character: flip }];
        values.push(...spectrum(core.spins({ sites, terms, sector: { up, symmetries: all } })));
      }
    }
  }
  const whole = spectrum(core.spins({ sites, terms, sector: { up } }));
  expect(distance(Float64Array.from(values).sort(), whole)).toBeLessThan(5e-13);
});

test('the ground state of the ring of twenty in its smallest sector has the energy that is known', () => {
  const sites = 20;
  const mirror = Array.from({ length: sites }, (_, i) => (sites - i) % sites);
  const symmetries = [
    { permutation: turn(sites), character: 1 },
    { permutation: mirror, character: 1 },
    { flip: true, character: 1 },
  ];
  // −35.61754611950579 where J couples Pauli matrices: four times as much as spins.
  const ring = core.spins({ sites, terms: ringTerms(sites), sector: { up: 10, symmetries } });
  const { values, converged } = core.eigsh(ring, { k: 1 });
  expect(converged).toBe(true);
  expect(Math.abs(4 * values[0] + 35.61754611950579)).toBeLessThan(1e-11);
});

describe('sectors of symmetries without a matrix', () => {
  const sites = 12;
  const mirror = Array.from({ length: sites }, (_, i) => (sites - i) % sites);
  const chiral = [
    { op: 'xyz', sites: [0, 1, 2], coefficient: 1 },
    { op: 'xzy', sites: [0, 1, 2], coefficient: -1 },
  ];
  const turned = turn(sites).flatMap((_, by) =>
    chiral.map((term) => ({ ...term, sites: term.sites.map((i) => (i + by) % sites) })),
  );
  test.each<[string, SpinTerm[], SpinSector]>([
    [
      'real',
      ringTerms(sites, 0.3),
      {
        up: 6,
        symmetries: [
          { permutation: turn(sites), character: -1 },
          { permutation: mirror, character: -1 },
        ],
      },
    ],
    [
      'complex',
      ringTerms(sites, 0.3),
      { up: 5, symmetries: [{ permutation: turn(sites), character: phase(1, 12) }] },
    ],
    [
      'of complex terms',
      [...ringTerms(sites), ...turned],
      { symmetries: [{ permutation: turn(sites), character: phase(5, 12) }] },
    ],
    [
      'flipped',
      ringTerms(sites),
      {
        symmetries: [
          { flip: true, character: -1 },
          { permutation: turn(sites), character: 1 },
        ],
      },
    ],
  ])(
    '%s: products are those of the matrix, with the same bits on 2 and 4 threads',
    async (_, terms, sector) => {
      const free = core.spins({ sites, terms, sector, storage: 'free' });
      const csr = core.spins({ sites, terms, sector, storage: 'csr' });
      expect([free.n, free.complex, free.states()]).toEqual([csr.n, csr.complex, csr.states()]);
      // Eight bytes a state, tables, and for each of 64 tasks 40 bytes a flip.
      expect(free.bytes).toBeLessThan(8 * free.n + 4200 * 2 * sites + 2560 * 4 * sites + 2 ** 14);
      const x = core.normals({ seed: 6 }, 2 * free.n);
      const found = free.multiply(x, 1, true);
      expect(distance(found, csr.multiply(x, 1, true))).toBeLessThan(1e-13);
      const half = x.subarray(0, free.n);
      if (!free.complex) expect(distance(free.multiply(half), csr.multiply(half))).toBeLessThan(1e-13);
      for (const threads of [2, 4]) {
        const many = await createCore({ threads });
        expect(many.spins({ sites, terms, sector, storage: 'free' }).multiply(x, 1, true)).toEqual(found);
        many.dispose();
      }
      const options = { k: 2, method: 'lanczos' } as const;
      expect(distance(core.eigsh(free, options).values, core.eigsh(csr, options).values)).toBeLessThan(1e-12);
    },
  );
});

// Regression: csr took for rounding what was left of large terms, and was 1.04 off.
test('of terms of 1e15 that cancel in a sector what stands beside them is left, with the same bits whatever is stored', () => {
  const [sites, up] = [8, 4];
  const small = [
    ...ringTerms(sites, 1),
    ...turn(sites).map((i) => ({ op: 'z', sites: [i], coefficient: Math.sin(i) })),
  ];
  // Over all pairs Σ zz is −1 in this sector.
  const large = [
    ...turn(sites).flatMap((_, j) =>
      Array.from({ length: j }, (_, i) => ({ op: 'zz', sites: [i, j], coefficient: 1e15 })),
    ),
    { op: 'zz', sites: [0, 0], coefficient: 4e15 },
  ];
  const dense = (terms: SpinTerm[], storage: 'free' | 'csr') =>
    core.spins({ sites, terms, sector: { up }, storage }).toDense();
  const found = dense([...small, ...large], 'free');
  expect(distance(found, dense(small, 'free'))).toBeLessThan(1e-15);
  expect(dense([...small, ...large], 'csr')).toEqual(found);
  // Without what cancels them, to an ulp of theirs.
  expect(dense([...small, ...large.slice(0, -1)], 'csr')).toEqual(
    dense([...small, ...large.slice(0, -1)], 'free'),
  );
});

describe('the bits', () => {
  const sites = 13;
  const terms = [
    ...ringTerms(sites, 0.5),
    ...turn(sites).map((i) => ({ op: 'z', sites: [i], coefficient: Math.sin(i) })),
  ];
  const x = core.normals({ seed: 2 }, 2 ** sites);
  test.each([2, 4])('do not depend on %i threads', async (threads) => {
    const many = await createCore({ threads });
    expect(many.threads).toBe(threads);
    for (const storage of ['free', 'csr'] as const) {
      const one = core.spins({ sites, terms, storage }).multiply(x);
      expect(many.spins({ sites, terms, storage }).multiply(x)).toEqual(one);
    }
    const options = { k: 4, method: 'lanczos' } as const;
    const sector = { up: 6 };
    const found = core.eigsh(core.spins({ sites, terms, sector }), options);
    expect(many.eigsh(many.spins({ sites, terms, sector }), options).vectors).toEqual(found.vectors);
    many.dispose();
  });
});
