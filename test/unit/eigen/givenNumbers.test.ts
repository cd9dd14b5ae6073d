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

test('the order and the number of the matrices of a batch, either of them or both left out', async () => {
  const a = [core.goe(n, { seed: 3 }), core.goe(n, { seed: 4 })];
  const flat = Float64Array.of(...a[0], ...a[1]);
  const expected = core.eighBatch(flat, n, 2);
  const rows = a.map((one) => rowsOf(one, n));
  for (const given of [a, rows]) {
    expect(core.eighBatch(given)).toEqual(expected);
    expect(core.eighBatch(given, n)).toEqual(expected);
    expect(await core.eighBatchAsync(given)).toEqual(expected);
  }
  expect(core.eighBatch(flat, n)).toEqual(expected);
  expect(core.eighBatch(flat, undefined, 2)).toEqual(expected);
  expect(core.eighBatch([]).values).toHaveLength(0);
  const complex = a.map((one) =>
    Float64Array.from({ length: 2 * n * n }, (_, k) => (k % 2 ? 0 : one[k >> 1])),
  );
  const both = Float64Array.of(...complex[0], ...complex[1]);
  const wanted = core.eighComplexBatch(both, n, 2);
  const pairs = complex.map((one) => rowsOf(one, 2 * n).map((row) => rowsOf(row, 2)));
  for (const given of [complex, complex.map((one) => rowsOf(one, 2 * n)), pairs]) {
    expect(core.eighComplexBatch(given)).toEqual(wanted);
    expect(await core.eighComplexBatchAsync(given)).toEqual(wanted);
  }
  expect(core.eighComplexBatch(both, n)).toEqual(wanted);
  expect(core.eighComplexBatch(both, undefined, 2)).toEqual(wanted);

  expect(() => core.eighBatch(flat)).toThrow('n: or count has to be given with 98 numbers in one list');
  expect(() => core.eighBatch(flat, 5)).toThrow(
    'a: expected count*n*n numbers or count matrices with n = 5, got 98 elements',
  );
  expect(() => core.eighBatch(flat, undefined, 3)).toThrow('with count = 3, got 98 elements');
  expect(() => core.eighBatch([[1, 2, 3]])).toThrow(
    'a: expected matrices of n*n elements of some whole n, got 3',
  );
  expect(() => core.eighBatch([a[0], [1]] as Float64Array[])).toThrow('a[1]: has 1 elements, expected 49');
});

test('vector(k) is a part of the vectors', async () => {
  const real = core.goe(n, { seed: 5 });
  const complex = Float64Array.from({ length: 2 * n * n }, (_, k) =>
    k % 2 === 0 ? real[k >> 1] : (k >> 1) % (n + 1) === 0 ? 0 : 0.3 * real[k >> 1],
  );
  for (const [result, stride] of [
    [core.eigh(real), n],
    [await core.eighAsync(real, n, { range: { index: [2, 4] } }), n],
    [core.eighComplex(complex), 2 * n],
    [core.eighComplex(complex, n, { range: { index: [2, 4] } }), 2 * n],
    [core.eighTridiagonal(real.subarray(0, n), real.subarray(n, 2 * n - 1)), n],
  ] as const) {
    result.values.forEach((_, k) => {
      const vector = result.vector(k);
      expect(vector).toEqual(result.vectors.subarray(k * stride, (k + 1) * stride));
      expect(vector.buffer).toBe(result.vectors.buffer);
    });
    for (const k of [-1, result.values.length, 0.5, Number.NaN, '0' as never]) {
      expect(() => result.vector(k)).toThrow(/^k: /);
    }
    // A message to a worker carries the numbers.
    expect(Object.keys(structuredClone(result))).toEqual(['values', 'vectors', 'convergence']);
  }
  const batch = core.eighBatch([real, core.goe(n, { seed: 6 })]);
  expect(batch.vector(1, 3)).toEqual(core.eigh(core.goe(n, { seed: 6 })).vector(3));
  expect(core.eighComplexBatch([complex, complex]).vector(1, 3)).toEqual(core.eighComplex(complex).vector(3));
  expect(() => batch.vector(2, 0)).toThrow('matrix: expected a whole number ≥ 0 and ≤ 1, got 2');
  expect(() => batch.vector(0, n)).toThrow(/^k: /);
  const none = 'k: names an eigenvector, and they were not computed';
  expect(() => core.eigh(real, n, { vectors: false }).vector(0)).toThrow(none);
  expect(() => core.eighBatch([real], n, 1, { vectors: false }).vector(0, 0)).toThrow(none);
  expect(() => core.eigh([]).vector(0)).toThrow('k: names an eigenvector, and the result has none');
  expect(() => core.eighBatch([]).vector(0, 0)).toThrow('matrix: names a matrix, and the result has none');
});

