// Hosts that forbid or lack something: a sentence that says what and where it is allowed, or less of it and a note.
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Ended, ended } from '../../support/runs/commands.js';
import { chainFile, cli, emft, scratch, writeExperiment } from '../../support/runs.js';

const dir = scratch();
const at = (name: string) => join(dir, name);
const root = fileURLToPath(new URL('../../..', import.meta.url));

copyFileSync(new URL('../../fixtures/npy/c-order.npy', import.meta.url), at('a.npy'));
const experiment = writeExperiment(dir, 'x.toml', chainFile(4, 2));

describe("Node's permission model", () => {
  const flag = process.version < 'v22' ? '--experimental-permission' : '--permission';
  const restricted = (allowed: string[], args: string[]) =>
    ended([process.execPath, '--no-warnings', flag, ...allowed, cli, ...args]);
  const one =
    "emft: worker threads do not start (Node's permission model forbids it: see --allow-worker): one thread computes\n";

  function refused({ status, stdout, stderr }: Ended, name: string, what: string, option: string): void {
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.replace(one, '')).toBe(
      `emft: ${name}: cannot be ${what}: Node's permission model forbids it: see ${option}\n`,
    );
  }

  test('files that may not be read or written are named, with the option that allows it and status 2', async () => {
    expect((await emft(['sweep', experiment, '-o', at('run')])).status).toBe(0);
    const read = ['--allow-fs-read=*'];
    refused(
      await restricted(read, ['collect', at('run'), '-o', at('o.csv')]),
      at('o.csv'),
      'written',
      '--allow-fs-write',
    );
    refused(
      await restricted(read, ['eigh', at('a.npy'), '--vectors', at('v.npy')]),
      at('v.npy'),
      'written',
      '--allow-fs-write',
    );
    refused(
      await restricted(read, ['sweep', experiment, '-o', at('new')]),
      at('new'),
      'made',
      '--allow-fs-write',
    );
    refused(await restricted(read, ['figure', '3a', '-o', dir]), dir, 'written', '--allow-fs-write');
    const own = [`--allow-fs-read=${root}`];
    refused(await restricted(own, ['eigh', at('a.npy')]), at('a.npy'), 'read', '--allow-fs-read');
    refused(await restricted(own, ['status', at('run')]), at('run/manifest.json'), 'read', '--allow-fs-read');
    expect(readdirSync(dir).sort()).toEqual(['a.npy', 'run', 'x.toml']);
  });

  test('without worker threads one thread computes the same', async () => {
    const args = ['ed', '--alpha', '0.7', '-n', '3', '--seed', '1', '--samples', '3', '--json'];
    const [free, bound] = [await emft(args), await restricted(['--allow-fs-read=*'], args)];
    expect([bound.status, bound.stdout]).toEqual([0, free.stdout]);
    expect(bound.stderr).toContain(one);
    expect((await emft(['sweep', experiment, '-o', at('whole')])).status).toBe(0);
    const allowed = ['--allow-fs-read=*', '--allow-fs-write=*'];
    const swept = await restricted(allowed, ['sweep', experiment, '-o', at('alone'), '--workers', '2']);
    expect([swept.status, swept.stderr.startsWith(one)]).toEqual([0, true]);
    for (const run of ['whole', 'alone']) {
      expect((await emft(['collect', at(run), '-o', at(`${run}.csv`)])).status).toBe(0);
    }
    // Beside the rows stands the revision, which only another program tells.
    const rows = (name: string) => readFileSync(at(name), 'utf8').replace(/^#.*\n/gm, '');
    expect(rows('alone.csv')).toMatch(/^g10,(.*\n){17}$/);
    expect(rows('alone.csv')).toBe(rows('whole.csv'));
  });

  test('without native code a figure has all its files but the PNG', async () => {
    const allowed = ['--allow-fs-read=*', '--allow-fs-write=*'];
    const { status, stderr } = await restricted(allowed, ['figure', '1c', '-o', at('figure')]);
    expect(status).toBe(0);
    expect(stderr).toContain(
      "emft: no fig1c.png: Node's permission model forbids native code: see --allow-addons\n",
    );
    expect(readdirSync(at('figure')).sort()).toEqual([
      'fig1c.csv',
      'fig1c.md',
      'fig1c.parquet',
      'fig1c.pdf',
      'fig1c.svg',
      'manifest.json',
    ]);
  });
});

describe.runIf(process.platform === 'linux')('addresses for one WebAssembly memory, not for two', () => {
  const bounded = (args: string[]) =>
    ended(['bash', '-c', 'ulimit -v 13000000; exec "$@"', 'bash', process.execPath, cli, ...args]);
  const note =
    /^emft: not all of 2 workers start \(the host does not reserve a WebAssembly memory: .*\): one computes$/m;

  test.runIf(process.version < 'v24')('a sweep and samples of ed go on with one worker', async () => {
    const swept = await bounded(['sweep', experiment, '-o', at('few'), '--workers', '2']);
    expect([swept.status, swept.stderr]).toEqual([0, expect.stringMatching(note)]);
    const args = [
      'ed',
      '--alpha',
      '0.7',
      '-n',
      '3',
      '--seed',
      '1',
      '--samples',
      '3',
      '--threads',
      '2',
      '--json',
    ];
    const [free, few] = [await emft(args), await bounded(args)];
    expect([few.status, few.stdout]).toEqual([0, free.stdout]);
    expect(few.stderr).toMatch(note);
  });
});
