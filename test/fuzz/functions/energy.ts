// Arguments of the mean field at an energy.
import fc from 'fast-check';
import { nonNegative, options } from '../values.js';
import { f64, grain, list, withTwins } from './fuzzed.js';

/** Couplings of l-bits that are up and of those that are down: as many of either, mostly. */
const sides = fc.oneof(
  fc
    .array(fc.tuple(nonNegative, nonNegative), { maxLength: 4 })
    .map((pairs) => [Float64Array.from(pairs, ([up]) => up), Float64Array.from(pairs, ([, down]) => down)]),
  fc.tuple(list(nonNegative, 3), list(nonNegative, 3)),
);

export const energyFunctions = withTwins(['solveMeanFieldAtEnergy'], {
  responseAtEnergy: {
    parameters: ['up', 'down', 'options'],
    valid: fc.tuple(sides, options(grain)).map(([of, more]) => [...of, more]),
    reference: [f64(0.1, 3), f64(0.3, 2)],
    weight: 0.3,
  },
  solveMeanFieldAtEnergy: {
    parameters: ['up', 'down', 'options'],
    valid: fc
      .tuple(
        sides,
        fc.record({
          maxIterations: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(1.5, 0)),
          tolerance: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1e300)),
          ...grain,
        }),
      )
      .map(([of, more]) => [...of, more]),
    reference: [f64(0.3, 0.2, 0.7), f64(0.4, 0.2, 0.6)],
    long: () => [new Float64Array(60).fill(0.001), new Float64Array(60).fill(0.002), { maxIterations: 4 }],
    weight: 0.1,
  },
});
