// Many calls of every public function with valid, borderline and hostile arguments (test/fuzz), for a night:
//   node scripts/fuzz.js [--calls 1000000] [--seed S] [--size 75]
// A round has one seed, which is printed; `--seed S --calls 1` runs the round of S again, and a run that was stopped
// after the round of S is resumed with --seed S+1. Exit status 1 after a failure.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../test/fuzz/main.ts', import.meta.url));
const { status } = spawnSync(process.execPath, ['--import', 'tsx', main, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(status ?? 1);
