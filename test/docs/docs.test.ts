// Every block of JavaScript in the READMEs and in docs/ prints what its comments say, every command runs (those marked
// slow are only checked to exist), and every link leads somewhere.
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blocks, expectPrinted, pages, root } from '../support/markdown.js';
import { residentCommand, residentModules } from '../support/runs/resident.js';

const emft = residentCommand();
const runs = residentModules();
const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const { name: packageName } = JSON.parse(await readFile(join(root, 'cli/package.json'), 'utf8'));
const all = await pages();
const shown = all.flatMap(blocks);
const commands = shown
  .filter(({ language }) => language === 'sh')
  .flatMap(({ title, slow, code }) =>
    code
      .trimEnd()
      .split('\n')
      .map((line) => ({ title, slow, line: line.replace(/\s+# .*/, '') })),
  );

describe('the documentation', () => {
  test('has blocks of languages that are run, or are shown for reading', () => {
    for (const language of ['js', 'sh'])
      expect(shown.some((block) => block.language === language)).toBe(true);
    for (const { language, title } of shown) {
      expect(['js', 'sh', 'html', 'text', 'toml', 'json'], title).toContain(language);
    }
  });

  test.each(shown.filter(({ language }) => language === 'js'))('$title', (block) =>
    expectPrinted(block, runs),
  );

  test.each(commands)('$title: $line', async ({ line, slow }) => {
    // What installs or runs everything is not run inside its own test: its scripts exist.
    const script = /^(?:npm ci && )?npm (?:run (?:-s )?)?([\w:]+)$/.exec(line)?.[1];
    if (script) {
      expect(scripts).toHaveProperty(script);
      return;
    }
    const installed = /^npm install --global (.*)$/.exec(line)?.[1];
    if (installed) {
      expect(installed).toBe(packageName);
      return;
    }
    const command = /^(?:npm run -s emft --|emft) (.*)$/.exec(line)?.[1].split(' ');
    if (!command) throw new Error(`not a command of emft: ${line}`);
    const scratch = await mkdtemp(join(tmpdir(), 'emft-docs-'));
    try {
      const args = slow ? [command[0], '--help'] : command;
      const { status, stdout } = await emft(args, scratch);
      expect(status).toBe(0);
      expect(stdout).not.toBe('');
    } finally {
      await rm(scratch, { recursive: true });
    }
  });

  test('a page without its encoding had â€¦ for … until the answer came', () => {
    const whole = shown.filter(({ code }) => /^<!doctype html>/.test(code));
    expect(whole.length).toBeGreaterThan(4);
    for (const { title, code } of whole) expect(code, title).toContain('<meta charset="utf-8">');
  });

  test('a guide whose commands are those of a clone says what stands for them elsewhere, where they do nothing', () => {
    const guides = all.filter(
      ({ name, text }) => /^docs\/guides\//.test(name) && /^npm run -s emft/m.test(text),
    );
    expect(guides.length).toBeGreaterThan(2);
    for (const { name, text } of guides) {
      expect(text, name).toContain('`npx emft-cli` stands for `npm run -s emft --`');
    }
  });

  test.each(all)('$name: its links lead somewhere', async ({ name, text }) => {
    for (const [, target] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
      if (!/^https?:/.test(target)) await access(join(root, dirname(name), target));
    }
  });

  test.each(all)('$name: its pictures are PNGs', async ({ name, text }) => {
    for (const [, picture] of text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)) {
      const bytes = await readFile(join(root, dirname(name), picture));
      expect(bytes.subarray(0, 8).toString('latin1'), picture).toBe('\x89PNG\r\n\x1a\n');
    }
  });
});
