// What a run survives (test/support/runs): kills of its process and its workers at random moments, and each of its system calls
// failing once with each of four errors. The latter needs a C compiler and glibc.
//   node scripts/kill-matrix.js [--kills 500] [--seed 1] [--calls open,read,…] [--codes EIO,ENOSPC,EACCES,ENOENT]
// Exit status 1 when anything was lost, damaged, collected to other bytes, or not reported in a sentence.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../test/support/runs/killMatrix.ts', import.meta.url));
const { status } = spawnSync(process.execPath, ['--import', 'tsx', main, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
