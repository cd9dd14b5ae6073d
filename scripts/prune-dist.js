// Removes from dist/ and cli/dist/ what tsc wrote of sources that are gone, so that it is neither run nor published, and from dist/ the
// declarations of rooms that no public type leads to. cli/dist/web is the page's, which its own build empties.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
for (const home of [root, `${root}/cli`]) {
  for (const path of readdirSync(`${home}/dist`, { recursive: true })) {
    const written = /^(?!web[/\\])(.*?)(\.d\.ts|\.js|\.js\.map|\.cjs)$/.exec(path);
    const source = written?.[2] === '.cjs' ? '.cts' : '.ts';
    if (written && (written[2] === '.js.map' || !existsSync(`${home}/src/${written[1]}${source}`))) {
      rmSync(`${home}/dist/${path}`);
    }
  }
}

/** The declarations that a program which imports a package meets, relative to it: those of its exports, and all that these refer to. */
function declared(home) {
  const found = new Set();
  const waiting = Object.values(JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).exports)
    .flatMap((entry) => entry.types ?? [])
    .map((path) => join(home, path));
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    for (const [, to] of readFileSync(path, 'utf8').matchAll(
      /\b(?:from|import) ?\(?['"](\.[^'"]+)\.js['"]/g,
    )) {
      waiting.push(join(dirname(path), `${to}.d.ts`));
    }
  }
  return new Set([...found].map((path) => relative(home, path).replaceAll('\\', '/')));
}

const met = declared(root);
for (const path of readdirSync(`${root}/dist`, { recursive: true })) {
  const name = `dist/${path.replaceAll('\\', '/')}`;
  if (name.endsWith('.d.ts') && !met.has(name)) rmSync(join(root, name));
}
