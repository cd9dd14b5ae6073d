// The Krylov space of one vector, H Q = Q T + β q e*, with T = Q* H Q measured and Q made orthogonal twice: what it takes to
// see where a spectrum ends, and of an operator with few levels one state of each.
import { magnitude } from '../../wasm/magnitude.js';
import type { Steps } from '../../wasm/steps.js';
import type { Apply } from '../compute.js';
import { nextVector } from '../nextVector.js';
import { checkHermitian } from '../span.js';
import { checkProducts, type Small, small, type VectorBlocks } from '../vectorBlocks.js';

interface SpaceOfOne {
  /** T: its rows and columns below `size` are those of the space. */
  t: Small;
  size: number;
  /** β: how far the space is from being closed under H. */
  rest: number;
}

/** From the vector at q, of length 1, to `steps` vectors, or until β ≤ `nothing`; there is room for one more. `parts`: the size of those that cancel. */
export function* oneVector(
  columns: VectorBlocks,
  apply: Apply,
  q: number,
  steps: number,
  nothing: number,
  parts = 0,
): Steps<SpaceOfOne> {
  const t = small(steps, steps, columns.pairs);
  let [size, rest, norm] = [0, 0, 0];
  while (size < steps) {
    const next = nextVector(columns, apply, q, ++size);
    const { re, im } = next.first;
    checkProducts(next.first);
    // For a Hermitian H, the product has the same share of an earlier vector as the product of that vector has of this one.
    for (let i = 0; i < size; ++i) norm = Math.max(norm, Math.abs(re[i]));
    for (let i = 0; i < size; ++i) {
      const expected = i === size - 1 ? re[i] : i === size - 2 ? rest : 0;
      checkHermitian(magnitude(re[i] - expected, im?.[i] ?? 0), Math.max(norm, next.rest, parts));
    }
    rest = next.rest;
    t.re.set(re, (size - 1) * steps);
    if (im) t.im?.set(im, (size - 1) * steps);
    yield undefined;
    if (!(rest > nothing)) break;
  }
  return { t, size, rest };
}
