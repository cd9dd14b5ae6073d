// Matrices in files: .npy of every type and order, Matrix Market of every kind, and damaged ones.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMatrixMarket } from 'emft/check';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkMatrixOrder, symmetrize } from '../../../cli/src/common/matrix/matrix.js';
import { encodeNpy, parseNpy } from '../../../cli/src/common/matrix/npy.js';
import { readCouplings } from '../../../cli/src/files/couplings.js';
import { readMatrix } from '../../../cli/src/files/matrix/read.js';
import { InputError } from '../../../src/wasm/errors.js';

const fixture = (name: string) => new URL(`../../fixtures/npy/${name}.npy`, import.meta.url);
const path = (name: string) => fixture(name).pathname;
/** The matrix that scripts/fixtures/npy.py saves. */
const reference = [2, -1, 0.5, -1, 3, 0.25, 0.5, 0.25, -4];

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-matrix-'));
});
afterAll(() => rm(scratch, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const target = join(scratch, name);
  await writeFile(target, content);
  return target;
}

describe('.npy', () => {
  test.each(['c-order', 'big-endian', 'single', 'version-2', 'version-3'])(
    '%s as NumPy wrote it',
    async (name) => {
      const { n, a } = await readMatrix(path(name));
      expect(n).toBe(3);
      expect(Array.from(a)).toEqual(reference);
    },
  );

  test('Fortran order keeps rows and columns apart', async () => {
    const { a } = parseNpy('file', await readFile(fixture('fortran')));
    expect(Array.from(a)).toEqual([2, -1, 0.5, -1 + 1e-15, 3, 0.25, 0.5 + 1e-15, 0.25 + 1e-15, -4]);
  });

  test('C order keeps rows and columns apart', async () => {
    const { a } = parseNpy('file', await readFile(fixture('asymmetric')));
    expect(a[0 + 1 * 3]).toBe(-1 + 1e-9);
    expect(a[1 + 0 * 3]).toBe(-1);
  });

  test.each(['int-i1', 'int-i2', 'int-i4', 'int-i8'])('%s', async (name) => {
    const { a } = await readMatrix(path(name));
    expect(Array.from(a, (x) => x + 0)).toEqual([2, -1, 0, -1, 3, 0, 0, 0, -4]);
  });

  test('unsigned bytes and an empty matrix', async () => {
    expect(Array.from((await readMatrix(path('uint8'))).a)).toEqual([1, 200, 200, 3]);
    expect(await readMatrix(path('empty'))).toEqual({
      kind: 'real',
      n: 0,
      a: new Float64Array(0),
      tolerance: 1e-12,
    });
  });

  test.each([
    ['records', /structured dtype/],
    ['vector', /1 dimensions \(3\), expected a matrix/],
    ['scalar', /0 dimensions/],
    ['cube', /3 dimensions \(2, 2, 2\)/],
    ['wide', /2 × 3, expected a square matrix/],
    ['nan', /element \(1, 2\), counted from 0, is NaN/],
    ['huge-int', /element \(0, 1\), counted from 0, is an integer beyond 2\^53/],
    ['asymmetric', /element \(1, 0\), counted from 0, is -1 but \(0, 1\) is -0\.999999999/],
  ])('%s is refused', async (name, message) => {
    const error = await readMatrix(path(name)).catch((e) => e);
    expect(error).toBeInstanceOf(InputError);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(`${name}.npy`);
  });

  test('every truncation is refused', async () => {
    const bytes = await readFile(fixture('c-order'));
    for (let length = 0; length < bytes.length; ++length) {
      expect(() => parseNpy('file', bytes.subarray(0, length))).toThrow(InputError);
    }
    expect(() => parseNpy('file', bytes.subarray(0, bytes.length - 1))).toThrow(/truncated: 1 of 72 bytes/);
    expect(() => parseNpy('file', Buffer.concat([bytes, Buffer.from('x')]))).toThrow(/1 bytes after/);
  });

  test('an order beyond memory is refused before anything is allocated', async () => {
    const bytes = await readFile(fixture('c-order'));
    const text = bytes.toString('latin1').replace('(3, 3), }              ', '(1000000, 1000000), }  ');
    const forged = Buffer.from(text, 'latin1');
    expect(() => parseNpy('file', forged)).toThrow(/1000000 × 1000000: .* beyond the 4\.00 GiB/);
  });

  test('damaged bytes give an error or a matrix, never anything else', async () => {
    const bytes = await readFile(fixture('c-order'));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 }), (changes) => {
        const damaged = Uint8Array.from(bytes);
        for (const [i, byte] of changes) damaged[i] = byte;
        try {
          const { n, a } = parseNpy('file', damaged);
          expect(a.length).toBe(n * n);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });

  test('what is written is read back bit for bit', () => {
    fc.assert(
      fc.property(
        fc.nat(6),
        fc.infiniteStream(fc.double({ noNaN: true, noDefaultInfinity: true })),
        (n, xs) => {
          const a = Float64Array.from({ length: n * n }, () => xs.next().value as number);
          const bytes = encodeNpy(a, n, n);
          expect((bytes.length - 8 * n * n) % 64).toBe(0);
          expect(parseNpy('file', bytes)).toEqual({ kind: 'real', n, a, tolerance: 1e-12 });
        },
      ),
    );
  });
});

describe('symmetry', () => {
  test('differences of rounding size pass, and the lower triangle counts', () => {
    const a = Float64Array.of(1, 2, 2 + 1e-13, 1);
    symmetrize('m', { kind: 'real', n: 2, a, tolerance: 1e-12 });
    expect(Array.from(a)).toEqual([1, 2, 2, 1]);
    const different = Float64Array.of(1, 2, 2 + 1e-11, 1);
    expect(() => symmetrize('m', { kind: 'real', n: 2, a: different, tolerance: 1e-12 })).toThrow(InputError);
  });
});

describe('Matrix Market', () => {
  const read = (text: string) => {
    const { n, a } = parseMatrixMarket('file', Buffer.from(text), checkMatrixOrder, () => {});
    return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => a[i + j * n]));
  };

  test('coordinate, symmetric: comments, blanks, Fortran exponents, repeated entries', () => {
    const text = `%%MatrixMarket matrix coordinate real symmetric
% a comment

 3 3 5
1 1 2.5
% another
2 1 -1.0D+00\r
3 3 1e-3
3 1 .5
3 1 .25
`;
    expect(read(text)).toEqual([
      [2.5, -1, 0.75],
      [-1, 0, 0],
      [0.75, 0, 1e-3],
    ]);
  });

  test('coordinate, general and pattern', () => {
    expect(read('%%MatrixMarket matrix coordinate integer general\n2 2 3\n1 2 7\n2 1 7\n2 2 -3')).toEqual([
      [0, 7],
      [7, -3],
    ]);
    expect(read('%%matrixmarket MATRIX Coordinate Pattern Symmetric\n2 2 1\n2 1\n')).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  test('array, general and symmetric, by columns', () => {
    expect(read('%%MatrixMarket matrix array real general\n2 2\n1\n2\n3\n4\n')).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect(read('%%MatrixMarket matrix array real symmetric\n3 3\n1\n2\n3\n4\n5\n6\n')).toEqual([
      [1, 2, 3],
      [2, 4, 5],
      [3, 5, 6],
    ]);
    expect(read('%%MatrixMarket matrix array real symmetric\n0 0\n')).toEqual([]);
  });

  const coordinate = '%%MatrixMarket matrix coordinate real symmetric\n';
  test.each([
    ['', /not a Matrix Market file/],
    ['1 2 3\n', /not a Matrix Market file/],
    ['%%MatrixMarket matrix coordinate complex symmetric\n1 1 0\n', /symmetry 'symmetric' of complex/],
    ['%%MatrixMarket matrix coordinate real skew-symmetric\n1 1 0\n', /symmetry 'skew-symmetric'/],
    ['%%MatrixMarket matrix coordinate complex skew-symmetric\n1 1 0\n', /symmetry 'skew-symmetric'/],
    ['%%MatrixMarket vector coordinate real general\n1 1 0\n', /object 'vector'/],
    ['%%MatrixMarket matrix array pattern general\n1 1\n', /field 'pattern'/],
    [coordinate, /truncated: the line with the size/],
    [`${coordinate}2 2\n`, /line 2: expected 3 whole numbers/],
    [`${coordinate}2 -2 1\n`, /line 2: expected 3 whole numbers/],
    [`${coordinate}2 3 0\n`, /2 × 3, expected a square/],
    [`${coordinate}1000000 1000000 0\n`, /beyond the 4\.00 GiB/],
    [`${coordinate}2 2 2\n1 1 1\n`, /truncated: 1 of 2 entries/],
    [`${coordinate}2 2 1\n1 1 1\n2 2 1\n`, /line 4: more than the 1 entries/],
    [`${coordinate}2 2 1\n1 1\n`, /line 3: 2 fields, expected 3/],
    [`${coordinate}2 2 1\n3 1 1\n`, /line 3: index 3, expected a whole number from 1 to 2/],
    [`${coordinate}2 2 1\n0 1 1\n`, /index 0/],
    [`${coordinate}2 2 1\n1.5 1 1\n`, /index 1\.5/],
    [
      `${coordinate}2 2 2\n1 2 1\n2 1 1\n`,
      /line 4: entries \(2, 1\) and \(1, 2\) of a symmetric matrix are both there/,
    ],
    [`${coordinate}2 2 1\n1 1 nan\n`, /'nan' is not a finite number/],
    [`${coordinate}2 2 1\n1 1 0x10\n`, /'0x10' is not a finite number/],
    [`${coordinate}2 2 1\n1 1 1e999\n`, /'1e999' is not a finite number/],
    [`${coordinate}2 2 2\n1 1 1e308\n1 1 1e308\n`, /element \(1, 1\) is beyond a double/],
    ['%%MatrixMarket matrix coordinate integer general\n1 1 1\n1 1 1.5\n', /'1\.5' is not a whole number/],
    ['%%MatrixMarket matrix array real general\n2 2\n1\n2\n3\n', /truncated: 3 of 4 elements/],
    ['%%MatrixMarket matrix array real general\n1 1\n1\n2\n', /more than the 1 elements/],
  ])('%j is refused', (text, message) => {
    expect(() => read(text)).toThrow(InputError);
    expect(() => read(text)).toThrow(message);
  });
});

describe('files that cannot be read', () => {
  test('are named with the reason', async () => {
    await expect(readMatrix(join(scratch, 'absent.npy'))).rejects.toThrow(/absent\.npy: does not exist/);
    await expect(readMatrix(await file('m', 'one'))).rejects.toThrow(
      /begins with 'one', expected NumPy's \.npy, Matrix Market's \.mtx, rows of numbers, or two columns/,
    );
    await expect(readCouplings(scratch)).rejects.toThrow(/is a directory/);
    await expect(readCouplings(await file('plain', '1'))).resolves.toEqual(Float64Array.of(1));
    await expect(readCouplings(join(scratch, 'plain/x'))).rejects.toThrow(InputError);
  });
});

describe('couplings', () => {
  test.each([
    ['a.txt', '0.5\n0.25 0.125\n# done\n'],
    ['a.csv', '0.5,0.25,0.125'],
    ['b.csv', 'g\n0.5\n0.25\n0.125\n'],
    ['c.csv', 'n,g0\n1,0.5\n2,0.25\n3,0.125\n'],
    ['d.csv', '"n";"g"\r\n1;0.5\r\n2;0.25\r\n3;0.125\r\n'],
    ['a.json', '[0.5, 0.25, 0.125]'],
    ['b.json', '{"couplings": [0.5, 0.25, 0.125]}'],
  ])('%s', async (name, text) => {
    expect(await readCouplings(await file(name, text))).toEqual(Float64Array.of(0.5, 0.25, 0.125));
  });

  test.each([
    ['e.txt', '', /holds no couplings/],
    ['f.txt', '0.5 x\n', /line 1: 'x' is not a finite number/],
    ['g.txt', '0.5\nnan\n', /line 2: 'nan'/],
    ['h.csv', 'a,b\n1,2\n', /none of the columns/],
    ['i.csv', 'n,g\n1\n', /line 2: 1 fields, expected 2/],
    ['j.json', '[0.5, ', /not valid JSON/],
    ['k.json', '[0.5, "1"]', /element 1 is "1"/],
    ['l.json', '{"g": 1}', /expected an array/],
  ])('%s is refused', async (name, text, message) => {
    await expect(readCouplings(await file(name, text))).rejects.toThrow(message);
    await expect(readCouplings(join(scratch, name))).rejects.toThrow(InputError);
  });
});
