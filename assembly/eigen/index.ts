// The exported surface of emft/eigen: the drivers for dense symmetric matrices alone.
import { traits, VERSION } from '../build';

export { finish as jobFinish, progress as jobProgress, step as jobStep } from '../job';
export { allFinite } from '../kernel/vectors';
export { accuracyStart, accuracyWorkspace } from './accuracy';
export { bandedEigenStart, bandedEigenWorkspace } from './banded';
export {
  generalizedEigenSelect,
  generalizedEigenStart,
  generalizedEigenWorkspace,
} from './generalized/generalized';
export { symmetricAlone, symmetricAloneWorkspace } from './lanes/alone';
export {
  hermitianEigenStart,
  hermitianEigenWorkspace,
  symmetricEigenSelect,
  symmetricEigenStart,
  symmetricEigenWorkspace,
} from './symmetric';
export { symmetricEigenBatchStart, symmetricEigenBatchWorkspace } from './symmetricBatch';
export { isDense } from './tuning';

/** First byte above static data: the heap of src/wasm starts here. */
export function heapBase(): usize {
  return __heap_base;
}

/** Traits of this build. */
export function buildTraits(): i32 {
  return traits(false);
}

/** Version of the package that this build belongs to. */
export function buildVersion(): i32 {
  return VERSION;
}
