// Directories of results: what is no directory or no file stays as it is, several processes write into one, and whatever
// is refused is refused before any work.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeSockets, emftIn, fingerprint, obstacles, refused, shellIn } from '../../support/outputs.js';
import { residentCommand } from '../../support/runs/resident.js';
import { chainFile, cli, scratch, writeExperiment } from '../../support/runs.js';

const shared = scratch();
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(shared, 'case-'));
});
afterAll(closeSockets);

const resident = residentCommand();
const emft = (...args: string[]) => resident(args, dir);
const shell = (line: string) => shellIn(dir, line);
beforeAll(() => {
  writeExperiment(shared, 'x.toml', chainFile(2, 2));
});

describe('directories of results', () => {
  const figure = (out: string, ...more: string[]) => emft('figure', '3a', '-o', out, ...more);

  test.each(['fig3a.csv', 'manifest.json'])(
    '%s that is no file is refused before any work, with --force too',
    async (file) => {
      for (const [what, { make, reason }] of Object.entries(obstacles)) {
        const out = join(dir, what.replaceAll(' ', '-'));
        mkdirSync(out);
        await make(join(out, file));
        const link = what === 'a loop of links';
        if (link) {
          rmSync(join(out, file));
          symlinkSync(file, join(out, file));
        }
        const before = fingerprint(join(out, file));
        refused(await figure(out, '--force'), reason);
        refused(await figure(out), reason);
        expect(fingerprint(join(out, file))).toEqual(before);
        expect(readdirSync(out)).toEqual([file]);
      }
    },
  );

  test.each<[string, (path: string) => void, RegExp]>([
    ['a file', (path) => writeFileSync(path, 'mine'), /is a file, expected a directory/],
    ['a dangling link', (path) => symlinkSync('nowhere', path), /is a link to something that does not exist/],
    ['a FIFO', (path) => void execFileSync('mkfifo', [path]), /is a FIFO, expected a directory/],
  ])('%s is no directory', async (_, make, reason) => {
    make(join(dir, 'out'));
    const before = fingerprint(join(dir, 'out'));
    for (const command of [['figure', '3a'], ['reproduce']]) {
      refused(await emft(...command, '-o', 'out'), reason);
      refused(await emft(...command, '-o', 'out/below'), /out(\/below)?: cannot be made/);
    }
    const swept = await emft('sweep', join(shared, 'x.toml'), '-o', 'out');
    expect(swept.status).toBe(2);
    expect(swept.stderr).toMatch(/^emft: [^\n]*out[^\n]*\n$/);
    expect(fingerprint(join(dir, 'out'))).toEqual(before);
    expect(readdirSync(dir)).toEqual(['out']);
  });

  test('no process hangs for ever where the working directory was removed', async () => {
    const experiment = join(shared, 'x.toml');
    for (const [command, reason] of [
      [['sweep', experiment, '-o', 'run'], /run: cannot be made: the working directory was removed/],
      [
        ['sweep', experiment, '-o', 'a/b/../run'],
        /a\/b\/\.\.\/run: cannot be made: the working directory was/,
      ],
      [['figure', '3a', '-o', 'out'], /out: cannot be written: \. was removed/],
      [['reproduce', '-o', 'out/below'], /out\/below: cannot be written: \. was removed/],
    ] as const) {
      const line = [process.execPath, cli, ...command].map((word) => `'${word}'`).join(' ');
      refused(await shell(`mkdir gone && cd gone && rmdir ../gone && timeout -s KILL 60 ${line}`), reason);
    }
    expect(readdirSync(dir)).toEqual([]);
  });

  test.runIf(process.platform === 'linux')('nor where the file system takes no directories', async () => {
    const line = [process.execPath, cli, 'sweep', join(shared, 'x.toml')]
      .map((word) => `'${word}'`)
      .join(' ');
    refused(
      await shell(`timeout -s KILL 60 ${line} -o /proc/emft-run/below`),
      /\/proc\/emft-run\/below: cannot be made: \/proc was removed, or admits no new directories/,
    );
  });

  test('where the disk takes too little a figure fails on one line and leaves what was there', async () => {
    expect((await figure('out')).status).toBe(0);
    const before = readdirSync(join(dir, 'out')).map((file) => readFileSync(join(dir, 'out', file)));
    const line = [process.execPath, cli, 'figure', '1d', '-o', 'out'].map((word) => `'${word}'`).join(' ');
    const { status, stderr } = await shell(`ulimit -f 8; ${line}`);
    expect(status).toBe(1);
    expect(stderr.split('\n').filter((said) => said.startsWith('emft: '))).toEqual([
      expect.stringMatching(/^emft: out\/fig1d\.\w+: cannot be written: it is larger than/),
    ]);
    const files = readdirSync(join(dir, 'out'));
    expect(files.filter((file) => file.startsWith('.'))).toEqual([]);
    for (const [i, file] of [
      'fig3a.csv',
      'fig3a.md',
      'fig3a.parquet',
      'fig3a.pdf',
      'fig3a.png',
      'fig3a.svg',
    ].entries()) {
      expect(readFileSync(join(dir, 'out', file)).equals(before[i])).toBe(true);
    }
    // With room again.
    for (const id of ['3a', '1d']) expect((await emft('figure', id, '-o', 'out')).status).toBe(0);
  });

  test('an empty name is none', async () => {
    for (const command of [['figure', '3a'], ['reproduce'], ['sweep', join(shared, 'x.toml')]]) {
      refused(await emft(...command, '-o', ''), /--output: expected the name of a directory, got ''/);
    }
    expect(readdirSync(dir)).toEqual([]);
  });

  test('the named directory is made, and files in it keep their mode', async () => {
    expect((await figure('new/figures')).status).toBe(0);
    const svg = join(dir, 'new/figures/fig3a.svg');
    chmodSync(svg, 0o600);
    expect((await figure('new/figures')).status).toBe(0);
    expect(statSync(svg).mode & 0o777).toBe(0o600);
  });

  test('figures that several processes write into one directory at once are all there and listed', async () => {
    const ids = ['1d', '3a', '3b'];
    const ends = await Promise.all([...ids, ...ids].map((id) => emftIn(dir, ['figure', id, '-o', 'out'])));
    expect(ends.map(({ status, stderr }) => ({ status, said: /emft: .*/.exec(stderr)?.[0] }))).toEqual(
      ends.map(() => ({ status: 0, said: undefined })),
    );
    const files = ids
      .flatMap((id) => ['csv', 'md', 'parquet', 'pdf', 'png', 'svg'].map((end) => `fig${id}.${end}`))
      .sort();
    expect(readdirSync(join(dir, 'out')).sort()).toEqual([...files, 'manifest.json']);
    const { files: listed } = JSON.parse(readFileSync(join(dir, 'out/manifest.json'), 'utf8'));
    expect(Object.keys(listed).sort()).toEqual(files);
    // Each is known by what it holds.
    for (const id of ids) expect((await emft('figure', id, '-o', 'out')).status).toBe(0);
  });

  test('what a killed process left is no obstacle, and goes', async () => {
    expect((await figure('out')).status).toBe(0);
    // Of this machine and boot, by a process that has ended.
    const ended = spawn('true');
    await new Promise((resolve) => ended.on('close', resolve));
    const { processTag } = await import('../../../cli/src/files/temporaries.js');
    const tag = processTag().replace(`-${process.pid}-`, `-${ended.pid}-`);
    writeFileSync(join(dir, 'out/.emft.lock'), tag);
    writeFileSync(join(dir, `out/.fig3a.csv.${tag}.tmp`), randomBytes(100));
    expect((await figure('out')).status).toBe(0);
    expect(readdirSync(join(dir, 'out')).filter((file) => file.startsWith('.'))).toEqual([]);
  });
});
