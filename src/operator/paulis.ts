// Hamiltonians of spins ½ as sums of products of Pauli matrices: Σ c(F, Z) X^F Z^Z, where X^F flips the sites of the mask F and
// Z^Z is −1 to the power of the number of down spins on the sites of Z. With Z = −1 for down,
//     S^x = X/2,   S^y = iXZ/2,   S^z = Z/2,   S^+ = X(1 − Z)/2,   S^− = X(1 + Z)/2,
//     X^F Z^Z · X^F' Z^Z' = (−1)^|Z & F'| X^(F^F') Z^(Z^Z') .
// Powers of two and signs are exact, so that terms cancel where they should.
import { InputError } from '../wasm/errors.js';
import { magnitude } from '../wasm/magnitude.js';
import type { SpinTerm } from './types.js';

/** c X^flip Z^mask; `size` is the sum of the moduli of the terms of c. */
export interface Pauli {
  flip: number;
  mask: number;
  re: number;
  im: number;
  size: number;
}

/** A checked term. */
export interface CheckedTerm {
  op: string;
  sites: number[];
  coefficient: [number, number];
}

/** A sum counts as zero up to this share of the sizes of its terms. */
const CANCELS = 2 ** -50;

/** The operators as sums of products: a flip, a mask and a factor for each. */
const LETTERS: Record<string, { flip: boolean; mask: boolean; re: number; im: number }[]> = {
  x: [{ flip: true, mask: false, re: 0.5, im: 0 }],
  y: [{ flip: true, mask: true, re: 0, im: 0.5 }],
  z: [{ flip: false, mask: true, re: 0.5, im: 0 }],
  '+': [
    { flip: true, mask: false, re: 0.5, im: 0 },
    { flip: true, mask: true, re: -0.5, im: 0 },
  ],
  '-': [
    { flip: true, mask: false, re: 0.5, im: 0 },
    { flip: true, mask: true, re: 0.5, im: 0 },
  ],
};

export const LETTER_NAMES = Object.keys(LETTERS) as readonly string[];

function parity(bits: number): number {
  let x = bits;
  x ^= x >>> 16;
  x ^= x >>> 8;
  x ^= x >>> 4;
  x ^= x >>> 2;
  x ^= x >>> 1;
  return x & 1;
}

/** Number of bits that are 1. */
export function bitCount(bits: number): number {
  let count = 0;
  for (let x = bits; x !== 0; x &= x - 1) count++;
  return count;
}

/** The sum of the terms, in which every product occurs once, and none that cancels. */
export function pauliSum(terms: readonly CheckedTerm[]): Pauli[] {
  const sums = new Map<string, Pauli>();
  for (const term of terms) {
    for (const { flip, mask, re, im } of expand(term)) {
      const key = `${flip} ${mask}`;
      const sum = sums.get(key) ?? { flip, mask, re: 0, im: 0, size: 0 };
      sum.re += re;
      sum.im += im;
      sum.size += magnitude(re, im);
      sums.set(key, sum);
    }
  }
  return [...sums.values()]
    .map((p) => ({ ...p, re: nothing(p.re, p) ? 0 : p.re, im: nothing(p.im, p) ? 0 : p.im }))
    .filter(({ re, im }) => re !== 0 || im !== 0);
}

function nothing(part: number, { size }: Pauli): boolean {
  return Math.abs(part) <= CANCELS * size;
}

function expand({ op, sites, coefficient: [re, im] }: CheckedTerm): Omit<Pauli, 'size'>[] {
  let products = [{ flip: 0, mask: 0, re, im }];
  for (let k = 0; k < op.length; ++k) {
    const bit = 2 ** sites[k];
    products = products.flatMap((p) =>
      LETTERS[op[k]].map((letter) => {
        // The operator on the left acts last: its mask is moved past the flip.
        const sign = letter.flip && (p.mask & bit) !== 0 ? -1 : 1;
        return {
          flip: (letter.flip ? p.flip ^ bit : p.flip) >>> 0,
          mask: (letter.mask ? p.mask ^ bit : p.mask) >>> 0,
          re: sign * (p.re * letter.re - p.im * letter.im),
          im: sign * (p.re * letter.im + p.im * letter.re),
        };
      }),
    );
  }
  return products;
}

