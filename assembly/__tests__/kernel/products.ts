// A build of the products alone, with the one of a triangle, which no build that ships exports: test/hosts/threads.test.ts
// compiles it and runs it with fused multiply-add and on several threads.
import { traits } from '../../build';

export { buildVersion, heapBase } from '../../build';
export { gemm, gemmLower, gemmWorkspace } from '../../kernel/gemm/gemm';
export { operands } from '../../kernel/gemm/operands';
export { leadTeam, serveTeam } from '../../kernel/team';
export { teamCheck, teamCheckLength, teamCheckWorkspace } from '../../kernel/teamCheck';

export function buildTraits(): i32 {
  return traits(true);
}
