// Builds when build/ or dist/ is missing or older than the sources. Everything is printed on stderr,
// so that a command's stdout holds its result alone.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function newest(dir) {
  let time = 0;
  for (const entry of readdirSync(`${root}/${dir}`, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) time = Math.max(time, statSync(`${entry.parentPath}/${entry.name}`).mtimeMs);
  }
  return time;
}

function stale(sources, output) {
  const path = `${root}/${output}`;
  return !existsSync(path) || statSync(path).mtimeMs < Math.max(...sources.map(newest));
}

function run(script) {
  const { status } = spawnSync('npm', ['run', '-s', script], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

if (stale(['assembly'], 'build/emft.simd.wasm') || stale(['assembly'], 'build/eigen.simd.wasm'))
  run('build:wasm');
if (stale(['src'], 'dist/index.js') || stale(['cli/src'], 'cli/dist/main.js')) run('build:ts');
if (stale(['web'], 'cli/dist/web/index.html')) run('build:web');
