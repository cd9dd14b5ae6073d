// The exported surface: flat functions of pointers and sizes that return a status code.
// Each room lists its exports in its own exports.ts.
import { traits } from './build';

export { buildVersion, heapBase } from './build';
export * from './eigen/exports';
export * from './grain/exports';
export * from './kernel/exports';
export * from './lattice/exports';
export * from './meanfield/exports';
export * from './numeric/exports';
export * from './operator/exports';
export * from './random/exports';
export * from './special/exports';
export * from './statistics/exports';

/** Traits of this build. */
export function buildTraits(): i32 {
  return traits(true);
}
