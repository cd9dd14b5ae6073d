// Builds when something that the packages hold is missing or older than the sources: all of it, or with the argument
// `figures` what drawing figures takes, in a third of the time: one of the modules, TypeScript without a check of types, no
// page. Everything is printed on stderr, so that a command's stdout holds its result alone, and so does `npm pack`, which
// asks for this first.
import { spawn } from 'node:child_process';
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

/** Runs programs of this project side by side; ends with the status of the first that fails. */
async function run(...programs) {
  const ends = programs.map(
    ([command, ...args]) =>
      new Promise((resolve, reject) => {
        const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
        child.on('error', reject).on('close', (status) => resolve(status ?? 1));
      }),
  );
  const failed = (await Promise.all(ends)).find((status) => status !== 0);
  if (failed !== undefined) process.exit(failed);
}

const npm = (...words) => ['npm', 'run', '-s', ...words];
const figures = process.argv[2] === 'figures';

/** The targets whose .wasm file, as the configuration names it, is not current. */
const targets = ['asconfig.json', 'asconfig.eigen.json']
  .flatMap((config) => Object.entries(JSON.parse(readFileSync(`${root}/${config}`, 'utf8')).targets))
  .filter(([target, { outFile }]) => (target === 'simd' || !figures) && stale(['assembly'], outFile))
  .map(([target]) => target);
const modules = targets.length > 0 ? [[process.execPath, 'scripts/build-wasm.js', ...targets]] : [];
const code = stale(['src'], 'dist/index.js') || stale(['cli/src'], 'cli/dist/main.js');
if (figures) {
  // The compilers have a thread each.
  await run(...modules, ...(code ? [npm('build:ts:unchecked')] : []));
  process.exit();
}
await run(...modules);
if (code) await run(npm('build:ts'));
// The build of the page writes the notices of both packages, too.
const notices = ['THIRD-PARTY-LICENSES.txt', 'cli/THIRD-PARTY-LICENSES.txt'].map((file) => `${root}/${file}`);
// The page has the library and its .wasm in it.
const page = stale(['web', 'src', 'assembly'], 'cli/dist/web/index.html');
if (page || !notices.every(existsSync)) await run(npm('build:web'));
