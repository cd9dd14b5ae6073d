// A Krylov space of one vector: H Q = Q T + β q e*, Q* Q = 1, Q* q = 0, T real, symmetric, tridiagonal. All vectors are made
// orthogonal to all others, twice. If H leads out of the space by no more than rounding, the space ends; if there is room for the whole
// space, it goes on with another vector, so that T represents all of H.
import { ULP } from '../wasm/constants.js';
import type { Steps } from '../wasm/steps.js';
import type { Apply } from './compute.js';
import { nextVector, unitLength } from './nextVector.js';
import { checkFinite, checkHermitian } from './span.js';
import { type Small, small, type VectorBlocks } from './vectorBlocks.js';

/** The part of a product outside of the space counts as rounding up to this length, relative to |H|. */
const CLOSED_TO_ROUNDING = 16 * ULP;
/** A vector of length 1 that keeps at least this length when it is made orthogonal once more counts as orthogonal. */
const WAS_ORTHOGONAL = 0.5;

export interface Chain {
  /** Number of vectors in the space. */
  size: number;
  /** T, `most` rows and columns. */
  t: Small;
  /** β_1 … β_size: the lengths outside of the spaces of 1, 2, … vectors. The last may be as small as rounding, or 0. */
  rests: Float64Array;
  /** Whether the space ended because H does not lead out of it, up to the last β. */
  ended: boolean;
}

/**
 * From the unit vector at q on, which has room for `most` + 1 vectors. With `fresh`, which makes vectors of any direction, it
 * goes on to the whole space, whose dimension must be `most`. `size`: |H| as far as it is known; the elements that a state of energy 0 has
 * are rounding, which says nothing of H.
 */
export function* chainSteps(
  columns: VectorBlocks,
  apply: Apply,
  q: number,
  most: number,
  { fresh, size = 0 }: { fresh?: (at: number) => void; size?: number } = {},
): Steps<Chain> {
  const t = small(most, most, false);
  const rests = new Float64Array(most);
  let norm = 0;
  for (let j = 0; ; ++j) {
    const next = nextVector(columns, apply, q, j + 1);
    let { rest } = next;
    const re = next.first.re.map((x, i) => x + next.second.re[i]);
    const im = next.first.im?.map((x, i) => x + (next.second.im?.[i] ?? 0));
    checkFinite(rest, ...re);
    norm = Math.max(norm, Math.abs(re[j]), rest);
    for (let i = 0; i <= j; ++i) {
      const expected = i === j ? re[j] : i === j - 1 ? rests[i] : 0;
      checkHermitian(Math.max(Math.abs(re[i] - expected), Math.abs(im?.[i] ?? 0)), Math.max(norm, size));
    }
    t.re[j * (most + 1)] = re[j];
    if (j > 0) t.re[j * (most + 1) - 1] = rests[j - 1];
    const whole = j + 1 === columns.n;
    const ended = whole || !(rest > CLOSED_TO_ROUNDING * norm);
    yield undefined;
    if (j + 1 < most && ended && !whole && fresh) rest = another(columns, q, j + 1, rest, fresh);
    rests[j] = whole ? 0 : rest;
    if (j + 1 === most || (ended && !fresh))
      return { size: j + 1, t, rests: rests.subarray(0, j + 1), ended };
  }
}

/**
 * Makes the vector after the `size` vectors at q, where the remainder of the last product, scaled to length 1 from `rest`, may be rounding.
 * If enough of it lies outside of their span, that part is the next vector; else a fresh vector, orthogonal to all, takes its place.
 * Returns the element of H that couples the next vector to the space: 0 for a fresh one.
 */
function another(
  columns: VectorBlocks,
  q: number,
  size: number,
  rest: number,
  fresh: (at: number) => void,
): number {
  const w = columns.column(q, size);
  if (rest > 0) {
    columns.project(size, q, 1, w);
    const kept = unitLength(columns, w);
    if (kept > WAS_ORTHOGONAL) return rest * kept;
  }
  fresh(w);
  columns.project(size, q, 1, w);
  unitLength(columns, w);
  return 0;
}
