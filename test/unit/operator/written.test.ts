// Regression: 2^(L+1) numbers are a real state of L + 1 sites, a complex one of L sites, or two real ones. Complex eigenvectors, several of
// them, and evolved states were read as one real state, and entropies and expectation values were those of another state, without a word.
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const sites = 8;
const subsystem = [0, 1, 2, 3];
const turn = Array.from({ length: sites }, (_, i) => (i + 1) % sites);
/** XXZ on a ring in a sector whose character is e^{2 pi i k/L}. */
const ring = (k: number) => {
  const bonds = (op: string, coefficient: number) => turn.map((j, i) => ({ op, sites: [i, j], coefficient }));
  const angle = (2 * Math.PI * k) / sites;
  const character: [number, number] = [Math.cos(angle), Math.sin(angle)];
  return core.spins({
    sites,
    terms: [...bonds('xx', 1), ...bonds('yy', 1), ...bonds('zz', 0.7)],
    sector: { up: 4, symmetries: [{ permutation: turn, character }] },
  });
};
const dimensions = Array(sites).fill(2);

describe.each([0, 1, 4])('eigenvectors of momentum %i', (k) => {
  test('are measured as they were given: one, several, embedded', () => {
    const h = ring(k);
    const { vectors } = core.eigsh(h, { k: 2 });
    const said = { subsystem, dimensions, complex: h.complex };
    const copy = h.embed(vectors.slice(), 2, h.complex).slice();
    const wanted = core.entanglementEntropy(copy, said);
    expect(wanted).toHaveLength(2);
    expect(core.entanglementEntropy(h.embed(vectors), { subsystem })).toEqual(wanted);
    expect(core.entanglementEntropy(h.embed(vectors, 2), { subsystem })).toEqual(wanted);
    const one = h.embed(vectors.subarray(0, vectors.length / 2));
    expect(core.entanglementEntropy(one, { subsystem })).toEqual(wanted.subarray(0, 1));
    expect(core.participationEntropy(h.embed(vectors))).toEqual(
      core.participationEntropy(copy, { length: 2 ** sites, complex: h.complex }),
    );
  });

  test('are multiplied as they were given, all of them, and their products are known as well', () => {
    const h = ring(k);
    const { vectors } = core.eigsh(h, { k: 2 });
    const products = h.multiply(vectors);
    expect(products).toEqual(h.multiply(vectors.slice(), 2, h.complex));
    const again = h.multiply(products, undefined, undefined, vectors.slice());
    expect(h.embed(again)).toEqual(h.embed(again.slice(), 2, h.complex));
    // An array that held something else is known by what it holds last.
    const real = core.spins({ sites, terms: [{ op: 'zz', sites: [0, 1] }] });
    const states = new Float64Array(2 ** sites).fill(1 / 16);
    const room = core.evolve(real, states, [1]).states;
    real.multiply(new Float64Array(2 * 2 ** sites).fill(1 / 16), 2, false, room);
    expect(core.expectation(real, room, { complex: false })).toHaveLength(2);
    expect(() => core.expectation(real, room)).toThrow(/2 real vectors with complex: false/);
  });

  test('and what becomes of them in time', async () => {
    const h = ring(k);
    const { vectors } = core.eigsh(h, { k: 2 });
    const mixed = vectors.slice(0, vectors.length / 2).map((x, i) => x + vectors[vectors.length / 2 + i]);
    const evolved = [
      core.evolve(h, mixed, [1, 2], { states: true }).states,
      (await core.evolveAsync(h, mixed, [1, 2], { states: true })).states,
      core.evolveExact(h, mixed, [1, 2], { states: true }).states,
    ];
    for (const states of evolved) {
      expect(core.expectation(h, states)).toEqual(core.expectation(h, states.slice(), { complex: true }));
      expect(core.expectation(h, states)).toHaveLength(2);
      expect(core.variance(h, states)).toEqual(core.variance(h, states.slice(), { complex: true }));
      const whole = h.embed(states);
      expect(core.entanglementEntropy(whole, { subsystem })).toEqual(
        core.entanglementEntropy(whole.slice(), { subsystem, dimensions, complex: true }),
      );
    }
  });
});

test('what is said of them counts for more', () => {
  const { vectors } = core.eigsh(ring(1), { k: 1 });
  const whole = ring(1).embed(vectors);
  // As one real state of a site more.
  const real = core.entanglementEntropy(whole, { subsystem, complex: false });
  expect(real).toEqual(core.entanglementEntropy(whole.slice(), { subsystem, complex: false }));
});

