// Where the spectrum of a central-grain model lies and how dense it is, from products H v alone.

import { eighOf } from '../eigen/eigh.js';
import { fillNormal } from '../operator/randomVectors.js';
import type { Runtime } from '../wasm/runtime.js';
import { type CheckedModel, placeModel } from './model.js';

/** Steps of the Lanczos run that bounds the spectrum. */
export const BOUND_STEPS = 60;
/** Chebyshev moments and random vectors from which the density of states is estimated. */
export const MOMENTS = 256;
export const DENSITY_VECTORS = 4;

export interface Bounds {
  low: number;
  high: number;
  /** Innermost estimates of the extreme eigenvalues. */
  lowest: number;
  highest: number;
  /** Products H v that this took. */
  products: number;
}

/** Of the random vectors of this room. */
const STREAM = 7;

/** D random numbers into `address`; `index` keys the block. */
export function fillRandom(runtime: Runtime, address: number, count: number, index: number): void {
  fillNormal(runtime, STREAM, index, count, address);
}

/**
 * Bounds of the spectrum: Lanczos with full re-orthogonalization, extreme Ritz values moved out by their residual
 * and 1 % of the width, and not past the bound from the norms of the terms.
 */
export function spectrumBounds(runtime: Runtime, model: CheckedModel): Bounds {
  const { dg, bits, dimension: d } = model;
  const wasm = runtime.wasm;
  return runtime.scope((arena) => {
    const at = placeModel(runtime, arena, model);
    const steps = Math.min(BOUND_STEPS, d);
    const q = arena.f64(d * (steps + 1));
    const r = arena.f64(1);
    const c = arena.f64(steps + 1);
    const work = arena.bytes(wasm.gemmWorkspace(d, 1, steps + 1) >>> 0);
    const work2 = arena.bytes(wasm.gemmWorkspace(steps + 1, 1, d) >>> 0);
    fillRandom(runtime, q, d, 0xffffffff);
    wasm.orthonormalize(d, 1, q, r);
    const t = new Float64Array(steps * steps);
    let [size, rest] = [0, 0];
    while (size < steps) {
      const w = q + 8 * d * (size + 1);
      wasm.grainMultiply(dg, bits, 1, at.grain, at.diag, at.flip, w - 8 * d, w);
      size++;
      for (let pass = 0; pass < 2; ++pass) {
        wasm.gemm(size, 1, d, 1, wasm.operands(q, d, 1, w, 1, d, work2), 0, c, size);
        wasm.gemm(d, 1, size, -1, wasm.operands(q, 1, d, c, 1, size, work), 1, w, d);
        if (pass === 0) t.set(arena.view(c, size), (size - 1) * steps);
      }
      const dependent = wasm.orthonormalize(d, 1, w, r);
      rest = dependent < 0 ? arena.view(r, 1)[0] : 0;
      if (!(rest > 1e-10)) break;
    }
    const small = new Float64Array(size * size);
    for (let j = 0; j < size; ++j) {
      for (let i = 0; i <= j; ++i) small[i * size + j] = small[j * size + i] = t[j * steps + i];
    }
    const { values, vectors } = eighOf(runtime, small, size);
    const [lowest, highest] = [values[0], values[size - 1]];
    const margin = 0.01 * (highest - lowest) + 1e-12;
    const tail = (k: number) => Math.abs(rest * vectors[k * size + size - 1]);
    const hard = normBounds(runtime, model);
    return {
      lowest: lowest - tail(0),
      highest: highest + tail(size - 1),
      low: Math.max(hard.low, lowest - tail(0) - margin),
      high: Math.min(hard.high, highest + tail(size - 1) + margin),
      products: size,
    };
  });
}

export function normBounds(runtime: Runtime, { dg, grain, fields, couplings }: CheckedModel) {
  const { values } = eighOf(runtime, grain, dg, false);
  let sum = 0;
  for (const h of fields) sum += Math.abs(h);
  for (const j of couplings) sum += 2 * Math.abs(j);
  return { low: values[0] - sum, high: values[dg - 1] + sum };
}

/**
 * Levels per energy near E0 by the kernel polynomial method (A. Weiße et al., Rev. Mod. Phys. 78 (2006) 275) with
 * Fejér's kernel: ρ(x) = D/(π√(1−x²)) Σ_k (2 − δ_k0)(1 − k/K) T_k(x) [v·T_k(Ĥ) v]/[v·v], over random vectors v.
 */
export function levelDensity(
  runtime: Runtime,
  model: CheckedModel,
  x0: number,
  centre: number,
  half: number,
): number {
  const { dg, bits, dimension: d } = model;
  const wasm = runtime.wasm;
  return runtime.scope((arena) => {
    // Twice Ĥ, for the recurrence; the first step needs Ĥ itself.
    const at = placeModel(runtime, arena, model, 2 / half, centre);
    const first = placeModel(runtime, arena, model, 1 / half, centre);
    const [v, other, third] = [arena.f64(d), arena.f64(d), arena.f64(d)];
    let [sum, norm] = [0, 0];
    for (let k = 0; k < DENSITY_VECTORS; ++k) {
      fillRandom(runtime, v, d, 0xfffffff0 + k);
      norm += wasm.dot(d, v, v);
      sum += wasm.dot(d, v, v);
      wasm.grainMultiply(dg, bits, 1, first.grain, first.diag, first.flip, v, other);
      let [now, before] = [other, third];
      arena.view(third, d).set(arena.view(v, d));
      let [t, last] = [x0, 1];
      for (let m = 1; m < MOMENTS; ++m) {
        sum += 2 * (1 - m / MOMENTS) * t * wasm.dot(d, v, now);
        wasm.grainApply(dg, bits, 0, at.grain, at.diag, at.flip, now, before, v, 1 << bits, -1, 0);
        [now, before] = [before, now];
        [t, last] = [2 * x0 * t - last, t];
      }
    }
    const density = (d * sum) / (norm * Math.PI * Math.sqrt(Math.max(1 - x0 * x0, 1e-4)) * half);
    return Math.max(density, 1 / (2 * half));
  });
}
