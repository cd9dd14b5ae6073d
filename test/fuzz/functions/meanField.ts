// Arguments of the mean field and of the response functions that it is made of.
import fc from 'fast-check';
import { finite, nonNegative, oddities, options, ordinary } from '../values.js';
import { type Fuzzed, f64, grain, list, vector, withTwins } from './fuzzed.js';

const spins = fc.oneof(
  fc.integer({ min: 1, max: 300 }),
  fc.constantFrom(1, 2, 10, 11, 1e6, 2 ** 31, 2 ** 53 - 1),
);

const drh = fc.record({
  g0: nonNegative,
  alpha: fc.oneof(fc.double({ min: 0.1, max: 1.2, noNaN: true }), fc.constantFrom(5e-324, 1, 1e300)),
  n: fc.integer({ min: 1, max: 200 }),
});

/** A function of an array and of the grain. */
const grainVector = (...of: Parameters<typeof vector>): Fuzzed => {
  const { parameters, valid, ...rest } = vector(...of);
  return {
    ...rest,
    parameters: [...parameters, 'options'],
    valid: fc.tuple(valid, options(grain)).map(([given, more]) => [...given, more]),
  };
};

const bare = (more: Record<string, fc.Arbitrary<unknown>>): Fuzzed => ({
  parameters: ['bare', 'options'],
  valid: fc.tuple(
    fc.oneof(list(nonNegative), list(fc.oneof(ordinary, fc.constant(Number.NEGATIVE_INFINITY)))),
    options({
      log: fc.boolean(),
      maxIterations: fc.oneof(
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom(1.5, 1e5, 2 ** 31, 2 ** 53, 1e300),
      ),
      ...grain,
      ...more,
    }),
  ),
  reference: [f64(0.3, 0.2, 0.7)],
});

/** Two or three grains and four l-bits. */
const severalGrains = fc.integer({ min: 2, max: 3 }).chain((grains) => {
  const rows = (length: number) =>
    fc.array(fc.array(nonNegative, { minLength: length, maxLength: length }), {
      minLength: grains,
      maxLength: grains,
    });
  const symmetric = (given: number[][]) =>
    given.map((row, a) => row.map((_, b) => (a === b ? 0 : given[Math.min(a, b)][Math.max(a, b)])));
  return fc.record(
    {
      couplings: rows(4),
      distances: rows(4),
      spacings: rows(grains).map(symmetric),
      dg: fc.constantFrom(2, 8, 1e12, f64(2, 3)),
      ratio: fc.constantFrom(5e-324, 0.1, 1e12),
      merge: fc.constantFrom('collars', 'coupling', 'never', 'always'),
      ...grain,
    },
    { requiredKeys: ['couplings'] },
  );
});

const names = ['solveMeanField', 'meanFieldBranches', 'meanFieldGrains'];
export const meanFieldFunctions = withTwins(names, {
  meanFieldGrains: {
    parameters: ['options'],
    valid: fc.tuple(severalGrains),
    reference: [
      {
        ...{
          couplings: [
            [0.3, 0.1],
            [0.05, 0.2],
          ],
          distances: [
            [1, 2],
            [2, 1],
          ],
        },
        ...{
          spacings: [
            [0, 3],
            [3, 0],
          ],
          dg: [4, 8],
        },
      },
    ],
    // Equal couplings just above where their avalanche begins: the way to the solution is long.
    long: (core) => {
      const row = new Float64Array(40_000).fill((core.criticalCoupling(39_999)?.g0 ?? 0) * (1 + 1e-6));
      return [{ couplings: Array.from({ length: 4 }, () => row), merge: 'never' }];
    },
  },
  response: grainVector('g', [0.1, 3]),
  eta: grainVector('g', [0.1, 3]),
  responseComplements: grainVector('g', [0.1, 3]),
  responseQuadrature: grainVector('g', [0.2], nonNegative, 0.2),
  responseComplementsQuadrature: grainVector('g', [0.2], nonNegative, 0.2),
  twoLevelMixing: vector('g', [0.1, 3]),
  resonanceDensity: grainVector('x', [0.1, 3]),
  resonanceCdf: grainVector('x', [0.1, 3]),
  resonanceDistribution: grainVector('x', [0.1, 3]),
  entropyDistribution: {
    parameters: ['g', 'entropy', 'options'],
    valid: fc.tuple(nonNegative, list(finite), options(grain)),
    reference: [0.3, f64(0.1, 0.6)],
  },
  entropyShares: {
    parameters: ['g', 'bins', 'options'],
    valid: fc.tuple(
      list(nonNegative),
      fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(300, 65537)),
      options(grain),
    ),
    reference: [f64(0.3, 2), 5],
    weight: 0.3,
  },
  besselK: {
    parameters: ['order', 'x', 'options'],
    valid: fc.tuple(fc.constantFrom(0, 1), list(nonNegative), options({ scaled: fc.boolean() })),
    reference: [1, f64(0.1, 3)],
  },
  solveMeanField: bare({
    method: fc.constantFrom('scalar', 'iteration'),
    tolerance: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1e-300, 1e300)),
  }),
  meanFieldBranches: bare({}),
  meanFieldIterates: bare({
    maxIterations: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.constantFrom(1.5, 2 ** 31, 1e300)),
    tolerance: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1e-300, 1e300)),
  }),
  meanFieldMap: {
    parameters: ['bare', 't', 'options'],
    valid: fc.tuple(list(nonNegative), list(finite), options({ log: fc.boolean(), ...grain })),
    reference: [f64(0.3, 0.2, 0.7), f64(0, 1)],
  },
  fitFirstCoupling: {
    parameters: ['ends', 'options'],
    valid: fc.tuple(
      fc.array(
        fc.oneof(
          fc.record({
            alpha: fc.oneof(fc.double({ min: 0.3, max: 1, noNaN: true }), nonNegative),
            n: fc.integer({ min: 1, max: 12 }),
            mean: fc.double({ min: 0, max: 0.7, noNaN: true }),
            error: fc.oneof(fc.double({ min: 1e-3, max: 1, noNaN: true }), nonNegative),
          }),
          fc.constantFrom(...oddities),
        ),
        { maxLength: 3 },
      ),
      options(grain),
    ),
    reference: [[{ alpha: 0.7, n: 4, mean: 0.1, error: 0.01 }]],
    weight: 0.3,
  },
  drhLogCouplings: {
    parameters: ['parameters'],
    valid: fc.tuple(drh),
    reference: [{ g0: 0.5, alpha: 0.6, n: 7 }],
  },
  twoSpin: {
    parameters: ['g1', 'g2', 'options'],
    valid: fc.tuple(nonNegative, nonNegative, options(grain)),
    reference: [0.2, 0.4],
  },
  symmetricMeanField: {
    parameters: ['g0', 'n', 'options'],
    valid: fc.tuple(nonNegative, spins, options(grain)),
    reference: [0.02, 12],
  },
  symmetricBranches: {
    parameters: ['g0', 'n', 'options'],
    valid: fc.tuple(nonNegative, spins, options(grain)),
    reference: [0.02, 12],
  },
  criticalCoupling: {
    parameters: ['n', 'options'],
    valid: fc.tuple(spins, options(grain)),
    reference: [40],
  },
});
