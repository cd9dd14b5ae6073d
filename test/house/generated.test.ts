// The loops that scripts write out are what these scripts write now.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

test.each(['kernels', 'grain'])('assembly/generated/%s.ts', async (name) => {
  const folder = await mkdtemp(join(tmpdir(), 'emft-generated-'));
  try {
    await promisify(execFile)(process.execPath, [join(root, `scripts/generate-${name}.js`), folder]);
    const [written, kept] = await Promise.all(
      [folder, join(root, 'assembly/generated')].map((at) => readFile(join(at, `${name}.ts`), 'utf8')),
    );
    expect(kept).toBe(written);
  } finally {
    await rm(folder, { recursive: true });
  }
});