test('functions of each element give a number of a number, with the bits of an array of one', () => {
  const of = (x: number) => Float64Array.of(x);
  const first = <T extends object>(columns: T) =>
    Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, column[0]]));
  for (const g of [0, 0.1, 3, 1e300]) {
    for (const name of [
      'response',
      'responseComplements',
      'responseQuadrature',
      'responseComplementsQuadrature',
      'twoLevelMixing',
      'resonanceDistribution',
    ] as const) {
      expect(core[name](g)).toEqual(first(core[name](of(g))));
    }
    for (const name of ['eta', 'resonanceDensity', 'resonanceCdf'] as const) {
      expect(core[name](g)).toBe(core[name](of(g))[0]);
    }
  }
  expect(core.besselK(1, 0.3, { scaled: true })).toBe(core.besselK(1, of(0.3), { scaled: true })[0]);
  expect(core.entropyDistribution(0.3, 0.2)).toBe(core.entropyDistribution(0.3, of(0.2))[0]);
  for (const bad of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => core.response(bad)).toThrow(/^g: /);
    expect(() => core.resonanceCdf(bad)).toThrow(/^x: /);
    expect(() => core.besselK(0, bad)).toThrow(/^x: /);
  }
  expect(() => core.besselK(0, 0)).toThrow(/^x: /);
  expect(() => core.entropyDistribution(0.3, Number.NaN)).toThrow(/^entropy: /);
});

test('memory of a decomposition with a second matrix', () => {
  expect(core.eighBytes(100, { b: true })).toBeGreaterThanOrEqual(core.eighBytes(100) + 8e4);
  expect(core.eighComplexBytes(100, { b: true })).toBeGreaterThanOrEqual(core.eighComplexBytes(100) + 16e4);
  expect(core.eighBytes(100, { b: false })).toBe(core.eighBytes(100));
  expect(() => core.eighBytes(100, { b: true, verify: true })).toThrow('options.verify: checks A x = λ x');
  expect(() => core.eighBytes(100, { b: 1 as never })).toThrow(/^options\.b: /);
  expect(() => core.eighComplexBytes(100, { b: null as never })).toThrow(/^options\.b: /);
});

test('options in place of n, an operator in place of its matrix, a list in place of options were refused without a word on what is allowed', () => {
  const a = [
    [2, -1],
    [-1, 2],
  ];
  const eigh = core.eigh as (...given: unknown[]) => unknown;
  expect(() => eigh(a, { vectors: false })).toThrow(
    'n: expected a whole number ≥ 0, got a value of type Object: options come after n, which may be undefined',
  );
  expect(() => core.eighBatch([a], { vectors: false } as never)).toThrow(/^n: .*options come after n/);
  const h = core.csr({ n: 2, indptr: [0, 1, 2], indices: [0, 1], data: [1, 2] });
  for (const n of [undefined, 2]) {
    expect(() => eigh(h, n)).toThrow(/^a: .*toDense\(\) of an operator gives its matrix/);
  }
  expect(() => core.eigh(a, 2, { range: [0, 1] as never })).toThrow(
    'options.range: expected an object { index, value }, got a value of type Array',
  );
  expect(() => core.eigsh(h, 2 as never)).toThrow(/^options: expected an object { k, which, .*, got 2$/);
});
