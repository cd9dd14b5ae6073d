// The most WebAssembly memory that the methods of this room hold, known before they begin.

import { accuracyBytes } from '../eigen/accuracy.js';
import { eighBytes, fastestMethod } from '../eigen/memory.js';
import { filteredBytes, SLACK } from '../operator/filtered/memory.js';
import { FILTER_BLOCK } from '../operator/tuning.js';
import { InputError } from '../wasm/errors.js';
import { HOLDS, MAX_BYTES, mebibytes } from '../wasm/heap.js';
import type { Runtime } from '../wasm/runtime.js';
import { type CheckedModel, modelBytes } from './model.js';
import { grainComputed } from './operator.js';
import { PRODUCTS } from './tuning.js';

type Size = Pick<CheckedModel, 'dg' | 'bits' | 'dimension'>;

function decomposition(runtime: Runtime, n: number): number {
  return eighBytes(runtime, n, fastestMethod(n), true);
}

/** Bytes of the entropies and polarizations of `count` states, and of their energies. */
function measureBytes({ bits }: Size, count: number): number {
  return 8 * (2 * bits + 1) * count;
}

/** Bytes that statesAccuracy and stateResiduals take besides the states. */
function checkBytes(runtime: Runtime, model: Size, count: number): number {
  const d = model.dimension;
  return 8 * d * PRODUCTS + modelBytes(model) + 16 * count + accuracyBytes(runtime, d, count, false);
}

export function denseBytes(runtime: Runtime, model: Size, verify: boolean): number {
  const d = model.dimension;
  const check = verify && 8 * d * d <= MAX_BYTES ? checkBytes(runtime, model, d) : 0;
  return decomposition(runtime, d) + modelBytes(model) + measureBytes(model, d) + check + SLACK;
}

/** Bytes of reducedCoupling for a rest of dimension `model.dimension`: split vectors, a product, the norms. */
export function couplingBytes(runtime: Runtime, model: Size): number {
  const r = model.dimension;
  const eigen = decomposition(runtime, r);
  if (eigen > MAX_BYTES) return eigen + 8 * r * r;
  const product = runtime.wasm.gemmWorkspace(r, r, r / 2) >>> 0;
  return eigen + modelBytes(model) + 8 * r * r + product + 16 * r + SLACK;
}

/** Bytes of filteredStates with blocks of `block` columns, and of the measurements that follow. */
function filteredStatesBytes(runtime: Runtime, model: CheckedModel, count: number, block?: number): number {
  const { dg } = model;
  const small = eighBytes(runtime, dg, fastestMethod(dg), false);
  const solver = filteredBytes(runtime, grainComputed(model), count, block);
  return measureBytes(model, count) + modelBytes(model) + Math.max(small, solver) + SLACK;
}

/**
 * Refuses what no host can hold, and makes sure before anything is computed that this host provides the memory. `says`
 * begins the message, `instead` ends it.
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
export function reserveFiltered(
  runtime: Runtime,
  model: CheckedModel,
  count: number,
  block = FILTER_BLOCK,
): void {
  const why = block > FILTER_BLOCK ? `, with levels of ${block / 4} copies or more` : '';
  reserve(
    runtime,
    filteredStatesBytes(runtime, model, count, block),
    (mib) => `${count} states of D = ${model.dimension}${why} need ${mib} MiB`,
    count > 1 ? 'fewer need less' : '',
  );
}
