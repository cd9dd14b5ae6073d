// Exports of this room; see assembly/index.ts.
export { bathDecay, bathRow } from './bath';
export { bipartition } from './bipartition';
export { csrBytes, csrOperator } from './csr';
export { inertiaBelow, inertiaStart, inertiaWorkspace } from './inertia';
export { combine, operatorApply, operatorWorkspace } from './operator';
export { orthonormalizeFrom, orthonormalizePairs } from './orthonormalize';
export { addPairs, addTimesI, conjugatePairs, timesMinusI } from './pairs';
export { panelBackward, panelFactor, panelForward } from './panels';
export { lanczosStep, lanczosUnit, project, projectWorkspace } from './project';
export { residualNorms } from './residuals';
export { sectorRowsStart, sectorRowsWorkspace } from './sector';
export { sectorOperator, sectorOperatorBytes } from './sectorProduct';
export { sectorStatesStart, sectorStatesWorkspace } from './sectorStates';
export { sectorEmbed, sectorNorms, sectorProject } from './sectorVectors';
export { siteDensity } from './siteDensity';
export { spinsOperator } from './spins';
export { spinsBytes, spinsTablesBytes, spinsTablesStart, spinsTablesWorkspace } from './spinsTables';
export { sunRowsStart, sunStart, sunWorkspace } from './sunRows';
