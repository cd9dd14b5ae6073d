// Exports of this room; see assembly/index.ts.
export {
  tridiagonalize,
  tridiagonalizeBlocked,
  tridiagonalizeBlockedWorkspace,
  tridiagonalizeWorkspace,
} from "./tridiagonalize";
export {
  backTransform,
  backTransformBlocked,
  backTransformBlockedWorkspace,
  backTransformWorkspace,
} from "./backTransform";
export { bandBytes, bandTridiagonalize, bandWorkspace } from "./band";
export {
  tridiagonalDivideAndConquer,
  tridiagonalDivideAndConquerRange,
  tridiagonalDivideAndConquerWorkspace,
} from "./divideAndConquer";
export { tridiagonalQr, tridiagonalQrWorkspace } from "./qr";
export { tridiagonalEigenvalues } from "./pwk";
export { finish as jobFinish, progress as jobProgress, step as jobStep } from "../job";
export { symmetricEigenSelect, symmetricEigenStart, symmetricEigenWorkspace } from "./symmetric";
export { accuracyStart, accuracyWorkspace, largestResidual } from "./accuracy";
export { symmetricEigenBatch } from "./symmetricBatch";
export { tridiagonalizeTwoStage, tridiagonalizeTwoStageWorkspace } from "./bandReduction";
export { tridiagonalizeValues, tridiagonalizeValuesWorkspace } from "./tridiagonalizeValues";
