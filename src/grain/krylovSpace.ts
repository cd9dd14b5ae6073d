// The space that a random block of b columns spans under powers of p(H), block by block: Q with orthonormal columns, the
// projection T = Qᵀ p(H) Q, and R, what p(H) makes of the last block beyond the space: p(H) Q = Q T + Q' R. Full
// re-orthogonalization by gemm, twice. T is measured, not assumed to be a band, so that a column which depends on those
// before it, as there are where H has few levels, can be replaced by a random one.

import type { Arena, Runtime } from '../wasm/runtime.js';
import { type CheckedModel, placeModel } from './model.js';
import { coefficients } from './peak.js';
import type { Task } from './rayleighRitz.js';
import { fillRandom } from './spectrum.js';

/** Columns filtered at a time. */
const TOGETHER = 16;
/** Of a column of p(H) Q, |p(H)| = 1: where no more is left outside of the space it is in it. */
const NOTHING = 1e-12;
/** Where less is left it is made orthogonal to the space once more. */
const SHORT = 1e-3;

/** Columns that are filtered together in a block. */
export function filteredTogether(block: number): number {
  return Math.min(block, TOGETHER);
}

/**
 * Of the next block: `whole`; `replaced`, where columns had to be, which is where the block has come upon all the levels
 * that there are for it; `none`, where no column outside of the space was found.
 */
export type Extended = 'whole' | 'replaced' | 'none';

export interface KrylovSpace {
  /** Address of Q: room for `limit` columns of D doubles and a block. */
  q: number;
  /** Brings the first `size` columns to completion: T of them, and the next block. To be called block after block. */
  extend(size: number): Extended;
  /** T of the first `size` columns, symmetric. */
  projection(size: number): Float64Array;
  /** |R y|, y the end of a unit vector in the space: the residual of p(H) for a Ritz vector. */
  residual(vector: Float64Array): number;
}

export function krylovSpace(
  runtime: Runtime,
  scratch: Arena,
  model: CheckedModel,
  task: Task,
  block: number,
  limit: number,
): KrylovSpace {
  const { dg, bits, dimension: d } = model;
  const wasm = runtime.wasm;
  const { grain, diag, flip } = placeModel(runtime, scratch, model, 2 / task.half, task.centre);
  const c = scratch.put(coefficients(task.x0, task.degree));
  const q = scratch.f64(d * (limit + block));
  const together = filteredTogether(block);
  const filterWork = scratch.bytes(wasm.grainFilterWorkspace(dg, bits, together) >>> 0);
  const overlap = scratch.f64(limit * block);
  const r = scratch.f64(block * block);
  const work = scratch.bytes(
    Math.max(wasm.gemmWorkspace(d, block, limit) >>> 0, wasm.gemmWorkspace(limit, block, d) >>> 0),
  );
  const t = new Float64Array(limit * limit);
  let rest: Float64Array = new Float64Array(block * block);
  const column = (k: number) => q + 8 * d * k;
  fillRandom(runtime, q, d * block, 0);
  wasm.orthonormalize(d, block, q, r);

  /** W less its part in the first `size` columns, which is returned. */
  const project = (size: number, w: number): Float64Array => {
    wasm.gemm(size, block, d, 1, wasm.operands(q, d, 1, w, 1, d, work), 0, overlap, size);
    wasm.gemm(d, block, size, -1, wasm.operands(q, 1, d, overlap, 1, size, work), 1, w, d);
    return scratch.take(overlap, size * block);
  };

  /** The block at w, orthogonal to the first `size` columns, becomes the next of Q. */
  const orthonormalize = (size: number, w: number): Extended => {
    scratch.view(r, block * block).fill(0);
    const replaced = new Map<number, Float64Array>();
    let j = wasm.orthonormalizeFrom(d, 0, block, NOTHING, w, r);
    for (; j >= 0; j = wasm.orthonormalizeFrom(d, j, block, NOTHING, w, r)) {
      if (replaced.has(j)) return 'none';
      // What is left of the column stays in R as the residual that it is.
      replaced.set(j, scratch.take(r + 8 * block * j, block));
      fillRandom(runtime, w + 8 * d * j, d, size + j + 1);
      project(size, w);
      project(size, w);
    }
    rest = scratch.take(r, block * block);
    for (const [k, kept] of replaced) rest.set(kept, block * k);
    // Of a short column much of what is left may be rounding, in the space itself.
    if (rest.some((x, p) => p % (block + 1) === 0 && x < SHORT)) {
      project(size, w);
      if (wasm.orthonormalize(d, block, w, r) >= 0) return 'none';
    }
    return replaced.size > 0 ? 'replaced' : 'whole';
  };

  return {
    q,
    extend(size) {
      const w = column(size);
      scratch.view(q, d * (limit + block)).copyWithin(d * size, d * (size - block), d * size);
      for (let k = 0; k < block; k += together) {
        const at = w + 8 * d * k;
        wasm.grainFilter(dg, bits, together, grain, diag, flip, task.degree, c, at, filterWork);
      }
      const first = project(size, w);
      const second = project(size, w);
      for (let j = 0; j < block; ++j) {
        for (let i = 0; i < size; ++i)
          t[i + (size - block + j) * limit] = first[i + j * size] + second[i + j * size];
      }
      if (size < d) return orthonormalize(size, w);
      rest.fill(0);
      return 'whole';
    },
    projection(size) {
      const small = new Float64Array(size * size);
      for (let j = 0; j < size; ++j) {
        for (let i = 0; i <= j; ++i) small[i * size + j] = small[j * size + i] = t[i + j * limit];
      }
      return small;
    },
    residual(vector) {
      const y = vector.subarray(vector.length - block);
      let sum = 0;
      for (let i = 0; i < block; ++i) {
        let row = 0;
        for (let j = i; j < block; ++j) row += rest[i + j * block] * y[j];
        sum += row * row;
      }
      return Math.sqrt(sum);
    },
  };
}
