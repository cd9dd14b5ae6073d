// H in a symmetry sector without its matrix: assembly/operator/sectorProduct.ts.
import type { Runtime } from '../wasm/runtime.js';
import { type Computed, recorded } from './compute.js';
import { putRows, type RowsTask, rowsBytes } from './sector.js';
import { ROW_COST } from './tuning.js';

const NOTHING_WRITTEN = { indices: 0, data: 0, ends: 0, nothing: 0 };

export function sectorComputed(runtime: Runtime, task: RowsTask): Computed {
  const { sector, basis, sum, complex } = task;
  const n = basis.states.length;
  const flips = new Set(sum.map(({ flip }) => flip)).size;
  const own = runtime.wasm.sectorOperatorBytes(flips) >>> 0;
  const bytes = rowsBytes(task) + own;
  const cost = n * flips * ROW_COST * sector.elements.length;
  return recorded({ n, complex, bytes, cost, basis: sector }, (to, arena) => {
    const record = arena.bytes(own);
    to.wasm.sectorOperator(record, putRows(to, arena, task, NOTHING_WRITTEN));
    return record;
  });
}
