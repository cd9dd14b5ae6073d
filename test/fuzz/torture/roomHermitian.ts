// Hermitian matrices of every kind: as real ones of twice the order, every part of the result against the whole.
import type { Core, Eigh, EighComplexOptions, EighMethod } from 'emft';
import { methodNames, rangeMethods } from 'emft/check';
import { sameBits } from './doubles.js';
import { LIMIT } from './examine.js';
import { draw } from './kinds.js';
import type { Random } from './random.js';
import { ratios, scaledCopy, valuesRatio } from './ratios.js';
import { Findings, type Room } from './room.js';
import { order } from './sizes.js';

interface Hermitian {
  n: number;
  /** Pairs, entry (i, j) at a[2*(i*n + j)]. */
  a: Float64Array;
  part: Part;
}

/** What is asked for besides the whole. */
export interface Part {
  /** First and last place of the range. */
  index: [number, number];
  uplo: 'L' | 'U';
}

export function drawPart(random: Random, n: number): Part {
  const first = random.integer(0, Math.max(0, n - 1));
  return { index: [first, random.integer(first, Math.max(0, n - 1))], uplo: random.pick(['L', 'U']) };
}

/** Orders that leave twice as much within what a round may take. */
export function smallOrder(random: Random): number {
  return Math.min(order(random), 129);
}

/** What a method gives of a matrix, asked in that way. */
export type Solve = (options: EighComplexOptions & { method: EighMethod }) => Eigh;

/**
 * The whole of each method, of which `judge` tells what is wrong, and values alone, parts and the other triangle, which have to
 * agree with it. `numbers`: those of a vector.
 */
export function everyWay(
  found: Findings,
  solve: Solve,
  { part, numbers }: { part: Part; numbers: number },
  judge: (method: EighMethod, whole: Eigh, bare: Float64Array) => void,
): void {
  for (const method of methodNames) {
    const whole = solve({ method });
    const bare = solve({ method, vectors: false });
    const finite = whole.values.every(Number.isFinite);
    found.holds(`${method}: converged or finite`, whole.convergence.converged === finite, `${finite}`);
    const ascending = whole.values.every((x, k) => k === 0 || x >= whole.values[k - 1]);
    found.holds(`${method}: values not ascending`, ascending, '');
    judge(method, whole, bare.values);
    const other = solve({ method, uplo: part.uplo });
    found.holds(
      `${method}: other bits of the triangle ${part.uplo}`,
      sameBits(other.vectors, whole.vectors),
      '',
    );
    if (!rangeMethods.includes(method) || whole.values.length === 0) continue;
    const [first, last] = part.index;
    const some = solve({ method, range: { index: part.index } });
    const same =
      sameBits(some.values, whole.values.slice(first, last + 1)) &&
      sameBits(some.vectors, whole.vectors.slice(first * numbers, (last + 1) * numbers));
    found.holds(`${method}: other bits of a part`, same, `of ${first} to ${last}`);
  }
}

/** [Re −Im; Im Re], which has each eigenvalue twice. */
function doubled(n: number, a: Float64Array): Float64Array {
  const whole = new Float64Array(4 * n * n);
  for (let i = 0; i < n; ++i) {
    for (let j = 0; j < n; ++j) {
      const [re, im] = [a[2 * (i * n + j)], a[2 * (i * n + j) + 1]];
      whole[i * 2 * n + j] = whole[(n + i) * 2 * n + n + j] = re;
      whole[(n + i) * 2 * n + j] = im;
      whole[i * 2 * n + n + j] = 0 - im;
    }
  }
  return whole;
}

/** z = x + iy becomes (x, y) and (−y, x). */
function doubledVectors(n: number, z: Float64Array): Float64Array {
  const all = new Float64Array(4 * n * n);
  for (let k = 0; k < n; ++k) {
    const [one, two] = [4 * k * n, 4 * k * n + 2 * n];
    for (let i = 0; i < n; ++i) {
      const [re, im] = [z[2 * (k * n + i)], z[2 * (k * n + i) + 1]];
      all[one + i] = all[two + n + i] = re;
      all[one + n + i] = im;
      all[two + i] = 0 - im;
    }
  }
  return all;
}

/** The triangle that is not read is spoilt. */
export function spoilt(n: number, a: Float64Array, uplo: 'L' | 'U', parts: 1 | 2): Float64Array {
  return a.map((x, p) => {
    const [i, j] = [Math.floor(p / (parts * n)), Math.floor(p / parts) % n];
    return (uplo === 'L' ? j > i : j < i) ? Number.NaN : x;
  });
}

export const hermitian: Room<Hermitian> = {
  draw(random) {
    const n = smallOrder(random);
    const real = draw(random, n).a;
    // Turned by quarters, which rounds nothing, or with the imaginary parts of another kind.
    const quarters = Array.from({ length: n }, () => random.integer(0, 3));
    const other = random.chance(0.5) ? draw(random, n).a : undefined;
    const a = new Float64Array(2 * n * n);
    const set = (i: number, j: number, re: number, im: number) => {
      a[2 * (i * n + j)] = a[2 * (j * n + i)] = re;
      a[2 * (i * n + j) + 1] = im;
      a[2 * (j * n + i) + 1] = 0 - im;
    };
    for (let i = 0; i < n; ++i) {
      for (let j = 0; j < i; ++j) {
        const x = real[i * n + j];
        if (other) set(i, j, x, other[i * n + j]);
        else {
          const turn = (quarters[i] - quarters[j] + 4) % 4;
          const y = turn < 2 ? x : 0 - x;
          if (turn % 2 === 0) set(i, j, y, 0);
          else set(i, j, 0, y);
        }
      }
      a[2 * (i * n + i)] = real[i * n + i];
    }
    return { n, a, part: drawPart(random, n) };
  },
  check(core: Core, { n, a, part }) {
    const found = new Findings();
    const scaled = scaledCopy(doubled(n, a), 2 * n);
    const solve: Solve = (options) =>
      core.eighComplex(options.uplo ? spoilt(n, a, options.uplo, 2) : a, n, options);
    everyWay(found, solve, { part, numbers: 2 * n }, (method, { values, vectors }, bare) => {
      // Beyond the doubles there are no values to judge.
      if (scaled.exponent + Math.log2(scaled.norm || 1) > 1023.9) return;
      const twice = Float64Array.from({ length: 2 * n }, (_, k) => values[k >> 1]);
      const { residual, orthogonality } = ratios(scaled, twice, doubledVectors(n, vectors));
      found.below(`${method}: residual`, residual, LIMIT);
      found.below(`${method}: orthogonality`, orthogonality, LIMIT);
      found.below(`${method}: values alone`, valuesRatio(scaled, values, bare), LIMIT);
    });
    return found.list;
  },
};
