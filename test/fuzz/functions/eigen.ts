// Arguments of the eigensolvers, which are in emft/eigen too.
import { methodNames } from 'emft/check';
import fc from 'fast-check';
import { finite, Lazy, matrix, options, ordinary } from '../values.js';
import { type Fuzzed, f64 } from './fuzzed.js';

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

export const eigenFunctions: Record<string, Fuzzed> = {
  eighBytes: {
    parameters: ['n', 'options'],
    valid: fc.tuple(
      fc.oneof(orders, fc.constantFrom(16383, 23169, 23170, 65536, 2 ** 26, 2 ** 40)),
      options({ method, vectors: fc.boolean(), verify: fc.boolean() }),
    ),
    reference: [100],
  },
  eigh: {
    parameters: ['a', 'n', 'options'],
    valid: fc
      .tuple(matrix(orders), options({ method, vectors: fc.boolean(), uplo, range, verify: fc.boolean() }))
      .map(([{ a, n }, more]) => [a, n, more]),
    reference: [small, 3],
  },
  eighAsync: {
    parameters: ['a', 'n', 'options'],
    valid: fc
      .tuple(
        matrix(fc.integer({ min: 0, max: 50 })),
        options({
          method,
          range,
          vectors: fc.boolean(),
          uplo,
          verify: fc.boolean(),
          slice: fc.constantFrom(0, 5e-324, 1, 1e300),
          onProgress: fc.constant(new Lazy('function', () => () => {})),
          signal: fc.constantFrom(
            new Lazy('signal', () => new AbortController().signal),
            new Lazy('aborted signal', () => AbortSignal.abort()),
          ),
        }),
      )
      .map(([{ a, n }, more]) => [a, n, more]),
    reference: [small, 3],
    weight: 0.3,
  },
  eighBatch: {
    parameters: ['a', 'n', 'count', 'options'],
    valid: fc
      .tuple(
        orders,
        fc.oneof(fc.nat(6), fc.constantFrom(2 ** 31, 2 ** 53 - 1)),
        options({ method, vectors: fc.boolean(), uplo }),
      )
      .chain(([n, count, more]) =>
        matrix(fc.constant(count < 7 ? n : 0)).map(({ a }) => {
          const repeated = new Lazy(`${count} × ${a.label}`, () => {
            const one = a.make() as Float64Array;
            const all = new Float64Array(count < 7 ? count * one.length : 0);
            for (let k = 0; k < all.length; ++k) all[k] = one[k % one.length];
            return all;
          });
          return [repeated, n, count, more];
        }),
      ),
    reference: [small, 3, 1],
  },
  eighComplex: {
    parameters: ['a', 'n', 'options'],
    valid: fc
      .tuple(hermitian(10), options({ method, vectors: fc.boolean(), uplo, range }))
      .map(([{ a, n }, more]) => [a, n, more]),
    reference: [smallComplex, 2],
  },
  eighComplexAsync: {
    parameters: ['a', 'n', 'options'],
    valid: fc
      .tuple(
        hermitian(50),
        options({
          method,
          range,
          vectors: fc.boolean(),
          uplo,
          slice: fc.constantFrom(0, 5e-324, 1, 1e300),
          onProgress: fc.constant(new Lazy('function', () => () => {})),
          signal: fc.constantFrom(
            new Lazy('signal', () => new AbortController().signal),
            new Lazy('aborted signal', () => AbortSignal.abort()),
          ),
        }),
      )
      .map(([{ a, n }, more]) => [a, n, more]),
    reference: [smallComplex, 2],
    weight: 0.3,
  },
  eighComplexBatch: {
    parameters: ['a', 'n', 'count', 'options'],
    valid: fc
      .tuple(
        hermitian(10),
        fc.oneof(fc.nat(6), fc.constantFrom(2 ** 31, 2 ** 53 - 1)),
        options({ method, vectors: fc.boolean(), uplo }),
      )
      .map(([{ a, n }, count, more]) => {
        const repeated = new Lazy(`${count} × ${a.label}`, () => {
          const one = a.make() as Float64Array;
          const all = new Float64Array(count < 7 ? count * one.length : 0);
          for (let k = 0; k < all.length; ++k) all[k] = one[k % one.length];
          return all;
        });
        return [repeated, count < 7 ? n : 0, count, more];
      }),
    reference: [smallComplex, 2, 1],
  },
};
