// Arguments of level statistics.
import fc from 'fast-check';
import { finite, nonNegative, ordinary } from '../values.js';
import { type Fuzzed, f64, list, withTwins } from './fuzzed.js';

const number = fc.oneof(ordinary, finite);
const ascending = (least = 0) =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.array(number, { minLength: least, maxLength: 12 }).map((x) => f64(...x).sort()),
    },
    list(finite),
  );
const spectra = fc.constantFrom(1, 1, 2, 3, 0, 2 ** 27);
const times = list(fc.oneof(fc.double({ min: -3, max: 3, noNaN: true }), finite));
const ensemble = fc.constantFrom('poisson', 'goe', 'gue', 'gse');

/** Energies, and the elements of an operator between their states, real or in pairs. */
const energies = fc.integer({ min: 1, max: 5 }).chain((n) =>
  fc.tuple(
    fc.array(number, { minLength: n, maxLength: n }).map((x) => f64(...x).sort()),
    fc
      .constantFrom(1, 2)
      .chain((width) =>
        fc.array(number, { minLength: width * n * n, maxLength: width * n * n }).map((x) => f64(...x)),
      ),
  ),
);

const gaps = fc.record({ tolerance: fc.constantFrom(0, 1e-12, 0.5, 1) }, { requiredKeys: [] });

export const statisticsFunctions: Record<string, Fuzzed> = withTwins(['spectralFormFactor'], {
  gapRatio: {
    parameters: ['levels', 'options'],
    valid: fc.tuple(ascending(3), gaps),
    reference: [f64(0, 1, 3, 4)],
  },
  gapRatios: {
    parameters: ['levels', 'options'],
    valid: fc.tuple(ascending(3), gaps),
    reference: [f64(0, 1, 3, 4)],
  },
  unfold: {
    parameters: ['levels', 'options'],
    valid: fc.tuple(
      ascending(),
      fc.record(
        {
          spectra,
          method: fc.constantFrom('polynomial', 'ensemble', 'local'),
          degree: fc.integer({ min: 0, max: 51 }),
          window: fc.integer({ min: 0, max: 20 }),
        },
        { requiredKeys: [] },
      ),
    ),
    reference: [f64(0, 1, 3, 4), { degree: 2 }],
  },
  numberVariance: {
    parameters: ['levels', 'lengths', 'options'],
    valid: fc.tuple(ascending(), list(nonNegative), fc.record({ spectra }, { requiredKeys: [] })),
    reference: [f64(0, 1, 3, 4), f64(0.5, 1)],
  },
  spectralFormFactor: {
    parameters: ['levels', 'times', 'options'],
    valid: fc.tuple(
      ascending(),
      times,
      fc.record({ spectra, width: fc.oneof(nonNegative, fc.constantFrom(0, 0.5)) }, { requiredKeys: [] }),
    ),
    reference: [f64(0, 1, 3, 4), f64(0.1, 1)],
    long: (core) => [
      core.normals({ seed: 5 }, 40_000),
      Float64Array.from({ length: 50 }, (_, k) => k / 20),
      { spectra: 40 },
    ],
  },
  thoulessTime: {
    parameters: ['times', 'formFactor', 'options'],
    valid: fc.integer({ min: 0, max: 8 }).chain((n) =>
      fc.tuple(
        fc.array(nonNegative, { minLength: n, maxLength: n }).map((x) => f64(...x).sort()),
        fc.array(nonNegative, { minLength: n, maxLength: n }).map((x) => f64(...x)),
        fc.record(
          { ensemble: fc.constantFrom('goe', 'gue', 'poisson'), tolerance: nonNegative },
          { requiredKeys: [] },
        ),
      ),
    ),
    reference: [f64(0.1, 0.5, 1), f64(0.2, 0.7, 0.9)],
  },
  levelReference: {
    parameters: ['ensemble', 'quantity', 'x'],
    valid: fc.tuple(
      ensemble,
      fc.constantFrom('gapRatio', 'spacing', 'numberVariance', 'formFactor'),
      list(nonNegative),
    ),
    reference: ['goe', 'numberVariance', f64(0.1, 5)],
  },
  fidelitySusceptibility: {
    parameters: ['values', 'elements', 'options'],
    valid: fc
      .tuple(energies, fc.record({ cutoff: nonNegative }, { requiredKeys: [] }))
      .map(([given, options]) => [...given, options]),
    reference: [f64(1, 2), f64(1, 2, 2, 1)],
  },
  spectralFunction: {
    parameters: ['values', 'elements', 'edges', 'options'],
    valid: fc
      .tuple(
        energies,
        ascending(2),
        fc.record(
          { states: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 5 })) },
          { requiredKeys: [] },
        ),
      )
      .map(([given, edges, options]) => [...given, edges, options]),
    reference: [f64(1, 2), f64(1, 2, 2, 1), f64(-2, 0, 2)],
  },
});
