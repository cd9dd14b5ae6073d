// A matrix file is known by what it holds, whatever its name says.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readMatrix } from '../../../cli/src/files/matrix/read.js';
import { InputError } from '../../../src/wasm/errors.js';
import { path, reference } from '../../support/fileFormats.js';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-formats-'));
});
afterAll(() => rm(scratch, { recursive: true }));

describe('two columns are a tridiagonal matrix', () => {
  test.each([
    ['blanks.txt', '1 4\n2 5\n3\n'],
    ['zero at the end.txt', '# d e\n1 4\n\n 2\t5 # more\n3 0\n'],
    ['nan at the end', '1 4\r\n2 5\r\n3 nan'],
    ['commas.csv', 'd,e\n1,4\n2,5\n3,\n'],
    ['semicolons.csv', '"d";"e"\n1;4\n2;5\n3;'],
    ['tabs.tsv', '\ufeff1\t4\n2\t5d0\n3\t0\n'],
    ['columns.npy', '1 4\n2 5\n3\n'],
  ])('%s', async (name, text) => {
    await writeFile(join(scratch, name), text);
    const { kind, n, a } = await readMatrix(join(scratch, name));
    expect({ kind, n, a: Array.from(a) }).toEqual({ kind: 'tridiagonal', n: 3, a: [1, 2, 3, 4, 5] });
  });

  test('of one row', async () => {
    await writeFile(join(scratch, 'one.txt'), '7\n');
    expect((await readMatrix(join(scratch, 'one.txt'))).a).toEqual(Float64Array.of(7));
  });
});

describe('complex files are Hermitian', () => {
  test.each(['npy/complex.npy', 'npy/complex-single.npy', 'mtx/complex-hermitian.mtx'])(
    '%s',
    async (name) => {
      const { kind, n, a } = await readMatrix(path(name));
      expect(kind).toBe('complex');
      expect(a).toHaveLength(2 * n * n);
      for (let i = 0; i < n; ++i) {
        for (let j = 0; j < n; ++j) {
          expect(a[2 * (i * n + j)]).toBe(a[2 * (j * n + i)]);
          expect(a[2 * (i * n + j) + 1] + a[2 * (j * n + i) + 1]).toBe(0);
        }
      }
    },
  );
});

describe('files are known by what they hold', () => {
  test.each([
    ['a.dat', 'npy/c-order.npy'],
    ['a.mtx', 'npy/c-order.npy'],
    ['a', 'mtx/scipy-array-general.mtx'],
    ['b.npy', 'mtx/scipy-coordinate-symmetric.mtx'],
  ])('%s, which is %s', async (name, source) => {
    await writeFile(join(scratch, name), await readFile(path(source)));
    expect([...(await readMatrix(join(scratch, name))).a]).toEqual(reference);
  });

  // As numpy.savetxt and print, and MATLAB write a matrix, whatever the file is called; with names; as JSON; more than the beginning that decides.
  test.each<[string, string, number[]]>([
    ['rows', '2.0e+00 -1.0e+00 0.0e+00\n-1.0e+00 2.0e+00 0\n0 0 1\n', [2, -1, 0, -1, 2, 0, 0, 0, 1]],
    ['rows.dat', '# a comment\n2,-1,0\n-1,2,0\n0,0,1\n', [2, -1, 0, -1, 2, 0, 0, 0, 1]],
    ['named.csv', 'a;b;c\n2;0;1\n0;2;0\n1;0;3\n', [2, 0, 1, 0, 2, 0, 1, 0, 3]],
    ['matrix.json', '[[2, 1], [1, 0]]', [2, 1, 1, 0]],
    ['pair.txt', '2 -1\n-1 2\n', [2, -1, -1, 2]],
    ['pair.csv', '1, 2;\n2, 1;\n', [1, 2, 2, 1]],
    ['swap.json', '[[0, 1], [1, 0]]', [0, 1, 1, 0]],
    ['numpy.txt', 'array([[1., 2.],\n       [2., 1.]])\n', [1, 2, 2, 1]],
    ['matlab.txt', '% a comment\n3 0 0\n0 1 0\n0 0 2\n', [3, 0, 0, 0, 1, 0, 0, 0, 2]],
    ['complex2.txt', '1 2+2j\n2-2j -1\n', [1, 0, 2, 2, 2, -2, -1, 0]],
    [
      'savetxt.txt',
      ' (1e+00+0e+00j)  (0e+00+2e+00j)\n (0e+00-2e+00j)  (1e+00+0e+00j)\n',
      [1, 0, 0, 2, 0, -2, 1, 0],
    ],
    ['complex.txt', '1 0 2-1i\n0 1 0\n2+1i 0 3\n', [1, 0, 0, 0, 2, -1, 0, 0, 1, 0, 0, 0, 2, 1, 0, 0, 3, 0]],
    ['long.txt', Array(1000).fill(Array(1000).fill('0.125').join(' ')).join('\n'), Array(1e6).fill(0.125)],
  ])('%s, rows of numbers', async (name, text, expected) => {
    await writeFile(join(scratch, name), text);
    expect([...(await readMatrix(join(scratch, name))).a]).toEqual(expected);
  });

  test.each<[string, Buffer | string, RegExp]>([
    ['empty', '', /is empty, expected NumPy's \.npy, Matrix Market's \.mtx, rows of numbers, or two columns/],
    ['three', '1 2 3\n2 1 3\n', /is 2 × 3, expected a square matrix/],
    ['whole.txt', '2 -1 0\n-0.5 2 0\n0 0 1\n', /is not symmetric: element \(1, 0\)/],
    ['whole.json', '[[1, 2], [2]]', /row 1, counted from 0, has 1 numbers, row 0 has 2/],
    ['broken.json', '1 x', /x/],
    ['words', 'd e\nf g\n1 2\n', /begins with 'd e.f g.1 2.', expected NumPy's/],
    ['named', 'd e\n1 2\n', /line 2: element \(0, 1\) is 2: row i holds/],
    ['empty.txt', '', /holds no numbers/],
    ['header.csv', 'd,e\n', /holds no numbers/],
    [
      'ragged.csv',
      'd,e\n1,2\n3\n4,5\n',
      /line 3: 1 fields, expected 2: the diagonal element \(1, 1\) and \(1, 2\) beside it/,
    ],
    ['three.txt', '1 2\n3 4 5\n', /line 2: 3 fields, expected 2/],
    ['last.txt', '1 2\n3 4\n', /is not symmetric: element \(1, 0\)/],
    ['inf.json', '[[1e400]]', /element \(0, 0\), counted from 0, is Infinity, not a finite number/],
    ['word.txt', '1 2\nx 4\n', /element \(1, 0\), counted from 0, is 'x', not a finite number/],
    ['infinite.txt', '1 1e999\n2\n', /line 1: '1e999' is not a finite number/],
    ['quoted.csv', '1,"2\n3', /a quotation mark is not closed/],
    ['zeros.txt', Buffer.alloc(100), /./],
    ['a.mtx.gz', Buffer.from([0x1f, 0x8b, 8, 0]), /is packed \(gzip\); unpack it first/],
  ])('%s is refused', async (name, content, reason) => {
    await writeFile(join(scratch, name), content);
    const error = await readMatrix(join(scratch, name)).catch((e: Error) => e);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message.replaceAll('\n', '.')).toMatch(reason);
  });
});
