// Exports of this room; see assembly/index.ts.
export { fidelitySusceptibility, spectralSums } from './elements';
export { formFactorAdd, formFactorEnd, formFactorWorkspace, thoulessTime } from './formFactor';
export { gapRatios } from './levels';
export { windowCounts } from './numberVariance';
export { levelReference } from './reference';
export { meanAndError, meanSquare } from './sample';
export { unfoldEnsemble, unfoldLocal, unfoldPolynomial, unfoldWorkspace } from './unfold';
export { weightEntropyStart, weightEntropyWorkspace } from './weights';
