// Every block of JavaScript in docs/ prints what its comments say, every command runs (those marked slow are only
// checked to exist), and every link leads somewhere.
import { execFile } from 'node:child_process';
import { access, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'dist/cli/main.js');
const names = (await readdir(join(root, 'docs'), { recursive: true })).filter((name) => name.endsWith('.md'));
const pages = await Promise.all(
  names.sort().map(async (name) => ({ name, text: await readFile(join(root, 'docs', name), 'utf8') })),
);
const blocks = pages.flatMap(({ name, text }) =>
  [...text.matchAll(/^```(\w+)( slow)?\n([\s\S]*?)^```$/gm)].map(([, language, slow, code], i) => ({
    title: `${name}, block ${i + 1}`,
    language,
    slow: slow !== undefined,
    code,
  })),
);
const commands = blocks
  .filter(({ language }) => language === 'sh')
  .flatMap(({ title, slow, code }) =>
    code
      .trimEnd()
      .split('\n')
      .map((line) => ({ title, slow, line })),
  );

describe('the documentation', () => {
  test('has blocks of languages that are run, or are shown for reading', () => {
    expect(blocks.length).toBeGreaterThan(0);
    for (const { language, title } of blocks) {
      expect(['js', 'sh', 'html', 'text', 'toml', 'json'], title).toContain(language);
    }
  });

  test.each(blocks.filter(({ language }) => language === 'js'))('$title', async ({ code }) => {
    const printed = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map((match) => match[1]);
    expect(printed.length).toBeGreaterThan(0);
    const args = ['--input-type=module', '-e', code];
    const { stdout, stderr } = await run(process.execPath, args, { cwd: root });
    expect(stderr).toBe('');
    expect(stdout.trimEnd().split('\n')).toEqual(printed);
  });

  test.each(commands)('$title: $line', async ({ line, slow }) => {
    const command = /^npm run -s emft -- (.*)$/.exec(line)?.[1].split(' ');
    if (!command) throw new Error(`not a command of emft: ${line}`);
    const scratch = await mkdtemp(join(tmpdir(), 'emft-docs-'));
    try {
      const args = slow ? [command[0], '--help'] : command;
      const { stdout } = await run(process.execPath, [main, ...args], { cwd: scratch });
      expect(stdout).not.toBe('');
    } finally {
      await rm(scratch, { recursive: true });
    }
  });

  test.each(pages)('$name: its links lead somewhere', async ({ name, text }) => {
    for (const [, target] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
      if (!/^https?:/.test(target)) await access(join(root, 'docs', dirname(name), target));
    }
  });
});
