// The path that the guide shows, walked as it stands there: the experiment saved, its commands in their order, in one directory.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTable } from '../../cli/src/files/tableFile.js';
import { blocks, root } from '../support/markdown.js';
import { residentCommand } from '../support/runs/resident.js';

const emft = residentCommand();

/** The first experiment of a guide with its file's name, the commands after it, and all blocks. */
async function experimentOf(guide: string) {
  const name = `docs/guides/${guide}.md`;
  const shown = blocks({ name, text: await readFile(join(root, name), 'utf8') });
  const at = shown.findIndex(({ language }) => language === 'toml');
  const [{ code }, { code: commands }] = shown.slice(at);
  const [, file] = /^# (\S+)\n/.exec(code)!;
  const lines = commands.trimEnd().split('\n');
  return {
    shown,
    code,
    file,
    calls: lines.map((line) => line.replace(/^npm run -s emft -- /, '').split(' ')),
  };
}

test('from an experiment file to a picture, by the guide alone', async () => {
  const { code, file, calls } = await experimentOf('reproducing');
  const cwd = await mkdtemp(join(tmpdir(), 'emft-path-'));
  try {
    await writeFile(join(cwd, file), code);
    let told = '';
    for (const args of calls) {
      // What the command before it named is the same command, with the path of the run written out.
      if (told !== '') expect(told.replaceAll(`${cwd}/`, '')).toContain(`emft ${args.join(' ')}`);
      const { status, stderr } = await emft(args, cwd);
      expect(status).toBe(0);
      told = stderr;
    }
    expect((await readdir(cwd)).sort()).toEqual([
      'mine',
      'mine.parquet',
      'mine.pdf',
      'mine.png',
      'mine.svg',
      'mine.toml',
    ]);
    const table = await readTable(join(cwd, 'mine.parquet'));
    expect([...new Set<unknown>(table.h)]).toEqual([2]);
    expect([...new Set<unknown>(table.grainDimension)]).toEqual([16]);
    // Four values of alpha, 20 realizations, four l-bits.
    expect(table.entropy_log2).toHaveLength(4 * 20 * 4);
  } finally {
    await rm(cwd, { recursive: true });
  }
});

test('from the three lines of a Hamiltonian to a sweep, by the guide alone', async () => {
  const { shown, code, file, calls } = await experimentOf('your-own-hamiltonian');
  // What the three lines print is the first level of the sweep.
  const [, printed] = /console\.log\(.*\); \/\/ (\S+)/.exec(shown[0].code)!;
  const cwd = await mkdtemp(join(tmpdir(), 'emft-path-'));
  try {
    await writeFile(join(cwd, file), code);
    for (const args of calls) {
      const { status, stderr } = await emft(args, cwd);
      expect(status, stderr).toBe(0);
    }
    const table = await readTable(join(cwd, 'ring.parquet'));
    const levels = Array.from(table.eigenvalue, Number);
    expect(levels).toHaveLength(2 * 6);
    expect(levels[0].toFixed(8)).toBe(printed);
    // At j2 = 1/2 both coverings with singlets of neighbours, −3/8 a site.
    for (const x of levels.slice(-2)) expect(x).toBeCloseTo(-21 / 4, 10);
  } finally {
    await rm(cwd, { recursive: true });
  }
});
