// docs/findings.md: its rows are what the figures find in the tables beside it, in the order in which they stand there.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createCore } from 'emft';
import { expect, test } from 'vitest';
import { readDescribedTable } from '../../cli/src/files/tableFile.js';
import type { Data, Measured } from '../../cli/src/paper/figure.js';
import { type Finding, findingsMarkdown } from '../../cli/src/paper/finding.js';

const folder = fileURLToPath(new URL('../../docs/', import.meta.url));
const text = readFileSync(`${folder}findings.md`, 'utf8');
/** Figures in the order of the document. */
const order = [...text.matchAll(/^\| \[(\w+)\]\(findings\/fig\w+\.parquet\)/gm)].map(([, id]) => id);

async function found(): Promise<Finding[]> {
  const core = await createCore();
  const all: Finding[] = [];
  for (const id of order) {
    const folderOf = `../../cli/src/paper/figure${id}`;
    const { data } = (await import(`${folderOf}/data.ts`)) as { data: Data<unknown> };
    const { beyond } = (await import(`${folderOf}/beyond.ts`)) as { beyond(findings: unknown): Finding[] };
    const { columns, description } = await readDescribedTable(`${folder}findings/fig${id}.parquet`);
    const { parameters, measured } = description as unknown as Measured;
    all.push(...beyond(data.findings({ columns, parameters, measured }, core)));
  }
  core.dispose();
  return all;
}

test('its table, the tally above and the notes below are those of the committed tables', async () => {
  expect(order).toHaveLength(7);
  const whole = findingsMarkdown(await found(), 'heading');
  // What stands above and below the table is the document's own.
  const table = whole.slice(whole.indexOf('heading') + 'heading'.length).trim();
  expect(text).toContain(`\n${table}\n`);
});

test('each table says by which revision it was computed, or the document by which .wasm', async () => {
  const without: string[] = [];
  for (const id of order) {
    const { description } = await readDescribedTable(`${folder}findings/fig${id}.parquet`);
    if (/^[0-9a-f]{40}/.test(String(description.revision))) continue;
    without.push(id);
    const row = text.split('\n').find((line) => line.includes(`(findings/fig${id}.parquet)`));
    expect(row).toContain(`${String(description.wasmSha256).slice(0, 8)}…`);
  }
  // Once it is computed again its row has nothing to explain.
  expect(without).toEqual(['d1']);
});
