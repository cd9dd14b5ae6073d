// Regression: vectors that an operator gave were read in another way by an operator of another order, and after something else had been
// written into a part of their array.
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

test('vectors of another operator were regrouped: two of four sites are no vector of five', () => {
  const chain = (n: number) =>
    core.spins({
      sites: n,
      terms: Array.from({ length: n }, (_, i) => ({ op: 'x', sites: [i] })).concat(
        Array.from({ length: n - 1 }, (_, i) => ({ op: 'zz', sites: [i, i + 1] })),
      ),
    });
  const [four, five] = [chain(4), chain(5)];
  const { vectors } = core.eigsh(four, { k: 2 });
  const refused = /holds vectors of 16 amplitudes, expected some of 32$/;
  expect(() => core.expectation(five, vectors)).toThrow(refused);
  expect(() => core.variance(five, vectors)).toThrow(refused);
  expect(() => core.evolve(five, vectors, [1])).toThrow(refused);
  expect(() => five.multiply(vectors)).toThrow(refused);
  expect(() => five.embed(vectors)).toThrow(refused);
  // A copy has lost what it was.
  expect(core.expectation(five, vectors.slice(), { complex: false })).toHaveLength(1);
});

test('a product that went to one part of an array changed how the rest of it was read', () => {
  const of = (n: number, complex: boolean) =>
    core.csr({
      n,
      indptr: Uint32Array.from({ length: n + 1 }, (_, i) => i),
      indices: Uint32Array.from({ length: n }, (_, i) => i),
      data: Float64Array.from({ length: complex ? 2 * n : n }, (_, i) => (complex && i % 2 ? 0 : 1)),
      complex,
    });
  const [real, complex] = [of(16, false), of(16, true)];
  const [own] = [
    core.evolve(
      complex,
      Float64Array.from({ length: 32 }, () => 0.2),
      [1],
    ).states,
  ];
  const pool = new Float64Array(200).fill(0.25);
  complex.multiply(own, 1, true, pool.subarray(0, 32));
  expect(core.expectation(real, pool.subarray(100, 132), { complex: false })).toHaveLength(2);
  expect(() => core.expectation(real, pool.subarray(100, 132))).toThrow(/2 real vectors with complex: false/);
  // Of an array that held complex vectors nothing is known when a part of it holds a real one.
  const { vectors } = core.eigsh(complex, { k: 2 });
  real.multiply(new Float64Array(16).fill(1), 1, false, vectors.subarray(0, 16));
  expect(() => core.expectation(real, vectors)).toThrow(/one of which has to be said/);
});
