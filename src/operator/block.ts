// The next block of a Krylov space: what an operator made of the last one, W, less its part in the space, as orthonormal
// columns: W = Q R. A column that depends on those before it, as there are where the operator has few levels, is replaced by a
// random one; what was left of it stays in R as the residual that it is.
import type { Columns, Small } from './columns.js';

/** Where less is left of a column, relative to the operator, it is made orthogonal to the space once more. */
const SHORT = 1e-3;

interface NextBlock {
  columns: Columns;
  /** Address of the space, and how many columns W is orthogonal to already. */
  q: number;
  before: number;
  /** Address of W, and its columns. */
  w: number;
  block: number;
  /** A number near |H|, with which lengths are compared. */
  norm: number;
  /** A column of no more length than this is nothing. */
  nothing: number;
  /** Fills column j of W with random numbers. */
  draw(j: number): void;
}

/** R, and whether columns had to be replaced; null where no column outside of the space is found. */
export function nextBlock(of: NextBlock): { rest: Small; replaced: boolean } | null {
  const { columns, q, before, w, block, norm, nothing, draw } = of;
  columns.clear();
  const replaced = new Map<number, Small>();
  let j = columns.orthonormalize(0, block, nothing, w);
  for (; j >= 0; j = columns.orthonormalize(j, block, nothing, w)) {
    if (replaced.has(j)) return null;
    replaced.set(j, columns.factor(block));
    draw(j);
    columns.project(before, q, 1, columns.column(w, j));
  }
  const rest = columns.factor(block);
  for (const [k, { re, im }] of replaced) {
    rest.re.set(re.subarray(block * k, block * (k + 1)), block * k);
    if (im) rest.im?.set(im.subarray(block * k, block * (k + 1)), block * k);
  }
  // Of a short column much of what is left may be rounding, in the space itself.
  if (rest.re.some((x, p) => p % (block + 1) === 0 && x < SHORT * norm)) {
    columns.project(before, q, block, w);
    columns.clear();
    if (columns.orthonormalize(0, block, 0, w) >= 0) return null;
  }
  return { rest, replaced: replaced.size > 0 };
}

/** |R y| for the end of Ritz vector k: the length of its residual. */
export function residualOf({ re, im, rows }: Small, k: number, r: Small): number {
  const block = r.rows;
  const end = k * rows + rows - block;
  let sum = 0;
  for (let i = 0; i < block; ++i) {
    let [real, imaginary] = [0, 0];
    for (let j = i; j < block; ++j) {
      const [a, b] = [r.re[i + j * block], r.im?.[i + j * block] ?? 0];
      const [c, d] = [re[end + j], im?.[end + j] ?? 0];
      real += a * c - b * d;
      imaginary += a * d + b * c;
    }
    sum += real * real + imaginary * imaginary;
  }
  return Math.sqrt(sum);
}
