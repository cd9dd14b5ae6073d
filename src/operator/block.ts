// The next block of a Krylov space: W, the product with the last block, less its part in the space, is made orthonormal: W = Q R. If the
// operator has few levels, columns may depend on those before them. Such a column is replaced by a random one; its rest stays in R, as a
// residual.
import type { Small, VectorBlocks } from './vectorBlocks.js';

/** A column of which less is left, relative to the operator, is made orthogonal to the space once more. */
const SHORT = 1e-3;

interface NextBlock {
  columns: VectorBlocks;
  /** Address of the space, and how many columns W is orthogonal to already. */
  q: number;
  before: number;
  /** Address of W, and its columns. */
  w: number;
  block: number;
  /** An estimate of |H|, to which lengths are compared. */
  norm: number;
  /** A column no longer than this counts as zero. */
  nothing: number;
  /** Fills column j of W with random numbers. */
  draw(j: number): void;
}

/** R, and whether columns had to be replaced; null if no column outside of the space is found. */
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
  // Much of a short column may be rounding, which lies in the space itself.
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
