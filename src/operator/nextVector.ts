// A step of the Krylov space of one vector: the product is made orthogonal to all vectors before it, twice, because once leaves rounding.

import type { Apply } from './compute.js';
import type { Small, VectorBlocks } from './vectorBlocks.js';

interface Next {
  /** Overlaps with the vectors before it, of the product and of what was left of it the first time. */
  first: Small;
  second: Small;
  /** The length of the part outside of the space, before it was normalized; 0 if it is no more than rounding. */
  rest: number;
}

/** Behind the `size` orthonormal vectors at q: H times the last of them, less its part in them, of length 1. */
export function nextVector(columns: VectorBlocks, apply: Apply, q: number, size: number): Next {
  const w = columns.column(q, size);
  apply(columns.column(q, size - 1), w);
  const [first, second] = columns.projections(size, q, 1, w);
  return { first, second, rest: unitLength(columns, w) };
}

/** Normalizes a vector and returns its length before; a vector 0 stays. */
export function unitLength(columns: VectorBlocks, w: number): number {
  columns.clear();
  return columns.orthonormalize(0, 1, 0, w) >= 0 ? 0 : columns.factor(1).re[0];
}
