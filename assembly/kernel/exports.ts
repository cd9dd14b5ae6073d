// Exports of this room; see assembly/index.ts.
export { dot } from "./dot";
export { gemm, gemmLower, gemmWorkspace } from "./gemm";
export { symvLower } from "./symv";
export { leadTeam, serveTeam, teamSize } from "./team";
export { teamCheck, teamCheckLength, teamCheckWorkspace } from "./teamCheck";
