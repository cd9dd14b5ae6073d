// Rates with a bath at a contact: against full Lindbladians, which scripts/fixtures/bath.py decomposed with numpy, generators of 40 digits of
// scripts/fixtures/bathStrong.py, and closed forms.
import { readFileSync } from 'node:fs';
import { type Core, createCore, InputError, type Operator, type SpinTerm } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rescaleSteps } from '../../../src/operator/bath/generator.js';
import type { Arena } from '../../../src/wasm/runtime.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

interface Case {
  fields: number[];
  rate: number;
}
const casesOf = (name: string): Case[] =>
  JSON.parse(readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), 'utf8')).cases;
const cases = casesOf('bath');
const strong = casesOf('bathStrong');

const bond = ['xx', 'yy', 'zz'];
const chainTerms = (fields: readonly number[]): SpinTerm[] => [
  ...bond.flatMap((op) => Array.from({ length: fields.length - 1 }, (_, i) => ({ op, sites: [i, i + 1] }))),
  ...fields.map((coefficient, i) => ({ op: 'z', sites: [i], coefficient })),
];
const spin = (op: string, sites: number, site = 0) => core.spins({ sites, terms: [{ op, sites: [site] }] });
const contactOf = (sites: number) => ['x', 'y', 'z'].map((op) => spin(op, sites));

describe('against the slowest rate of the Lindbladian at weak coupling', () => {
  test.each(cases)('fields $fields', ({ fields, rate }) => {
    const sites = fields.length;
    const chain = core.spins({ sites, terms: chainTerms(fields) });
    const found = core.bathRate(chain, contactOf(sites));
    expect(Math.abs(found.rate / rate - 1)).toBeLessThan(0.01);
    expect(found.error).toBeLessThan(1e-11);
    // Levels have copies without fields alone.
    expect(found.order > chain.n).toBe(fields.every((x) => x === 0));
  });
});

describe('in strong fields rates have their digits: those below 1e-13 came out as 0', () => {
  test.each(strong)('fields $fields', ({ fields, rate }) => {
    const sites = fields.length;
    const chain = core.spins({ sites, terms: chainTerms(fields) });
    const found = core.bathRate(chain, contactOf(sites));
    expect(Math.abs(found.rate - rate)).toBeLessThan(found.error);
    if (rate > 1e-24) expect(found.error / rate).toBeLessThan(rate > 1e-17 ? 1e-4 : 0.01);
  });
});

test('S^x for S^x and S^y: where H keeps S^z both have the same elements', () => {
  const chain = core.spins({ sites: 5, terms: chainTerms([0.7, -1.2, 0.4, 2.1, -0.3]) });
  const [x, , z] = contactOf(5);
  const short = core.bathRate(chain, [x.scaled(Math.SQRT2), z]);
  const full = core.bathRate(chain, contactOf(5));
  expect(Math.abs(short.rate - full.rate)).toBeLessThan(2 * full.error);
});

test('the choice of the states of a level changes nothing, in whatever basis it is written', () => {
  // A ring of four, which a unitary of the first spin makes complex: (x, y, z) → (y, z, x).
  const turned: Record<string, string> = { x: 'y', y: 'z', z: 'x' };
  const terms = (rename: (letter: string) => string) =>
    [...bond, 'z'].flatMap((op) =>
      Array.from(
        { length: 4 },
        (_, i): SpinTerm => ({
          op: [...op].map((letter, k) => ((i + k) % 4 === 0 ? rename(letter) : letter)).join(''),
          sites: op === 'z' ? [i] : [i, (i + 1) % 4],
          coefficient: op === 'z' ? 0.3 : 1,
        }),
      ),
    );
  const plain = core.spins({ sites: 4, terms: terms((letter) => letter) });
  const rotated = core.spins({ sites: 4, terms: terms((letter) => turned[letter]) });
  expect(rotated.complex).toBe(true);
  const one = core.bathRate(plain, contactOf(4));
  const other = core.bathRate(rotated, contactOf(4));
  expect(one.order).toBeGreaterThan(16);
  expect(other.order).toBe(one.order);
  expect(Math.abs(one.rate - other.rate)).toBeLessThan(4 * one.error);
});

