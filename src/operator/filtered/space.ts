// The space that a random block of b columns spans under powers of p(H), block by block: Q with orthonormal columns, the
// projection T = Q* p(H) Q, and R, what p(H) makes of the last block beyond the space: p(H) Q = Q T + Q' R. Every block
// is made orthogonal to all before it, twice, by gemm, or by assembly/operator/project.ts where it is two real vectors. T is measured, not
// assumed to be a band, so that a column which depends on those before it, as there are where H has few levels, can be replaced by a
// random one.

import { allFinite } from '../../wasm/finite.js';
import type { Arena, Runtime } from '../../wasm/runtime.js';
import { type Steps, share } from '../../wasm/steps.js';
import { nextBlock, residualOf } from '../block.js';
import type { Computed, Filter } from '../compute.js';
import { type Ritz, ritzSteps } from '../ritz.js';
import { Single } from '../single.js';
import { FILTERED_COLUMNS } from '../tuning.js';
import { type Small, small, VectorBlocks } from '../vectorBlocks.js';
import { fillRandom, type SpectrumScale } from './bounds.js';
import { filterOf } from './chebyshev.js';

/** A column of p(H) Q, |p(H)| = 1, of which no more than this is outside of the space counts as inside. */
const OUTSIDE = 1e-12;

/** Columns that are filtered together in a block. */
export function filteredTogether(block: number): number {
  return Math.min(block, FILTERED_COLUMNS);
}

/** Whether blocks are two real vectors, which gemm would fill up to four. */
export function areTwo(block: number, complex: boolean): boolean {
  return block === 2 && !complex;
}

/**
 * Of the next block: `whole`; `replaced`, where columns had to be, which is where the block has come upon all the levels
 * that there are for it; `none`, where no column outside of the space was found; `beyond`, where p is so large that the spectrum
 * must reach beyond its bounds.
 */
type Extended = 'whole' | 'replaced' | 'none' | 'beyond';

export class FilteredSpace {
  readonly columns: VectorBlocks;
  /** Address of Q: room for `limit` columns and a block. */
  readonly q: number;
  readonly #runtime: Runtime;
  readonly #arena: Arena;
  readonly #filter: Filter;
  readonly #block: number;
  readonly #limit: number;
  readonly #two: Single | null;
  readonly #t: Small;
  #rest: Small;

  /** `coefficients` are those of p, halved. */
  constructor(
    runtime: Runtime,
    arena: Arena,
    computed: Computed,
    { centre, half }: SpectrumScale,
    coefficients: Float64Array,
    block: number,
    limit: number,
  ) {
    const { n, complex } = computed;
    const [alpha, together] = [2 / half, filteredTogether(block)];
    this.#runtime = runtime;
    this.#arena = arena;
    this.#block = block;
    this.#limit = limit;
    this.#filter = filterOf(runtime, arena, computed, {
      alpha,
      sigma: -alpha * centre,
      coefficients,
      columns: together,
    });
    this.columns = new VectorBlocks(runtime, arena, n, complex, limit + block, block);
    this.#two = areTwo(block, complex) ? new Single(runtime, arena, this.columns, limit + block) : null;
    this.q = arena.f64(this.columns.length * (limit + block));
    this.#t = small(limit, limit, complex);
    this.#rest = small(block, block, complex);
    fillRandom(runtime, this.q, this.columns.length * block, 0);
    this.columns.clear();
    this.columns.orthonormalize(0, block, 0, this.q);
  }

  /** Brings the first `size` columns to completion: T of them, and the next block. To be called block after block. */
  *extend(size: number, budget: number): Steps<Extended> {
    const { columns, q } = this;
    const [block, length] = [this.#block, columns.length];
    const w = columns.column(q, size);
    this.#arena
      .view(q, length * (this.#limit + block))
      .copyWithin(length * size, length * (size - block), length * size);
    const together = filteredTogether(block);
    for (let k = 0; k < block; k += together) {
      yield* share(this.#filter(columns.column(w, k), budget), k / block, (k + together) / block);
    }
    const c = this.#two?.projectTwo(size, q, w) ?? columns.project(size, q, block, w);
    if (!allFinite(c.re)) return 'beyond';
    for (let j = 0; j < block; ++j) {
      const to = (size - block + j) * this.#limit;
      this.#t.re.set(c.re.subarray(j * size, (j + 1) * size), to);
      if (c.im) this.#t.im?.set(c.im.subarray(j * size, (j + 1) * size), to);
    }
    yield undefined;
    if (size < columns.n) return this.#next(size, w);
    this.#rest = small(block, block, columns.pairs);
    return 'whole';
  }

  /** The block at w, orthogonal to the first `size` columns, becomes the next of Q. */
  #next(size: number, w: number): Extended {
    const { columns, q } = this;
    const draw = (j: number) => fillRandom(this.#runtime, columns.column(w, j), columns.length, size + j + 1);
    const next = nextBlock({
      columns,
      q,
      before: size,
      w,
      block: this.#block,
      norm: 1,
      nothing: OUTSIDE,
      draw,
    });
    if (!next) return 'none';
    this.#rest = next.rest;
    return next.replaced ? 'replaced' : 'whole';
  }

  /** Ritz pairs of p(H) in the first `size` columns. */
  ritz(size: number, budget: number): Steps<Ritz | null> {
    return ritzSteps(this.#runtime, this.#t, 0, size, budget);
  }

  /** The residual of p(H) for a Ritz vector. */
  residual(vectors: Small, k: number): number {
    return residualOf(vectors, k, this.#rest);
  }
}
