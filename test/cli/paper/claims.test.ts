// The claims of the paper that belong to no figure, and the table of all.
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Core, createCore } from 'emft';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parquetBytes, parquetColumn } from '../../../cli/src/files/parquet.js';
import { type Claim, claimsMarkdown, grouped } from '../../../cli/src/paper/claim.js';
import { gatherClaims } from '../../../cli/src/paper/gather.js';
import { claimChecks } from '../../../cli/src/paper/index.js';
import { captionsOf } from '../../../cli/src/paper/redraw.js';

let core: Core;
beforeAll(async () => {
  core = await createCore();
});
afterAll(() => core.dispose());

const context = () => ({ core, profile: 'quick' as const, progress: async () => {} });

describe('claims', () => {
  test.each(Object.entries(claimChecks))('%s', async (_name, load) => {
    const { check } = await load();
    const claims = await check(context());
    expect(claims.length).toBeGreaterThan(0);
    for (const claim of claims) {
      expect(claim.measured).not.toMatch(/NaN|undefined/);
      if (!claim.agrees) expect(claim.note).toBeTruthy();
    }
  });

  test('the table keeps its columns and spells disagreements out', () => {
    const claim: Claim = {
      id: 'x',
      source: 'Eq. (1)',
      statement: 'a | b',
      stated: '1',
      measured: '2',
      values: {},
      agrees: false,
      rule: 'within 1 %',
      note: 'Because.',
    };
    const text = claimsMarkdown([claim, { ...claim, agrees: true, note: undefined }], 'heading');
    const [, printed, differs] = text.split('\n## ');
    expect(printed).toMatch(/^Agrees as printed\n/);
    expect(printed).toContain('| Eq. (1) | a \\| b | 1 | 2 | within 1 % |');
    expect(differs).toMatch(/^Differs\n/);
    expect(text).toContain('1 of 2 statements agree');
    expect(differs).toContain('- **Eq. (1): a | b.** Because.');
    expect(printed).not.toContain('Because');
  });

  test('those of docs/paper are what its tables say', async () => {
    const committed = readFileSync('docs/paper/claims.md', 'utf8');
    expect(await gatherClaims('docs/paper', core)).toBe(committed);
  });

  test('every verdict says by which rule, and the captions of docs/paper are those that its tables are drawn with', async () => {
    const text = readFileSync('docs/paper/claims.md', 'utf8');
    const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
    for (const line of rows) expect(line).not.toMatch(/\| +\|$/);
    // Figs. 5(a), 5(b) have tables of 98 000 rows, which take seconds to read.
    const small = [
      '1c',
      '1d',
      '2a',
      '2a-printed',
      '2b',
      '2b-printed',
      '3a',
      '3b',
      '4a',
      '4b',
      '5c',
      'n1',
      'n2',
    ];
    const captions = await captionsOf('docs/paper', small);
    expect(Object.keys(captions).sort()).toEqual(small.map((name) => `fig${name}.md`).sort());
    for (const [name, caption] of Object.entries(captions)) {
      expect(readFileSync(`docs/paper/${name}`, 'utf8'), name).toBe(caption);
    }
  });

  test('a table that is another figure’s, or lacks numbers, is refused by name', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'emft-claims-'));
    try {
      copyFileSync('docs/paper/fig1d.parquet', join(directory, 'fig3a.parquet'));
      await expect(gatherClaims(directory, core)).rejects.toThrow(/fig3a\.parquet.*figure 3a, got one of 1d/);
      rmSync(join(directory, 'fig3a.parquet'));
      const description = { figure: '3a', parameters: { deltaAlpha: -0.07, g10: 0.5 } };
      const column = parquetColumn('n', Float64Array.of(1));
      writeFileSync(join(directory, 'fig3a.parquet'), parquetBytes([column], description));
      await expect(gatherClaims(directory, core)).rejects.toThrow(
        /fig3a\.parquet.*lacks the number halfEntropyCrossing.*again/,
      );
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  test('a statement that agrees to the letter also shows what a reading gives', () => {
    const base = {
      id: 'x',
      source: 'Fig. 4(b)',
      statement: 's',
      stated: 'all',
      values: {},
      agrees: true,
      rule: 'r',
    };
    const claims = [
      { ...base, reading: 'hopping', measured: '480', agrees: false },
      { ...base, reading: 'printed', measured: '481' },
    ];
    expect(claimsMarkdown(claims, '')).toContain(
      '| Fig. 4(b) | s | all | 481 | hopping: 480 (differs) | r |',
    );
  });

  test('a statement measured in several readings is one, of the group of its best', () => {
    const base = {
      id: 'x',
      source: 'Fig. 4(a)',
      statement: 's',
      stated: '4',
      values: {},
      note: 'n',
      rule: 'r',
    };
    const named: Claim = { ...base, reading: 'hopping', measured: '4.3', agrees: true };
    const literal: Claim = { ...base, reading: 'printed', measured: '481', agrees: false };
    const groups = (...claims: Claim[]) => grouped(claims).map(({ group, claim }) => [group, claim.measured]);
    expect(groups(named, literal)).toEqual([['reading', '4.3']]);
    expect(groups(named, { ...literal, agrees: true })).toEqual([['printed', '481']]);
    expect(groups({ ...named, agrees: false }, literal)).toEqual([['differs', '481']]);
    expect(groups(named, { ...literal, source: 'Fig. 4(b)' })).toEqual([
      ['reading', '4.3'],
      ['differs', '481'],
    ]);
    expect(claimsMarkdown([named, literal], '')).toContain('| Fig. 4(a) | s | 4 | 481 | hopping | 4.3 | r |');
  });
});
