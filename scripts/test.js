// Runs every check and test and closes with one line of counts: lint, types, as-pect specs, vitest.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'emft-test-'));
let passed = 0;
let failed = 0;

function npx(...args) {
  const result = spawnSync('npx', ['--no-install', ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  process.stdout.write(result.stdout ?? '');
  process.stderr.write(result.stderr ?? '');
  return result;
}

// Where this fails the tests that need another Node say so.
spawnSync(process.execPath, [join(root, 'scripts/nodes.js')], { cwd: root, stdio: 'inherit' });

for (const check of [
  ['biome', 'check', '.'],
  ['tsc', '-p', 'tsconfig.json', '--noEmit'],
]) {
  if (npx(...check).status === 0) passed++;
  else failed++;
}
const lint = spawnSync(process.execPath, [join(root, 'scripts/lint-assembly.js')], {
  cwd: root,
  stdio: 'inherit',
});
if (lint.status === 0) passed++;
else failed++;

const specs = npx('asp', '--verbose', '--no-logo');
// biome-ignore lint/suspicious/noControlCharactersInRegex: strips the reporter's colours
const totals = [...specs.stdout.replace(/\x1b\[\d*m/g, '').matchAll(/\[Tests\]: (\d+) \/ (\d+)/g)].at(-1);
if (totals) {
  passed += Number(totals[1]);
  failed += Number(totals[2]) - Number(totals[1]);
}
if (!totals || (specs.status !== 0 && totals[1] === totals[2])) failed++;

// What only computes runs on two cores; what starts processes, servers and clusters has the machine to itself.
const computing = ['test/unit', 'test/house'];
for (const part of [
  ['--maxWorkers', '2', ...computing],
  computing.flatMap((folder) => ['--exclude', `${folder}/**`]),
]) {
  const report = join(scratch, 'vitest.json');
  rmSync(report, { force: true });
  const vitest = spawnSync(
    'npx',
    [
      ...['--no-install', 'vitest', 'run', '--reporter=default', '--reporter=json'],
      `--outputFile.json=${report}`,
      ...part,
    ],
    { cwd: root, stdio: 'inherit' },
  );
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8'));
    passed += counts.numPassedTests;
    // A test that is skipped has not shown anything: it counts as failed.
    const notRun = counts.numTotalTests - counts.numPassedTests;
    failed += notRun;
    if (vitest.status !== 0 && notRun === 0) failed++;
  } catch {
    failed++;
  }
}
rmSync(scratch, { recursive: true });

process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
