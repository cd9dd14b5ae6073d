// What the README says of every command: --help and --json, exit statuses 0, 1, 2 and 130, and that files of others are
// never overwritten unasked.
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { allCommands, createProgram } from '../../../cli/src/commands/program.js';
import { commandNames, exampleOf } from '../../support/commandCalls.js';
import { ended, whenWorked } from '../../support/runs/commands.js';
import { residentCommand } from '../../support/runs/resident.js';
import { chainFile, cli, emft as emftAlone, scratch, writeExperiment } from '../../support/runs.js';

const emft = residentCommand();

const directory = scratch();
const at = (...names: string[]) => join(directory, ...names);
const commands = createProgram(await allCommands()).commands;

const matrix = (entry: number) =>
  `%%MatrixMarket matrix array real symmetric\n2 2\n${entry}\n${entry}\n${entry}\n`;
let experiment: string;
let done: string;
beforeAll(async () => {
  writeFileSync(at('good.mtx'), matrix(1));
  writeFileSync(at('overflow.mtx'), matrix(1.7e308));
  experiment = writeExperiment(directory, 'chains.toml', chainFile(3, 3));
  done = at('done');
  expect((await emft(['sweep', experiment, '-o', done])).status).toBe(0);
});

const line = /^emft: [^\n]+\n$/;
/** One thing wrong with a command that only it can see; of others, a flag that does not exist. */
const own: Record<string, string[]> = {
  reproduce: ['--profile', 'best'],
  figure: ['9z'],
  eta: ['-1'],
  solve: ['--g0', '0.5'],
  lattice: ['--radius', '3'],
  hysteresis: ['--radius', '3'],
  bottleneck: ['0'],
  eigh: ['absent.npy'],
  time: ['-n', '0'],
  ed: ['--alpha', '0.7'],
  sweep: ['absent.toml'],
  resume: ['absent'],
  status: ['absent'],
  collect: ['absent', '-o', 'rows.csv'],
  plot: ['absent.csv', '--x', 'g', '--y', 'eta'],
  verify: ['--threads', '0'],
  element: ['absent', '--chunks', '0'],
  explore: ['--port', '65536'],
};

const bad: Record<string, string[]> = Object.fromEntries(
  commandNames.map((name) => [name, own[name] ?? [...exampleOf(name), '--unheard-of']]),
);

test('every command is in the table of the README, and nothing here that is no command', () => {
  expect(commandNames).toEqual(expect.arrayContaining(Object.keys(own)));
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const table = readme.slice(readme.indexOf('| command |'), readme.indexOf('Exit status:'));
  for (const name of Object.keys(bad)) {
    // Slurm runs one of them, and the explorer has a section of its own.
    if (name === 'element' || name === 'explore') continue;
    expect(table, name).toMatch(new RegExp(`\`${name}\\b`));
    const json = commands
      .find((command) => command.name() === name)
      ?.options.some((o) => o.long === '--json');
    expect(json, `${name} --json`).toBe(true);
  }
});

