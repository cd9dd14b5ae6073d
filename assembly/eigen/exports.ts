// Exports of this room; see assembly/index.ts.

export { finish as jobFinish, progress as jobProgress, step as jobStep } from '../job';
export { accuracyStart, accuracyWorkspace, largestResidual } from './accuracy';
export {
  backTransform,
  backTransformBlocked,
  backTransformBlockedWorkspace,
  backTransformWorkspace,
} from './reduce/backTransform';
export { bandBytes, bandTridiagonalize, bandWorkspace } from './reduce/band';
export { tridiagonalizeTwoStage, tridiagonalizeTwoStageWorkspace } from './reduce/bandReduction';
export {
  tridiagonalize,
  tridiagonalizeBlocked,
  tridiagonalizeBlockedWorkspace,
  tridiagonalizeWorkspace,
} from './reduce/tridiagonalize';
export { tridiagonalizeValues, tridiagonalizeValuesWorkspace } from './reduce/tridiagonalizeValues';
export { symmetricEigenSelect, symmetricEigenStart, symmetricEigenWorkspace } from './symmetric';
export { symmetricEigenBatch } from './symmetricBatch';
export {
  tridiagonalDivideAndConquer,
  tridiagonalDivideAndConquerRange,
  tridiagonalDivideAndConquerWorkspace,
} from './tridiagonal/divide/divideAndConquer';
export { tridiagonalEigenvalues } from './tridiagonal/pwk';
export { tridiagonalQr, tridiagonalQrWorkspace } from './tridiagonal/qr';
