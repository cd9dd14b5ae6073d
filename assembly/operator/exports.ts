// Exports of this room; see assembly/index.ts.
export { csrBytes, csrOperator } from './csr';
export { combine, operatorApply, operatorWorkspace } from './operator';
export { sectorRows, sectorStates } from './sector';
export { spinsOperator } from './spins';
export { spinsBytes, spinsTables, spinsTablesBytes } from './spinsTables';