describe('exit status', () => {
  test.each(Object.keys(bad))('0 for %s --help', async (name) => {
    expect(await emft([name, '--help'])).toMatchObject({ status: 0, stderr: '' });
  });

  test.each(Object.entries(bad))('2 for bad input of %s', async (name, words) => {
    const { status, stdout, stderr } = await emft([name, ...words]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(line);
  });

  test('1 where a result is not to be relied on, and nothing of it is written', async () => {
    const out = at('overflow.npy');
    const { status, stdout, stderr } = await emft(['eigh', at('overflow.mtx'), '--vectors', out]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^emft: eigh: an eigenvalue is not finite/);
    expect(readdirSync(directory)).not.toContain('overflow.npy');
  });

  test('1 where the machine has not the memory, with how much it takes', async () => {
    const little = `
      import os from 'node:os';
      import { syncBuiltinESMExports } from 'node:module';
      os.freemem = () => 2 ** 10;
      syncBuiltinESMExports();
    `;
    const preload = `--import=data:text/javascript,${encodeURIComponent(little)}`;
    const { status, stderr } = await ended([process.execPath, preload, cli, 'eigh', at('good.mtx')]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^emft: .* needs \d+ MiB of memory, 0 MiB are available\n$/);
  });

  test('1 for a run with gaps that is collected, 0 where that is allowed', async () => {
    const run = at('gaps');
    const { status } = await emft(['sweep', experiment, '-o', run]);
    expect(status).toBe(0);
    const [shard] = readdirSync(join(run, 'shards'));
    writeFileSync(join(run, 'shards', shard), 'damaged');
    const refused = await emft(['collect', run, '-o', at('gaps.csv')]);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(line);
    expect((await emft(['collect', run, '-o', at('gaps.csv'), '--allow-gaps'])).status).toBe(0);
  });

  /** The command is interrupted as soon as it has computed for a while, which its processor time tells. */
  const interrupted = (words: string[]) =>
    emftAlone(words, { onStart: (child) => whenWorked(child, 600, () => child.kill('SIGINT')) });

  test.each([
    ['figure', ['figure', '2a', '-o', at('interrupted-figure')]],
    ['reproduce', ['reproduce', '-o', at('interrupted-all')]],
    [
      'hysteresis',
      ['hysteresis', '--radius', '12', '--theta0', '1', '--from', '2', '--to', '300', '--points', '2000'],
    ],
    ['time', ['time', '-n', '1024', '--threads', '1']],
  ])('130 for %s that is interrupted', async (_, words) => {
    const { status, signal, stderr } = await interrupted(words);
    // A shell shows a command that a signal has ended as 128 + 2.
    expect(status ?? (signal === 'SIGINT' ? 130 : signal)).toBe(130);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('files of others are not overwritten unasked', () => {
  /** A command that writes, and the file that it would write. */
  const writers: [string, string[], string][] = [
    ['figure', ['figure', '1c', '-o', at('figures')], at('figures', 'fig1c.csv')],
    ['figure, its manifest', ['figure', '1c', '-o', at('listed')], at('listed', 'manifest.json')],
    ['eigh --vectors', ['eigh', at('good.mtx'), '--vectors', at('z.npy')], at('z.npy')],
    ['collect', ['collect', at('done'), '-o', at('rows.csv')], at('rows.csv')],
    ['collect into the run', ['collect', at('done'), '-o', at('done', 'own.csv')], at('done', 'own.csv')],
  ];

  test.each(writers)('%s', async (_, words, file) => {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, 'mine');
    const before = { ...statSync(file), atime: 0, atimeMs: 0 };
    const { status, stdout, stderr } = await emft(words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(line);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect({ ...statSync(file), atime: 0, atimeMs: 0 }).toEqual(before);
  });

  test('through a link', async () => {
    const mine = at('elsewhere.npy');
    writeFileSync(mine, 'mine');
    symlinkSync(mine, at('link.npy'));
    expect((await emft(['eigh', at('good.mtx'), '--vectors', at('link.npy')])).status).toBe(2);
    expect(readFileSync(mine, 'utf8')).toBe('mine');
  });

  test('a sweep takes no directory that holds something else, and does not touch a run of another experiment', async () => {
    mkdirSync(at('foreign'));
    writeFileSync(at('foreign', 'notes.txt'), 'mine');
    expect((await emft(['sweep', experiment, '-o', at('foreign')])).status).toBe(2);
    expect(readdirSync(at('foreign'))).toEqual(['notes.txt']);
    const other = writeExperiment(directory, 'other.toml', chainFile(2, 3));
    const manifest = readFileSync(join(done, 'manifest.json'));
    expect((await emft(['sweep', other, '-o', done])).status).toBe(2);
    expect(readFileSync(join(done, 'manifest.json')).equals(manifest)).toBe(true);
  });

  test('a figure whose file was changed since is refused, and written when asked', async () => {
    const out = at('changed');
    expect((await emft(['figure', '1c', '-o', out])).status).toBe(0);
    const file = join(out, 'fig1c.csv');
    const written = readFileSync(file);
    writeFileSync(file, 'edited');
    const refused = await emft(['figure', '1c', '-o', out]);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain('was changed since emft wrote it');
    expect(readFileSync(file, 'utf8')).toBe('edited');
    expect((await emft(['figure', '1c', '-o', out, '--force'])).status).toBe(0);
    expect(readFileSync(file).equals(written)).toBe(true);
  });
});
