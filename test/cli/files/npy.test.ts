// Matrices as NumPy writes them (scripts/fixtures/npy.py wrote the fixtures): types, precisions, orders, and what is
// refused.
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { parseNpy } from '../../../cli/src/common/matrix/npy.js';
import { readMatrix } from '../../../cli/src/files/matrix/read.js';
import { path, reference, refusal } from '../../support/fileFormats.js';

describe('.npy of NumPy', () => {
  test.each(['half', 'half-big-endian', 'single-big-endian', 'single-fortran'])('%s', async (name) => {
    expect([...(await readMatrix(path(`npy/${name}.npy`))).a]).toEqual(reference);
  });

  test('bool and uint64', async () => {
    expect([...(await readMatrix(path('npy/bool.npy'))).a]).toEqual([1, 0, 0, 1]);
    expect([...(await readMatrix(path('npy/uint64.npy'))).a]).toEqual([2, 2 ** 53, 2 ** 53, 0]);
  });

  test('the whole range of half precision: largest, normal, subnormal, signed zero, rounded', async () => {
    const { n, a } = await readMatrix(path('npy/half-range.npy'));
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
      const { n, a } = await readMatrix(path(`npy/product-${name}.npy`));
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
    ['objects', /'\|O': that type is not supported/],
    ['text', /'<U3': that type is not supported/],
    ['dates', /'<M8\[s\]': that type is not supported/],
    ['two-arrays', /has 200 bytes after the data of a 3 × 3 matrix/],
    ['scalar', /has 0 dimensions/],
  ])('%s is refused', async (name, reason) => {
    expect(await refusal(readMatrix(path(`npy/${name}.npy`)))).toMatch(reason);
  });

  test('an archive is told as such', async () => {
    expect(await refusal(readMatrix(path('npy/archive.npz')))).toMatch(/is packed \(zip\); unpack it first/);
  });
});
