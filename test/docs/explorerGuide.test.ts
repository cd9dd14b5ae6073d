// The table of views in docs/guides/explorer.md is made of what the views say of themselves; EMFT_UPDATE=1 writes it.
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { viewNames } from '../support/browser/views.js';

const GUIDE = 'docs/guides/explorer.md';
const TABLE = /^\| view \|.*\n(?:\|.*\n)+/m;

test('the guide has every view, in the order of the tabs', async () => {
  // A page says whether it has threads when its modules are loaded.
  vi.stubGlobal('crossOriginIsolated', false);
  const { views } = await import('../../web/src/views/index.js');
  expect(Object.keys(views).sort()).toEqual([...viewNames].sort());
  const rows = Object.values(views).map(({ title, about }) => `| ${title} | ${about} |\n`);
  const text = readFileSync(GUIDE, 'utf8');
  expect(text).toMatch(TABLE);
  const made = text.replace(TABLE, ['| view | what it shows |\n', '| --- | --- |\n', ...rows].join(''));
  if (process.env.EMFT_UPDATE) return writeFileSync(GUIDE, made);
  expect(made, 'EMFT_UPDATE=1 writes the table').toBe(text);
});
