// Arguments of the eigensolvers, which are in emft/eigen too.
import { methodNames } from 'emft/check';
import fc from 'fast-check';
import { finite, Lazy, matrix, options, ordinary } from '../values.js';
import { type Fuzzed, f64, watch } from './fuzzed.js';

const orders = fc.integer({ min: 0, max: 10 });
const uplo = fc.constantFrom('L', 'U');
const method = fc.constantFrom('auto', ...methodNames);
const small = f64(2, 1, 0, 1, -1, 0.5, 0, 0.5, 3);
const smallComplex = f64(1, 0, 0, -1, 0, 1, 1, 0);

/** Matrices of complex entries of order 0 … most, some with a diagonal that is not real. */
function hermitian(most: number) {
  return fc
    .tuple(matrix(fc.integer({ min: 0, max: most })), fc.constantFrom(0, 0, 0, 0.5, Number.NaN))
    .map(([{ a, n }, diagonal]) => ({
      n,
      a: new Lazy(`${a.label}, imaginary parts ${diagonal} on the diagonal`, () => {
        const real = a.make() as Float64Array;
        return Float64Array.from({ length: 2 * real.length }, (_, k) =>
          k % 2 === 0 ? real[k >> 1] : (k >> 1) % (n + 1) === 0 ? diagonal : -0.5 * real[k >> 1],
        );
      }),
    }));
}

const range = fc.oneof(
  fc.record({ index: fc.tuple(fc.integer({ min: -1, max: 5 }), fc.integer({ min: -1, max: 10 })) }),
  fc.record({
    value: fc.tuple(
      fc.oneof(ordinary, finite, fc.constant(Number.NEGATIVE_INFINITY)),
      fc.oneof(ordinary, finite, fc.constant(Number.POSITIVE_INFINITY)),
    ),
  }),
);

/** Calls with a second matrix or without: one that is definite by its diagonal, the first one itself, one too short. */
function pencils(matrices: fc.Arbitrary<{ a: Lazy; n: number }>, unit: number, how: fc.Arbitrary<unknown>) {
  const kinds = fc.constantFrom(null, null, 'dominant', 'a itself', 'half');
  return fc
    .tuple(matrices, how, kinds, fc.constantFrom(undefined, 1, 2, 3))
    .map(([{ a, n }, more, kind, itype]) => {
      if (kind === null) return [a, n, more];
      const b = new Lazy(`${kind} of ${a.label}`, () => {
        const first = a.make() as Float64Array;
        if (kind === 'half') return first.slice(0, first.length >> 1);
        let size = 0;
        for (const x of first) size = Math.max(size, Math.abs(x));
        return kind === 'dominant'
          ? first.map((x, k) => (k % (unit * (n + 1)) === 0 ? 1 + Math.abs(x) : x / (2 * n * (size || 1))))
          : first;
      });
      return [a, n, { ...(more as object), b, ...(itype && { itype }) }];
    });
}

/** A batch of copies of one matrix, of `size(n)` numbers each; sometimes their number is more than memory can hold. */
function batch(
  matrices: fc.Arbitrary<{ a: Lazy; n: number }>,
  size: (n: number) => number,
  reference: unknown[],
  more: Record<string, fc.Arbitrary<unknown>>,
): Fuzzed {
  return {
    parameters: ['a', 'n', 'count', 'options'],
    valid: fc
      .tuple(
        matrices,
        fc.oneof(fc.nat(6), fc.constantFrom(2 ** 31, 2 ** 53 - 1)),
        options({ method, vectors: fc.boolean(), uplo, ...more }),
      )
      .map(([{ a, n: one }, count, how]) => {
        const n = count < 7 ? one : 0;
        const repeated = new Lazy(`${count} × ${a.label}`, () => {
          const first = a.make() as Float64Array;
          const all = new Float64Array(count < 7 ? count * size(n) : 0);
          for (let k = 0; k < all.length; ++k) all[k] = first[k % first.length];
          return all;
        });
        return [repeated, n, count, how];
      }),
    reference,
  };
}

/** A diagonal and what is beside it, as arrays of any kind, some of which do not fit to each other. */
const tridiagonals = fc
  .tuple(
    fc.array(fc.oneof(ordinary, ordinary, finite), { maxLength: 30 }),
    fc.constantFrom(-1, -1, -1, -1, 0),
  )
  .chain(([d, more]) =>
    fc.tuple(
      fc.constantFrom(d, Float64Array.from(d), Float32Array.from(d)),
      fc.array(ordinary, {
        minLength: Math.max(0, d.length + more),
        maxLength: Math.max(0, d.length + more),
      }),
    ),
  );

