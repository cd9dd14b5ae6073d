// Matrix files as NumPy, SciPy, the big collections and Fortran programs write them (scripts/fixtures/npy.py and
// matrixMarket.py wrote the fixtures), and every string of bytes that none of them would.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCouplings } from '../../../cli/src/files/couplings.js';
import { parseDecimal } from '../../../cli/src/files/decimal.js';
import { parseMatrixMarket } from '../../../cli/src/files/matrix/matrixMarket.js';
import { parseNpy } from '../../../cli/src/files/matrix/npy.js';
import { readSymmetricMatrix } from '../../../cli/src/files/matrix/read.js';
import { records, separatorOf } from '../../../cli/src/files/table.js';
import { decodeText, parseJson } from '../../../cli/src/files/text.js';
import { InputError } from '../../../src/wasm/errors.js';
import expected from '../../fixtures/mtx/expected.json' with { type: 'json' };

const path = (name: string) => new URL(`../../fixtures/${name}`, import.meta.url).pathname;
/** The matrix that the scripts save. */
const reference = [2, -1, 0.5, -1, 3, 0.25, 0.5, 0.25, -4];

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-formats-'));
});
afterAll(() => rm(scratch, { recursive: true }));

/** The one line that a file is refused with. */
async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  const { message } = error as InputError;
  expect(message).not.toContain('\n');
  expect(message.length).toBeLessThan(600);
  return message;
}

describe('.npy of NumPy', () => {
  test.each(['half', 'half-big-endian', 'single-big-endian', 'single-fortran'])('%s', async (name) => {
    expect([...(await readSymmetricMatrix(path(`npy/${name}.npy`))).a]).toEqual(reference);
  });

  test('bool and uint64', async () => {
    expect([...(await readSymmetricMatrix(path('npy/bool.npy'))).a]).toEqual([1, 0, 0, 1]);
    expect([...(await readSymmetricMatrix(path('npy/uint64.npy'))).a]).toEqual([2, 2 ** 53, 2 ** 53, 0]);
  });

  test('the whole range of half precision: largest, normal, subnormal, signed zero, rounded', async () => {
    const { n, a } = await readSymmetricMatrix(path('npy/half-range.npy'));
    const diagonal = Array.from({ length: n }, (_, i) => a[i + i * n]);
    expect(diagonal).toEqual([65504, 2 ** -14, 2 ** -24, 1023 * 2 ** -24, -0, 0.333251953125]);
  });

  test('every number of half precision that there is', async () => {
    const n = 256;
    const bytes = await readFile(path('npy/half.npy'));
    const head = Buffer.from(
      bytes.subarray(0, 128).toString('latin1').replace('(3, 3), }    ', '(256, 256), }'),
      'latin1',
    );
    const bits = Uint16Array.from({ length: n * n }, (_, i) => ((i & 0x7c00) === 0x7c00 ? 0 : i));
    const { a } = parseNpy('x', Buffer.concat([head, Buffer.from(bits.buffer)]));
    for (let i = 0; i < n * n; ++i) {
      const [sign, exponent, fraction] = [bits[i] >> 15, (bits[i] >> 10) & 31, bits[i] & 1023];
      const size = exponent === 0 ? fraction / 1024 / 2 ** 14 : (1 + fraction / 1024) * 2 ** (exponent - 15);
      // Row by row in the file, column by column here.
      const value = a[Math.floor(i / n) + (i % n) * n];
      if (!Object.is(value, sign ? -size : size)) throw new Error(`${bits[i]} is read as ${value}`);
    }
  });

  test.each(['single', 'half', 'double'])(
    '%s precision: a product that is symmetric up to its rounding',
    async (name) => {
      const { n, a } = await readSymmetricMatrix(path(`npy/product-${name}.npy`));
      const raw = parseNpy('x', await readFile(path(`npy/product-${name}.npy`)));
      expect(n).toBe(40);
      let uneven = 0;
      for (let i = 0; i < n; ++i) {
        for (let j = 0; j < i; ++j) {
          if (raw.a[i + j * n] !== raw.a[j + i * n]) uneven++;
          expect(a[j + i * n]).toBe(raw.a[i + j * n]);
        }
      }
      expect(uneven).toBeGreaterThan(100);
    },
  );

  test.each([
    ['uneven-double', /not symmetric: element \(1, 0\).*up to 1e-12 of the largest element/],
    ['uneven-single', /not symmetric: element \(1, 0\).*up to 0\.00001 of the largest element/],
    ['uneven-half', /not symmetric: element \(1, 0\).*up to 0\.01 of the largest element/],
    [
      'uneven-int',
      /not symmetric: element \(1, 0\), counted from 0, is 1000000000000000 but \(0, 1\) is 1000000000000001$/,
    ],
    ['half-overflow', /element \(0, 0\), counted from 0, is Infinity/],
    ['single-overflow', /element \(0, 1\), counted from 0, is -Infinity/],
    ['long-double', /more than double precision is not supported; save it as float64/],
    ['complex-single', /'<c8': complex matrices are not supported yet; .* saved as a\.real/],
    ['objects', /'\|O': that type is not supported/],
    ['text', /'<U3': that type is not supported/],
    ['dates', /'<M8\[s\]': that type is not supported/],
    ['two-arrays', /has 200 bytes after the data of a 3 × 3 matrix/],
    ['scalar', /has 0 dimensions/],
  ])('%s is refused', async (name, reason) => {
    expect(await refusal(readSymmetricMatrix(path(`npy/${name}.npy`)))).toMatch(reason);
  });

  test('an archive is told as such', async () => {
    expect(await refusal(readSymmetricMatrix(path('npy/archive.npz')))).toMatch(
      /is packed \(zip\); unpack it first/,
    );
  });
});

