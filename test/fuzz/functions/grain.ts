// Arguments of exact diagonalization of central-grain models.
import fc from 'fast-check';
import { anySeed, finite, nonNegative, ordinary } from '../values.js';
import { type Fuzzed, withTwins } from './fuzzed.js';

const grainModel = fc.tuple(fc.constantFrom(2, 4, 8), fc.integer({ min: 0, max: 4 })).chain(([dg, bits]) => {
  const entry = fc.constantFrom(
    ordinary,
    fc.constantFrom(0, 1),
    fc.constantFrom(1e-300, 1e150, 1e290, -1e299),
  );
  return entry.chain((x) =>
    fc.record({
      grain: fc
        .tuple(fc.array(x, { minLength: dg * dg, maxLength: dg * dg }), fc.boolean())
        .map(([half, nested]) => {
          const flat = half.map((_, k) => half[Math.max(k, (k % dg) * dg + Math.floor(k / dg))]);
          if (!nested) return Float64Array.from(flat);
          return Array.from({ length: dg }, (_, i) => flat.slice(i * dg, (i + 1) * dg));
        }),
      fields: fc.array(x, { minLength: bits, maxLength: bits }),
      couplings: fc.array(x, { minLength: bits, maxLength: bits }),
    }),
  );
});

/** A complex grain: the real one with the imaginary parts 0, so that it is Hermitian however large it is. */
const anyModel = fc.tuple(grainModel, fc.boolean()).map(([model, complex]) => {
  if (!complex) return model;
  const pairs = (row: ArrayLike<number>) => Array.from(row).flatMap((x) => [x, 0]);
  const { grain } = model;
  return { ...model, complex, grain: grain instanceof Float64Array ? pairs(grain) : grain.map(pairs) };
});

const grainReference = {
  grain: [
    [1, 0.5],
    [0.5, -1],
  ],
  fields: [0.9, 1.1, 1],
  couplings: [0.4, 0.2, 0.1],
};

const window = fc.oneof(
  fc.record({ energy: fc.oneof(ordinary, finite), count: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ from: ordinary, to: fc.oneof(ordinary, finite) }),
  fc.record({ fraction: fc.double({ min: 0, max: 1, noNaN: true }) }),
);

export const grainFunctions: Record<string, Fuzzed> = withTwins(['diagonalizeGrain', 'reducedCoupling'], {
  diagonalizeGrain: {
    parameters: ['options', 'more'],
    valid: fc
      .tuple(
        anyModel,
        fc.record(
          {
            window,
            method: fc.constantFrom('auto', 'dense', 'filtered'),
            vectors: fc.boolean(),
            verify: fc.boolean(),
          },
          { requiredKeys: [] },
        ),
        fc.boolean(),
      )
      .map(([model, more, apart]) => (apart ? [model, more] : [{ ...model, ...more }])),
    reference: [grainReference],
    weight: 0.3,
  },
  randomGrainModel: {
    parameters: ['options'],
    valid: fc.tuple(
      fc.record(
        {
          alpha: fc.oneof(fc.double({ min: 0, max: 1.5, noNaN: true }), nonNegative),
          n: fc.integer({ min: 0, max: 24 }),
          seed: anySeed,
          sample: fc.oneof(fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER)),
          reading: fc.constantFrom(undefined, 'printed', 'dg64', 'dg256', 'dg8'),
          grainDimension: fc.constantFrom(1, 2, 3, 8, 16, 2 ** 15, 2 ** 16),
          h: finite,
          deltaH: nonNegative,
          j1: finite,
          grainScale: nonNegative,
          grain: fc.constantFrom(undefined, 'goe', 'gue', 'poisson'),
        },
        { requiredKeys: ['alpha', 'n', 'seed'] },
      ),
    ),
    reference: [{ alpha: 0.5, n: 3, seed: 1 }],
  },
  grainCouplings: {
    parameters: ['options'],
    valid: fc.tuple(
      fc.integer({ min: 0, max: 5 }).chain((n) =>
        fc.record(
          {
            grainDimension: fc.constantFrom(1, 2, 8, 64, 2 ** 14, 2 ** 15),
            fields: fc.array(fc.oneof(ordinary, finite), { minLength: n, maxLength: n }),
            couplings: fc.array(fc.oneof(ordinary, finite), { minLength: n, maxLength: n }),
            energy: fc.oneof(ordinary, finite),
            grainScale: fc.oneof(fc.constantFrom(1e-101, 1e-100, 1e100, 1.5), nonNegative),
            grain: fc.constantFrom('goe', 'gue', 'poisson'),
          },
          { requiredKeys: ['grainDimension', 'fields', 'couplings'] },
        ),
      ),
    ),
    reference: [{ grainDimension: 8, fields: [1, 0.9], couplings: [0.4, 0.2], energy: 1 }],
  },
  reducedCoupling: {
    parameters: ['options'],
    valid: fc
      .tuple(
        anyModel,
        fc.record(
          {
            spin: fc.integer({ min: 0, max: 4 }),
            fraction: fc.double({ min: 0, max: 1, noNaN: true }),
            shell: fc.oneof(nonNegative, fc.constant(1)),
          },
          { requiredKeys: [] },
        ),
      )
      .map(([model, more]) => [{ ...model, ...more }]),
    reference: [{ ...grainReference, shell: 1 }],
    weight: 0.3,
  },
});
