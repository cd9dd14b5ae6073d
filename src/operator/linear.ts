// Checks that a function of the program is linear: H(ax + y) = aHx + Hy for two vectors of random numbers, with a real, or complex if H is.
// With a function that is not, solvers would find levels that do not exist: with y = 1 for every x, those of a matrix of ones.
import { InputError } from '../wasm/errors.js';

/** Elements may differ by this, relative to the largest: products may be in single precision, or come from an iteration. */
const LINEAR = 1e-6;
/** Products below this have lost digits. */
const LEAST_PRODUCT = 2 ** -1040;
/** a, of modulus 1 as a complex number. */
const [RE, IM] = [0.6, 0.8];

/**
 * Random numbers of either sign by a linear congruence (W. H. Press et al., Numerical Recipes, 1992, 7.1), so small that a
 * vector is shorter than 1/4: products are doubles if levels are.
 */
function random(count: number, seed: number): Float64Array {
  let unit = 2 ** -31;
  for (let n = count; n > 0; n = Math.floor(n / 4)) unit /= 2;
  let state = seed >>> 0;
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state - 2 ** 31) * (unit / 4);
  });
}

/** a x; used for a vector and for its product. */
function multiple(x: Float64Array, complex: boolean): Float64Array {
  if (!complex) return x.map((value) => RE * value);
  return x.map((value, i) => RE * value + (i % 2 === 0 ? -IM * x[i + 1] : IM * x[i - 1]));
}

/** The first `count` of two vectors of random numbers. */
export function probes(n: number, complex: boolean, count: number): Float64Array {
  const length = complex ? 2 * n : n;
  const vectors = new Float64Array(count * length);
  for (let c = 0; c < count; ++c) vectors.set(random(length, c + 1), c * length);
  return vectors;
}

/** `product` has arrays of its own, which it may change; it multiplies `together` vectors at a time, 1 or 2. */
export function checkLinear(
  n: number,
  complex: boolean,
  together: number,
  product: (x: Float64Array, columns: number) => Float64Array,
): void {
  const length = complex ? 2 * n : n;
  const two = probes(n, complex, 2);
  const of = (vectors: Float64Array, k: number) => vectors.slice(k * length, (k + 1) * length);
  const [x, y] = [of(two, 0), of(two, 1)];
  const both = multiple(x, complex).map((value, i) => value + y[i]);
  // The products of two at once are compared with that of one: a function that leaves out the second multiplies it by 0.
  const pair = together > 1 ? product(two, 2) : undefined;
  const [hx, hy] = pair ? [of(pair, 0), of(pair, 1)] : [product(x, 1), product(y, 1)];
  const hz = product(both, 1);
  const size = [hx, hy, hz].reduce(
    (most, h) => h.reduce((so, value) => Math.max(so, Math.abs(value)), most),
    0,
  );
  if (!(size > LEAST_PRODUCT)) return;
  // In units of the largest element no sum overflows.
  const [a, b, c] = [hx, hy, hz].map((h) => h.map((value) => value / size));
  const apart = multiple(a, complex).reduce(
    (most, value, i) => Math.max(most, Math.abs(value + b[i] - c[i])),
    0,
  );
  if (apart <= LINEAR) return;
  const given = pair ? ', of vectors given two at a time, columns = 2,' : '';
  throw new InputError(
    ['operator', 'multiply'],
    `is not linear: of a sum of two vectors it makes what differs from the sum of their products${given} by ${apart.toExponential(1)} of its size`,
  );
}
