// Resumes, status and collect of one run in many processes at once, some of which are killed (test/support/runs):
//   node scripts/stress-runs.js [--minutes 10] [--seed 1] [--resumes 3]
// Exit status 1 when any of them failed for what another did, or the run did not end as an undisturbed one.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../test/support/runs/stress.ts', import.meta.url));
const { status } = spawnSync(process.execPath, ['--import', 'tsx', main, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
