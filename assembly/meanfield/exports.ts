// Exports of this room; see assembly/index.ts.

export { expVector, logVector } from '../numeric/logVectors';
export { distributionVector, entropyDensityVector } from './distribution';
export { etaTotal, iterateStart, iterateWorkspace, spinsAt, sweepSpins } from './fixedPoint';
export { mixingVector } from './mixing';
export { responseQuadrature, responseQuadratureWorkspace } from './quadrature';
export { etaFit, responseComplementsFit, responseFit } from './response';
export { allRootsStart, leastRootStart, rootsWorkspace } from './roots';
export { mapVector } from './scalarMap';
export { symmetricFolds } from './symmetric';
export { unequalResponse, unequalResponseWorkspace } from './unequal';
