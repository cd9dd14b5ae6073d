// Exports of this room; see assembly/index.ts.
export { bathDecay, bathRow } from './bath';
export { bipartition } from './bipartition';
export { csrBytes, csrOperator } from './csr';
export { inertiaBelow, inertiaStart, inertiaWorkspace } from './inertia';
export { combine, operatorApply, operatorWorkspace } from './operator';
export { addPairs, addTimesI, orthonormalizePairs, timesMinusI } from './pairs';
export { lanczosStep, lanczosUnit, project, projectWorkspace } from './project';
export { sectorRows, sectorStates } from './sector';
export { sectorOperator, sectorOperatorBytes } from './sectorProduct';
export { siteDensity } from './siteDensity';
export { spinsOperator } from './spins';
export { spinsBytes, spinsTables, spinsTablesBytes } from './spinsTables';
