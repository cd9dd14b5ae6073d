// Thermal averages from the Ritz values of some random vectors, and their errors by leaving out one vector after another:
//     error² = (R − 1)/R Σ_r (x_{without r} − mean)² ,
// which takes into account that numerator and denominator of a ratio come from the same vectors. What is left without a vector is
// summed up, not subtracted, and from its own zero of energy where that vector alone reaches the common one: at low temperatures
// nearly all of a sum may come from one vector. What rounding of the levels alone may do is the least that an error can be.
import { floats } from '../../wasm/arena.js';
import { exponentials, logarithms } from '../../wasm/exponentials.js';
import { timesPowerOfTwo } from '../../wasm/magnitude.js';
import type { Runtime } from '../../wasm/runtime.js';
import type { Typicality } from '../dynamicsTypes.js';
import { meanAndError } from '../sample.js';

/** Of one random vector: Ritz values, ascending, and their weights, of sum 1. */
export interface Sample {
  values: Float64Array;
  weights: Float64Array;
  /** Of each β, then of each observable: ⟨r|e^{−βH/2} A e^{−βH/2}|r⟩, energies from the first or last Ritz value. */
  numerators: number[][];
  /** Of each function: its values at the Ritz values. */
  functions: Float64Array[];
}

/** The quantities that are computed at each β. */
type ThermalAverages = Pick<
  Typicality,
  | 'logZ'
  | 'logZErrors'
  | 'energies'
  | 'energyErrors'
  | 'heatCapacities'
  | 'heatCapacityErrors'
  | 'entropies'
  | 'entropyErrors'
  | 'expectations'
  | 'expectationErrors'
>;

/** Mean and standard error of n Σ_j w_j f(θ_j). */
export function traceOf(samples: readonly Sample[], k: number, n: number): { mean: number; error: number } {
  const each = samples.map(
    ({ weights, functions }) => n * functions[k].reduce((s, f, j) => s + f * weights[j], 0),
  );
  return meanAndError(each);
}

/** The place of the Ritz value that counts most, of those with a weight. */
export function endOf({ weights }: Pick<Sample, 'weights'>, beta: number): number {
  const present = (weight: number) => weight > 0;
  return beta < 0 ? weights.findLastIndex(present) : weights.findIndex(present);
}

/** The two lowest numbers, or highest; a single one twice. */
function firstTwo(numbers: readonly number[], highest: boolean): [number, number] {
  const sorted = numbers.toSorted((a, b) => (highest ? b - a : a - b));
  return [sorted[0], sorted[1] ?? sorted[0]];
}

/** Sums of what stands at the same places. */
function sumOf(all: readonly (readonly number[])[]): number[] {
  return all[0].map((_, k) => all.reduce((s, sums) => s + sums[k], 0));
}

/** The sums without each one in turn, made of those before it and those after it; none for a single one. */
function withoutEach(all: readonly (readonly number[])[]): number[][] {
  if (all.length < 2) return [];
  const none = all[0].map(() => 0);
  const after = [none];
  for (const sums of all.slice(1).toReversed())
    after.push(sums.map((x, k) => x + after[after.length - 1][k]));
  let before = none;
  return all.map((sums, r) => {
    const rest = before.map((x, k) => x + after[all.length - 1 - r][k]);
    before = before.map((x, k) => x + sums[k]);
    return rest;
  });
}

/** Sums at one β for one vector: of e^{−βε}, of ε e^{−βε} and ε² e^{−βε}, ε = θ − zero, and numerators. */
function sumsOf(runtime: Runtime, sample: Sample, beta: number, b: number, zero: number): number[] {
  const { values, weights, numerators } = sample;
  const factors = exponentials(
    runtime,
    values.map((e) => -(e - zero) * beta),
  );
  const sums = [0, 0, 0];
  values.forEach((e, j) => {
    const share = weights[j] * factors[j];
    sums[0] += share;
    sums[1] += share * (e - zero);
    sums[2] += share * (e - zero) * (e - zero);
  });
  // Of the vector's own zero.
  const own = factors[endOf(sample, beta)];
  return [...sums, ...(numerators[b] ?? []).map((x) => x * own)];
}

/** log Z, energy, heat capacity, entropy and expectation values of sums over `count` vectors. */
function estimates(
  runtime: Runtime,
  sums: readonly number[],
  count: number,
  n: number,
  beta: number,
  zero: number,
): number[] {
  const [z, e, e2, ...a] = sums;
  const [logarithm] = logarithms(runtime, Float64Array.of((n * z) / count));
  const above = e / z;
  const variance = Math.max(0, e2 / z - above * above);
  return [
    logarithm - beta * zero,
    zero + above,
    beta * beta * variance,
    logarithm + beta * above,
    ...a.map((x) => x / z),
  ];
}

/** Of |H|: by how much levels that are equal may come out different. */
const LEVEL_ROUNDING = 2 ** -50;

/** What levels that are off by `off` do to log Z, energy, heat capacity and entropy. */
function roundingOf(beta: number, off: number): number[] {
  const exponent = Math.abs(beta) * off;
  return [exponent, off, exponent * exponent, exponent];
}

/** The inverse temperatures are those of 2^unit·H; energies are turned back into those of H. */
export function thermal(
  runtime: Runtime,
  samples: readonly Sample[],
  betas: Float64Array,
  n: number,
  observables: number,
  unit: number,
): ThermalAverages {
  const columns = 4 + observables;
  const means = Array.from({ length: columns }, () => floats(betas.length));
  const errors = Array.from({ length: columns }, () => floats(betas.length));
  const count = samples.length;
  const size = Math.max(...samples.map(({ values }) => Math.max(-values[0], values[values.length - 1])));
  betas.forEach((beta, b) => {
    const ends = samples.map((sample) => sample.values[endOf(sample, beta)]);
    const [zero, second] = firstTwo(ends, beta < 0);
    const sums = (of: Sample, from: number) => sumsOf(runtime, of, beta, b, from);
    const each = samples.map((sample) => sums(sample, zero));
    const whole = estimates(runtime, sumOf(each), count, n, beta, zero);
    const rest = withoutEach(each).map((left, r) => {
      const alone = ends[r] === zero && second !== zero;
      const others = () => sumOf(samples.filter((_, k) => k !== r).map((sample) => sums(sample, second)));
      return estimates(runtime, alone ? others() : left, count - 1, n, beta, alone ? second : zero);
    });
    const rounding = roundingOf(beta, LEVEL_ROUNDING * size);
    for (let k = 0; k < columns; ++k) {
      const given = (x: number) => (k === 1 ? timesPowerOfTwo(x, -unit) : x);
      means[k][b] = given(whole[k]);
      const mean = rest.reduce((s, x) => s + x[k], 0) / count;
      const square = rest.reduce((s, x) => s + (x[k] - mean) * (x[k] - mean), 0);
      const error = count > 1 ? Math.sqrt(((count - 1) / count) * square) : Number.NaN;
      errors[k][b] = given(Math.max(error, rounding[k] ?? 0));
    }
  });
  return {
    logZ: means[0],
    logZErrors: errors[0],
    energies: means[1],
    energyErrors: errors[1],
    heatCapacities: means[2],
    heatCapacityErrors: errors[2],
    entropies: means[3],
    entropyErrors: errors[3],
    expectations: means.slice(4),
    expectationErrors: errors.slice(4),
  };
}
