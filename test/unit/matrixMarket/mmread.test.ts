// Sparse matrices from texts in the Matrix Market format, by the library alone: the files that SciPy and Fortran programs wrote, with the
// numbers that SciPy read from them.
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { createCore, InputError, mmread, mmreadAsync, type SparseMatrix } from 'emft';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import expected from '../../fixtures/mtx/expected.json' with { type: 'json' };

const core = await createCore();
afterAll(() => core.dispose());

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/mtx/${name}.mtx`, import.meta.url));
const rowsOf = (matrix: SparseMatrix) => {
  const { n, complex } = matrix;
  const dense = core.csr(matrix).toDense();
  const width = complex ? 2 * n : n;
  return Array.from({ length: n }, (_, i) =>
    Array.from(dense.subarray(i * width, (i + 1) * width), (x) => x + 0),
  );
};

const tooLarge = ['scipy-uneven', 'fortran-exponents'];

test.each(Object.entries(expected))('%s, as scipy.io.mmread reads it', (name, rows) => {
  if (tooLarge.includes(name))
    expect(() => mmread(fixture(name))).toThrow(/expected at most 1e\+150 in size/);
  else expect(rowsOf(mmread(fixture(name)))).toEqual(rows);
});

test('a Hermitian matrix, from its text with a byte order mark', () => {
  const text =
    '\ufeff%%MatrixMarket matrix coordinate complex hermitian\n% Größe\n2 2 2\r\n2 1 0.5 1\n2 2 3 0\n';
  const matrix = mmread(text);
  expect(matrix).toEqual({
    n: 2,
    complex: true,
    indptr: Uint32Array.of(0, 1, 3),
    indices: Uint32Array.of(1, 0, 1),
    data: Float64Array.of(0.5, -1, 0.5, 1, 3, 0),
  });
});

describe('any symmetric matrix', () => {
  const matrices = fc.integer({ min: 1, max: 12 }).chain((n) =>
    fc.record({
      n: fc.constant(n),
      entries: fc.uniqueArray(
        fc.record({
          i: fc.nat(n - 1),
          j: fc.nat(n - 1),
          x: fc.double({ min: -1e150, max: 1e150, noNaN: true }),
        }),
        { selector: ({ i, j }) => `${Math.max(i, j)} ${Math.min(i, j)}`, maxLength: 40 },
      ),
    }),
  );

  test('is read with the bits of its numbers, from either triangle or both, at once and in slices', async () => {
    await fc.assert(
      fc.asyncProperty(matrices, async ({ n, entries }) => {
        const dense = new Float64Array(n * n);
        for (const { i, j, x } of entries) {
          // Zeros have no sign in a sum.
          dense[i * n + j] = x + 0;
          dense[j * n + i] = x + 0;
        }
        const lines = entries.map(({ i, j, x }) => `${i + 1} ${j + 1} ${x}`);
        const mirrored = entries.flatMap(({ i, j, x }) => (i === j ? [] : [`${j + 1} ${i + 1} ${x}`]));
        const text = (kind: string, list: string[]) =>
          `%%MatrixMarket matrix coordinate real ${kind}\n${n} ${n} ${list.length}\n${list.join('\n')}\n`;
        const symmetric = mmread(text('symmetric', lines));
        expect(core.csr(symmetric).toDense()).toEqual(dense);
        const general = text('general', [...lines, ...mirrored]);
        expect(mmread(general)).toEqual(symmetric);
        expect(await mmreadAsync(general)).toEqual(symmetric);
      }),
      { numRuns: 60 },
    );
  });
});

const long = () => {
  const n = 60_000;
  const lines = Array.from({ length: n }, (_, i) => `${i + 1} ${i + 1} ${i}`);
  return `%%MatrixMarket matrix coordinate integer symmetric\n${n} ${n} ${n}\n${lines.join('\n')}\n`;
};

test('in slices progress never falls, and what the caller writes meanwhile is not seen', async () => {
  const bytes = new TextEncoder().encode(long());
  const whole = mmread(bytes);
  const seen: number[] = [];
  const reading = mmreadAsync(bytes, { slice: 0, onProgress: (fraction) => seen.push(fraction) });
  bytes.fill(120);
  expect(await reading).toEqual(whole);
  expect(seen.length).toBeGreaterThan(5);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen.at(-1)).toBe(1);
});

const small = '%%MatrixMarket matrix coordinate real symmetric\n2 2 2\n1 1 2\n2 1 -1\n';

test('bytes of a Buffer were read as they became later: its slice is no copy', async () => {
  const bytes = Buffer.from(small);
  const reading = mmreadAsync(bytes);
  bytes.fill(120);
  expect(await reading).toEqual(mmread(small));
});

test('bytes of shared memory, of another realm, of subclasses and of arrays with another length are read', async () => {
  const bytes = new TextEncoder().encode(small);
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  class Odd extends Uint8Array {
    static get [Symbol.species]() {
      return Float64Array as never;
    }
  }
  for (const given of [
    shared,
    runInNewContext('Uint8Array.from(bytes)', { bytes }),
    Odd.from(bytes),
    Object.defineProperty(bytes.slice(), 'length', { value: 3 }),
    Object.defineProperty(bytes.slice(), 'length', { value: 1e300 }),
  ]) {
    expect(mmread(given)).toEqual(mmread(small));
    expect(await mmreadAsync(given)).toEqual(mmread(small));
  }
});

test('bytes that are gone, a Proxy of bytes and an heir of their prototype are refused by name', async () => {
  const gone = new TextEncoder().encode(small);
  structuredClone(gone, { transfer: [gone.buffer] });
  const revoked = Proxy.revocable(new Uint8Array(4), {});
  revoked.revoke();
  for (const given of [
    gone,
    new Proxy(new Uint8Array(4), {}),
    revoked.proxy,
    Object.create(Uint8Array.prototype),
  ]) {
    expect(() => mmread(given)).toThrow(InputError);
    expect(() => mmread(given)).toThrow(/^source: expected a /);
    await expect(mmreadAsync(given)).rejects.toThrow(/^source: expected a /);
  }
});

test('an AbortSignal ends the reading with its reason', async () => {
  const controller = new AbortController();
  const stop = () => controller.abort(new Error('enough'));
  const reading = mmreadAsync(long(), { slice: 0, signal: controller.signal, onProgress: stop });
  await expect(reading).rejects.toThrow('enough');
});

describe('what is refused', () => {
  const banner = '%%MatrixMarket matrix coordinate real general\n';
  test.each<[unknown, RegExp]>([
    [7, /^source: expected a string or a Uint8Array, got 7$/],
    [null, /^source: expected a string or a Uint8Array, got null$/],
    ['', /^source: is not a Matrix Market file: expected a first line such as/],
    [`${banner}2 2 1\n1 2 1\n`, /^source: is not symmetric: element \(2, 1\) is 0/],
    [`${banner}2 3 0\n`, /^source: line 2: is 2 × 3, expected a square matrix$/],
    [`${banner}2 2 2\n1 1 1\n`, /^source: is truncated: 1 of 2 entries are there$/],
    [
      `${banner}2 2 1\n1 1 1e151\n`,
      /^source: line 3: the element is 1e\+151, expected at most 1e\+150 in size$/,
    ],
    [
      `${banner}2 2 3\n1 1 9e149\n1 1 9e149\n2 2 1\n`,
      /^source: line 4: with it the entries there add up to 1.8e\+150, expected at most 1e\+150 in size$/,
    ],
    [
      '%%MatrixMarket matrix coordinate complex general\n1 1 1\n1 1 1 2\n',
      /^source: is not Hermitian: element \(1, 1\) is 1\+2i, and its conjugate makes it 1-2i$/,
    ],
    [banner, /^source: is truncated: the line with the size is missing$/],
  ])('%j', async (source, message) => {
    const call = () => mmread(source as string);
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
    await expect(mmreadAsync(source as string)).rejects.toThrow(message);
  });
});
