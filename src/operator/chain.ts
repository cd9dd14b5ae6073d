// A Krylov space of one vector: H Q = Q T + β q e*, Q* Q = 1, Q* q = 0, T real, symmetric, tridiagonal. All vectors are made
// orthogonal to all others, twice.
import type { Steps } from '../wasm/steps.js';
import { type Columns, type Small, small } from './columns.js';
import type { Apply } from './compute.js';
import { checkFinite, checkHermitian } from './span.js';

/** Of what H makes of a vector: no more than this left outside of the space, relative to |H|, is nothing. */
const NOTHING = 1e-13;

export interface Chain {
  /** Vectors in the space. */
  size: number;
  /** T, `most` rows and columns. */
  t: Small;
  /** β_1 … β_size: lengths outside of the space of 1, 2, … vectors; the last is 0 where the space is invariant. */
  rests: Float64Array;
}

/** From the unit vector at q on, which has room for `most` + 1 vectors. */
export function* chainSteps(columns: Columns, apply: Apply, q: number, most: number): Steps<Chain> {
  const t = small(most, most, false);
  const rests = new Float64Array(most);
  let norm = 0;
  for (let j = 0; ; ++j) {
    const w = columns.column(q, j + 1);
    apply(columns.column(q, j), w);
    const c = columns.project(j + 1, q, 1, w);
    columns.clear();
    const dependent = columns.orthonormalize(0, 1, NOTHING * norm, w) >= 0;
    const rest = dependent ? 0 : columns.factor(1).re[0];
    checkFinite(rest, ...c.re);
    norm = Math.max(norm, Math.abs(c.re[j]), rest);
    for (let i = 0; i <= j; ++i) {
      const expected = i === j ? c.re[j] : i === j - 1 ? rests[i] : 0;
      checkHermitian(Math.max(Math.abs(c.re[i] - expected), Math.abs(c.im?.[i] ?? 0)), norm);
    }
    t.re[j * (most + 1)] = c.re[j];
    if (j > 0) t.re[j * (most + 1) - 1] = rests[j - 1];
    rests[j] = rest > NOTHING * norm ? rest : 0;
    yield undefined;
    if (rests[j] === 0 || j + 1 === most) return { size: j + 1, t, rests: rests.subarray(0, j + 1) };
  }
}
