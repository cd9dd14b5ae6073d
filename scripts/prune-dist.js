// Removes from dist/ and cli/dist/ what tsc wrote of sources that are gone, so that it is neither run nor published.
// cli/dist/web is the page's, which its own build empties.
import { existsSync, readdirSync, rmSync } from 'node:fs';
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
