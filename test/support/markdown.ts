// The READMEs and the pages of docs/, and the fenced blocks of code in them.
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';

const run = promisify(execFile);
export const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Page {
  /** Path in the repository. */
  name: string;
  text: string;
}

interface Block {
  /** `docs/x.md, block 2`. */
  title: string;
  language: string;
  /** Marked ```` ```sh slow ````: too long for a test. */
  slow: boolean;
  code: string;
}

/** README.md and that of the command, then the pages of docs/ by name, without the reference that `npm run docs` writes there. */
export async function pages(): Promise<Page[]> {
  const found = await readdir(join(root, 'docs'), { recursive: true });
  const docs = found
    .filter((name) => name.endsWith('.md') && !/^(api|\.vitepress)\//.test(name))
    .map((name) => `docs/${name}`);
  return Promise.all(
    ['README.md', 'cli/README.md', ...docs.sort()].map(async (name) => ({
      name,
      text: await readFile(join(root, name), 'utf8'),
    })),
  );
}

export function blocks({ name, text }: Page): Block[] {
  return [...text.matchAll(/^```(\w+)( slow)?\n([\s\S]*?)^```$/gm)].map(([, language, slow, code], i) => ({
    title: `${name}, block ${i + 1}`,
    language,
    slow: slow !== undefined,
    code,
  }));
}

type Runs = (code: string) => Promise<{ stdout: string; stderr: string }>;

/** Runs a program in a process of its own in `cwd`, where `emft` resolves. */
export const asProcess =
  (cwd: string): Runs =>
  (code) =>
    run(process.execPath, ['--input-type=module', '-e', code], { cwd });

/** A block of JavaScript prints what its comments say. */
export async function expectPrinted({ code }: Block, runs: Runs): Promise<void> {
  const printed = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)/g)].map((match) => match[1]);
  expect(printed.length).toBeGreaterThan(0);
  const { stdout, stderr } = await runs(code);
  expect(stderr).toBe('');
  expect(stdout.trimEnd().split('\n')).toEqual(printed);
}