test('closed forms: one spin, no dynamics at all, and what is conserved', () => {
  expect(core.bathRate(spin('z', 1), [spin('x', 1)]).rate).toBeCloseTo(0.5, 14);
  // Strengths go with the square.
  expect(core.bathRate(spin('z', 1), [spin('x', 1).scaled(3)]).rate).toBeCloseTo(4.5, 13);
  // H = 0: the whole Lindbladian, whose slowest rate is that of S^x under S^x, S^y, S^z: 1 for one spin.
  expect(core.bathRate(spin('z', 1).scaled(0), contactOf(1))).toMatchObject({ order: 4 });
  expect(core.bathRate(spin('z', 1).scaled(0), contactOf(1)).rate).toBeCloseTo(1, 13);
  // The bath keeps S^z, as H does.
  const chain = core.spins({ sites: 3, terms: chainTerms([0.4, 0.9, -0.2]) });
  const { rate, error } = core.bathRate(chain, [spin('z', 3)]);
  expect(Math.abs(rate)).toBeLessThan(error);
});

/** The second value of the generator of populations, from whole matrices, and what rounding of the generator may do to it. */
function fromWhole(chain: Operator, contact: readonly Operator[]): { rate: number; rounding: number } {
  const { n } = chain;
  const { vectors } = core.eigh(chain.toDense(), n);
  const m = new Float64Array(n * n);
  for (const jump of contact) {
    const elements = core.matrixElements(jump, vectors, { complex: false });
    for (let a = 0; a < n; ++a) {
      for (let b = 0; b < n; ++b) {
        if (b === a) continue;
        m[a * n + b] -= elements[a * n + b] ** 2;
        m[a * n + a] += elements[a * n + b] ** 2;
      }
    }
  }
  const largest = Math.max(...Array.from({ length: n }, (_, a) => m[a * n + a]));
  return { rate: core.eigh(m, n, { vectors: false }).values[1], rounding: n * Number.EPSILON * largest };
}

test.each([
  ['blocks of S^z, in layers of several panels', []],
  ['one block', [0.3]],
])('against whole matrices: %s', (_, across) => {
  const fields = [0.7, -1.2, 0.4, 2.1, -0.3, 1.4, -0.9];
  const terms: SpinTerm[] = across.map((coefficient) => ({ op: 'x', sites: [3], coefficient }));
  const chain = core.spins({ sites: 7, terms: [...chainTerms(fields), ...terms] });
  const contact = [spin('x', 7), spin('z', 7).scaled(0.5)];
  const { rate, error, order } = core.bathRate(chain, contact);
  expect(order).toBe(128);
  const whole = fromWhole(chain, contact);
  expect(Math.abs(rate - whole.rate)).toBeLessThan(error + whole.rounding);
});

describe('what the contact is on the diagonal of the eigenstates does not hide what is beside it', () => {
  const sites = 4;
  const sector = { up: 2 };
  const z = () => core.spins({ sites, sector, terms: [{ op: 'z', sites: [0] }] });
  const chain = (strength: number) =>
    core.spins({ sites, sector, terms: chainTerms([0.7, -1.2, 0.4, 2.1].map((x) => strength * x)) });

  test.each([10, 1e3])('S^z in fields of %d: the error bounds the rate and is far below it', (strength) => {
    const { rate, error } = core.bathRate(chain(strength), [z()]);
    const whole = fromWhole(chain(strength), [z()]);
    expect(Math.abs(rate - whole.rate)).toBeLessThan(error + whole.rounding);
    expect(error).toBeLessThan(0.02 * rate);
  });

  test('H itself, multiples of it and what else is conserved: 0 to the error, not a negative rate', () => {
    const h = chain(3);
    for (const jump of [h, h.scaled(0.3).shifted(0.7), h.scaled(1e5), z().scaled(0).shifted(1e8)]) {
      const { rate, error } = core.bathRate(h, [jump]);
      expect(Math.abs(rate)).toBeLessThan(error);
      expect(error).toBeLessThan(1e-10);
    }
    expect(core.bathRate(chain(1e5), [z()]).rate).toBeLessThan(1e-20);
  });

  test.each([1, 1e3, 1e8])(
    'a shift by %d changes the rate by its error at most, also where levels have copies',
    (by) => {
      const fields = { alone: [0.7, 0, -0.4, 0.2], copies: [0, 0, 0, 0] };
      for (const of of Object.values(fields)) {
        const whole = core.spins({ sites, terms: chainTerms(of) });
        const { rate } = core.bathRate(whole, contactOf(sites));
        const moved = core.bathRate(
          whole,
          contactOf(sites).map((jump) => jump.shifted(by)),
        );
        expect(Math.abs(moved.rate - rate)).toBeLessThan(moved.error);
        expect(moved.error).toBeLessThan(1e-13 * (1 + by));
      }
    },
  );
});

