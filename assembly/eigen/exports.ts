// Exports of this room; see assembly/index.ts. The parts of a decomposition are exported for bench/ and test/, which
// time and compare them one by one.

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
