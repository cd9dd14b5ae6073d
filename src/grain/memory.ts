// How much WebAssembly memory the methods of this room hold at most, known before they begin.

import { accuracyBytes } from '../eigen/accuracy.js';
import { eighBytes, fastestMethod } from '../eigen/memory.js';
import { InputError } from '../wasm/errors.js';
import { HOLDS, MAX_BYTES, mebibytes } from '../wasm/heap.js';
import type { Runtime } from '../wasm/runtime.js';
import { PRODUCTS } from './accuracy.js';
import { BLOCK, krylovLimit } from './blockLanczos.js';
import { filteredTogether } from './krylovSpace.js';
import type { CheckedModel } from './model.js';
import { PANEL } from './rayleighRitz.js';
import { BOUND_STEPS } from './spectrum.js';

type Size = Pick<CheckedModel, 'dg' | 'bits' | 'dimension'>;

/** Blocks are aligned, and each call has a few. */
const SLACK = 1 << 14;
/** Of the polynomial's coefficients: its degree is some D/count. */
const COEFFICIENTS = 1 << 16;

/** Of placeModel. */
function modelBytes({ dg, bits }: Size): number {
  return 8 * (dg * dg + 2 ** bits + 2 * bits);
}

function decomposition(runtime: Runtime, n: number): number {
  return eighBytes(runtime, n, fastestMethod(n), true);
}

/** What is measured in `count` states: entropies and polarizations, with the energies. */
function measureBytes({ bits }: Size, count: number): number {
  return 8 * (2 * bits + 1) * count;
}

/** What statesAccuracy and stateResiduals take beside `count` states. */
function checkBytes(runtime: Runtime, model: Size, count: number): number {
  const d = model.dimension;
  return 8 * d * PRODUCTS + modelBytes(model) + 16 * count + accuracyBytes(runtime, d, count, false);
}

export function denseBytes(runtime: Runtime, model: Size, verify: boolean): number {
  const d = model.dimension;
  const check = verify && 8 * d * d <= MAX_BYTES ? checkBytes(runtime, model, d) : 0;
  return decomposition(runtime, d) + modelBytes(model) + measureBytes(model, d) + check + SLACK;
}

/** Of reducedCoupling, for a rest of dimension `model.dimension`: split vectors, a product, the norms. */
export function couplingBytes(runtime: Runtime, model: Size): number {
  const r = model.dimension;
  const eigen = decomposition(runtime, r);
  if (eigen > MAX_BYTES) return eigen + 8 * r * r;
  const product = runtime.wasm.gemmWorkspace(r, r, r / 2) >>> 0;
  return eigen + modelBytes(model) + 8 * r * r + product + 16 * r + SLACK;
}

/** Of filteredStates with blocks of `block` columns, and what is measured then. */
function filteredBytes(runtime: Runtime, model: Size, count: number, block = BLOCK): number {
  const { dg, bits, dimension: d } = model;
  const limit = krylovLimit(d, count, block);
  const states = 8 * d * count + measureBytes(model, count);
  const space = 8 * d * (limit + block);
  // The formulas of workspaces hold in 32-bit addresses; what is past that is too much anyway.
  if (states + space > MAX_BYTES) return states + space;
  const wasm = runtime.wasm;
  const product = (m: number, n: number, k: number) => wasm.gemmWorkspace(m, n, k) >>> 0;
  const steps = Math.min(BOUND_STEPS, d);
  const bounds = 8 * d * (steps + 1) + product(d, 1, steps + 1) + product(steps + 1, 1, d);
  const lanczos =
    space +
    (wasm.grainFilterWorkspace(dg, bits, filteredTogether(block)) >>> 0) +
    8 * ((limit + block) * block + d / count + COEFFICIENTS) +
    Math.max(product(d, block, limit), product(limit, block, d));
  // All of the space may be found under the peak.
  const ritz =
    8 * limit * (limit + PANEL) +
    Math.max(product(PANEL, limit, limit), product(limit, limit, d), product(d, count, limit)) +
    eighBytes(runtime, limit, 'qr', true);
  const small = eighBytes(runtime, dg, fastestMethod(dg), false);
  const most = Math.max(bounds, 24 * d, lanczos + Math.max(decomposition(runtime, limit), ritz));
  return states + 2 * modelBytes(model) + Math.max(small, most) + SLACK;
}

/**
 * Refuses what no host can hold, and makes sure that this one gives what will be needed, before anything is computed.
 * `says` begins the message, `instead` ends it.
 */
export function reserve(
  runtime: Runtime,
  needed: number,
  says: (mebibytes: number) => string,
  instead = '',
): void {
  if (needed > MAX_BYTES) {
    throw new InputError('options', `${says(mebibytes(needed))}, ${HOLDS}${instead && `: ${instead}`}`);
  }
  runtime.heap.reserve(needed);
}

/** As `reserve`, for the filtered method, whose blocks grow where levels have many copies. */
export function reserveFiltered(runtime: Runtime, model: Size, count: number, block = BLOCK): void {
  const why = block > BLOCK ? `, with levels of ${block / 4} copies or more` : '';
  reserve(
    runtime,
    filteredBytes(runtime, model, count, block),
    (mib) => `${count} states of D = ${model.dimension}${why} need ${mib} MiB`,
    count > 1 ? 'fewer need less' : '',
  );
}
