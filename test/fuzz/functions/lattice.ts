// Arguments of the lattice: its couplings, computed ones and stored ones that were changed, and its mean field.
import type { Core } from 'emft';
import fc from 'fast-check';
import { anySeed, Lazy, options, ordinary } from '../values.js';
import { type Fuzzed, f64, grain, list, withTwins } from './fuzzed.js';

const strength = fc.oneof(fc.double({ min: 1, max: 60, noNaN: true }), fc.constantFrom(1e-12, 1e-3, 1e9));
const latticeModel = fc
  .record(
    {
      radius: fc.integer({ min: 1, max: 5 }),
      strength,
      hopping: fc.oneof(fc.double({ min: 0.1, max: 2, noNaN: true }), fc.constantFrom(1e-9, 1e9)),
      breakpoint: fc.oneof(fc.double({ min: 0.1, max: 6, noNaN: true }), fc.constantFrom(1e-6, 6.283184)),
      potential: fc.constantFrom('triangle', 'aubry-andre'),
      amplitude: fc.oneof(fc.double({ min: 0.1, max: 3, noNaN: true }), fc.constantFrom(1e-3, 1e3)),
      phases: fc.oneof(
        fc.record({ theta0: fc.oneof(ordinary, fc.constantFrom(-1e6, 1e6)) }),
        fc.record({
          theta0: fc.constantFrom(0, Math.PI),
          q: fc.tuple(fc.constantFrom(0, 1e3, 2.5), fc.double({ min: -7, max: 7, noNaN: true })),
        }),
        fc.record({ random: fc.constant(true), seed: anySeed }),
      ),
    },
    { requiredKeys: ['radius', 'strength', 'phases'] },
  )
  .map(({ phases, ...rest }) => ({ ...rest, ...phases }))
  // A cosine has no breakpoint.
  .map(({ breakpoint, ...rest }) => ({
    ...rest,
    ...(breakpoint !== undefined && rest.potential !== 'aubry-andre' && { breakpoint }),
  }));
const latticeReference = { radius: 3, strength: 30, theta0: 0.25 };
const g0 = fc.oneof(fc.double({ min: 0.01, max: 10, noNaN: true }), fc.constantFrom(5e-324, 1e-300, 1e12, 0));

/** Results of latticeCouplings of one core; and with a part replaced, as a user may store and change them. */
function storedCouplings(core: Core) {
  const results = (['dense', 'band', 'lanczos', 'local'] as const).map((wanted) =>
    core.latticeCouplings({ ...latticeReference, method: wanted }),
  );
  const solutions = results.map((result) => core.latticeMeanField(result));
  const parts = fc.constantFrom(
    'phi0',
    'lower',
    'upper',
    'potential',
    'site',
    'sites',
    'missing',
    'missingBound',
    'model',
  );
  const replacement = fc.constantFrom<Lazy>(
    new Lazy('empty', () => new Float64Array(0)),
    new Lazy('one NaN', () => f64(Number.NaN)),
    new Lazy('one number', () => f64(0.5)),
    new Lazy('sites out of range', () => new Int32Array(25).fill(1e6)),
    new Lazy('negative sites', () => new Int32Array(50).fill(-7)),
    new Lazy('many missing', () => 2 ** 40),
    new Lazy('a few missing', () => 3),
    new Lazy('undefined', () => undefined),
    new Lazy('null', () => null),
  );
  return fc
    .tuple(fc.nat(results.length - 1), fc.option(fc.tuple(parts, replacement), { freq: 3 }))
    .map(([i, change]) => {
      const label = `result of latticeCouplings ${i}${change ? ` with ${change[0]} ${change[1].label}` : ''}`;
      const changed = () => (change ? { ...results[i], [change[0]]: change[1].make() } : results[i]);
      return { couplings: new Lazy(label, changed), solution: new Lazy(`its solution`, () => solutions[i]) };
    });
}

const bottleneck = {
  zeta: fc.double({ min: 0.02, max: 10, noNaN: true }),
  radius: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constantFrom(0, 1e9)),
  threshold: fc.constantFrom(1e-9, 0.5, 0.999),
  ...grain,
};

const orbitals = {
  method: fc.constantFrom('auto', 'local', 'band', 'lanczos', 'dense'),
  resolution: fc.constantFrom(1e-14, 1e-9, 1e-2),
  relative: fc.constantFrom(1e-12, 1e-6, 1e-3),
};

