// The last step of filteredStates: H itself in the space that block Lanczos on p(H) has found.

import { eighInPlace } from '../eigen/eigh.js';
import { ULP } from '../wasm/constants.js';
import type { Arena, Runtime } from '../wasm/runtime.js';
import { atOnce, UNBOUNDED } from '../wasm/steps.js';
import { type CheckedModel, placeModel } from './model.js';
import { coefficients, groups, peakValue } from './peak.js';
import type { Bounds } from './spectrum.js';

/**
 * A third of LAPACK's ratio 60: residuals of H allowed in dimension D, relative to the bound of |H|, over √D ulp, and
 * ‖I − Zᵀ Z‖₁ over D ulp.
 */
const TOLERANCE = 20;
/** Rows of the states that are formed at a time, in the place of the Krylov vectors. */
export const PANEL = 1024;

/** What is looked for, and the peak that it is looked for under. */
export interface Task {
  energy: number;
  count: number;
  bounds: Bounds;
  centre: number;
  half: number;
  x0: number;
  degree: number;
}

/** Krylov vectors: `columns` of D doubles at `q`, the first `size` of them orthonormal. */
export interface Krylov {
  q: number;
  columns: number;
  size: number;
}

/** What is known of the levels of p in the space. */
export interface Known {
  /** How many are wanted: those above `least`, all of which are there. */
  found: number;
  least: number;
  /** Of levels of which so many copies were found there may be others. */
  most: number;
}

export interface RitzStates {
  eigenvalues: Float64Array;
  residuals: Float64Array;
}

/**
 * Diagonalizes H in span(Q S), S with `found` columns, and puts the `count` states nearest to the energy at `z`; null if
 * not all are certain, or not orthonormal. Takes no memory of the length of states but that of Q, which is lost.
 */
export function rayleighRitz(
  runtime: Runtime,
  model: CheckedModel,
  { energy, count, bounds, centre, half, x0, degree }: Task,
  { q, columns, size }: Krylov,
  s: Float64Array,
  { found, least, most }: Known,
  z: number,
): RitzStates | null {
  const { dg, bits, dimension: d } = model;
  const wasm = runtime.wasm;
  return runtime.scope((scratch) => {
    const tolerance = TOLERANCE * Math.sqrt(d) * ULP * (Math.abs(centre) + half);
    const at = placeModel(runtime, scratch, model);
    const rows = Math.min(PANEL, d);
    const work = scratch.bytes(
      Math.max(
        wasm.gemmWorkspace(rows, found, size) >>> 0,
        wasm.gemmWorkspace(found, found, d) >>> 0,
        wasm.gemmWorkspace(d, count, found) >>> 0,
      ),
    );
    multiplyInPlace(runtime, scratch, d, { q, columns, size }, s, found, work);
    const small = scratch.f64(found * found);
    // H Y as many columns at a time as there is room for.
    const free = columns - found;
    const [hy, room] = free > count ? [q + 8 * d * found, free] : [z, count];
    for (let k = 0; k < found; k += room) {
      const width = Math.min(room, found - k);
      wasm.grainMultiply(dg, bits, width, at.grain, at.diag, at.flip, q + 8 * d * k, hy);
      wasm.gemm(found, width, d, 1, wasm.operands(q, d, 1, hy, 1, d, work), 0, small + 8 * found * k, found);
    }
    const ritz = atOnce(
      eighInPlace(runtime, scratch, small, found, { method: 'qr', vectors: true }, UNBOUNDED),
    );
    if (!ritz.convergence.converged) return null;
    const values = scratch.take(ritz.values, found);
    let last = values.findIndex((e) => e >= energy);
    if (last < 0) last = found;
    let first = last;
    while (last - first < count) {
      if (first > 0 && (last === found || energy - values[first - 1] <= values[last] - energy)) first--;
      else last++;
    }
    const eigenvalues = values.slice(first, last);
    // Every state at most as far from E0 as the farthest kept is among those found only if p is above the least of them
    // there, or where the spectrum ends before.
    const reach = Math.max(energy - eigenvalues[0], eigenvalues[count - 1] - energy);
    const c = coefficients(x0, degree);
    const [low, high] = [Math.max(energy - reach, bounds.lowest), Math.min(energy + reach, bounds.highest)];
    if (Math.min(peakValue(c, (low - centre) / half), peakValue(c, (high - centre) / half)) < least)
      return null;
    // Copies that were not found are as far away as those that were.
    const nearest = nearestOfMany(values, most, energy, (e) => peakValue(c, (e - centre) / half));
    if (reach > nearest + tolerance) return null;
    wasm.gemm(
      d,
      count,
      found,
      1,
      wasm.operands(q, 1, d, ritz.vectors + 8 * found * first, 1, found, work),
      0,
      z,
      d,
    );
    // Y is not needed any more.
    wasm.grainMultiply(dg, bits, count, at.grain, at.diag, at.flip, z, q);
    const residuals = scratch.f64(count);
    wasm.residualNorms(d, count, q, z, scratch.put(eigenvalues), residuals);
    const out = scratch.take(residuals, count);
    if (out.some((x) => !(x <= tolerance))) return null;
    wasm.gemm(count, count, d, 1, wasm.operands(z, d, 1, z, 1, d, work), 0, small, count);
    const products = scratch.view(small, count * count);
    if (!(distanceFromIdentity(products, count) <= TOLERANCE * d * ULP)) return null;
    return { eigenvalues, residuals: out };
  });
}

/** The 1-norm of A − I. */
function distanceFromIdentity(a: Float64Array, n: number): number {
  let most = 0;
  for (let j = 0; j < n; ++j) {
    let sum = 0;
    for (let i = 0; i < n; ++i) sum += Math.abs(a[i + j * n] - Number(i === j));
    if (!(sum <= most)) most = sum;
  }
  return most;
}

/** The least distance from the energy of a value that is one of `most` or more alike. */
function nearestOfMany(values: Float64Array, most: number, energy: number, p: (e: number) => number): number {
  const order = Array.from(values, (e) => ({ p: p(e), distance: Math.abs(e - energy) })).sort(
    (x, y) => x.p - y.p,
  );
  let nearest = Number.POSITIVE_INFINITY;
  for (const [from, to] of groups(order.map((x) => x.p))) {
    if (to - from < most) continue;
    for (const { distance } of order.slice(from, to)) nearest = Math.min(nearest, distance);
  }
  return nearest;
}

/** Q ← Q S, panel by panel of rows: a row of the product depends on that row of Q alone. */
function multiplyInPlace(
  runtime: Runtime,
  scratch: Arena,
  d: number,
  { q, size }: Krylov,
  s: Float64Array,
  found: number,
  work: number,
): void {
  const wasm = runtime.wasm;
  const factor = scratch.put(s);
  const panel = scratch.f64(Math.min(PANEL, d) * found);
  const all = scratch.view(q, d * found);
  for (let row = 0; row < d; row += PANEL) {
    const rows = Math.min(PANEL, d - row);
    wasm.gemm(rows, found, size, 1, wasm.operands(q + 8 * row, 1, d, factor, 1, size, work), 0, panel, rows);
    const product = scratch.view(panel, rows * found);
    for (let k = 0; k < found; ++k) all.set(product.subarray(k * rows, (k + 1) * rows), k * d + row);
  }
}
