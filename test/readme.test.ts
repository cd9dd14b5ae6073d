import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const readme = await readFile(join(root, 'README.md'), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map((match) => match[1]);

test('the JavaScript in the README runs as printed and prints what its comments say', async () => {
  expect(blocks('js').length).toBeGreaterThan(0);
  for (const code of blocks('js')) {
    const printed = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map((match) => match[1]);
    expect(printed.length).toBeGreaterThan(0);
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', code], {
      cwd: root,
    });
    expect(stderr).toBe('');
    expect(stdout.trimEnd().split('\n')).toEqual(printed);
  }
});

test('the commands in the README run as printed', async () => {
  const scratch = await mkdtemp(join(tmpdir(), 'emft-readme-'));
  const lines = blocks('sh').flatMap((block) => block.split('\n'));
  const commands = lines.flatMap((line) => /^npm run -s emft -- (.*)/.exec(line)?.[1] ?? []);
  expect(commands.length).toBeGreaterThan(0);
  try {
    for (const command of commands) {
      const { stdout } = await run(
        process.execPath,
        [join(root, 'dist/cli/main.js'), ...command.split(' ')],
        {
          cwd: scratch,
        },
      );
      expect(stdout).not.toBe('');
    }
  } finally {
    await rm(scratch, { recursive: true });
  }
});

test('the npm commands in the README are the scripts of package.json', async () => {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const named = [
    ...blocks('sh')
      .join('\n')
      .matchAll(/npm (?:run (?:-s )?)?(start|test|emft|[a-z:]+)\b/g),
  ]
    .map((match) => match[1])
    .filter((name) => name !== 'ci' && name !== 'run');
  expect(named.length).toBeGreaterThan(2);
  for (const name of named) expect(scripts).toHaveProperty(name);
});

test('the pictures in the README exist and are PNGs', async () => {
  const pictures = [...readme.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map((match) => match[1]);
  expect(pictures.length).toBeGreaterThan(0);
  for (const picture of pictures) {
    expect((await readFile(join(root, picture))).subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  }
});
