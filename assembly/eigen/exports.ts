// Exports of this room; see assembly/index.ts.
export {
  tridiagonalize,
  tridiagonalizeBlocked,
  tridiagonalizeBlockedWorkspace,
  tridiagonalizeWorkspace,
} from "./reduce/tridiagonalize";
export {
  backTransform,
  backTransformBlocked,
  backTransformBlockedWorkspace,
  backTransformWorkspace,
} from "./reduce/backTransform";
export { bandBytes, bandTridiagonalize, bandWorkspace } from "./reduce/band";
export {
  tridiagonalDivideAndConquer,
  tridiagonalDivideAndConquerRange,
  tridiagonalDivideAndConquerWorkspace,
} from "./tridiagonal/divide/divideAndConquer";
export { tridiagonalQr, tridiagonalQrWorkspace } from "./tridiagonal/qr";
export { tridiagonalEigenvalues } from "./tridiagonal/pwk";
export { finish as jobFinish, progress as jobProgress, step as jobStep } from "../job";
export { symmetricEigenSelect, symmetricEigenStart, symmetricEigenWorkspace } from "./symmetric";
export { accuracyStart, accuracyWorkspace, largestResidual } from "./accuracy";
export { symmetricEigenBatch } from "./symmetricBatch";
export { tridiagonalizeTwoStage, tridiagonalizeTwoStageWorkspace } from "./reduce/bandReduction";
export { tridiagonalizeValues, tridiagonalizeValuesWorkspace } from "./reduce/tridiagonalizeValues";
