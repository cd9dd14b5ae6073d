// Arguments of quantum suns.
import fc from 'fast-check';
import { anySeed, finite, nonNegative, ordinary } from '../values.js';
import { type Fuzzed, withTwins } from './fuzzed.js';

const conserve = fc.constantFrom('none', 'u1', 'su2');

const sunModel = fc
  .tuple(fc.constantFrom(1, 2, 3), fc.integer({ min: 0, max: 4 }), fc.constantFrom(1, 1e-300, 1e150, 1e300))
  .chain(([dotSpins, spins, scale]) => {
    const d = 2 ** dotSpins;
    const entry = ordinary.map((x) => scale * x);
    const numbers = fc.array(entry, { minLength: spins, maxLength: spins });
    return fc.record(
      {
        dot: fc
          .tuple(fc.array(entry, { minLength: d * d, maxLength: d * d }), fc.boolean())
          .map(([half, nested]) => {
            const flat = half.map((_, k) => half[Math.max(k, (k % d) * d + Math.floor(k / d))]);
            if (!nested) return Float64Array.from(flat);
            return Array.from({ length: d }, (_, i) => flat.slice(i * d, (i + 1) * d));
          }),
        fields: numbers,
        couplings: numbers,
        partners: fc.array(fc.integer({ min: 0, max: dotSpins }), { minLength: spins, maxLength: spins }),
        conserve,
      },
      { requiredKeys: ['dot', 'fields', 'couplings', 'partners'] },
    );
  });

const reference = {
  dot: [
    [1, 0.5],
    [0.5, -1],
  ],
  fields: [0.9, 1.1],
  couplings: [0.4, 0.2],
  partners: [0, 0],
};

export const sunFunctions: Record<string, Fuzzed> = withTwins(['sunCouplings', 'sunOperator'], {
  randomSunModel: {
    parameters: ['options'],
    valid: fc.tuple(
      fc.record(
        {
          spins: fc.integer({ min: 0, max: 21 }),
          alpha: fc.oneof(fc.double({ min: 0, max: 1.5, noNaN: true }), nonNegative),
          seed: anySeed,
          sample: fc.oneof(fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER)),
          dotSpins: fc.integer({ min: 0, max: 5 }),
          g0: finite,
          gamma: nonNegative,
          zeta: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), nonNegative),
          fields: fc.array(finite, { minLength: 1, maxLength: 2 }),
          conserve,
        },
        { requiredKeys: ['spins', 'alpha', 'seed'] },
      ),
    ),
    reference: [{ spins: 3, alpha: 0.5, seed: 1 }],
  },
  sunOperator: {
    parameters: ['model', 'sector'],
    valid: fc.tuple(sunModel, fc.record({ up: fc.integer({ min: 0, max: 8 }) }, { requiredKeys: [] })),
    reference: [reference, {}],
    weight: 0.5,
  },
  sunCouplings: {
    parameters: ['options'],
    valid: fc
      .tuple(sunModel, fc.record({ shell: fc.oneof(nonNegative, fc.constant(1)) }, { requiredKeys: [] }))
      .map(([model, more]) => [{ ...model, ...more }]),
    reference: [{ ...reference, shell: 3 }],
    weight: 0.5,
  },
});
