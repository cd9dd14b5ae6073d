// Arguments of random numbers, random matrices and their statistics.
import fc from 'fast-check';
import { anySeed, finite, nonNegative } from '../values.js';
import { type Fuzzed, vector } from './fuzzed.js';

const key = fc.record(
  {
    seed: anySeed,
    stream: fc.oneof(fc.nat(), fc.constantFrom(0, 2 ** 32 - 1, 2 ** 32)),
    index: fc.oneof(fc.nat(), fc.constantFrom(2 ** 32, Number.MAX_SAFE_INTEGER)),
  },
  { requiredKeys: ['seed'] },
);

export const randomFunctions: Record<string, Fuzzed> = {
  meanAndError: vector('values', [0.1, 3, -7], finite),
  uniforms: {
    parameters: ['key', 'count'],
    valid: fc.tuple(key, fc.oneof(fc.nat(300), fc.constantFrom(2 ** 29, 2 ** 40))),
    reference: [{ seed: 1 }, 5],
  },
  normals: {
    parameters: ['key', 'count'],
    valid: fc.tuple(key, fc.oneof(fc.nat(300), fc.constantFrom(2 ** 29, 2 ** 40))),
    reference: [{ seed: 1 }, 5],
  },
  goe: {
    parameters: ['n', 'options'],
    valid: fc.tuple(
      fc.oneof(fc.nat(12), fc.constantFrom(23170, 2 ** 40)),
      fc
        .tuple(key, fc.record({ scale: nonNegative, variance: nonNegative }, { requiredKeys: [] }))
        .map(([words, more]) => ({ ...words, ...more })),
    ),
    reference: [3, { seed: 1 }],
  },
};
