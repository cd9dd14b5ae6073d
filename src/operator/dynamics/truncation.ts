// What Krylov spaces leave out of e^{−βH/2} r. With y(s) = Q e^{−(T − θ)s} e_1, θ the lowest Ritz value,
//     y' = −(H − θ) y + β_m q η(s) ,   η(s) = e_m* e^{−(T − θ)s} e_1 ,
// so that the error at t = β/2 is at most β_m ∫₀ᵗ e^{g(t − s)} |η(s)| ds, where g is how far θ may be above the lowest level. T has
// positive elements beside its diagonal, so η keeps its sign, and the integral is a sum over Ritz values. At β < 0 the ends are exchanged.
import { ULP } from '../../wasm/constants.js';
import { exponentials } from '../../wasm/exponentials.js';
import type { Runtime } from '../../wasm/runtime.js';
import type { Chain } from '../chain.js';
import type { Ritz } from '../ritz.js';

/** Last elements of vectors of T, and differences of energies, relative to |H|, that are no more than this are rounding. */
const ROUNDED = 16 * ULP;
/** Beyond this exponent nothing is known. */
const UNKNOWN = 30;

/** What is left out of the space of one vector r, and where the spectrum of H may end. */
export interface Left {
  /** Ritz values with their weights, |first element|². */
  values: Float64Array;
  weights: Float64Array;
  /** β_m; 0 where the space is complete. */
  rest: number;
  /** Products of the first and last element of each Ritz vector. */
  products: Float64Array;
  /** Estimates of the extreme levels. */
  lowest: number;
  highest: number;
}

export function leftOf({ rests, ended }: Chain, { values, vectors }: Ritz): Left {
  const m = values.length;
  const rest = ended ? 0 : rests[m - 1];
  const first = values.map((_, k) => vectors.re[k * m]);
  const last = values.map((_, k) => {
    const element = vectors.re[k * m + m - 1];
    return Math.abs(element) > ROUNDED ? element : 0;
  });
  return {
    values,
    weights: first.map((x) => x * x),
    rest,
    products: first.map((x, k) => x * last[k]),
    // A level lies within the residual of a Ritz value.
    lowest: values[0] - rest * Math.abs(last[0]),
    highest: values[m - 1] + rest * Math.abs(last[m - 1]),
  };
}

/** How far e^{−βH/2} r may be from what its space has, relative to its length, of the vector of which it is most: 0 … 1. */
export function truncationOf(runtime: Runtime, all: readonly Left[], beta: number): number {
  const end =
    beta < 0 ? Math.max(...all.map((one) => one.highest)) : Math.min(...all.map((one) => one.lowest));
  return all.reduce((most, one) => Math.max(most, distance(runtime, one, beta, end)), 0);
}

function distance(runtime: Runtime, left: Left, beta: number, end: number): number {
  const { values, weights, rest, products } = left;
  const m = values.length;
  if (rest === 0 || beta === 0) return 0;
  const sign = beta < 0 ? -1 : 1;
  const time = Math.abs(beta) / 2;
  const zero = beta < 0 ? values[m - 1] : values[0];
  const least = ROUNDED * Math.max(Math.abs(values[0]), Math.abs(values[m - 1]));
  const apart = sign * (zero - end);
  const grown = apart > least ? apart : 0;
  if (grown * time > UNKNOWN) return 1;
  const gaps = values.map((value) => sign * (value - zero));
  const [growth, ...factors] = exponentials(
    runtime,
    Float64Array.of(grown * time, ...gaps.map((gap) => -(gap + grown) * time)),
  );
  let [integral, square] = [0, 0];
  for (let k = 0; k < m; ++k) {
    const rate = gaps[k] + grown;
    // (1 − e^{−x})/x of small x.
    const small = rate * time < 1e-8;
    integral += products[k] * (small ? time : (1 - factors[k]) / rate);
    square += weights[k] * (factors[k] * growth) * (factors[k] * growth);
  }
  const share = (rest * growth * Math.abs(integral)) / Math.sqrt(square);
  return share < 1 ? share : 1;
}
