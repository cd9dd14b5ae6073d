// A second matrix B that is wrong is refused by name, leaves the next call unharmed, and memory where it was.
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { definiteMatrix, realOf } from '../../support/lapack/generalized.js';
import { hermitianMatrix } from '../../support/lapack/hermitian.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

/** A random Hermitian A and a definite B. */
function pencil(n: number) {
  return { a: hermitianMatrix(core, 13, n), b: definiteMatrix(core, n, 10, true) };
}

describe('refuses', () => {
  const f64 = (...x: number[]) => new Float64Array(x);
  const a = f64(2, 0, 1, 2);
  const c = f64(2, 0, 0, 0, 1, 1, 2, 0);
  test.each([
    [
      'an indefinite B',
      () => core.eigh(a, 2, { b: f64(1, 0, 2, 1) }),
      'pivot (1, 1) of its Cholesky factorization is -3',
    ],
    [
      'a B of zeros',
      () => core.eigh(a, 2, { b: f64(0, 0, 0, 0) }),
      'pivot (0, 0) of its Cholesky factorization is 0',
    ],
    [
      'a negative B',
      () => core.eigh(a, 2, { b: f64(1, 0, 0, -1e300) }),
      'pivot (1, 1) of its Cholesky factorization is -1e+300',
    ],
    [
      'an indefinite complex B',
      () => core.eighComplex(c, 2, { b: f64(1, 0, 0, 0, 1, 1, 1, 0) }),
      'pivot (1, 1) of its Cholesky factorization is -1',
    ],
    [
      'a B of another length',
      () => core.eigh(a, 2, { b: f64(1, 0, 2) }),
      'options.b: expected n*n = 4 elements, got 3',
    ],
    [
      'a real B of a complex A',
      () => core.eighComplex(c, 2, { b: f64(1, 0, 0, 1) }),
      'options.b: expected 2*n*n = 8 elements, got 4',
    ],
    ['NaN in B', () => core.eigh(a, 2, { b: f64(1, 0, Number.NaN, 1) }), 'options.b: entry (1, 0) is NaN'],
    [
      'a diagonal of B that is not real',
      () => core.eighComplex(c, 2, { b: f64(1, 1, 0, 0, 0, 0, 1, 0) }),
      'options.b: entry (0, 0) is 1 + 1i',
    ],
    [
      'itype without b',
      () => core.eigh(a, 2, { itype: 2 }),
      'options.itype: says what is done with options.b',
    ],
    [
      'an itype that there is not',
      () => core.eigh(a, 2, { b: f64(1, 0, 0, 1), itype: 4 as 3 }),
      'options.itype',
    ],
    ['verify', () => core.eigh(a, 2, { b: f64(1, 0, 0, 1), verify: true }), 'options.verify'],
    ['a B in a batch', () => core.eighBatch(a, 2, 1, { b: a } as object), 'unknown'],
  ] as [string, () => unknown, string][])('%s', (_, call, message) => {
    expect(call).toThrow(
      expect.objectContaining({ name: 'InputError', message: expect.stringContaining(message) }),
    );
    expect(core.eigh(a, 2).values[1]).toBeCloseTo(3, 14);
  });

  test('the first bad pivot of a large B, in slices, and leaves the next call unharmed', async () => {
    const n = 300;
    const { a: big, b } = pencil(n);
    const expected = core.eighComplex(big, n, { b });
    for (const bad of [0, 77, 127, 128, 299]) {
      const spoilt = b.slice();
      spoilt[2 * (bad * n + bad)] = -1;
      if (bad < n - 1) spoilt[2 * ((bad + 1) * n + bad + 1)] = -1;
      const call = core.eighComplexAsync(big, n, { b: spoilt, slice: 0 });
      await expect(call).rejects.toThrow(`pivot (${bad}, ${bad})`);
    }
    expect(core.eighComplex(big, n, { b })).toEqual(expected);
  });
});

test('memory stays where it was over many calls, those that are refused too', () => {
  const { a } = pencil(20);
  const b = definiteMatrix(core, 20, 10, false);
  const [ra, rb] = [realOf(a), realOf(b)];
  const call = () => {
    core.eigh(ra, 20, { b: rb });
    core.eighComplex(a, 20, { b });
    expect(() => core.eigh(ra, 20, { b: ra.map(() => 0) })).toThrow('pivot');
  };
  call();
  const before = core.memoryBytes;
  for (let k = 0; k < 3000; ++k) call();
  expect(core.memoryBytes).toBe(before);
});
