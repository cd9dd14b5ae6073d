// Every string of bytes, whatever wrote it, is read as a value or refused with one line, by each reader of files.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMatrixMarket } from 'emft/check';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkMatrixOrder } from '../../../cli/src/common/matrix/matrix.js';
import { parseNpy } from '../../../cli/src/common/matrix/npy.js';
import { records, separatorOf } from '../../../cli/src/common/table.js';
import { decodeText, parseJson } from '../../../cli/src/common/text.js';
import { readCouplings } from '../../../cli/src/files/couplings.js';
import { readMatrix } from '../../../cli/src/files/matrix/read.js';
import { InputError } from '../../../src/wasm/errors.js';
import { path } from '../../support/fileFormats.js';

let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-formats-'));
});
afterAll(() => rm(scratch, { recursive: true }));

describe('bytes of any kind give a value or one line, and soon', () => {
  const market = (name: string, input: Uint8Array) =>
    parseMatrixMarket(name, input, checkMatrixOrder, () => {});

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
    // Long enough to tell time that grows with the square of a length.
    fc
      .tuple(
        fragments,
        fc.oneof({ weight: 4, arbitrary: fc.nat(1000) }, { weight: 1, arbitrary: fc.nat(100_000) }),
      )
      .map(([part, times]) => part.repeat(times)),
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
    ['Matrix Market', (input) => market('x', input)],
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
        for (const read of [readMatrix, readCouplings]) {
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
      const parse = name.endsWith('.npy') ? parseNpy : market;
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
