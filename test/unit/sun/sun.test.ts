// Quantum suns: the operator against Kronecker products, its randomness, its symmetry, and bare couplings against sums over pairs.
import { type Core, createCore, InputError, type RandomSunModel } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

type Matrix = number[][];
const identity = (n: number): Matrix =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => Number(i === j)));
/** high ⊗ low: the low factor has the low digits. */
const kron = (high: Matrix, low: Matrix): Matrix =>
  high.flatMap((row) => low.map((other) => row.flatMap((x) => other.map((y) => x * y))));
const scaled = (a: Matrix, s: number) => a.map((row) => row.map((x) => s * x));
const sum = (a: Matrix, b: Matrix) => a.map((row, i) => row.map((x, j) => x + b[i][j]));
const times = (a: Matrix, b: Matrix) =>
  a.map((row) => b[0].map((_, j) => row.reduce((s, x, k) => s + x * b[k][j], 0)));
const X: Matrix = [
  [0, 0.5],
  [0.5, 0],
];
/** i S^y, which is real: S^y S^y = −(iS^y)(iS^y). */
const Y: Matrix = [
  [0, 0.5],
  [-0.5, 0],
];
const Z: Matrix = [
  [0.5, 0],
  [0, -0.5],
];
/** An operator of one of `sites` spins. */
const at = (a: Matrix, site: number, sites: number) =>
  kron(identity(2 ** (sites - 1 - site)), kron(a, identity(2 ** site)));

/** H by its definition. */
function reference({ dot, fields, couplings, partners, conserve }: RandomSunModel): Matrix {
  const d = Math.sqrt(dot.length);
  const dotSpins = Math.log2(d);
  const sites = dotSpins + fields.length;
  const rows = Array.from({ length: d }, (_, i) => Array.from(dot.subarray(i * d, i * d + d)));
  let h = kron(identity(2 ** fields.length), rows);
  fields.forEach((field, j) => {
    const [site, partner] = [dotSpins + j, partners[j]];
    h = sum(h, scaled(at(Z, site, sites), field));
    h = sum(h, scaled(times(at(X, partner, sites), at(X, site, sites)), couplings[j]));
    if (conserve === 'u1')
      h = sum(h, scaled(times(at(Y, partner, sites), at(Y, site, sites)), -couplings[j]));
  });
  return h;
}

const ups = (s: number, sites: number) => sites - [...s.toString(2)].filter((bit) => bit === '1').length;

describe.each(['none', 'u1'] as const)('conserve: %s', (conserve) => {
  test.each([
    [1, 2],
    [2, 3],
    [3, 3],
  ])('the operator of a dot of %d spins and %d others is that of its definition', (dotSpins, spins) => {
    const model = core.randomSunModel({ spins, dotSpins, alpha: 0.7, seed: 3, sample: 5, conserve });
    const h = reference(model);
    const operator = core.sunOperator(model);
    const dense = operator.toDense();
    const n = operator.n;
    expect(n).toBe(2 ** (dotSpins + spins));
    for (let i = 0; i < n; ++i)
      for (let j = 0; j < n; ++j) expect(Math.abs(dense[i * n + j] - h[i][j])).toBeLessThan(1e-15);
    expect(Array.from(operator.states())).toEqual(Array.from({ length: n }, (_, i) => i));
  });
});

test('the sectors of a sun with U(1) are the parts of the whole', () => {
  const model = core.randomSunModel({ spins: 4, alpha: 0.8, seed: 11, conserve: 'u1' });
  const whole = core.sunOperator(model);
  const h = whole.toDense();
  const all: number[] = [];
  for (let up = 0; up <= 7; ++up) {
    const sector = core.sunOperator(model, { up });
    const states = sector.states();
    const part = sector.toDense();
    expect(Array.from(states)).toEqual(Array.from(whole.states()).filter((s) => ups(s, 7) === up));
    states.forEach((s, i) => {
      states.forEach((t, j) => {
        expect(part[i * sector.n + j]).toBe(h[s * whole.n + t]);
      });
    });
    const { values, vectors } = core.eigh(part, sector.n);
    all.push(...values);
    const spread = sector.embed(vectors.subarray(0, sector.n));
    states.forEach((s, i) => {
      expect(spread[s]).toBe(vectors[i]);
    });
  }
  const { values } = core.eigh(h, whole.n, { vectors: false });
  all
    .sort((a, b) => a - b)
    .forEach((x, k) => {
      expect(Math.abs(x - values[k])).toBeLessThan(1e-13);
    });
});

