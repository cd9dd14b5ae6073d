// A step of the Krylov space of one vector, made orthogonal to all vectors before it: twice, as once leaves what rounded.
import type { Columns, Small } from './columns.js';
import type { Apply } from './compute.js';

interface Next {
  /** Overlaps of the product with the vectors before it, and of what was left with them once more. */
  first: Small;
  second: Small;
  /** How long what lies outside of the space was before it got length 1; 0 where it is not more than rounding. */
  rest: number;
}

/** Behind the `size` orthonormal vectors at q: H times the last of them, less its part in them, of length 1. */
export function nextVector(columns: Columns, apply: Apply, q: number, size: number): Next {
  const w = columns.column(q, size);
  apply(columns.column(q, size - 1), w);
  const [first, second] = columns.projections(size, q, 1, w);
  return { first, second, rest: unitLength(columns, w) };
}

/** Gives a vector length 1 and returns what it had; one of 0 is left. */
export function unitLength(columns: Columns, w: number): number {
  columns.clear();
  return columns.orthonormalize(0, 1, 0, w) >= 0 ? 0 : columns.factor(1).re[0];
}
