// Matrices from their bytes alone, as the page reads what is pasted and dropped: rows of numbers in every form, and the rest.
import { readFile } from 'node:fs/promises';
import { InputError } from 'emft/check';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeNpy } from '../../../cli/src/common/matrix/npy.js';
import { parseMatrix } from '../../../cli/src/common/matrix/parse.js';

const read = (text: string | Uint8Array) =>
  parseMatrix('your matrix', typeof text === 'string' ? new TextEncoder().encode(text) : text);
const numbers = (text: string | Uint8Array) => {
  const { kind, n, a } = read(text);
  return [kind, n, ...a];
};

describe('one matrix in many forms', () => {
  test.each([
    '2 1\n1 3',
    '2,1\r\n1,3\r\n',
    '2;1\n1;3',
    '2\t1\n1\t3',
    '2 1; 1 3',
    '[2 1; 1 3]',
    '[[2, 1], [1, 3]]',
    '[2, 1, 1, 3]',
    '2 1 1 3',
    '[[2. 1.]\n [1. 3.]]',
    'array([[2., 1.],\n       [1., 3.]])',
    '{{2, 1}, {1, 3}}',
    '# of a program\n2.0e0 1d0 # first\n\n% second\n1 3',
    '%%MatrixMarket matrix coordinate real symmetric\n2 2 3\n1 1 2\n2 1 1\n2 2 3\n',
    encodeNpy(Float64Array.of(2, 1, 1, 3), 2, 2),
    'left,right\n2,1\n1,3\n',
  ])('%j', (text) => {
    expect(numbers(text)).toEqual(['real', 2, 2, 1, 1, 3]);
  });

  test.each([
    '1 2-3i\n2+3i 4',
    '1, 2-3j\n2+3j, 4',
    '(1+0j) (2-3j)\n(2+3j) (4+0j)',
    '[[1, [2, -3]], [[2, 3], 4]]',
    '%%MatrixMarket matrix array complex hermitian\n2 2\n1 0\n2 3\n4 0\n',
    encodeNpy(Float64Array.of(1, 0, 2, 3, 2, -3, 4, 0), 2, 2, true),
  ])('complex, %j', (text) => {
    expect(numbers(text)).toEqual(['complex', 2, 1, 0, 2, -3, 2, 3, 4, 0]);
  });

  test('a unit alone, a number alone, and two columns of three rows', () => {
    expect(numbers('2 -i\ni 2')).toEqual(['complex', 2, 2, 0, 0, -1, 0, 1, 2, 0]);
    expect(numbers('[[5]]')).toEqual(['real', 1, 5]);
    expect(numbers('2 1\n3 4\n5')).toEqual(['real', 3, 2, 1, 0, 1, 3, 4, 0, 4, 5]);
  });
});

test.each([
  ['', /your matrix: holds no numbers/],
  ['1 2\n3 4', /is not symmetric: element \(1, 0\), counted from 0, is 3 but \(0, 1\) is 2/],
  ['1 2i\n2i 3', /is not Hermitian: element \(1, 0\), counted from 0, is 0\+2i/],
  ['1 nan\nnan 2', /element \(0, 1\), counted from 0, is 'nan', not a finite number/],
  ['inf 0\n0 2', /element \(0, 0\), counted from 0, is 'inf', not a finite number/],
  ['1 2 3\n2 3\n3 4 5', /row 1, counted from 0, has 2 numbers, row 0 has 3/],
  ['1 2 3\n2 3 4', /is 2 × 3, expected a square matrix/],
  ['1 x\nx 2', /element \(0, 1\), counted from 0, is 'x'/],
  ['1 1-\n1 1', /element \(0, 1\), counted from 0, is '1-'/],
  ['[[1, null], [null, 2]]', /element \(0, 1\), counted from 0, is 'null'/],
  ['[[1, 2], 3]', /row 1, counted from 0, is no list of numbers/],
  ['{"a": [1]}', /is JSON, expected a list of rows/],
  ['[]', /is JSON, expected a list of rows/],
])('%j is refused by name', (text, message) => {
  expect(() => read(text)).toThrow(InputError);
  expect(() => read(text)).toThrow(message);
});

test('any symmetric matrix is read back to the bit, and any text is read or refused', () => {
  const entry = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 3, maxLength: 10 }),
      fc.constantFrom(' ', ',', '\t'),
      (list, by) => {
        const n = Math.floor((Math.sqrt(8 * list.length + 1) - 1) / 2);
        const at = (i: number, j: number) =>
          list[(Math.max(i, j) * (Math.max(i, j) + 1)) / 2 + Math.min(i, j)];
        const rows = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => at(i, j)));
        for (const text of [rows.map((row) => row.map(String).join(by)).join('\n'), JSON.stringify(rows)]) {
          // −0 is written as 0.
          expect([...read(text).a].map((x) => x + 0)).toEqual(rows.flat().map((x) => x + 0));
        }
      },
    ),
    { numRuns: 200, seed: 7 },
  );
  const piece = fc.constantFrom(
    '1',
    '-2.5',
    'i',
    ' ',
    '\n',
    ';',
    ',',
    '[',
    ']',
    '(',
    'e',
    'nan',
    '#',
    '{',
    '1e400',
    '+',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 24 }), (parts) => {
      try {
        expect(read(parts.join('')).a.every(Number.isFinite)).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
    { numRuns: 2000, seed: 7 },
  );
});

test('a file that numpy wrote is the one that the command reads', async () => {
  const folder = new URL('../../fixtures/', import.meta.url);
  const bytes = await readFile(new URL('npy/c-order.npy', folder));
  const { n, a } = read(new Uint8Array(bytes));
  expect(n * n).toBe(a.length);
});
