// Operators of every size that doubles have: levels, states in time and temperatures are those of the same operator of size 1, times a
// power of two.
import { createCore, InputError, type Operator } from 'emft';
import { describe, expect, test } from 'vitest';
import { timesPowerOfTwo } from '../../../src/wasm/magnitude.js';

const core = await createCore();
const n = 240;

/** A path with entries whose digits are few, so that they are left to the least exponents. */
const entries = Array.from({ length: n }, (_, i) => [1, 2, 4, 8][(i * i) % 4]);
function path(exponent: number, made: 'csr' | 'function' | 'factors'): Operator {
  const size = timesPowerOfTwo(1, exponent);
  if (made === 'function') {
    return core.operator({
      n,
      multiply(x, y) {
        for (let i = 0; i < n; ++i) {
          const [left, right] = [(x[i - 1] ?? 0) * entries[i], (x[i + 1] ?? 0) * entries[i + 1]];
          y[i] = i === 0 ? size * right : i === n - 1 ? size * left : size * left + size * right;
        }
      },
    });
  }
  const [indptr, indices, data]: [number[], number[], number[]] = [[0], [], []];
  const own = made === 'csr' ? size : 1;
  for (let i = 0; i < n; ++i) {
    for (const j of [i - 1, i + 1]) {
      if (j < 0 || j >= n) continue;
      indices.push(j);
      data.push(own * entries[Math.max(i, j)]);
    }
    indptr.push(indices.length);
  }
  const h = core.csr({ n, indptr, indices, data });
  if (made === 'csr') return h;
  const half = Math.trunc(exponent / 2);
  return h.scaled(timesPowerOfTwo(1, half)).scaled(timesPowerOfTwo(1, exponent - half));
}

const reference = path(0, 'csr');
const { values: levels } = core.eigh(reference.toDense(), n, { vectors: false });
const near = levels[140] + 0.3 * (levels[141] - levels[140]);

/** Relative to |H| = 16; what is subnormal is known to half of the least double. */
function expectLevels(found: ArrayLike<number>, expected: ArrayLike<number>, exponent: number): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; ++i) {
    const apart = Math.abs(found[i] - timesPowerOfTwo(expected[i], exponent));
    expect(apart).toBeLessThanOrEqual(Math.max(timesPowerOfTwo(1e-11, exponent), 2 ** -1073));
  }
}

/** From where entries are subnormal to where the largest level is next to the largest double. */
const exponents = [-1074, -1030, -1023, -1010, -901, -899, 490, 901, 1019];

describe.each(['csr', 'function', 'factors'] as const)('made by %s', (made) => {
  // Entries of rows of compressed rows are at most 1e150.
  test.each(exponents.filter((e) => made !== 'csr' || e < 495))('2^%i', (e) => {
    const h = path(e, made);
    const lowest = core.eigsh(h, { k: 3, method: 'lanczos' });
    expect(lowest.converged).toBe(true);
    expectLevels(lowest.values, levels.subarray(0, 3), e);
    const k = { k: 3, which: { near: timesPowerOfTwo(near, e) } };
    const inside = core.eigsh(h, { ...k, method: 'filtered' });
    expect(inside.converged).toBe(true);
    // Of subnormal operators the energy itself is rounded, and so which three are nearest.
    if (e > -1020) {
      const nearest = levels.toSorted((a, b) => Math.abs(a - near) - Math.abs(b - near)).subarray(0, 3);
      expectLevels(inside.values, nearest.toSorted(), e);
      expectLevels(core.eigsh(h, k).values, nearest.toSorted(), e);
    }
    for (const found of [lowest, inside]) {
      for (const [j, x] of found.values.entries()) {
        const z = found.vector(j);
        const product = path(0, 'csr').multiply(z.slice());
        const residual = product.reduce(
          (s, p, i) => Math.max(s, Math.abs(p - timesPowerOfTwo(x, -e) * z[i])),
          0,
        );
        expect(residual).toBeLessThan(Math.max(1e-10, timesPowerOfTwo(2 ** -1073, -e)));
      }
    }
  });
});

test('times of tiny and of huge operators', () => {
  const psi = core.normals({ seed: 4 }, n);
  const { states } = core.evolve(reference, psi, [3]);
  for (const e of [-1074, -1040, -1000, 300, 1019]) {
    const t = timesPowerOfTwo(3, -Math.max(e, -1020));
    const scale = timesPowerOfTwo(1, Math.max(e, -1020) - e);
    // e^{−iHt} of times that are doubles: the least operators turn by less.
    const expected = scale === 1 ? states : core.evolve(reference, psi, [3 / scale]).states;
    const found = core.evolve(path(e, 'factors'), psi, [t]).states;
    for (let i = 0; i < 2 * n; ++i) expect(Math.abs(found[i] - expected[i])).toBeLessThan(1e-11);
    const given = { betas: [timesPowerOfTwo(0.1, -Math.max(e, -1020))], samples: 2 };
    const [hot] = core.typicality(path(e, 'factors'), given).logZ;
    const [same] = core.typicality(reference, { betas: [0.1 / scale], samples: 2 }).logZ;
    expect(Math.abs(hot - same)).toBeLessThan(1e-10);
  }
});

