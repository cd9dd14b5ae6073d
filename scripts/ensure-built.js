// Builds when something that the packages hold is missing or older than the sources. Everything is printed on stderr,
// so that a command's stdout holds its result alone, and so does `npm pack`, which asks for this first.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
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

/** The .wasm file of every target, as its configuration names it. */
const modules = ['asconfig.json', 'asconfig.eigen.json'].flatMap((config) =>
  Object.values(JSON.parse(readFileSync(`${root}/${config}`, 'utf8')).targets).map(({ outFile }) => outFile),
);
if (modules.some((file) => stale(['assembly'], file))) run('build:wasm');
if (stale(['src'], 'dist/index.js') || stale(['cli/src'], 'cli/dist/main.js')) run('build:ts');
// The build of the page writes the notices of both packages, too.
const notices = ['THIRD-PARTY-LICENSES.txt', 'cli/THIRD-PARTY-LICENSES.txt'].map((file) => `${root}/${file}`);
// The page has the library and its .wasm in it.
const page = stale(['web', 'src', 'assembly'], 'cli/dist/web/index.html');
if (page || !notices.every(existsSync)) run('build:web');
