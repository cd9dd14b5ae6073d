// Matrices as SciPy, the big collections and Fortran programs write them (scripts/fixtures/matrixMarket.py wrote the
// fixtures): every kind of header, exact integers, any length of lines, and what is refused.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkMatrixOrder } from '../../../cli/src/common/matrix/matrix.js';
import { readMatrix } from '../../../cli/src/files/matrix/read.js';
import { parseDecimal } from '../../../src/matrixMarket/decimal.js';
import { parseMatrixMarket } from '../../../src/matrixMarket/whole.js';
import expected from '../../fixtures/mtx/expected.json' with { type: 'json' };
import { path, refusal } from '../../support/fileFormats.js';

describe('Matrix Market', () => {
  test.each(Object.entries(expected))('%s', async (name, rows) => {
    const { n, a } = await readMatrix(path(`mtx/${name}.mtx`));
    expect(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => a[i + j * n]))).toEqual(
      rows,
    );
  });

  test.each([
    ['complex-array', /line 1: symmetry 'symmetric' of complex numbers: its eigenvalues are not real/],
    ['skew', /line 1: symmetry 'skew-symmetric': its eigenvalues are imaginary/],
    ['skew-array', /line 1: symmetry 'skew-symmetric': its eigenvalues are imaginary/],
    ['nan', /line 9: 'NaN' is not a finite number/],
    ['huge-integer', /line 4: '9007199254740993' is an integer beyond 2\^53/],
    ['huge-unsigned', /line 4: '18446744073709551615' is an integer beyond 2\^53/],
  ])('%s is refused', async (name, reason) => {
    expect(await refusal(readMatrix(path(`mtx/refused-${name}.mtx`)))).toMatch(reason);
  });

  const read = (text: string | Buffer) => [
    ...parseMatrixMarket('x', Buffer.from(text), checkMatrixOrder, () => {}).a,
  ];
  const integer = '%%MatrixMarket matrix coordinate integer general\n1 1 1\n1 1 ';

  test.each([
    ['9007199254740992', 2 ** 53],
    ['-9007199254740992', -(2 ** 53)],
    ['+0000000000000000000000000000012', 12],
    ['-0', 0],
  ])('the integer %s', (word, value) => {
    expect(read(`${integer}${word}`)).toEqual([value]);
  });

  test('integers that add up to 2^53 are still exact', () => {
    const sum = (...words: number[]) =>
      read(
        `%%MatrixMarket matrix coordinate integer general\n1 1 ${words.length}\n${words.map((x) => `1 1 ${x}\n`).join('')}`,
      );
    expect(sum(2 ** 53 - 1, 1)).toEqual([2 ** 53]);
    expect(sum(-(2 ** 53), 2 ** 53, 7)).toEqual([7]);
    expect(sum(-1, -(2 ** 53) + 1)).toEqual([-(2 ** 53)]);
  });

  test.each([
    [`${integer}9007199254740993`, /beyond 2\^53/],
    [`${integer}-9007199254740993`, /beyond 2\^53/],
    [`${integer}${'9'.repeat(1e6)}`, /line 3: '9{40}…' is an integer beyond 2\^53/],
    [`${integer}1e3`, /not a whole number/],
    ...['9007199254740992 1', '1 9007199254740992', '-1 -9007199254740992', '9007199254740992 1 -1'].map(
      (list): [string, RegExp] => {
        const words = list.split(' ');
        const entries = words.map((word) => `1 1 ${word}\n`).join('');
        return [
          `%%MatrixMarket matrix coordinate integer general\n1 1 ${words.length}\n${entries}`,
          /line 4: with it the entries there add up to an integer beyond 2\^53/,
        ];
      },
    ),
    [
      '%%MatrixMarket matrix array unsigned-integer general\n1 1\n-1\n',
      /'-1' is negative in a file of unsigned integers/,
    ],
    ['%%MatrixMarket matrix array pattern symmetric\n1 1\n', /field 'pattern' says only where entries are/],
    [
      '%%MatrixMarket matrix coordinate float symmetric\n1 1 0\n',
      /field 'float' is not supported, expected real, double, complex, integer, unsigned-integer, pattern/,
    ],
    [
      '%%MatrixMarket matrix coordinate real Symetric\n1 1 0\n',
      /symmetry 'symetric' is not supported, expected general, symmetric or hermitian/,
    ],
    [
      '%%MatrixMarket matrix coordinate real\n1 1 0\n',
      /is not a Matrix Market file: expected a first line such as/,
    ],
    ['\n%%MatrixMarket matrix coordinate real general\n1 1 0\n', /is not a Matrix Market file/],
    [
      `%%MatrixMarket matrix coordinate real symmetric\n2 2 1\n1 1 1e99999999999999999999\n`,
      /is not a finite number/,
    ],
    [`%%MatrixMarket matrix coordinate real symmetric\n2 2 1\n1 1 1.5+\n`, /'1\.5\+' is not a finite number/],
    [
      `%%MatrixMarket matrix coordinate real symmetric\n2 2 1\n1 1 ${'1'.repeat(1e6)}x\n`,
      /line 3: '1{40}…' is not a finite number/,
    ],
    [
      `%%MatrixMarket matrix coordinate real symmetric\n2 2 1\n${'1'.repeat(1e6)} 1 1\n`,
      /line 3: index 1{40}, expected/,
    ],
    [`%%MatrixMarket matrix coordinate real symmetric\n99999999 99999999 1\n1 1 1\n`, /beyond the 4\.00 GiB/],
    [
      '%%MatrixMarket matrix coordinate real symmetric\n0 0 1\n1 1 1\n',
      /index 1, expected a whole number from 1 to 0/,
    ],
  ])('%#. %.80s is refused', async (text, reason) => {
    expect(await refusal((async () => read(text))())).toMatch(reason);
  });

  test('lines of any length in pieces of any size', () => {
    const n = 300;
    const words = Array.from({ length: n * n }, (_, i) => `${i}.${'0'.repeat(i % 50)}`);
    const all = words.map(Number);
    const head = `%%MatrixMarket matrix array real general\n%${'c'.repeat(2 ** 21)}\n${n} ${n}\n`;
    expect(read(head + words.join('\n'))).toEqual(all);
    expect(read(head + words.join(' '))).toEqual(all);
    expect(read(head + words.join('\r\n'))).toEqual(all);
    expect(() => read(`${head}${' '.repeat(2 ** 26 + 2 ** 21)}1`)).toThrow(
      /line 4: is longer than 67108864 bytes/,
    );
  });

  test('numbers that Fortran prints are the nearest doubles', () => {
    const letters = ['e', 'E', 'd', 'D', 'q', 'Q'];
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constantFrom(...letters),
        (x, letter) => {
          const [mantissa, exponent] = x.toExponential().split('e');
          expect(parseDecimal(`${mantissa}${letter}${exponent}`)).toBe(x + 0);
          // Without a letter where it does not fit: behind a point, and three digits.
          const pointed = mantissa.includes('.') ? mantissa : `${mantissa}.`;
          const printed = exponent.length === 4;
          expect(parseDecimal(`${pointed}${exponent}`)).toBe(printed ? x + 0 : undefined);
          expect(parseDecimal(String(x))).toBe(x + 0);
        },
      ),
    );
    for (const wrong of [
      '',
      '.',
      '+',
      'e5',
      '1e',
      '1d+',
      '1 e5',
      '0x10',
      '1_000',
      'Infinity',
      'nan',
      '1,5',
      '１',
      '1e5e5',
      '--1',
    ]) {
      expect(parseDecimal(wrong)).toBeUndefined();
    }
  });
});
