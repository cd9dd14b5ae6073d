// The TypeScript side of the border is what the compiler says of assembly/.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('src/wasm/bindings.ts and constants.ts are current', () => {
  const script = fileURLToPath(new URL('../../scripts/generate-bindings.js', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
}, 120_000);
