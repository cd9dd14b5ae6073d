// The exported surface of emft/eigen: the drivers for dense symmetric matrices alone.
import { traits } from '../build';

export { buildVersion, heapBase } from '../build';
export { allFinite } from '../kernel/vectors';
export * from './drivers';

/** Traits of this build. */
export function buildTraits(): i32 {
  return traits(false);
}