describe('a copy, of which nothing is known, is refused where it may be real or complex: which has to be said', () => {
  test('for entropies', () => {
    const { vectors } = core.eigsh(ring(1), { k: 1 });
    const copy = ring(1).embed(vectors).slice();
    const said =
      'are 512 numbers in an array of which nothing is known, as of copies and of eigenvectors of orders up to 32: ';
    for (const measured of [core.entanglementEntropy, core.schmidtWeights, core.reducedDensityMatrix]) {
      expect(() => measured(copy, { subsystem })).toThrow(
        `states: ${said}1 state of 512 amplitudes with complex: false, 1 state of 256 amplitudes with complex: true`,
      );
      expect(() => measured(copy, { subsystem, dimensions })).toThrow(
        `states: ${said}2 states of 256 amplitudes with complex: false, 1 state of 256 amplitudes with complex: true`,
      );
    }
    expect(() => core.participationEntropy(copy)).toThrow(`states: ${said}`);
    expect(() => core.participationEntropy(copy, { length: 256 })).toThrow(`states: ${said}`);
    // These are one thing alone.
    expect(core.participationEntropy(copy, { length: 512 })).toHaveLength(1);
    expect(core.entanglementEntropy(copy.subarray(0, 256), { subsystem, dimensions })).toHaveLength(1);
    expect(core.participationEntropy(copy.subarray(0, 255))).toHaveLength(1);
  });

  test('for expectation values and in time', () => {
    const h = ring(0);
    const { states } = core.evolve(h, core.eigsh(h, { k: 1 }).vectors, [0.5], { states: true });
    const copy = states.slice();
    const said = new RegExp(
      `^(states|psi): are ${copy.length} numbers .*: 2 real vectors with complex: false, 1 complex one with complex: true`,
    );
    expect(() => core.expectation(h, copy)).toThrow(said);
    expect(() => core.variance(h, copy)).toThrow(said);
    expect(() => core.matrixElements(h, copy)).toThrow(said);
    expect(() => core.correlations(h, copy)).toThrow(said);
    expect(() => core.evolve(h, copy, [1])).toThrow(said);
    expect(core.expectation(h, copy, { complex: true })).toEqual(core.expectation(h, states));
    expect(core.expectation(h, copy.subarray(0, h.n))).toHaveLength(1);
  });
});

describe('project into a sector with complex characters', () => {
  const whole = 2 ** sites;
  const neel = 0b10101010;

  test('takes what embed gave, a copy of it in pairs, and real vectors', () => {
    const h = ring(1);
    const { vectors } = core.eigsh(h, { k: 2 });
    const embedded = h.embed(vectors);
    const back = h.project(embedded);
    expect(back).toHaveLength(vectors.length);
    for (const [i, x] of back.entries()) expect(x).toBeCloseTo(vectors[i], 14);
    expect(h.project(embedded.slice(), 2)).toEqual(back);
    expect(h.project(embedded.slice(), 2, true)).toEqual(back);
    const real = Float64Array.from({ length: whole }, (_, s) => Math.sin(s));
    const pairs = Float64Array.from({ length: 2 * whole }, (_, k) => (k % 2 ? 0 : real[k / 2]));
    expect(h.project(real)).toEqual(h.project(pairs));
    expect(h.project(real, 1, false)).toEqual(h.project(pairs));
    expect(core.expectation(h, h.project(real))).toHaveLength(1);
  });

  test('of one configuration leaves its share: that of momentum 4 is half of a Néel state, that of momentum 1 nothing', () => {
    const psi = new Float64Array(whole);
    psi[neel] = 1;
    const size = (k: number) =>
      ring(k)
        .project(psi)
        .reduce((sum, x) => sum + x * x, 0);
    expect([size(0), size(1), size(2), size(4)].map((x) => x.toFixed(12))).toEqual(
      ['0.5', '0', '0', '0.5'].map((x) => Number(x).toFixed(12)),
    );
  });

  test('says what does not fit', () => {
    const h = ring(1);
    expect(() => h.project(new Float64Array(3 * whole))).toThrow(/^x: expected 512 elements, got 768$/);
    expect(() => h.project(new Float64Array(4 * whole))).toThrow(
      /^x: expected 512 elements, got 1024: columns, the second argument, says that they are 2 vectors$/,
    );
    expect(() => ring(0).project(new Float64Array(2 * whole))).toThrow(
      /third argument, says that they are complex; columns, the second argument, says that they are 2 vectors$/,
    );
    expect(() => h.embed(new Float64Array(h.n))).toThrow(/vectors are complex here, in pairs/);
    expect(() => h.multiply([[1, 0]] as never)).toThrow(/^x: expected numbers, real and imaginary parts one/);
  });
});

test('a function that returns H x in place of writing it is an error, not H = 0', () => {
  const multiply = ((x: Float64Array) => x.map((v) => 2 * v)) as never;
  expect(() => core.eigsh(core.operator({ n: 4, multiply }), { k: 2 })).toThrow(
    /^operator\.multiply: returned .*, expected H x to be written to y/,
  );
  const same = (x: Float64Array, y: Float64Array) => {
    y.set(x);
    return y as never;
  };
  expect(core.eigsh(core.operator({ n: 4, multiply: same }), { k: 2 }).values).toEqual(Float64Array.of(1, 1));
});

