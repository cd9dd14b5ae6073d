// Roots of unity with the same bits in every engine, which Math.cos, Math.sin and Math.atan2 leave open.
import { magnitude } from '../wasm/magnitude.js';

export type Complex = [re: number, im: number];

/** Terms of the series below: at π/4 the first term left out is 1e-20 of the sum. */
const TERMS = 9;

/** Σ_k (−x²)^k / (first + 1)(first + 2)…(first + 2k): the cosine for first = 0, sin(x)/x for first = 1. */
function series(square: number, first: 0 | 1): number {
  let sum = 1;
  for (let k = TERMS; k >= 1; --k) sum = 1 - (square / ((first + 2 * k - 1) * (first + 2 * k))) * sum;
  return sum;
}

/**
 * e^{2πi turn/order} to 2⁻⁵², quarters of a turn exactly. The nearest quarter is split off in integers,
 * so that what is left for the series is at most π/4.
 */
export function rootOfUnity(turn: number, order: number): Complex {
  const quarters = Math.round((4 * turn) / order);
  const rest = (4 * turn - quarters * order) / order;
  const angle = (Math.PI / 2) * rest;
  // An eighth of a turn has its sine for cosine, from whichever quarter it is reached.
  const eighth = Math.abs(rest) === 0.5;
  const cos = eighth ? Math.SQRT1_2 : series(angle * angle, 0);
  const sin = eighth ? Math.sign(rest) * Math.SQRT1_2 : angle * series(angle * angle, 1);
  const turned: Complex[] = [
    [cos, sin],
    [0 - sin, cos],
    [0 - cos, 0 - sin],
    [sin, 0 - cos],
  ];
  return turned[((quarters % 4) + 4) % 4];
}

/** The root of unity of this order that is nearest to a number of modulus 1. */
export function nearestRoot([re, im]: Complex, order: number): Complex {
  const upper = Math.abs(im);
  // The last root of the upper half plane that is no farther around than the number, by halving.
  let [turn, beyond] = [0, Math.floor(order / 2) + 1];
  while (beyond - turn > 1) {
    const middle = (turn + beyond) >> 1;
    const [x, y] = rootOfUnity(middle, order);
    if (x * upper - y * re >= 0) turn = middle;
    else beyond = middle;
  }
  const of = (k: number): Complex => rootOfUnity(im < 0 ? -k : k, order);
  const far = ([x, y]: Complex): number => magnitude(x - re, y - im);
  return far(of(turn)) <= far(of(turn + 1)) ? of(turn) : of(turn + 1);
}