/** c must be real if the number of sites that are both flipped and in the mask is even, else imaginary. */
export function checkHermitian(sum: readonly Pauli[], terms: readonly SpinTerm[]): void {
  for (const { flip, mask, re, im } of sum) {
    if ((parity(flip & mask) ? re : im) === 0) continue;
    const at = sitesOf((flip | mask) >>> 0);
    const where = terms.findIndex(({ sites }) => at.every((i) => sites.includes(i)));
    throw new InputError(
      where < 0 ? ['options', 'terms'] : ['options', 'terms', where],
      `H is not Hermitian: what acts on sites ${at.join(', ')} has no adjoint among the terms`,
    );
  }
}

/** Sites of a mask, ascending. */
function sitesOf(mask: number): number[] {
  return Array.from({ length: 32 }, (_, i) => i).filter((i) => (mask >>> i) & 1);
}

/** Whether H conserves the number of up spins: a flip must give 0 unless half of its sites are down before it. */
export function conservesUp(sum: readonly Pauli[]): boolean {
  for (const sameFlip of groupBy(sum, ({ flip }) => flip)) {
    const { flip } = sameFlip[0];
    if (flip === 0) continue;
    for (const alike of groupBy(sameFlip, ({ mask }) => (mask & ~flip) >>> 0)) {
      if (!conservesAlike(flip, alike)) return false;
    }
  }
  return true;
}

function groupBy<T>(items: readonly T[], key: (item: T) => number): T[][] {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
}

/**
 * The same of terms whose masks agree outside of the flip. What they give on each set of down spins of the flip is the Walsh–Hadamard transform
 * of their factors: of sixteen sites a million sums, in place of one for each set and each of up to 2¹⁶ terms.
 */
function conservesAlike(flip: number, terms: readonly Pauli[]): boolean {
  const sites = sitesOf(flip);
  const least = CANCELS * terms.reduce((sum, p) => sum + p.size, 0);
  const [re, im] = [new Float64Array(2 ** sites.length), new Float64Array(2 ** sites.length)];
  for (const p of terms) {
    const place = sites.reduce((bits, site, k) => bits | (((p.mask >>> site) & 1) << k), 0);
    re[place] += p.re;
    im[place] += p.im;
  }
  for (const part of [re, im]) transform(part);
  return re.every((x, down) => 2 * bitCount(down) === sites.length || magnitude(x, im[down]) <= least);
}

/** Σ_j (−1)^|i & j| x_j at each i, in place. */
function transform(x: Float64Array): void {
  for (let half = 1; half < x.length; half *= 2) {
    for (let i = 0; i < x.length; ++i) {
      if (i & half) continue;
      const [a, b] = [x[i], x[i + half]];
      x[i] = a + b;
      x[i + half] = a - b;
    }
  }
}

/** Whether H is unchanged by a permutation of the sites, with a flip of all spins if `flip`. */
export function isSymmetric(sum: readonly Pauli[], permutation: readonly number[], flip: boolean): boolean {
  const known = new Map(sum.map((p) => [`${p.flip} ${p.mask}`, p]));
  return sum.every((p) => {
    const other = known.get(`${permuted(p.flip, permutation)} ${permuted(p.mask, permutation)}`);
    if (!other) return false;
    const sign = flip && parity(p.mask) ? -1 : 1;
    return magnitude(other.re - sign * p.re, other.im - sign * p.im) <= CANCELS * (p.size + other.size);
  });
}

/** Bit i goes to `permutation[i]`. */
function permuted(bits: number, permutation: readonly number[]): number {
  let out = 0;
  for (let i = 0; i < permutation.length; ++i) if ((bits >>> i) & 1) out |= 1 << permutation[i];
  return out >>> 0;
}
