// What the description of a function for the fuzz is, and what descriptions share.
import type { Core } from 'emft';
import fc from 'fast-check';
import { float64Array, Lazy, nonNegative } from '../values.js';

export interface Fuzzed {
  /** Names of the parameters, as errors have to use them. */
  parameters: readonly string[];
  /** Lists of arguments that are valid, or nearly. */
  valid: fc.Arbitrary<unknown[]>;
  /** A call whose bits must not change, whatever went before. */
  reference: readonly unknown[];
  /** Of a function that has a twin in slices: arguments with which the call takes many steps (test/unit/wasm/asyncTwins.test.ts). */
  long?: (core: Core) => readonly unknown[];
  /** Relative number of calls: small where a call takes more than about a millisecond. */
  weight?: number;
}

export const list = (of: fc.Arbitrary<number>, maxLength = 12) => float64Array(fc.array(of, { maxLength }));
export const f64 = (...x: number[]) => Float64Array.of(...x);
export const vector = (parameter: string, sample: number[], of = nonNegative, weight?: number): Fuzzed => ({
  parameters: [parameter],
  valid: fc.tuple(list(of, weight === undefined ? 12 : 2)),
  reference: [f64(...sample)],
  weight,
});

/** The level statistics of the grain. */
export const grain = { grain: fc.constantFrom('goe', 'gue', 'gse', 'poisson') };

/** How a computation in slices is watched and ended. */
export const watch = {
  slice: fc.constantFrom(0, 5e-324, 1, 1e300),
  onProgress: fc.constant(new Lazy('function', () => () => {})),
  signal: fc.constantFrom(
    new Lazy('signal', () => new AbortController().signal),
    new Lazy('aborted signal', () => AbortSignal.abort()),
  ),
};

/** With the twins of those named: the same arguments, and a watch among the options of the last. */
export function withTwins(
  names: readonly string[],
  functions: Record<string, Fuzzed>,
): Record<string, Fuzzed> {
  const twins = names.map((name): [string, Fuzzed] => {
    const plain = functions[name];
    const last = plain.parameters.length - 1;
    const valid = fc
      .tuple(plain.valid, fc.record(watch, { requiredKeys: [] }))
      .map(([args, how]) =>
        Array.from({ length: last + 1 }, (_, i) =>
          i < last ? args[i] : { ...((args[i] ?? {}) as object), ...how },
        ),
      );
    return [`${name}Async`, { ...plain, valid, weight: 0.5 * (plain.weight ?? 1) }];
  });
  return { ...functions, ...Object.fromEntries(twins) };
}
