// The drivers, which every build exports: that of emft/eigen (index.ts) and those of emft (exports.ts).

export { finish as jobFinish, progress as jobProgress, step as jobStep } from '../job';
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
