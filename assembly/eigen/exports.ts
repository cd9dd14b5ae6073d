// Exports of this room; see assembly/index.ts. The parts of a decomposition are exported for bench/ and test/, which
// time and compare them one by one.

export { finish as jobFinish, progress as jobProgress, step as jobStep } from '../job';
export { accuracyStart, accuracyWorkspace, largestResidual } from './accuracy';
export { bandedEigenStart, bandedEigenWorkspace } from './banded';
export {
  generalizedEigenSelect,
  generalizedEigenStart,
  generalizedEigenWorkspace,
} from './generalized/generalized';
export { symmetricAlone, symmetricAloneWorkspace } from './lanes/alone';
export {
  backTransform,
  backTransformWorkspace,
} from './reduce/backTransform';
export { bandBytes, bandTridiagonalizeStart, bandTridiagonalizeWorkspace } from './reduce/band';
export {
  tridiagonalize,
  tridiagonalizeWorkspace,
} from './reduce/tridiagonalize';
export {
  hermitianEigenStart,
  hermitianEigenWorkspace,
  symmetricEigenSelect,
  symmetricEigenStart,
  symmetricEigenWorkspace,
} from './symmetric';
export { symmetricEigenBatchStart, symmetricEigenBatchWorkspace } from './symmetricBatch';
export {
  tridiagonalDivideAndConquer,
  tridiagonalDivideAndConquerWorkspace,
} from './tridiagonal/divide/divideAndConquer';
export { tridiagonalEigenvalues } from './tridiagonal/pwk';
export { tridiagonalQr, tridiagonalQrWorkspace } from './tridiagonal/qr';
export { isDense } from './tuning';