/** Bands of any width that there can be and some that cannot, flat or by rows. */
function bands(most: number) {
  return fc
    .tuple(
      fc.integer({ min: 0, max: most }),
      fc.nat(most),
      fc.boolean(),
      fc.array(ordinary, { minLength: 1 }),
    )
    .map(([n, half, rows, entries]) => {
      const width = Math.min(half, n);
      const flat = Array.from({ length: (width + 1) * n }, (_, k) => entries[k % entries.length]);
      const ab = rows
        ? Array.from({ length: width + 1 }, (_, r) => flat.slice(r * n, (r + 1) * n))
        : Float64Array.from(flat);
      return [ab, n, width] as const;
    });
}

export const eigenFunctions: Record<string, Fuzzed> = {
  eighBytes: {
    parameters: ['n', 'options'],
    valid: fc.tuple(
      fc.oneof(orders, fc.constantFrom(16383, 23169, 23170, 65536, 2 ** 26, 2 ** 40)),
      options({ method, vectors: fc.boolean(), verify: fc.boolean(), b: fc.boolean() }),
    ),
    reference: [100],
  },
  eigh: {
    parameters: ['a', 'n', 'options'],
    valid: pencils(
      matrix(orders),
      1,
      options({ method, vectors: fc.boolean(), uplo, range, verify: fc.boolean() }),
    ),
    reference: [small, 3],
  },
  eighAsync: {
    parameters: ['a', 'n', 'options'],
    valid: pencils(
      matrix(fc.integer({ min: 0, max: 50 })),
      1,
      options({ method, range, vectors: fc.boolean(), uplo, verify: fc.boolean(), ...watch }),
    ),
    reference: [small, 3],
    weight: 0.3,
  },
  eighBatch: batch(matrix(orders), (n) => n * n, [small, 3, 1], {}),
  eighBatchAsync: batch(matrix(orders), (n) => n * n, [small, 3, 1], watch),
  eighComplexBytes: {
    parameters: ['n', 'options'],
    valid: fc.tuple(
      fc.oneof(orders, fc.constantFrom(11585, 16383, 23170, 2 ** 26, 2 ** 40)),
      options({ method, vectors: fc.boolean(), b: fc.boolean() }),
    ),
    reference: [100],
  },
  eighComplex: {
    parameters: ['a', 'n', 'options'],
    valid: pencils(hermitian(10), 2, options({ method, vectors: fc.boolean(), uplo, range })),
    reference: [smallComplex, 2],
  },
  eighComplexAsync: {
    parameters: ['a', 'n', 'options'],
    valid: pencils(hermitian(50), 2, options({ method, range, vectors: fc.boolean(), uplo, ...watch })),
    reference: [smallComplex, 2],
    weight: 0.3,
  },
  eighComplexBatch: batch(hermitian(10), (n) => 2 * n * n, [smallComplex, 2, 1], {}),
  eighComplexBatchAsync: batch(hermitian(10), (n) => 2 * n * n, [smallComplex, 2, 1], watch),
  eighTridiagonal: {
    parameters: ['d', 'e', 'options'],
    valid: fc
      .tuple(tridiagonals, options({ method, vectors: fc.boolean(), range, verify: fc.boolean() }))
      .map(([[d, e], more]) => [d, e, more]),
    reference: [
      [1, 2, 3],
      [4, 5],
    ],
  },
  eighTridiagonalAsync: {
    parameters: ['d', 'e', 'options'],
    valid: fc
      .tuple(tridiagonals, options({ method, vectors: fc.boolean(), range, verify: fc.boolean(), ...watch }))
      .map(([[d, e], more]) => [d, e, more]),
    reference: [f64(1, 2, 3), f64(4, 5)],
    weight: 0.3,
  },
  eighBanded: {
    parameters: ['ab', 'n', 'width', 'options'],
    valid: fc
      .tuple(bands(12), options({ method, vectors: fc.boolean(), uplo, range, verify: fc.boolean() }))
      .map(([band, more]) => [...band, more]),
    reference: [f64(1, 2, 3, 4, 5, 6, 7, 8, 9), 3, 2],
  },
  eighBandedAsync: {
    parameters: ['ab', 'n', 'width', 'options'],
    valid: fc
      .tuple(
        bands(50),
        options({ method, vectors: fc.boolean(), uplo, range, verify: fc.boolean(), ...watch }),
      )
      .map(([band, more]) => [...band, more]),
    reference: [f64(1, 2, 3, 4, 5, 6, 7, 8, 9), 3, 2],
    weight: 0.3,
  },
  eighBandedBytes: {
    parameters: ['n', 'width', 'options'],
    valid: fc.tuple(
      fc.oneof(orders, fc.constantFrom(16383, 23170, 65536, 2 ** 26, 2 ** 40)),
      fc.oneof(orders, fc.constantFrom(16382, 2 ** 26 - 1, 2 ** 31)),
      options({ method, vectors: fc.boolean(), verify: fc.boolean() }),
    ),
    reference: [100, 3],
  },
};
