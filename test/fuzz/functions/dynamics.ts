// Arguments of what is computed of states in time and at a temperature.
import type { Core } from 'emft';
import fc from 'fast-check';
import { finite, Lazy, ordinary } from '../values.js';
import { type Fuzzed, f64, watch } from './fuzzed.js';

const pair = {
  sites: 2,
  terms: ['xx', 'yy', 'zz'].map((op) => ({ op, sites: [0, 1], coefficient: 1 })),
};

const operators = (core: Core) =>
  fc.constantFrom(
    new Lazy('pair', () => core.spins(pair)),
    new Lazy('turned', () => core.spins({ ...pair, terms: [{ op: 'xy', sites: [0, 1] }] })),
    new Lazy('identity', () => core.operator({ n: 4, multiply: (x, y) => y.set(x) })),
    new Lazy('zero', () => core.csr({ n: 4, indptr: [0, 0, 0, 0, 0], indices: [], data: [] })),
    new Lazy('empty', () => core.csr({ n: 0, indptr: [0], indices: [], data: [] })),
    new Lazy('large', () => core.spins(pair).scaled(1e150)),
    new Lazy('blocks', () =>
      core.operator({ n: 4, multiply: (x, y, columns) => y.set(x.subarray(0, 4 * columns)) }),
    ),
    new Lazy('promise', () =>
      core.operator({ n: 4, multiply: async () => Promise.reject(new Error('late')) }),
    ),
    new Lazy('NaN', () => core.operator({ n: 4, multiply: (_, y) => void y.fill(Number.NaN) })),
    new Lazy('not Hermitian', () => core.operator({ n: 4, multiply: (x, y) => y.set(x.subarray(1)) })),
  );

const amplitudes = fc
  .constantFrom(4, 8, 8, 16, 0, 5)
  .chain((length) =>
    fc.array(fc.oneof(ordinary, finite), { minLength: length, maxLength: length }).map((x) => f64(...x)),
  );
const times = fc
  .array(fc.oneof(fc.double({ min: -20, max: 20, noNaN: true }), finite), { maxLength: 4 })
  .map((x) => f64(...x));

const thermal = (operator: fc.Arbitrary<Lazy>) => ({
  betas: times,
  observables: fc.array(operator, { maxLength: 2 }),
  functions: fc.array(
    fc.constantFrom(
      new Lazy('square', () => (e: number) => e * e),
      new Lazy('inverse', () => (e: number) => 1 / e),
      new Lazy('word', () => () => 'one'),
    ),
    { maxLength: 2 },
  ),
  samples: fc.constantFrom(1, 2, 5, 0),
  vectors: fc.constantFrom(1, 3, 80, 0),
  seed: fc.oneof(fc.integer(), fc.constantFrom(2 ** 53 - 1, -(2 ** 53) + 1, 0.5)),
});

export function dynamicsFunctions(core: Core): Record<string, Fuzzed> {
  const operator = operators(core);
  const evolution = {
    complex: fc.boolean(),
    imaginary: fc.boolean(),
    observables: fc.array(operator, { maxLength: 2 }),
    states: fc.boolean(),
  };
  const series = {
    ...evolution,
    method: fc.constantFrom('auto', 'chebyshev', 'krylov'),
    tolerance: fc.constantFrom(1e-15, 1e-13, 0.1, 1),
    maxProducts: fc.constantFrom(1, 100, 2000),
  };
  const record = (of: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[] = []) =>
    fc.record(of, { requiredKeys });
  const reference = [core.spins(pair), f64(1, 2, 3, 4), f64(1, -2), { method: 'chebyshev' }];
  const evolve = { parameters: ['operator', 'psi', 'times', 'options'], reference, weight: 0.3 };
  const states = [core.spins(pair), f64(1, 2, 3, 4, 0, 1, 0, 0), { complex: false }];
  const measured = (options: Record<string, fc.Arbitrary<unknown>>): Fuzzed => ({
    parameters: ['operator', 'states', 'options'],
    valid: fc.tuple(operator, amplitudes, record(options)),
    reference: states,
    weight: 0.5,
  });
  const complex = fc.boolean();
  const correlated = { complex, op: fc.constantFrom('zz', '+-', 'xy', 'z', 'zzz'), connected: fc.boolean() };
  const levelTolerance = fc.constantFrom(0, 1e-12, 1, 2);
  const contact = fc.array(operator, { maxLength: 3 });
  const bath = {
    parameters: ['operator', 'contact', 'options'],
    reference: [core.spins(pair), [core.spins({ ...pair, terms: [{ op: 'x', sites: [0] }] })]],
    weight: 0.5,
  };
  const typicality = { parameters: ['operator', 'options'], weight: 0.3 };
  const cool = [core.spins(pair), { betas: f64(0.5, 3), samples: 2 }];
  return {
    typicality: { ...typicality, valid: fc.tuple(operator, record(thermal(operator))), reference: cool },
    typicalityAsync: {
      ...typicality,
      valid: fc.tuple(operator, record({ ...thermal(operator), ...watch })),
      reference: cool,
    },
    bathRate: { ...bath, valid: fc.tuple(operator, contact, record({ tolerance: levelTolerance })) },
    bathRateAsync: {
      ...bath,
      valid: fc.tuple(operator, contact, record({ tolerance: levelTolerance, ...watch })),
    },
    expectation: measured({ complex }),
    expectationAsync: measured({ complex, ...watch }),
    variance: measured({ complex }),
    varianceAsync: measured({ complex, ...watch }),
    matrixElements: measured({ complex }),
    matrixElementsAsync: measured({ complex, ...watch }),
    correlations: measured(correlated),
    correlationsAsync: measured({ ...correlated, ...watch }),
    evolveExact: {
      ...evolve,
      reference: reference.slice(0, 3),
      valid: fc.tuple(operator, amplitudes, times, record({ ...evolution, levelTolerance })),
    },
    evolveExactAsync: {
      ...evolve,
      reference: reference.slice(0, 3),
      valid: fc.tuple(operator, amplitudes, times, record({ ...evolution, levelTolerance, ...watch })),
    },
    evolve: { ...evolve, valid: fc.tuple(operator, amplitudes, times, record(series, ['maxProducts'])) },
    evolveAsync: {
      ...evolve,
      valid: fc.tuple(operator, amplitudes, times, record({ ...series, ...watch }, ['maxProducts'])),
    },
  };
}
