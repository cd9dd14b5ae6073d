// A matrix file is known by what it holds, whatever its name says.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSymmetricMatrix } from '../../../cli/src/files/matrix/read.js';
import { InputError } from '../../../src/wasm/errors.js';
import { path, reference } from '../../support/fileFormats.js';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-formats-'));
});
afterAll(() => rm(scratch, { recursive: true }));

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
