// What test/support/bytesFirst.ts says is equal is equal for vitest too.
import { expect, test } from 'vitest';

const hole = Object.assign(new Array(3), { 0: 1, 2: 3 });

test.each([
  ['a list that was never filled', new Array(3), [1, 2, 3]],
  ['a hole', hole, [1, 2, 3]],
  ['a hole and undefined', hole, [1, undefined, 3]],
  ['the sign of 0', [0], [-0]],
  ['doubles and the sign of 0', Float64Array.of(0), Float64Array.of(-0)],
  ['types of arrays', Float64Array.of(1), Float32Array.of(1)],
  ['lengths', [1, 2], [1, 2, 3]],
])('%s: not equal', (_, a, b) => {
  expect(a).not.toStrictEqual(b);
  expect(b).not.toStrictEqual(a);
});

test('numbers, NaN among them: equal', () => {
  expect([1, Number.NaN, -0]).toEqual([1, Number.NaN, -0]);
  expect(Float64Array.of(Number.NaN, 2)).toEqual(Float64Array.of(Number.NaN, 2));
});
