// Exports of this room; see assembly/index.ts.

export { gemm, gemmWorkspace } from './gemm/gemm';
export { operands } from './gemm/operands';
export { leadTeam, serveTeam } from './team';
export { teamCheck, teamCheckLength, teamCheckWorkspace } from './teamCheck';
export { allFinite, dot } from './vectors';
