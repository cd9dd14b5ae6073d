// Removes from dist/ what tsc wrote of sources that are gone, so that it is neither run nor published. dist/web is the
// page's, which its own build empties.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
for (const path of readdirSync(`${root}/dist`, { recursive: true })) {
  const written = /^(?!web[/\\])(.*?)(\.d\.ts|\.js|\.js\.map)$/.exec(path);
  if (written && (written[2] === '.js.map' || !existsSync(`${root}/src/${written[1]}.ts`))) {
    rmSync(`${root}/dist/${path}`);
  }
}