describe('Matrix Market', () => {
  test.each(Object.entries(expected))('%s', async (name, rows) => {
    const { n, a } = await readSymmetricMatrix(path(`mtx/${name}.mtx`));
    expect(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => a[i + j * n]))).toEqual(
      rows,
    );
  });

  test.each([
    ['complex-hermitian', /line 1: field 'complex' is not supported yet: .* saved as real/],
    ['complex-array', /line 1: field 'complex' is not supported yet/],
    ['skew', /line 1: symmetry 'skew-symmetric': its eigenvalues are imaginary/],
    ['skew-array', /line 1: symmetry 'skew-symmetric': its eigenvalues are imaginary/],
    ['nan', /line 9: 'NaN' is not a finite number/],
    ['huge-integer', /line 4: '9007199254740993' is an integer beyond 2\^53/],
    ['huge-unsigned', /line 4: '18446744073709551615' is an integer beyond 2\^53/],
  ])('%s is refused', async (name, reason) => {
    expect(await refusal(readSymmetricMatrix(path(`mtx/refused-${name}.mtx`)))).toMatch(reason);
  });

  const read = (text: string | Buffer) => [...parseMatrixMarket('x', Buffer.from(text)).a];
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
      /field 'float' is not supported, expected real, double, integer, unsigned-integer, pattern/,
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

describe('files are known by what they hold', () => {
  test.each([
    ['a.dat', 'npy/c-order.npy'],
    ['a.mtx', 'npy/c-order.npy'],
    ['a', 'mtx/scipy-array-general.mtx'],
    ['b.npy', 'mtx/scipy-coordinate-symmetric.mtx'],
  ])('%s, which is %s', async (name, source) => {
    await writeFile(join(scratch, name), await readFile(path(source)));
    expect([...(await readSymmetricMatrix(join(scratch, name))).a]).toEqual(reference);
  });

  test.each<[string, Buffer | string, RegExp]>([
    ['empty', '', /is empty, expected NumPy's \.npy or Matrix Market's \.mtx/],
    ['text.txt', '1 2\n2 1\n', /begins with '1 2.2 1.', expected NumPy's/],
    ['a.mtx.gz', Buffer.from([0x1f, 0x8b, 8, 0]), /is packed \(gzip\); unpack it first/],
  ])('%s is refused', async (name, content, reason) => {
    await writeFile(join(scratch, name), content);
    const error = await readSymmetricMatrix(join(scratch, name)).catch((e: Error) => e);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message.replaceAll('\n', '.')).toMatch(reason);
  });
});

