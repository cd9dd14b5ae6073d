// Exports of this room; see assembly/index.ts.
export { dot } from "./vectors";
export { gemm, gemmLower, gemmWorkspace } from "./gemm/gemm";
export { symvLower } from "./symv";
export { leadTeam, serveTeam, teamSize } from "./team";
export { teamCheck, teamCheckLength, teamCheckWorkspace } from "./teamCheck";