/** A site, in the lattice or near it. */
const site = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.integer({ min: -1, max: 1 }), fc.constantFrom(0, 1, 2)) },
  fc.constantFrom([0], [0.5, 0], [3, 3], null),
);
const merging = {
  ...{ g0, threshold: fc.constantFrom(1e-9, 0.5, 0.999), ...grain },
  ...{ dg: fc.constantFrom(2, 8, 1e12, f64(2, 3)), ratio: fc.constantFrom(5e-324, 0.1, 1e12) },
  merge: fc.constantFrom('collars', 'coupling', 'never', 'always'),
};

const latticeGrains: Fuzzed = {
  parameters: ['options'],
  valid: fc
    .tuple(latticeModel, fc.array(site, { maxLength: 4 }), fc.record(merging, { requiredKeys: [] }))
    .map(([model, grains, more]) => [{ ...model, grains, ...more }]),
  reference: [
    {
      ...latticeReference,
      grains: [
        [0, 0],
        [2, 1],
      ],
      dg: 4,
    },
  ],
  long: () => [
    {
      ...{ radius: 9, strength: 50, hopping: 0.41, theta0: 1.5, merge: 'coupling' },
      grains: [
        [0, 0],
        [4, 0],
        [-4, 0],
        [0, 4],
        [0, -4],
      ],
    },
  ],
  weight: 0.1,
};

/** The functions of the lattice; `core` makes what some of them take. */
export function latticeFunctions(core: Core): Record<string, Fuzzed> {
  const stored = storedCouplings(core);
  const latticeCouplings = core.latticeCouplings(latticeReference);
  return withTwins(
    ['bottleneck', 'latticeCouplings', 'latticeGrains', 'latticeHysteresis', 'latticeVerdict'],
    {
      bottleneck: {
        parameters: ['options'],
        valid: fc.tuple(fc.record(bottleneck, { requiredKeys: ['zeta', 'radius'] })),
        reference: [{ zeta: 0.5, radius: 3 }],
        weight: 0.1,
      },
      latticeGrains,
      latticeCouplings: {
        parameters: ['options'],
        valid: fc
          .tuple(latticeModel, fc.record(orbitals, { requiredKeys: [] }))
          .map(([model, more]) => [{ ...model, ...more }]),
        reference: [latticeReference],
        weight: 0.2,
      },
      latticeMeanField: {
        parameters: ['couplings', 'options'],
        valid: fc
          .tuple(stored, options({ g0, threshold: fc.constantFrom(1e-9, 0.1, 0.5, 0.999), ...grain }))
          .map(([{ couplings }, more]) => [couplings, more]),
        reference: [latticeCouplings],
      },
      latticeBranches: {
        parameters: ['couplings', 'options'],
        valid: fc.tuple(stored, options({ g0, ...grain })).map(([{ couplings }, more]) => [couplings, more]),
        reference: [latticeCouplings],
        weight: 0.5,
      },
      latticeHysteresis: {
        parameters: ['options'],
        valid: fc
          .tuple(latticeModel, list(strength, 4), options({ g0, ...grain }))
          .map(([{ strength: _, ...model }, strengths, more]) => [
            {
              ...model,
              strengths: new Lazy(`ascending ${strengths.label}`, () =>
                (strengths.make() as Float64Array).sort(),
              ),
              ...(more as object | undefined),
            },
          ]),
        reference: [{ radius: 3, theta0: 0.25, strengths: f64(10, 30) }],
        weight: 0.1,
      },
      grainSpacing: {
        parameters: ['couplings', 'solution', 'options'],
        valid: fc
          .tuple(stored, options({ dg: g0, ratio: g0 }))
          .map(([{ couplings, solution }, more]) => [couplings, solution, more]),
        reference: [
          core.latticeCouplings({ ...latticeReference, method: 'local' }),
          core.latticeMeanField(core.latticeCouplings({ ...latticeReference, method: 'local' })),
        ],
      },
      latticeVerdict: {
        parameters: ['model', 'options'],
        valid: fc.tuple(
          latticeModel,
          options({ g0, threshold: fc.constantFrom(1e-9, 0.1, 0.5, 0.999), ...grain }),
        ),
        reference: [latticeReference],
        weight: 0.2,
      },
    },
  );
}
