// Compiles assembly/index.ts once per target of asconfig.json into build/.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const asc = fileURLToPath(import.meta.resolve('assemblyscript/asc'));
const { targets } = JSON.parse(readFileSync(`${root}/asconfig.json`, 'utf8'));
const wanted = process.argv.slice(2);
mkdirSync(`${root}/build`, { recursive: true });
for (const target of wanted.length ? wanted : Object.keys(targets)) {
  const { status } = spawnSync(
    process.execPath,
    [asc.replace(/dist\/asc\.js$/, 'bin/asc.js'), '--target', target],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
    },
  );
  if (status !== 0) process.exit(status ?? 1);
}
