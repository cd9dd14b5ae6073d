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
export { golubWelsch, sortSpectrum } from "./golubWelsch";
export { lanczos, lanczosStart, lanczosWorkspace, resolveSpectrum } from "./lanczos";
export { bandBytes, bandTridiagonalize, bandWorkspace } from "./band";
export {
  tridiagonalDivideAndConquer,
  tridiagonalDivideAndConquerRange,
  tridiagonalDivideAndConquerWorkspace,
} from "./divideAndConquer";
export { tridiagonalQr, tridiagonalQrWorkspace } from "./qr";
export { tridiagonalEigenvalues } from "./pwk";
export { symmetricEigen, symmetricEigenWorkspace } from "./symmetric";
export { symmetricEigenBatch } from "./symmetricBatch";
export {
  symmetricEigenProgress,
  symmetricEigenStart,
  symmetricEigenStep,
  symmetricEigenStepsWorkspace,
} from "./symmetricSteps";
export { symmetricEigenRange, symmetricEigenRangeWorkspace } from "./symmetricRange";
export { windowWorkspace } from "./localOrbital";
export { localizedOrbitals, localizedWorkspace } from "./localized";
export { tridiagonalizeTwoStage, tridiagonalizeTwoStageWorkspace } from "./bandReduction";
export { tridiagonalizeValues, tridiagonalizeValuesWorkspace } from "./tridiagonalizeValues";
