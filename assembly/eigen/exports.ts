// Exports of this room; see assembly/index.ts: the drivers, which emft/eigen has too, and the parts of a decomposition, which other
// rooms of src/ call and which bench/ and test/ time and compare one by one.

export { largestResidual } from './accuracy';
export * from './drivers';
export { backTransform, backTransformWorkspace } from './reduce/backTransform';
export { bandBytes, bandTridiagonalizeStart, bandTridiagonalizeWorkspace } from './reduce/band';
export { tridiagonalize, tridiagonalizeWorkspace } from './reduce/tridiagonalize';
export {
  tridiagonalDivideAndConquer,
  tridiagonalDivideAndConquerWorkspace,
} from './tridiagonal/divide/divideAndConquer';
export { tridiagonalEigenvalues } from './tridiagonal/pwk';
export { tridiagonalQr, tridiagonalQrWorkspace } from './tridiagonal/qr';
