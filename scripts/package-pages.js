// What a package's page needs to know of the repository: `write` before packing, `restore` after it. The sources name no
// address. Where `git remote get-url origin` or EMFT_REPOSITORY has one that others can open, the packed package.json gets
// repository, homepage and bugs, and the links of the packed pages that would lead nowhere lead there. Without one nothing
// is touched: what the README links lies in the package.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = process.cwd();
/** The folder of the package in the repository: '' or 'cli'. */
const directory = relative(root, home).replaceAll('\\', '/');
/** The files as they were, while others stand in their places. */
const kept = join(home, '.packing');

/** Where hosts show a file and where they give its bytes, below the address of a repository. */
const hosts = [
  { name: /(^|\.)github\./, page: 'blob/HEAD', bytes: 'raw/HEAD' },
  { name: /(^|\.)gitlab\./, page: '-/blob/HEAD', bytes: '-/raw/HEAD' },
  { name: /(^|\.)bitbucket\./, page: 'src/HEAD', bytes: 'raw/HEAD' },
];

/** The address of a repository as a browser opens it, without what is secret in it; null for a folder and the like. */
export function browsable(remote) {
  const short = /^(?:[\w.-]+@)?([\w-]+(?:\.[\w-]+)+):(?!\/)(.+)$/.exec(remote);
  const long = /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^/@]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(remote);
  const [, host, path] = long ?? short ?? [];
  return host?.includes('.') ? `https://${host}/${path.replace(/\/+$/, '').replace(/\.git$/, '')}` : null;
}

function origin() {
  const { EMFT_REPOSITORY } = process.env;
  if (EMFT_REPOSITORY !== undefined) return EMFT_REPOSITORY.trim();
  try {
    const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return execFileSync('git', ['remote', 'get-url', 'origin'], options).trim();
  } catch {
    return '';
  }
}

/** Paths of what the package will hold. */
function packed() {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const options = { cwd: home, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
  const [{ files }] = Object.values(JSON.parse(execFileSync('npm', args, options)));
  return files.map(({ path }) => path);
}

/** package.json with the three fields. */
function described(text, address, host) {
  const manifest = JSON.parse(text);
  manifest.repository = { type: 'git', url: `git+${address}.git`, ...(directory && { directory }) };
  manifest.homepage = `${directory && host ? `${address}/${host.page}/${directory}/README.md` : address}#readme`;
  if (host) manifest.bugs = { url: `${address}/issues` };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** A page whose relative links are absolute: all those of the README, of other pages those to what is not in the package. */
function linked(page, text, address, host, files) {
  return text.replace(/(!?)(\[[^\]]*\]\()([^)#\s]+)/g, (whole, picture, label, target) => {
    if (/^[a-z]+:/i.test(target)) return whole;
    const inside = posix.join(posix.dirname(page), target);
    if (page !== 'README.md' && files.some((file) => file === inside || file.startsWith(folder(inside)))) {
      return whole;
    }
    return `${picture}${label}${address}/${picture ? host.bytes : host.page}/${posix.join(directory, inside)}`;
  });
}

const folder = (path) => (path.endsWith('/') ? path : `${path}/`);

function replace(path, text) {
  const file = join(home, path);
  const before = readFileSync(file, 'utf8');
  if (text === before) return;
  mkdirSync(dirname(join(kept, path)), { recursive: true });
  writeFileSync(join(kept, path), before);
  writeFileSync(`${file}.packing`, text);
  renameSync(`${file}.packing`, file);
}

function restore() {
  if (!existsSync(kept)) return;
  for (const entry of readdirSync(kept, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    renameSync(path, join(home, relative(kept, path)));
  }
  rmSync(kept, { recursive: true });
}

function write() {
  // npm describes a published folder by the files it finds there after packing, which are these no longer.
  if (process.env.npm_command === 'publish') {
    process.stderr.write('emft: publish the tarball, not the folder: npm pack, then npm publish emft….tgz\n');
    process.exit(1);
  }
  // Left where packing was killed.
  restore();
  const address = browsable(origin());
  if (!address) return;
  const host = hosts.find(({ name }) => name.test(new URL(address).hostname));
  const files = packed();
  replace('package.json', described(readFileSync(join(home, 'package.json'), 'utf8'), address, host));
  if (!host) return;
  for (const page of files) {
    if (!page.endsWith('.md')) continue;
    replace(page, linked(page, readFileSync(join(home, page), 'utf8'), address, host, files));
  }
}

if (process.argv[2] === 'restore') restore();
else write();
