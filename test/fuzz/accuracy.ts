// Arguments for the functions of emft/accuracy.
import fc from 'fast-check';
import type { Fuzzed } from './functions.js';
import { finite, Lazy, matrix, nonNegative, options, ordinary } from './values.js';

const f64 = (...x: number[]) => Float64Array.of(...x);
const seconds = fc.oneof(fc.double({ min: 0, max: 1e-4, noNaN: true }), fc.constantFrom(0, 5e-324));

export const accuracyFunctions: Record<string, Fuzzed> = {
  decompositionRatios: {
    parameters: ['a', 'n', 'values', 'vectors', 'options'],
    valid: fc
      .tuple(
        fc.integer({ min: 0, max: 9 }).chain((n) => fc.tuple(matrix(fc.constant(n)), matrix(fc.constant(n)))),
        fc.array(fc.oneof(ordinary, finite), { minLength: 9, maxLength: 9 }),
        options({
          columns: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.constant(2 ** 53)),
          complex: fc.boolean(),
          b: fc.integer({ min: 0, max: 9 }).map((n) => new Float64Array(n * n).fill(n)),
          itype: fc.constantFrom(1, 2, 3),
        }),
      )
      .map(([[{ a, n }, z], d, more]) => [a, n, Float64Array.from(d.slice(0, n)), z.a, more]),
    reference: [f64(2, 1, 1, 2), 2, f64(1, 3), f64(0.7, -0.7, 0.7, 0.7)],
  },
  leastTime: {
    parameters: ['run', 'options'],
    valid: fc.tuple(
      fc.constantFrom(
        new Lazy('function', () => () => 1),
        new Lazy('asynchronous function', () => async () => 1),
      ),
      options({
        warm: seconds,
        batch: seconds,
        batches: fc.oneof(fc.integer({ min: 0, max: 4 }), ordinary),
        enough: fc.oneof(seconds, nonNegative),
        alone: fc.oneof(seconds, nonNegative),
        pause: fc.constant(new Lazy('function', () => () => {})),
      }),
    ),
    reference: [() => 7, { warm: 0, batch: 0, batches: 1 }],
    weight: 0.2,
  },
};