describe('random models', () => {
  test('a larger sun begins with a smaller one, and keys, not order, decide', () => {
    const small = core.randomSunModel({ spins: 3, alpha: 0.6, seed: 4, sample: 2 });
    const large = core.randomSunModel({ spins: 9, alpha: 0.6, seed: 4, sample: 2 });
    expect(large.dot).toEqual(small.dot);
    for (const key of ['fields', 'couplings', 'partners'] as const)
      expect(large[key].slice(0, 3)).toEqual(small[key]);
    expect(core.randomSunModel({ spins: 3, alpha: 0.6, seed: 4, sample: 3 }).dot).not.toEqual(small.dot);
    // α changes nothing but the couplings.
    expect(core.randomSunModel({ spins: 3, alpha: 0.9, seed: 4, sample: 2 }).fields).toEqual(small.fields);
  });

  test('couplings are g0 α^u with u_1 = 0 and u_j within ζ of j − 1', () => {
    const { couplings } = core.randomSunModel({ spins: 20, alpha: 0.7, g0: 2, zeta: 0.2, seed: 8 });
    expect(couplings[0]).toBe(2);
    const u = Array.from(couplings, (x) => Math.log(x / 2) / Math.log(0.7));
    const off = u.slice(1).map((x, k) => x - (k + 1));
    for (const x of off) expect(Math.abs(x)).toBeLessThanOrEqual(0.2 + 1e-12);
    expect(Math.max(...off) - Math.min(...off)).toBeGreaterThan(0.2);
    const [exact] = [core.randomSunModel({ spins: 12, alpha: 0.7, zeta: 0, seed: 8 }).couplings];
    exact.forEach((x, j) => {
      expect(Math.abs(x / 0.7 ** j - 1)).toBeLessThan(1e-14);
    });
  });

  test.each(['none', 'u1'] as const)('the dot has tr H²/d = γ² on average: %s', (conserve) => {
    const samples = 4000;
    const squares = Float64Array.from({ length: samples }, (_, sample) => {
      const { dot } = core.randomSunModel({ spins: 1, alpha: 0.5, gamma: 1.5, seed: 9, sample, conserve });
      return dot.reduce((s, x) => s + x * x, 0) / 8;
    });
    const { mean, error } = core.meanAndError(squares);
    expect(Math.abs(mean - 2.25)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.03);
  });

  test('partners are any spin of the dot, fields any number of the interval', () => {
    const all = Array.from({ length: 200 }, (_, sample) =>
      core.randomSunModel({ spins: 5, alpha: 0.5, fields: [-1, 3], seed: 10, sample }),
    );
    const partners = all.flatMap((m) => Array.from(m.partners));
    for (const site of [0, 1, 2]) {
      const share = partners.filter((p) => p === site).length / partners.length;
      expect(Math.abs(share - 1 / 3)).toBeLessThan(0.06);
    }
    const { mean } = core.meanAndError(Float64Array.from(all.flatMap((m) => Array.from(m.fields))));
    expect(Math.abs(mean - 1)).toBeLessThan(0.15);
  });
});