test('factors beyond the doubles that come back, and levels that do not', () => {
  const back = reference.scaled(1e300).scaled(1e300).scaled(1e-300).scaled(1e-300);
  expectLevels(core.eigsh(back, { k: 3, method: 'lanczos' }).values, levels.subarray(0, 3), 0);
  const far = reference.scaled(1e300).scaled(1e300);
  expect(() => core.eigsh(far, { k: 1 })).toThrow(InputError);
  expect(() => core.eigsh(far, { k: 1, method: 'lanczos' })).toThrow(/largest double/);
  const gone = core.eigsh(reference.scaled(1e-300).scaled(1e-300), { k: 2, method: 'lanczos' });
  expect([gone.converged, ...gone.values.map(Math.abs)]).toEqual([true, 0, 0]);
});

test('H = 0 times a large factor was said to have entries beyond the largest double', () => {
  const zero = core.operator({ n: 300, multiply: (_x, y) => void y.fill(0) });
  for (const h of [
    zero.scaled(1e290),
    zero.scaled(1e308),
    reference.plus(reference.scaled(-1)).scaled(1e290),
  ]) {
    const found = core.eigsh(h, { k: 2, method: 'lanczos' });
    expect([found.converged, ...found.values.map(Math.abs)]).toEqual([true, 0, 0]);
    expect(core.eigsh(h, { k: 2, which: { near: 0 }, method: 'filtered' }).values.map(Math.abs)).toEqual(
      new Float64Array(2),
    );
  }
});

test('factors beyond 2^2000 were refused, also of what is 0 or so small that the products are doubles', () => {
  const zero = core.operator({ n: 300, multiply: (_x, y) => void y.fill(0) });
  const far = zero.scaled(1e308).scaled(1e308);
  const ones = new Float64Array(300).fill(1);
  expect(far.multiply(ones)).toEqual(new Float64Array(300));
  expect(far.toDense()).toEqual(new Float64Array(300 ** 2));
  for (const method of ['lanczos', 'dense'] as const)
    expect(core.eigsh(far, { k: 2, method }).values.map(Math.abs)).toEqual(new Float64Array(2));
  const least = core.csr({ n: 2, indptr: [0, 1, 2], indices: [0, 1], data: [2 ** -1074, 2 ** -1060] });
  const up = least.scaled(2 ** 1023).scaled(2 ** 1000);
  expect([...up.multiply([1, -3])]).toEqual([2 ** 949, -3 * 2 ** 963]);
  expect(() => up.scaled(2 ** 75).multiply([1, 0])).toThrow(/beyond the largest double, by a factor of some/);
});

test('a small operator beside 0 times a large factor was lost, or refused', () => {
  const zero = core.csr({ n: 300, indptr: new Array(301).fill(0), indices: [], data: [] });
  const small = zero.shifted(1).scaled(1e-308);
  for (const nothing of [zero.scaled(1e308), zero.scaled(1e308).scaled(1e308)])
    for (const h of [nothing.plus(small), nothing.shifted(1e-308)])
      for (const method of ['lanczos', 'dense'] as const) {
        const { values } = core.eigsh(h, { k: 2, method });
        for (const x of values) expect(Math.abs(x / 1e-308 - 1)).toBeLessThan(1e-14);
      }
});

test('eigenvalues of subnormal operators are counted', () => {
  const h = path(-1060, 'csr');
  const { report, converged } = core.eigsh(h, { k: 3, count: true, method: 'lanczos' });
  expect(report.count).toMatchObject({ by: 'inertia' });
  expect([converged, report.count!.counted]).toEqual([true, report.count!.found]);
});

test('spins with symmetries and couplings among the smallest doubles were refused as not Hermitian', () => {
  const terms = ['xx', 'yy', 'zz'].flatMap((op) =>
    Array.from({ length: 6 }, (_, i) => ({ op, sites: [i, (i + 1) % 6], coefficient: 1e-320 })),
  );
  const symmetries = [
    { permutation: [1, 2, 3, 4, 5, 0], character: 1 },
    { flip: true, character: 1 },
  ];
  const h = core.spins({ sites: 6, terms, sector: { up: 3, symmetries } });
  const { values } = core.eigsh(h, { k: 1 });
  expect(Math.abs(values[0] + 2.118e-320)).toBeLessThan(3e-322);
});
