// The examples of doc comments run, and print what they say.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { blocks, expectPrinted, root } from '../support/markdown.js';
import { residentModules } from '../support/runs/resident.js';

const runs = residentModules();

const files = (await readdir(join(root, 'src'), { recursive: true })).filter((name) => name.endsWith('.ts'));
const examples = (
  await Promise.all(
    files.sort().map(async (name) => {
      const comments = (await readFile(join(root, 'src', name), 'utf8')).match(/\/\*\*[\s\S]*?\*\//g) ?? [];
      const text = comments
        .map((comment) => comment.replace(/^ *\* ?/gm, ''))
        .filter((comment) => comment.includes('@example'))
        .join('\n');
      return blocks({ name: `src/${name}`, text });
    }),
  )
).flat();

test('there are some', () => {
  expect(examples.length).toBeGreaterThan(2);
});

test.each(examples)('$title', (block) => expectPrinted(block, runs));
