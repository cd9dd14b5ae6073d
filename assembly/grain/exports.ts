// Exports of this room; see assembly/index.ts.
export { grainApply, grainDiagonal, grainFlips, grainFlipsBytes, grainPairs } from './apply';
export { perturbativeNorms, shellCoupling, splitByGrainSpin } from './coupling';
export { grainDense } from './dense';
export { grainEntropies } from './entropy';
export { grainFilterStart, grainFilterWorkspace, grainMultiply } from './filter';
export { addResiduals, addSkewness, hermitianWeights, joinParts, largestRowSum } from './hermitian';
