// Sparse matrices from Matrix Market files: the hostile ones that emft eigh refuses are refused, the others are the same matrices.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCore, InputError } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readMatrix } from '../../../cli/src/files/matrix/read.js';
import { parseSparse, readSparse } from '../../../cli/src/files/matrix/sparse.js';
import { matrixFiles } from '../../fixtures/hostile/matrixFiles.js';

const core = await createCore();
let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'emft-sparse-'));
});
afterAll(async () => {
  await rm(scratch, { recursive: true });
  core.dispose();
});

// The one that is only too large for a decomposition is none.
const files = matrixFiles.filter(({ name }) => name.endsWith('.mtx') && name !== '16000 by 16000.mtx');

test('there are hostile files', () => expect(files.length).toBeGreaterThan(20));

test.each(files)('$name', async ({ name, bytes, expected }) => {
  const path = join(scratch, name);
  await writeFile(path, bytes);
  if (expected instanceof RegExp) {
    const error = await readSparse(path).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message.startsWith(path)).toBe(true);
    expect((error as InputError).message).not.toContain('\n');
    return;
  }
  const { complex, operator } = await readSparse(path);
  const whole = await readMatrix(path);
  expect(complex).toBe(whole.kind === 'complex');
  expect([...operator(core).toDense()].map((x) => x + 0)).toEqual([...whole.a].map((x) => x + 0));
});

const parsed = (text: string) => parseSparse('m.mtx', Buffer.from(text)).operator(core).toDense();

test('either triangle, entries that are there twice, general and Hermitian ones', () => {
  const banner = '%%MatrixMarket matrix coordinate';
  expect([...parsed(`${banner} real symmetric\n3 3 4\n2 1 1\n1 1 4\n2 1 0.5\n2 3 -2\n`)]).toEqual([
    4, 1.5, 0, 1.5, 0, -2, 0, -2, 0,
  ]);
  expect([...parsed(`${banner} complex general\n2 2 3\n1 2 1 -2\n2 1 1 2\n2 2 3 0\n`)]).toEqual([
    0, 0, 1, -2, 1, 2, 3, 0,
  ]);
  expect([...parsed(`${banner} complex hermitian\n2 2 2\n1 2 1 -2\n2 2 3 0\n`)]).toEqual([
    0, 0, 1, -2, 1, 2, 3, 0,
  ]);
});

test.each([
  ['real general\n2 2 1\n1 2 1\n', /not symmetric: element \(2, 1\) is 0/],
  ['complex general\n1 1 1\n1 1 1 2\n', /not Hermitian: element \(1, 1\)/],
  ['complex general\n2 2 2\n1 2 1 2\n2 1 1 2\n', /not Hermitian/],
  ['real symmetric\n2 2 2\n1 2 1\n2 1 1\n', /both there/],
  ['real symmetric\n1 1 1\n1 1 1e200\n', /expected at most 1e\+?150/],
  ['real symmetric\n300000000 300000000 0\n', /expected an order of at most/],
])('%j is refused', (rest, message) => {
  expect(() => parsed(`%%MatrixMarket matrix coordinate ${rest}`)).toThrow(message);
});