// Regression: of vectors with as many amplitudes as an operator has states nobody asked which states: 3 up spins counted as 5.
describe('vectors of another sector of the same order are refused by name', () => {
  const flips = ['xx', 'yy'].flatMap((op) => turn.map((j, i) => ({ op, sites: [i, j] })));
  const chain = (up: number) => core.spins({ sites, terms: flips, sector: { up } });
  const same = /^(x|psi|states): expected vectors in the same sector \(8 sites, .*\), got another: /;

  test.each([
    ['other numbers of up spins', chain, 3, 5],
    ['other characters', ring, 1, 3],
  ])('%s', async (_, make, ...numbers) => {
    const [own, other] = numbers.map(make);
    expect(own.n).toBe(other.n);
    const { vectors } = core.eigsh(own, { k: 2 });
    const { states } = core.evolve(own, vectors, [1]);
    for (const given of [vectors, vectors.subarray(0), states, own.multiply(vectors)]) {
      for (const call of [
        () => other.multiply(given),
        () => other.embed(given),
        () => core.expectation(other, given),
        () => core.correlations(other, given),
        () => core.evolve(other, given, [1]),
      ])
        expect(call).toThrow(same);
      await expect(core.evolveAsync(other, given, [1])).rejects.toThrow(same);
    }
    // Of a copy nothing is known, and the whole space is that of both.
    expect(other.multiply(vectors.slice(), 2, other.complex)).toHaveLength(vectors.length);
    expect(Math.max(...other.project(own.embed(vectors)).map(Math.abs))).toBeLessThan(1e-15);
  });

  test('but not of the same one, of sums, and where an operator has no basis', () => {
    const { vectors } = core.eigsh(chain(3), { k: 1 });
    const diagonal = core.operator({ n: 56, multiply: (x, y) => void y.set(x.map((v, i) => i * v)) });
    for (const of of [chain(3), chain(3).shifted(1).plus(chain(3)), diagonal])
      expect(core.expectation(of, vectors)).toHaveLength(1);
  });
});

test('states of a sector, whose number may be a power of two, are no whole states until they are embedded', () => {
  const chain = { sites: 6, terms: [0, 1, 2, 3, 4].map((i) => ({ op: 'zz', sites: [i, i + 1] })) };
  const x = Array.from({ length: 6 }, (_, i) => ({ op: 'x', sites: [i] }));
  const h = core.spins({
    sites: 6,
    terms: [...chain.terms, ...x],
    sector: { symmetries: [{ flip: true, character: 1 }] },
  });
  expect(h.n).toBe(32);
  const { vectors } = core.eigsh(h, { k: 1 });
  const options = { subsystem: [0, 1, 2] };
  const evolved = core.evolve(h, vectors, [0]).states;
  for (const states of [vectors, vectors.subarray(0), evolved, h.project(h.embed(vectors))]) {
    expect(() => core.entanglementEntropy(states, options)).toThrow(
      /^states: are those of a sector of 6 sites, .*embed/,
    );
    expect(() => core.reducedDensityMatrix(states, options)).toThrow(/embed/);
    expect(() => core.schmidtWeights(states, options)).toThrow(/embed/);
    // In the states of the sector as they are.
    expect(core.participationEntropy(states)).toHaveLength(1);
    expect(core.expectation(h, states)).toHaveLength(1);
  }
  const [entropy] = core.entanglementEntropy(h.embed(vectors), options);
  const ground = core.eigsh(core.spins({ sites: 6, terms: [...chain.terms, ...x] }), { k: 1 }).vectors;
  expect(entropy).toBeCloseTo(core.entanglementEntropy(ground, options)[0], 12);
  // Whoever names dimensions has parts of his own in mind.
  expect(core.entanglementEntropy(vectors, { subsystem: [0], dimensions: [4, 8] })).toHaveLength(1);
});

test('vectors of decompositions are known as well, but for those of small matrices', async () => {
  const bonds = Array.from({ length: 5 }, (_, i) => [i, i + 1]);
  const terms = ['xx', 'yy', 'zz'].flatMap((op) => bonds.map((at) => ({ op, sites: at })));
  const h = core.spins({ sites: 6, terms: [...terms, { op: 'z', sites: [0] }] });
  const [a, options] = [h.toDense(), { subsystem: [0, 1, 2] }];
  const pairs = Float64Array.from({ length: 2 * a.length }, (_, i) => (i % 2 === 0 ? a[i / 2] : 0));
  const all = [
    core.eigh(a, h.n),
    await core.eighAsync(a, h.n),
    core.eighComplex(pairs, h.n),
    core.eighBatch(a, h.n, 1),
    core.eighComplexBatch(pairs, h.n, 1),
  ];
  for (const { vectors } of all) {
    const complex = vectors.length > a.length;
    const said = { ...options, dimensions: Array(6).fill(2), complex };
    const found = core.entanglementEntropy(vectors, options);
    expect(found).toHaveLength(64);
    expect(found).toEqual(core.entanglementEntropy(vectors.slice(), said));
    expect(core.expectation(h, vectors)).toHaveLength(64);
  }
  const [d, e] = [new Float64Array(64).fill(2), new Float64Array(63).fill(1)];
  expect(core.participationEntropy(core.eighTridiagonal(d, e).vectors)).toHaveLength(64);
  const small = core.eigh(Float64Array.of(2, 1, 1, 2), 2).vectors;
  expect(() => core.participationEntropy(small)).toThrow(/nothing is known/);
});