describe('bare couplings', () => {
  test.each(['none', 'u1'] as const)('are the sum over the pairs in the shell: %s', (conserve) => {
    const model = core.randomSunModel({ spins: 4, alpha: 0.8, seed: 21, conserve });
    const shell = 0.7;
    const g = core.sunCouplings({ ...model, shell });
    const { values, vectors } = core.eigh(model.dot, 8);
    const up = (site: number) => (conserve === 'u1' ? sum(at(X, site, 3), at(Y, site, 3)) : at(X, site, 3));
    g.forEach((one, j) => {
      let total = 0;
      const operator = up(model.partners[j]);
      for (let a = 0; a < 8; ++a) {
        for (let b = 0; b < 8; ++b) {
          if (!(Math.abs(values[a] + model.fields[j] - values[b]) < shell / 2)) continue;
          let element = 0;
          for (let s = 0; s < 8; ++s)
            for (let t = 0; t < 8; ++t) element += vectors[8 * b + s] * operator[s][t] * vectors[8 * a + t];
          total += Math.abs(0.5 * model.couplings[j] * element);
        }
      }
      expect(Math.abs(one - total / (8 * shell))).toBeLessThan(1e-14);
    });
    expect(g.some((x) => x > 0)).toBe(true);
  });

  test('the twin gives the same bits', async () => {
    const model = core.randomSunModel({ spins: 4, alpha: 0.8, seed: 21 });
    expect(await core.sunCouplingsAsync({ ...model, slice: 1 })).toEqual(core.sunCouplings(model));
  });

  test('beyond the largest double are refused, where they were Infinity', async () => {
    const narrow = {
      dot: [
        [0, 1e-300],
        [1e-300, 0],
      ],
      fields: [0, 0],
      partners: [0, 0],
    };
    const far = { ...narrow, couplings: [1e-300, 1e100] };
    expect(() => core.sunCouplings(far)).toThrow(/^options\.couplings\[1\]: is 1e\+100, .* largest double/);
    await expect(core.sunCouplingsAsync(far)).rejects.toThrow(/^options\.couplings\[1\]: is 1e\+100/);
    expect(() => core.sunCouplings({ ...far, shell: 1e-250 })).toThrow(/largest double/);
    const near = core.sunCouplings({ ...narrow, couplings: [1e-300, 2e-300] });
    expect(near[0]).toBeGreaterThan(0);
    expect(near[1] / near[0]).toBeCloseTo(2, 12);
  });

  test('in resonance are counted in the narrowest shell there is, whose half was 0', () => {
    const levels = { dot: [0, 0, 0, 0], fields: [0], partners: [0] };
    const [g] = core.sunCouplings({ ...levels, couplings: [2 ** -1000], shell: 5e-324 });
    // Both pairs have |V| = J/4: J/2 from the spins, ½ from the element of S^x.
    expect(g).toBe(2 ** -1002 / 5e-324);
  });
});

test('what does not fit is refused by name', () => {
  const model = core.randomSunModel({ spins: 2, alpha: 0.8, seed: 1, conserve: 'u1' });
  const wrong = (change: object, path: RegExp) =>
    expect(() => core.sunOperator({ ...model, ...change })).toThrow(path);
  wrong({ dot: model.dot.slice(1) }, /^model\.dot: expected a square matrix/);
  wrong({ dot: model.dot.map((x, k) => (k === 2 ? 1 : x)) }, /^model\.dot: is not symmetric/);
  wrong(
    { dot: model.dot.map((x, k) => (k === 1 || k === 8 ? 1 : x)) },
    /^model\.dot: \[0\]\[1\] is 1 between/,
  );
  wrong({ fields: [] }, /^model\.fields: expected 1 … 20 numbers, got 0/);
  wrong({ couplings: [1] }, /^model\.couplings: expected 2/);
  wrong({ partners: [0, 3] }, /^model\.partners\[1\]: expected a whole number ≥ 0 and ≤ 2, got 3/);
  wrong({ conserve: 'su2' }, /^model\.conserve: /);
  expect(() => core.sunOperator(model, { up: 6 })).toThrow(/^sector\.up: .*≤ 5, got 6/);
  expect(() => core.sunOperator({ ...model, conserve: 'none' }, { up: 1 })).toThrow(/^sector\.up: is given/);
  expect(() => core.randomSunModel({ spins: 21, alpha: 0.5, seed: 1 })).toThrow(InputError);
  expect(() => core.randomSunModel({ spins: 20, alpha: 1e-300, zeta: 10, seed: 1 })).toThrow(
    /^options\.alpha: /,
  );
  expect(() => core.randomSunModel({ spins: 2, alpha: 0.5, fields: [2, 1], seed: 1 })).toThrow(
    /^options\.fields: /,
  );
});