describe('tables of couplings', () => {
  const couplings = async (text: string) => {
    await writeFile(join(scratch, 'table'), text);
    return [...(await readCouplings(join(scratch, 'table')))];
  };

  test.each([
    ['quoted header with a comma', '"site, left to right",g0\n1,0.5\n2,0.25\n'],
    ['quoted header with a line end', '"site\nnumber","g0"\n"1","0.5"\n"2","0.25"\n'],
    ['quoted header with marks', '"the ""bare"" one",g0\r\nx,0.5\r\ny,0.25\r\n'],
    ['quoted fields with commas, line ends and #', 'note,g0\n"a, b",0.5\n"c\nd # e",0.25\n'],
    ['semicolons', 'n;g\n1;0.5\n2;0.25\n'],
    ['semicolons and quoted commas', '"n, m";"g"\n1;0.5\n2;0.25'],
    ['tabs', 'my site\tg0\nfirst one\t0.5\nsecond one\t0.25\n'],
    ['blanks', '  n   g0 \n  1   0.5\n  2   0.25\n'],
    ['blanks and quotation marks', '"my site" g0\n"first one" 0.5\n"second one" 0.25\n'],
    ['blanks around fields', ' n , "g0" , x \n 1 , 0.5 , \n 2 , "0.25" ,\n'],
    ['empty fields', 'a,g0,b\n,0.5,\n,0.25,\n'],
    ['byte order mark and quotation marks', '\uFEFF"g0"\n0.5\n0.25\n'],
    ['comments', '# from somewhere, 2022\n\nn,g0 # the bare ones\n1,0.5\n# between\n2,0.25 # last\n'],
    ['a column alone', '"anything, really"\n0.5\n0.25\n'],
    ['numbers in quotation marks', '"0.5","0.25"\n'],
    ['numbers of Fortran', '0.5D0 2.5-001\n'],
    ['the first of several names', 'g,g0\n1,0.5\n2,0.25\n'],
  ])('%s', async (_, text) => {
    expect(await couplings(text)).toEqual([0.5, 0.25]);
  });

  test.each([
    ['g0,b\n"0.5,1\n', /line 2: a quotation mark is not closed/],
    ['g0,b\n"0.5"x,1\n', /line 2: 'x' behind a closing quotation mark/],
    ['g0,b\n0.5\n', /line 2: 1 fields, expected 2/],
    ['g0,b\n0.5,1,2\n', /line 2: 3 fields, expected 2/],
    ['g0,b\n,1\n', /line 2: '' is not a finite number/],
    ['g0;b\n0,5;1\n', /line 2: '0,5' is not a finite number: decimals are written with a point/],
    ['0,5;0,25\n', /line 1: '0,5' is not a finite number: decimals are written with a point/],
    ['1,2;\n', /line 1: '1,2' is not a finite number: decimals/],
    ['g0,x,g0\n1,2,3\n', /line 1: two columns are called g0/],
    ['"a\nb",g0\n1,2\n"c\n\nd",x\n', /line 4: 'x' is not a finite number/],
    ['g0\n0x10\n', /line 2: '0x10' is not a finite number/],
    ['g0\n1e999\n', /line 2: '1e999' is not a finite number/],
    ['[1, 1e999]', /element 1 is beyond the range of a double/],
    ['g0\n1\0\n', /is not text: its byte 4, counted from 0, is 0/],
  ])('%j is refused', async (text, reason) => {
    expect(await refusal(couplings(text))).toMatch(reason);
  });

  test('text in another encoding is refused with the line', async () => {
    await writeFile(join(scratch, 'latin1'), Buffer.from('g0,Größe\n1,2\n', 'latin1'));
    expect(await refusal(readCouplings(join(scratch, 'latin1')))).toMatch(/line 1: is not text in UTF-8/);
  });

  test('whatever is quoted as RFC 4180 says comes back', () => {
    const field = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'",;\t \n\r#ab') }));
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.constantFrom(',', ';', '\t', ' '),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.array(field, { minLength: 2, maxLength: 2 }), { minLength: 1 }),
        (separator, end, rows) => {
          const text = rows.map((row) => row.map(quote).join(separator)).join(end);
          const read = [...records('x', text, separator as ',')];
          expect(read.map(({ fields }) => fields)).toEqual(rows);
          expect(separatorOf(`${quote('a,b;c')}${separator}d${end}${text}`)).toBe(separator);
        },
      ),
    );
  });
});

