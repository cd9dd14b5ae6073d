// Arguments for every public function: valid ones and those at the borders of what is valid. Small enough that a call
// takes milliseconds. A function without an entry fails the test.
import type { Core } from 'emft';
import fc from 'fast-check';
import {
  anySeed,
  finite,
  float64Array,
  Lazy,
  matrix,
  nonNegative,
  oddities,
  options,
  ordinary,
} from './values.js';

export interface Fuzzed {
  /** Names of the parameters, as errors have to use them. */
  parameters: readonly string[];
  /** Lists of arguments that are valid, or nearly. */
  valid: fc.Arbitrary<unknown[]>;
  /** A call whose bits must not change, whatever went before. */
  reference: readonly unknown[];
  /** Relative number of calls: small where a call takes more than about a millisecond. */
  weight?: number;
}

const list = (of: fc.Arbitrary<number>, maxLength = 12) => float64Array(fc.array(of, { maxLength }));
const f64 = (...x: number[]) => Float64Array.of(...x);
const orders = fc.integer({ min: 0, max: 10 });
const uplo = fc.constantFrom('L', 'U');
const method = fc.constantFrom('auto', 'dc', 'qr', 'jacobi');
const small = f64(2, 1, 0, 1, -1, 0.5, 0, 0.5, 3);

const range = fc.oneof(
  fc.record({ index: fc.tuple(fc.integer({ min: -1, max: 5 }), fc.integer({ min: -1, max: 10 })) }),
  fc.record({
    value: fc.tuple(
      fc.oneof(ordinary, finite, fc.constant(Number.NEGATIVE_INFINITY)),
      fc.oneof(ordinary, finite, fc.constant(Number.POSITIVE_INFINITY)),
    ),
  }),
);

const key = fc.record(
  {
    seed: anySeed,
    stream: fc.oneof(fc.nat(), fc.constantFrom(0, 2 ** 32 - 1, 2 ** 32)),
    index: fc.oneof(fc.nat(), fc.constantFrom(2 ** 32, Number.MAX_SAFE_INTEGER)),
  },
  { requiredKeys: ['seed'] },
);

const strength = fc.oneof(fc.double({ min: 1, max: 60, noNaN: true }), fc.constantFrom(1e-12, 1e-3, 1e9));
const latticeModel = fc
  .record(
    {
      radius: fc.integer({ min: 1, max: 5 }),
      strength,
      hopping: fc.oneof(fc.double({ min: 0.1, max: 2, noNaN: true }), fc.constantFrom(1e-9, 1e9)),
      breakpoint: fc.oneof(fc.double({ min: 0.1, max: 6, noNaN: true }), fc.constantFrom(1e-6, 6.283184)),
      phases: fc.oneof(
        fc.record({ theta0: fc.oneof(ordinary, fc.constantFrom(-1e6, 1e6)) }),
        fc.record({ random: fc.constant(true), seed: anySeed }),
      ),
    },
    { requiredKeys: ['radius', 'strength', 'phases'] },
  )
  .map(({ phases, ...rest }) => ({ ...rest, ...phases }));
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

const spins = fc.oneof(
  fc.integer({ min: 1, max: 300 }),
  fc.constantFrom(1, 2, 10, 11, 1e6, 2 ** 31, 2 ** 53 - 1),
);
const drh = fc.record({
  g0: nonNegative,
  alpha: fc.oneof(fc.double({ min: 0.1, max: 1.2, noNaN: true }), fc.constantFrom(5e-324, 1, 1e300)),
  n: fc.integer({ min: 1, max: 200 }),
});

