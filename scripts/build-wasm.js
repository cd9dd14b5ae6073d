// Compiles assembly/index.ts once per target of asconfig.json into build/, and assembly/eigen/index.ts alone
// (asconfig.eigen.json).
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
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
mkdirSync(`${root}/build`, { recursive: true });
for (const target of wanted.length ? wanted : configs.keys()) {
  const { status } = spawnSync(
    process.execPath,
    [asc.replace(/dist\/asc\.js$/, 'bin/asc.js'), '--config', configs.get(target), '--target', target],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}