describe('bytes of any kind give a value or one line, and soon', () => {
  const fragments = fc.constantFrom(
    ...[
      '%%MatrixMarket matrix ',
      'coordinate ',
      'array ',
      'real ',
      'integer ',
      'pattern ',
      'general',
      'symmetric',
      'hermitian',
    ],
    ...[
      '\n',
      '\r',
      '\t',
      ' ',
      '%',
      '2 2 1',
      '2 2',
      '1 1 1',
      '1',
      '1e5',
      '1.5+300',
      '-',
      '.',
      '\uFEFF',
      '\0',
      'é',
    ],
    ...['"', '""', ',', ';', '#', 'g0', '{', '}', '[', ']', ':', '"couplings"', '\\', 'null', '0.5'],
  );
  const texts = fc.oneof(
    fc.array(fragments, { maxLength: 40 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.tuple(fragments, fc.nat(100_000)).map(([part, times]) => part.repeat(times)),
  );
  const bytes = fc.oneof(
    texts.map((text) => Buffer.from(text)),
    texts.map((text) => Buffer.from(text, 'utf16le')),
    fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
    fc
      .uint8Array({ maxLength: 300 })
      .map((array) => Buffer.concat([Buffer.from('\x93NUMPY\x01\0v\0', 'latin1'), array])),
  );

  function survives(body: () => unknown): void {
    try {
      body();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as Error).message).toMatch(/^x: /);
      expect((error as Error).message.length).toBeLessThan(600);
    }
  }

  test.each<[string, (input: Buffer) => unknown]>([
    ['Matrix Market', (input) => parseMatrixMarket('x', input)],
    ['.npy', (input) => parseNpy('x', input)],
    ['text', (input) => decodeText('x', input)],
    ['JSON', (input) => parseJson('x', input.toString('utf8'))],
    ['tables', (input) => [...records('x', input.toString('utf8'), separatorOf(input.toString('utf8')))]],
  ])('%s', (_, parse) => {
    fc.assert(
      fc.property(bytes, (input) => survives(() => parse(input))),
      { numRuns: 2000 },
    );
  });

  test('files, by way of their readers', async () => {
    const file = join(scratch, 'any');
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom('', '.npy', '.mtx'), async (input, ending) => {
        await writeFile(file + ending, input);
        for (const read of [readSymmetricMatrix, readCouplings]) {
          const error = await read(file + ending).then(
            () => undefined,
            (reason: unknown) => reason,
          );
          if (error !== undefined) expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('damage to files that are right', async () => {
    const names = [
      'mtx/scipy-coordinate-symmetric.mtx',
      'mtx/scipy-array-symmetric.mtx',
      'mtx/nist-fortran.mtx',
    ];
    for (const name of [...names, 'npy/half.npy', 'npy/single-big-endian.npy', 'npy/uint64.npy']) {
      const good = await readFile(path(name));
      const parse = name.endsWith('.npy') ? parseNpy : parseMatrixMarket;
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
          (changes) => {
            const damaged = Buffer.from(good);
            for (const [i, byte] of changes) damaged[i] = byte;
            survives(() => parse('x', damaged));
          },
        ),
        { numRuns: 500 },
      );
      for (let length = 0; length < good.length; ++length)
        survives(() => parse('x', good.subarray(0, length)));
    }
  });
});
