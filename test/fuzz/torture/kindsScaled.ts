// Kinds of matrices that are about exponents: all of them, graded, near overflow, subnormal.
import { QUANTUM } from './doubles.js';
import type { Random } from './random.js';
import { type Kind, symmetric } from './symmetric.js';

/** log2 of the ratio of neighbours of a graded matrix: gentle to brutal. */
const grade = (random: Random) => random.pick([0.5, 1, 3, 10, 30, 100, 300]) * (0.5 + random.uniform());

const anyExponent = (random: Random) => random.integer(-1074, 1023);

export const scaled: Record<string, Kind> = {
  uniform: (random, n) => symmetric(n, () => random.signed()),
  normal: (random, n) => symmetric(n, () => random.normal()),
  'all exponents': (random, n) => symmetric(n, () => random.withExponent(anyExponent(random))),
  'a span of exponents': (random, n) => {
    const [top, span] = [anyExponent(random), random.pick([1, 10, 60, 300, 600, 1100])];
    return symmetric(n, () => random.withExponent(Math.max(-1074, top - random.integer(0, span))));
  },
  'two exponents': (random, n) => {
    const two = [anyExponent(random), anyExponent(random)];
    return symmetric(n, () => random.withExponent(random.pick(two)));
  },
  'near overflow': (random, n) => {
    // The norm stays below the largest double, or does not.
    const room = random.chance(0.7) ? n : 1;
    return symmetric(n, () => (random.signed() * Number.MAX_VALUE) / room);
  },
  'near underflow': (random, n) =>
    symmetric(n, () => random.withExponent(random.integer(-1074, random.pick([-1070, -1022, -1000, -960])))),
  denormal: (random, n) => {
    const most = random.pick([1, 3, 100, 2 ** 26, 2 ** 52]);
    return symmetric(n, () => Math.round(random.signed() * most) * QUANTUM);
  },
  'graded down': (random, n) => graded(random, n, (i, j) => -(i + j) / 2),
  'graded up': (random, n) => graded(random, n, (i, j) => (i + j) / 2),
  'graded by the larger index': (random, n) => graded(random, n, (i, j) => -Math.max(i, j)),
  'graded by the smaller index': (random, n) => graded(random, n, (i, j) => -Math.min(i, j)),
  'graded from the diagonal': (random, n) => graded(random, n, (i, j) => -Math.abs(i - j)),
  'scaled on both sides': (random, n) => {
    const span = random.pick([10, 100, 500, 1000]);
    const d = Array.from({ length: n }, () => random.integer(-span, 0) / 2);
    return symmetric(n, (i, j) => (i === j ? 1 : random.signed() / n) * 2 ** (d[i] + d[j]));
  },
  'q^(i+j)': (random, n) => {
    const q = random.pick([0.2, 0.5, 0.9, 0.99, 1e-3, 1e-8, -0.3, 1.5, random.uniform()]);
    return symmetric(n, (i, j) => q ** (i + j));
  },
  'squares underflow': (random, n) => {
    // Columns whose norm is ordinary beside the largest entry's ulp, or far below, but whose squares are not.
    const column = Array.from({ length: n }, () => random.integer(-1074, -480));
    return symmetric(n, (i, j) =>
      i === j
        ? random.pick([0, 1, random.signed(), i + 1])
        : random.withExponent(Math.max(column[i], column[j])),
    );
  },
  'zero diagonal, graded': (random, n) => {
    const top = random.integer(-300, 400);
    return symmetric(n, (i, j) =>
      i - j === 1 ? random.withExponent(top - random.pick([0, 0, 1, 500, 560, 600])) : 0,
    );
  },
};

function graded(random: Random, n: number, power: (i: number, j: number) => number): Float64Array {
  const rate = grade(random);
  // So that the largest entry is where it may be, whatever the direction.
  const shift = power(n - 1, n - 1) > 0 || power(n - 1, 0) > 0 ? -rate * power(n - 1, n - 1) : 0;
  const top = random.chance(0.7) ? 0 : random.integer(-900, 1000);
  return symmetric(n, (i, j) => {
    const exponent = Math.floor(top + shift + rate * power(i, j));
    return exponent < -1074 ? 0 : random.withExponent(Math.min(1023, exponent));
  });
}
