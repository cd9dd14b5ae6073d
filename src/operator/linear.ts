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

/** `product` has arrays of its own, which it may change. */
export function checkLinear(n: number, complex: boolean, product: (x: Float64Array) => Float64Array): void {
  const length = complex ? 2 * n : n;
  const [x, y] = [random(length, 1), random(length, 2)];
  const both = multiple(x, complex).map((value, i) => value + y[i]);
  const [hx, hy, hz] = [product(x), product(y), product(both)];
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
  throw new InputError(
    ['operator', 'multiply'],
    `is not linear: of a sum of two vectors it makes what differs from the sum of their products by ${apart.toExponential(1)} of its size`,
  );
}
