// Compiles assembly/index.ts once per target of asconfig.json into build/, and assembly/eigen/index.ts alone
// (asconfig.eigen.json).
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const asc = compiler();
function compiler() {
  try {
    return fileURLToPath(import.meta.resolve('assemblyscript/asc'));
  } catch {
    process.stderr.write('emft: the compiler assemblyscript is not installed; run: npm ci\n');
    process.exit(1);
  }
}

/** The configuration file of each target. */
const configs = new Map();
for (const config of ['asconfig.json', 'asconfig.eigen.json']) {
  const { targets } = JSON.parse(readFileSync(`${root}/${config}`, 'utf8'));
  for (const target of Object.keys(targets)) configs.set(target, config);
}
const wanted = process.argv.slice(2);
const waiting = wanted.length ? wanted : [...configs.keys()];
const unknown = waiting.filter((target) => !configs.has(target));
if (unknown.length) {
  process.stderr.write(
    `emft: expected targets among ${[...configs.keys()].join(', ')}, got ${unknown.join(', ')}\n`,
  );
  process.exit(1);
}
mkdirSync(`${root}/build`, { recursive: true });

/** Exit status of the compiler. */
function compile(target) {
  const args = [
    asc.replace(/dist\/asc\.js$/, 'bin/asc.js'),
    '--config',
    configs.get(target),
    '--target',
    target,
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] });
  return new Promise((resolve, reject) =>
    child.on('error', reject).on('close', (status) => resolve(status ?? 1)),
  );
}

/** One target after another, until one fails. */
async function lane() {
  while (waiting.length && !process.exitCode)
    process.exitCode = (await compile(waiting.shift())) || process.exitCode;
}
// The compiler has one thread.
await Promise.all(Array.from({ length: Math.min(availableParallelism(), waiting.length) }, lane));
