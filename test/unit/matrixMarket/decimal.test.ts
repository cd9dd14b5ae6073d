// Numbers in text: what Fortran prints, and nothing that only resembles it.
import { expect, test } from 'vitest';
import { parseDecimal } from '../../../src/matrixMarket/decimal.js';

test.each([
  ['1.5+300', 1.5e300],
  ['-.15-301', -0.15e-301],
  ['7.+100', 7e100],
  ['1.5D+03', 1500],
  ['1q-2', 0.01],
  ['1e5', 1e5],
  ['+.5', 0.5],
  ['1.5-400', 0],
  ['1.5+400', Number.POSITIVE_INFINITY],
])('%s is a number', (text, value) => {
  expect(parseDecimal(text)).toBe(value);
});

test.each([
  '1-2',
  '5-4',
  '2022-11',
  '1-100',
  '2022-110',
  '1.5+3',
  '1.5-30',
  '1.5+3000',
  '0.5-0.4',
  '1.5e',
  '1-',
  '.-100',
])('a range, a date or columns without a blank: %s is none', (text) => {
  expect(parseDecimal(text)).toBeUndefined();
});
