// Arguments of what is measured in states of several parts.
import fc from 'fast-check';
import { finite, ordinary } from '../values.js';
import { type Fuzzed, f64, withTwins } from './fuzzed.js';

const dimension = fc.constantFrom(1, 2, 2, 2, 3, 0, 2 ** 29);
const call = (more: Record<string, fc.Arbitrary<unknown>>) =>
  fc.array(dimension, { maxLength: 4 }).chain((dimensions) => {
    const length = dimensions.reduce((a, d) => a * d, 1) % 100;
    return fc.tuple(
      fc
        .constantFrom(1, 2, 4)
        .chain((copies) =>
          fc
            .array(fc.oneof(ordinary, finite), { minLength: copies * length, maxLength: copies * length })
            .map((x) => f64(...x)),
        ),
      fc.record(
        {
          dimensions: fc.constant(dimensions),
          subsystem: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
          complex: fc.boolean(),
          ...more,
        },
        { requiredKeys: ['subsystem'] },
      ),
    );
  });
const reference = [f64(0.6, 0, 0, 0.8), { dimensions: [2, 2], subsystem: [0] }];

export const statesFunctions: Record<string, Fuzzed> = withTwins(
  ['entanglementEntropy', 'schmidtWeights', 'reducedDensityMatrix', 'participationEntropy'],
  {
    entanglementEntropy: {
      parameters: ['states', 'options'],
      valid: call({ order: fc.constantFrom(0, 0.5, 1, 2, 1e300, 5e-324, Infinity, -1) }),
      reference,
      weight: 0.5,
    },
    reducedDensityMatrix: { parameters: ['states', 'options'], valid: call({}), reference, weight: 0.5 },
    participationEntropy: {
      parameters: ['states', 'options'],
      valid: fc.tuple(
        fc.array(fc.oneof(ordinary, finite), { maxLength: 8 }).map((x) => f64(...x)),
        fc.record(
          {
            order: fc.constantFrom(0, 0.5, 1, 2, Infinity, -1),
            length: fc.constantFrom(1, 2, 3, 0, 2 ** 40),
            complex: fc.boolean(),
          },
          { requiredKeys: [] },
        ),
      ),
      reference: [f64(0.6, 0.8), { complex: false }],
    },
    schmidtWeights: { parameters: ['states', 'options'], valid: call({}), reference, weight: 0.5 },
  },
);
