// Runs every check and test and closes with one line of counts: lint, types, as-pect specs, vitest.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'emft-test-'));
let passed = 0;
let failed = 0;

/** Runs a program; `kept` output is printed when it is whole, so that two at a time do not mix. */
function run(command, args, kept = true) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', ...(kept ? ['pipe', 'pipe'] : [1, 2])] });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => output.push(piece));
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (status) => {
      const text = Buffer.concat(output).toString();
      process.stdout.write(text);
      resolve({ status, text });
    });
  });
}
const npx = (args, kept) => run('npx', ['--no-install', ...args], kept);
const script = (name) => run(process.execPath, [join(root, 'scripts', name)]);
const count = ({ status }) => (status === 0 ? passed++ : failed++);

async function checks() {
  // Where this fails the tests that need another Node say so. It waits for the network.
  const nodes = script('nodes.js');
  count(await npx(['biome', 'check', '.']));
  count(await npx(['tsc', '-p', 'tsconfig.json', '--noEmit']));
  count(await script('lint-assembly.js'));
  await nodes;
}

async function specs() {
  const { status, text } = await npx(['asp', '--verbose', '--no-logo']);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: strips the reporter's colours
  const totals = [...text.replace(/\x1b\[\d*m/g, '').matchAll(/\[Tests\]: (\d+) \/ (\d+)/g)].at(-1);
  if (totals) {
    passed += Number(totals[1]);
    failed += Number(totals[2]) - Number(totals[1]);
  }
  if (!totals || (status !== 0 && totals[1] === totals[2])) failed++;
}

// Each has one thread.
await Promise.all([checks(), specs()]);

const report = join(scratch, 'vitest.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
const vitest = await npx(['vitest', 'run', ...reporters], false);
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
rmSync(scratch, { recursive: true });

process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