describe('an H that is diagonal in the basis, with a contact that connects all states', () => {
  const n = 64;
  const full = (data: Float64Array) =>
    core.csr({
      n,
      indptr: Array.from({ length: n + 1 }, (_, i) => i * n),
      indices: Array.from({ length: n * n }, (_, i) => i % n),
      data,
    });
  const diagonal = () =>
    core.csr({
      n,
      indptr: Array.from({ length: n + 1 }, (_, i) => i),
      indices: Array.from({ length: n }, (_, i) => i),
      data: Array.from({ length: n }, (_, i) => 3 * Math.sin(i * i + 1)),
    });

  test('is right where small blocks are joined, in few steps', async () => {
    const jump = full(core.goe(n, { seed: 1 }));
    let steps = 0;
    const onProgress = () => {
      steps++;
    };
    const { rate, error } = await core.bathRateAsync(diagonal(), [jump], { slice: 0, onProgress });
    const whole = fromWhole(diagonal(), [jump]);
    expect(Math.abs(rate - whole.rate)).toBeLessThan(error + whole.rounding);
    // A step for each pair of states would be 4096.
    expect(steps).toBeLessThan(16 * n);
  });
});

test('the generator is rescaled in a step for each panel', () => {
  // [[4, 8], [8, 12]] in panels of one column.
  const memory = Float64Array.of(4, 8, 12);
  const arena = { view: (at: number, length: number) => memory.subarray(at / 8, at / 8 + length) } as Arena;
  const panels = [
    { from: 0, to: 1, end: 2, at: 0 },
    { from: 1, to: 2, end: 2, at: 16 },
  ];
  expect([...rescaleSteps(arena, panels, 2, 0.5)]).toHaveLength(2);
  expect(memory).toEqual(Float64Array.of(1.5, 2, 3.5));
});

test('strengths of any size, and none', () => {
  const chain = core.spins({ sites: 3, terms: chainTerms([0.4, 0.9, -0.2]) });
  const { rate } = core.bathRate(chain, contactOf(3));
  for (const size of [2 ** 400, 2 ** -400]) {
    const scaled = core.bathRate(
      chain,
      contactOf(3).map((jump) => jump.scaled(size)),
    );
    expect(scaled.rate).toBe(rate * size ** 2);
  }
  // Squares of elements of 1e-160 are below what a double has to its last digit.
  const tiny = core.bathRate(
    chain,
    contactOf(3).map((jump) => jump.scaled(1e-160)),
  );
  expect(Math.abs(tiny.rate - 1e-160 * rate * 1e-160)).toBeLessThanOrEqual(5e-324);
  expect(core.bathRate(chain, [spin('x', 3).scaled(0)])).toMatchObject({ rate: 0, error: 0 });
});

test('a rate below the smallest doubles has an error, where it was 0 without any', () => {
  const field = spin('z', 1);
  for (const size of [1e-160, 1e-300]) {
    const { rate, error } = core.bathRate(field, [spin('x', 1).scaled(size)]);
    expect(rate).toBeLessThan(1e-318);
    expect(error).toBeGreaterThan(0);
    expect(error).toBeLessThan(1e-322);
  }
});

test('the twin has the same bits', async () => {
  const chain = core.spins({ sites: 5, terms: chainTerms([0.7, -1.2, 0.4, 2.1, -0.3]) });
  const twin = await core.bathRateAsync(chain, contactOf(5), { slice: 0 });
  expect(twin).toEqual(core.bathRate(chain, contactOf(5)));
});

test('an empty contact is none, where the message had a value of type Array', () => {
  expect(() => core.bathRate(spin('z', 2), [])).toThrow(/^contact: .*at least one, got none$/);
  const number = 3 as unknown as Operator[];
  expect(() => core.bathRate(spin('z', 2), number)).toThrow(/^contact: .*at least one, got 3$/);
});

test('what does not fit is refused by name', () => {
  const two = spin('z', 2);
  expect(() => core.bathRate(two, [])).toThrow(/^contact: expected an array of operators, at least one/);
  expect(() => core.bathRate(two, [two, spin('x', 1)])).toThrow(/^contact\[1\]: .* order 4, got 2/);
  expect(() => core.bathRate(two, [2 as unknown as Operator])).toThrow(/^contact\[0\]: expected an operator/);
  expect(() => core.bathRate(core.csr({ n: 1, indptr: [0, 0], indices: [], data: [] }), [two])).toThrow(
    /^operator\.n: /,
  );
  expect(() => core.bathRate(two, [two], { tolerance: 2 })).toThrow(InputError);
  expect(() => core.bathRate(spin('z', 7).scaled(0), [spin('x', 7)])).toThrow(
    /^operator: has levels of so many/,
  );
});
