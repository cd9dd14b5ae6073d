// Matrices in the forms that people have at hand give the bits of a Float64Array, and what is wrong with them is named.
import { type ComplexMatrixNumbers, type Core, createCore, InputError, type MatrixNumbers } from 'emft';
import { afterAll, beforeAll, expect, test } from 'vitest';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const n = 7;
/** Rows of `width` numbers. */
const rowsOf = (a: Float64Array, width: number) =>
  Array.from({ length: a.length / width }, (_, i) => a.slice(i * width, (i + 1) * width));

test('real matrices, with n or without', async () => {
  const a = core.goe(n, { seed: 1 });
  const b = Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 2 : 0));
  const expected = core.eigh(a, n);
  const rows = rowsOf(a, n);
  for (const given of [a, Array.from(a), rows, rows.map((row) => Array.from(row))]) {
    expect(core.eigh(given)).toEqual(expected);
    expect(core.eigh(given, n)).toEqual(expected);
    expect(await core.eighAsync(given)).toEqual(expected);
    expect(core.eigh(given, n, { b: rowsOf(b, n) })).toEqual(core.eigh(a, n, { b }));
    expect(core.eighBatch([given, given] as Float64Array[], n, 2)).toEqual(
      core.eighBatch(Float64Array.of(...a, ...a), n, 2),
    );
  }
  const single = Float32Array.from(a);
  expect(core.eigh(single)).toEqual(core.eigh(Float64Array.from(single), n));
  expect(core.eigh([]).values).toHaveLength(0);
  expect(core.eigh([[5]]).values).toEqual(Float64Array.of(5));
});

test('complex matrices', async () => {
  const real = core.goe(n, { seed: 2 });
  const a = Float64Array.from({ length: 2 * n * n }, (_, k) =>
    k % 2 === 0 ? real[k >> 1] : (k >> 1) % (n + 1) === 0 ? 0 : 0.3 * real[k >> 1],
  );
  const expected = core.eighComplex(a, n);
  const rows = rowsOf(a, 2 * n);
  for (const given of [a, Array.from(a), rows, rows.map((row) => rowsOf(row, 2))]) {
    expect(core.eighComplex(given)).toEqual(expected);
    expect(await core.eighComplexAsync(given, n)).toEqual(expected);
    expect(core.eighComplexBatch([given, given] as Float64Array[], n, 2)).toEqual(
      core.eighComplexBatch(Float64Array.of(...a, ...a), n, 2),
    );
  }
});

test('what is wrong is named', () => {
  const real: [unknown, number | undefined, string][] = [
    [[1, 2, 3], undefined, 'a: expected n*n elements of some whole n, got 3'],
    [[[1, 2], [3]], undefined, 'a[1]: has 1 elements, expected 2, as there are in the first'],
    [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      undefined,
      'a: expected n*n = 4 elements, got 6',
    ],
    [[[1, 2, 3, 4]], 2, 'a: expected 4 elements in one list or in 2 × 2, got 1 × 4'],
    [
      [
        [1, 'x'],
        [2, 3],
      ],
      undefined,
      'a[0][1]: expected a number, got "x"',
    ],
    [[[Number.NaN]], undefined, 'a: entry (0, 0) is NaN, expected a finite number'],
    [{}, undefined, 'a: expected n*n numbers or n rows of them, got a value of type Object'],
    [[1], 1.5, 'n: expected a whole number ≥ 0, got 1.5'],
  ];
  for (const [a, order, message] of real) {
    expect(() => core.eigh(a as MatrixNumbers, order)).toThrow(message);
    expect(() => core.eigh(a as MatrixNumbers, order)).toThrow(InputError);
  }
  const complex: [unknown, string][] = [
    [[1, 2, 3], 'a: expected 2*n*n elements of some whole n, got 3'],
    [[[1], [2]], 'a: expected 2*n*n = 8 elements, got 2'],
    [[[[1, 0]], [[1, 0]]], 'a: expected 2*n*n = 8 elements, got 4'],
  ];
  for (const [a, message] of complex) {
    expect(() => core.eighComplex(a as ComplexMatrixNumbers)).toThrow(message);
  }
});

test('eta of a number is a number', () => {
  expect(core.eta(0.1)).toBe(core.eta(Float64Array.of(0.1))[0]);
  for (const g of [-1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => core.eta(g)).toThrow(/^g: /);
});
