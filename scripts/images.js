// Draws the pictures of the README and of docs/ again, from a build that is up to date.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const images = join(root, 'docs/images');
const scratch = mkdtempSync(join(tmpdir(), 'emft-images-'));
mkdirSync(images, { recursive: true });
for (const figure of ['3a', 'h1']) {
  const args = [join(root, 'cli/dist/main.js'), 'figure', figure, '-o', scratch];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  copyFileSync(join(scratch, `fig${figure}.png`), join(images, `fig${figure}.png`));
}
rmSync(scratch, { recursive: true });
