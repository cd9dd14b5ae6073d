// The documentation site in build/site: the API reference by typedoc, then all pages by vitepress. Build the packages first: the first page
// computes with what is in dist/ and build/.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = (script, ...args) =>
  execFileSync(process.execPath, [`${root}node_modules/${script}`, ...args], { cwd: root, stdio: 'inherit' });

rmSync(`${root}docs/api`, { recursive: true, force: true });
node('typedoc/bin/typedoc', '--options', 'typedoc.site.json', '--logLevel', 'Warn');
node('vitepress/bin/vitepress.js', 'build', 'docs');
