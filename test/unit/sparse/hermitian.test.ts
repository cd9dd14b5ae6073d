// Sparse matrices from lists of entries: a list of a program and a file with the same entries are one matrix.
import { createCore, InputError, mmread } from 'emft';
import { afterAll, expect, test } from 'vitest';
import { dataLines } from '../../../src/matrixMarket/lines.js';
import { sparseSteps } from '../../../src/matrixMarket/sparse.js';
import { hermitianSteps } from '../../../src/sparse/hermitian.js';
import { sortSteps } from '../../../src/sparse/sort.js';
import { LOOKED_AT } from '../../../src/sparse/tuning.js';

const core = await createCore();
afterAll(() => core.dispose());

type Entries = [i: number, j: number, x: number][];
const list = (n: number, entries: Entries) => ({
  n,
  row: entries.map(([i]) => i),
  col: entries.map(([, j]) => j),
  data: entries.map(([, , x]) => x),
});
const file = (n: number, entries: Entries, end = '\n') =>
  ['%%MatrixMarket matrix coordinate real general', `${n} ${n} ${entries.length}`]
    .concat(entries.map(([i, j, x]) => `${i + 1} ${j + 1} ${x}`))
    .join(end);

test('entries that cancel were rounding for coo and no symmetric matrix for mmread', () => {
  const entries: Entries = [
    [0, 0, 1],
    [1, 1, 1],
    [0, 1, 1e8],
    [0, 1, 0.1],
    [0, 1, -1e8],
    [1, 0, 0.1],
  ];
  const dense = core.coo(list(2, entries)).toDense();
  expect(dense).toEqual(Float64Array.of(1, 0.1, 0.1, 1));
  expect(core.csr(mmread(file(2, entries))).toDense()).toEqual(dense);
});

test('sums beyond 1e150, which csr refuses as entries, were taken by coo', () => {
  const sums: Entries = [
    [0, 0, 1],
    [1, 1, 9e149],
    [1, 1, 9e149],
  ];
  expect(() => core.coo(list(2, sums))).toThrow(InputError);
  expect(() => core.coo(list(2, sums))).toThrow(
    /^matrix\.data: adds up to 1\.8e\+150 in row 1 and column 1, expected at most 1e\+150 in size$/,
  );
  expect(() => mmread(file(2, sums))).toThrow(/expected at most 1e\+150 in size$/);
});

test('every sweep through entries and rows pauses: they were in one piece', () => {
  const n = LOOKED_AT + 1;
  const rows = new Uint32Array(n);
  for (let k = 0; k < n; ++k) rows[k] = k;
  const counted = (steps: Generator) => {
    let count = 0;
    for (;;) {
      const { done, value } = steps.next();
      if (done) return { count, value };
      count++;
    }
  };
  const columns = rows.slice();
  const data = new Float64Array(n).fill(1);
  const sorted = counted(sortSteps({ n, complex: false, rows, columns, data }, true));
  // Places, and for columns and rows: keys counted, added up, entries moved.
  expect(sorted.count).toBe(2 * 7);
  const unsaid = () => new Error('not refused');
  const rules = { lower: false, rounding: 0, tooLarge: unsaid, apart: unsaid };
  // Sums, the largest, pairs, entries of rows counted, added up, written.
  expect(counted(hermitianSteps(sorted.value, rules)).count).toBe(2 * 6);
});

test('lines that end in CR were read all at once', () => {
  const count = 2 ** 18;
  const bytes = Buffer.from('1 2 3\r'.repeat(count));
  const lines = dataLines('x', bytes);
  expect(lines.next().value).toEqual({ line: 1, words: ['1', '2', '3'] });
  bytes.write('4', bytes.length - 2);
  let last: unknown;
  for (const line of lines) last = line;
  expect(last).toEqual({ line: count, words: ['1', '2', '4'] });
});

test('a text of more than 65 MiB whose lines end in CR was refused as one long line', () => {
  const [head, ...rest] = file(1, [[0, 0, 5]], '\r').split('\r');
  const comments = Buffer.alloc(66 * 2 ** 20, `%${'x'.repeat(2 ** 18 - 2)}\r`);
  const bytes = Buffer.concat([Buffer.from(`${head}\r`), comments, Buffer.from(rest.join('\r'))]);
  const steps = sparseSteps('x', bytes);
  let step = steps.next();
  while (!step.done) step = steps.next();
  expect(step.value.data).toEqual(Float64Array.of(5));
});
