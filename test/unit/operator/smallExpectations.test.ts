// Expectation values and variances of operators near the smallest doubles were sums of products that had lost their digits.
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { timesPowerOfTwo } from '../../../src/wasm/magnitude.js';

const core = await createCore();
const n = 40;
const matrix = Float64Array.from({ length: n * n }, (_, k) => Math.sin(1 + Math.floor(k / n) + (k % n)) / n);
const h = core.operator({ n, matrix });
const psi = Float64Array.from({ length: 2 * n }, (_, i) => Math.cos(i * i));

test.each([-400, -480, -520, -1000, -1060])('of an operator times 2^%d', (exponent) => {
  // In two factors: 2^−1060 is no normal number.
  const small = h.scaled(timesPowerOfTwo(1, exponent / 2)).scaled(timesPowerOfTwo(1, exponent / 2));
  const options = { complex: false };
  const scaled = (x: Float64Array, by: number) => x.map((value) => timesPowerOfTwo(value, by));
  expect(core.expectation(small, psi, options)).toEqual(scaled(core.expectation(h, psi, options), exponent));
  expect(core.variance(small, psi, options)).toEqual(scaled(core.variance(h, psi, options), 2 * exponent));
});

test('of 0 they are 0', () => {
  expect(core.expectation(h.scaled(0), psi, { complex: false })).toEqual(new Float64Array(2));
});
