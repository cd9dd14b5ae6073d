// The Krylov space of one vector, H Q = Q T + β q e*, with T = Q* H Q measured and Q made orthogonal twice: what it takes to
// see where a spectrum ends, and of an operator with few levels one state of each.
import type { Steps } from '../../wasm/steps.js';
import { type Columns, checkProducts, type Small, small } from '../columns.js';
import type { Apply } from '../compute.js';

export interface Run {
  /** T: its rows and columns below `size` are those of the space. */
  t: Small;
  size: number;
  /** β: how far the space is from being closed under H. */
  rest: number;
}

/** From the vector at q, of length 1, to `steps` vectors, or until β ≤ `nothing`; there is room for one more. */
export function* oneVector(
  columns: Columns,
  apply: Apply,
  q: number,
  steps: number,
  nothing: number,
): Steps<Run> {
  const t = small(steps, steps, columns.pairs);
  let [size, rest] = [0, 0];
  while (size < steps) {
    const w = columns.column(q, size + 1);
    apply(columns.column(q, size), w);
    size++;
    const c = columns.overlap(size, q, 1, w);
    checkProducts(c);
    columns.subtract(size, q, c, w);
    columns.subtract(size, q, columns.overlap(size, q, 1, w), w);
    t.re.set(c.re, (size - 1) * steps);
    if (c.im) t.im?.set(c.im, (size - 1) * steps);
    columns.clear();
    const dependent = columns.orthonormalize(0, 1, 0, w);
    rest = dependent < 0 ? columns.factor(1).re[0] : 0;
    yield undefined;
    if (!(rest > nothing)) break;
  }
  return { t, size, rest };
}