/** The functions of a core; `core` makes what some of them take. */
export function coreFunctions(core: Core): Record<string, Fuzzed> {
  const stored = storedCouplings(core);
  const latticeCouplings = core.latticeCouplings(latticeReference);
  const vector = (parameter: string, sample: number[], of = nonNegative, weight?: number): Fuzzed => ({
    parameters: [parameter],
    valid: fc.tuple(list(of, weight === undefined ? 12 : 2)),
    reference: [f64(...sample)],
    weight,
  });
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
        ...more,
      }),
    ),
    reference: [f64(0.3, 0.2, 0.7)],
  });
  return {
    ...eigenFunctions,
    response: vector('g', [0.1, 3]),
    eta: vector('g', [0.1, 3]),
    responseComplements: vector('g', [0.1, 3]),
    responseQuadrature: vector('g', [0.2], nonNegative, 0.2),
    responseComplementsQuadrature: vector('g', [0.2], nonNegative, 0.2),
    twoLevelMixing: vector('g', [0.1, 3]),
    resonanceDensity: vector('x', [0.1, 3]),
    resonanceCdf: vector('x', [0.1, 3]),
    resonanceDistribution: vector('x', [0.1, 3]),
    entropyDistribution: {
      parameters: ['g', 'entropy'],
      valid: fc.tuple(nonNegative, list(finite)),
      reference: [0.3, f64(0.1, 0.6)],
    },
    entropyShares: {
      parameters: ['g', 'bins'],
      valid: fc.tuple(
        list(nonNegative),
        fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(300, 65537)),
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
    meanFieldMap: {
      parameters: ['bare', 't', 'options'],
      valid: fc.tuple(list(nonNegative), list(finite), options({ log: fc.boolean() })),
      reference: [f64(0.3, 0.2, 0.7), f64(0, 1)],
    },
    fitFirstCoupling: {
      parameters: ['ends'],
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
      ),
      reference: [[{ alpha: 0.7, n: 4, mean: 0.1, error: 0.01 }]],
      weight: 0.3,
    },
    bottleneck: {
      parameters: ['options'],
      valid: fc.tuple(
        fc.record(
          {
            zeta: fc.double({ min: 0.02, max: 10, noNaN: true }),
            radius: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.constantFrom(0, 1e9)),
            threshold: fc.constantFrom(1e-9, 0.5, 0.999),
          },
          { requiredKeys: ['zeta', 'radius'] },
        ),
      ),
      reference: [{ zeta: 0.5, radius: 3 }],
      weight: 0.1,
    },
    drhLogCouplings: {
      parameters: ['parameters'],
      valid: fc.tuple(drh),
      reference: [{ g0: 0.5, alpha: 0.6, n: 7 }],
    },
    twoSpin: {
      parameters: ['g1', 'g2'],
      valid: fc.tuple(nonNegative, nonNegative),
      reference: [0.2, 0.4],
    },
    symmetricMeanField: {
      parameters: ['g0', 'n'],
      valid: fc.tuple(nonNegative, spins),
      reference: [0.02, 12],
    },
    symmetricBranches: {
      parameters: ['g0', 'n'],
      valid: fc.tuple(nonNegative, spins),
      reference: [0.02, 12],
    },
    criticalCoupling: { parameters: ['n'], valid: fc.tuple(spins), reference: [40] },
    latticeCouplings: {
      parameters: ['options'],
      valid: fc
        .tuple(
          latticeModel,
          fc.record(
            {
              method: fc.constantFrom('auto', 'local', 'band', 'lanczos', 'dense'),
              resolution: fc.constantFrom(1e-14, 1e-9, 1e-2),
              relative: fc.constantFrom(1e-12, 1e-6, 1e-3),
            },
            { requiredKeys: [] },
          ),
        )
        .map(([model, more]) => [{ ...model, ...more }]),
      reference: [latticeReference],
      weight: 0.2,
    },
    latticeCouplingsAsync: {
      parameters: ['options', 'control'],
      valid: fc.tuple(
        latticeModel,
        options({
          signal: fc.constantFrom(
            new Lazy('signal', () => new AbortController().signal),
            new Lazy('aborted signal', () => AbortSignal.abort()),
          ),
        }),
      ),
      reference: [latticeReference],
      weight: 0.2,
    },
    latticeMeanField: {
      parameters: ['couplings', 'options'],
      valid: fc
        .tuple(stored, options({ g0, threshold: fc.constantFrom(1e-9, 0.1, 0.5, 0.999) }))
        .map(([{ couplings }, more]) => [couplings, more]),
      reference: [latticeCouplings],
    },
    latticeBranches: {
      parameters: ['couplings', 'options'],
      valid: fc.tuple(stored, options({ g0 })).map(([{ couplings }, more]) => [couplings, more]),
      reference: [latticeCouplings],
      weight: 0.5,
    },
    latticeHysteresis: {
      parameters: ['options'],
      valid: fc
        .tuple(latticeModel, list(strength, 4), options({ g0 }))
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
      valid: fc.tuple(latticeModel, options({ g0, threshold: fc.constantFrom(1e-9, 0.1, 0.5, 0.999) })),
      reference: [latticeReference],
      weight: 0.2,
    },
    diagonalizeGrain: {
      parameters: ['options', 'more'],
      valid: fc
        .tuple(
          grainModel,
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
            grainDimension: fc.constantFrom(1, 2, 3, 8, 16, 2 ** 15, 2 ** 16),
            h: finite,
            deltaH: nonNegative,
            j1: finite,
            grainScale: nonNegative,
          },
          { requiredKeys: ['alpha', 'n', 'seed'] },
        ),
      ),
      reference: [{ alpha: 0.5, n: 3, seed: 1 }],
    },
    reducedCoupling: {
      parameters: ['options'],
      valid: fc
        .tuple(
          grainModel,
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
}

/** Those of emft/eigen too. */
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
};
