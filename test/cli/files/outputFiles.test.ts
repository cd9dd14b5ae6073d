// What the commands write: never over anything but a regular file, never over one unasked, whole or not at all.
import { spawn } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  closeSockets,
  emftIn,
  ended,
  fingerprint,
  name,
  obstacles,
  refused,
  shellIn,
} from '../../support/outputs.js';
import { residentCommand } from '../../support/runs/resident.js';
import { chainFile, cli, type Ended, scratch, writeExperiment } from '../../support/runs.js';

const shared = scratch();
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(shared, 'case-'));
});
afterAll(closeSockets);

const resident = residentCommand();
const emft = (...args: string[]) => resident(args, dir);
const shell = (line: string) => shellIn(dir, line);

/** As a user who may not write into the directory `closed`; the superuser may everything, and somebody else tries. */
async function asNobody(args: string[]): Promise<Ended> {
  const uid = process.getuid?.() === 0 ? 65534 : undefined;
  for (const path of [shared, dir]) chmodSync(path, 0o755);
  chmodSync(join(dir, 'closed'), 0o555);
  return ended(
    spawn(process.execPath, [cli, ...args], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'], uid, gid: uid }),
  );
}

const matrix = join(shared, 'm.mtx');
const run = join(shared, 'run');
beforeAll(async () => {
  writeFileSync(matrix, '%%MatrixMarket matrix array real symmetric\n2 2\n1\n2\n1\n');
  dir = shared;
  const { status } = await emft('sweep', writeExperiment(shared, 'x.toml', chainFile(2, 2)), '-o', run);
  expect(status).toBe(0);
});

/** Commands that write one file. */
const writers: Record<string, (out: string, ...more: string[]) => Promise<Ended>> = {
  'eigh --vectors': (out, ...more) => emft('eigh', matrix, '--vectors', out, ...more),
  'collect -o': (out, ...more) => emft('collect', run, '-o', out, ...more),
};

describe.each(Object.entries(writers))('%s', (command, write) => {
  const spelled = (out: string) =>
    command === 'collect -o' ? ['collect', run, '-o', out] : ['eigh', matrix, '--vectors', out];

  test.each(Object.entries(obstacles))(
    'replaces no %s, with --force or without',
    async (_, { make, reason }) => {
      const path = join(dir, name);
      await make(path);
      const before = fingerprint(path);
      refused(await write(name, '--force'), reason);
      refused(await write(name), /exists already|not replaced/);
      expect(fingerprint(path)).toEqual(before);
      expect(readdirSync(dir)).toEqual([name]);
    },
  );

  test('replaces a file only with --force', async () => {
    writeFileSync(join(dir, name), 'mine');
    refused(await write(name), /out\.csv: exists already; --force replaces it/);
    expect(readFileSync(join(dir, name), 'utf8')).toBe('mine');
    expect((await write(name, '--force')).status).toBe(0);
    expect(readFileSync(join(dir, name), 'utf8')).not.toBe('mine');
    expect(readdirSync(dir)).toEqual([name]);
  });

  test.each([0o600, 0o640, 0o664, 0o755, 0o777])(
    'keeps the mode %o of the file it replaces',
    async (mode) => {
      writeFileSync(join(dir, name), 'mine');
      chmodSync(join(dir, name), mode);
      expect((await write(name, '--force')).status).toBe(0);
      expect(statSync(join(dir, name)).mode & 0o777).toBe(mode);
    },
  );

  test('writes through a link to a file, which stays a link', async () => {
    mkdirSync(join(dir, 'elsewhere'));
    writeFileSync(join(dir, 'elsewhere/target'), 'mine', { mode: 0o600 });
    symlinkSync('elsewhere/target', join(dir, name));
    expect((await write(name, '--force')).status).toBe(0);
    expect(lstatSync(join(dir, name)).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(dir, 'elsewhere/target'), 'utf8')).not.toBe('mine');
    expect(statSync(join(dir, 'elsewhere/target')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir).sort()).toEqual(['elsewhere', name]);
    expect(readdirSync(join(dir, 'elsewhere'))).toEqual(['target']);
  });

  test('gives a hard link its new content alone, as mv does', async () => {
    writeFileSync(join(dir, 'other'), 'mine');
    linkSync(join(dir, 'other'), join(dir, name));
    expect((await write(name, '--force')).status).toBe(0);
    expect(readFileSync(join(dir, 'other'), 'utf8')).toBe('mine');
  });

  test('makes no directories', async () => {
    refused(
      await write(`new/deep/${name}`),
      /new\/deep\/out\.csv: cannot be written: there is no directory new\/deep/,
    );
    refused(await write(`new/deep/${name}`, '--force'), /there is no directory/);
    writeFileSync(join(dir, 'file'), '');
    refused(await write(`file/${name}`), /a part of its path is a file/);
    expect(readdirSync(dir)).toEqual(['file']);
  });

  test.each([
    ['255 bytes', `${'n'.repeat(251)}.csv`],
    ['255 bytes of two and three a character', `${'é€'.repeat(50)}x.csv`],
    ['a line end', 'a\nb.csv'],
    ['a leading dash', './-.csv'],
  ])('takes a name of %s', async (_, long) => {
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(255);
    expect((await write(long)).status).toBe(0);
    expect((await write(long, '--force')).status).toBe(0);
    expect(readdirSync(dir)).toEqual([long.replace('./', '')]);
  });

  test('says that a name of 256 bytes is too long', async () => {
    refused(await write(`${'n'.repeat(252)}.csv`), /the name is too long for the file system/);
    expect(readdirSync(dir)).toEqual([]);
  });

  test('refuses what names no file', async () => {
    refused(await write(''), /expected the name of a file, got ''/);
    refused(await write('-'), /expected the name of a file, got '-'/);
    refused(await write('out.csv/'), /names a directory|is not a directory|expected a name/);
    expect(readdirSync(dir)).toEqual([]);
  });

  test('leaves nothing behind where the disk takes too little', async () => {
    // Half a kilobyte a file: what is more is refused as on a full disk.
    const line = [process.execPath, cli, ...spelled(name)].map((word) => `'${word}'`).join(' ');
    for (const more of ['', ' --force']) {
      const { status, stdout, stderr } = await shell(`ulimit -f 0; ${line}${more}`);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toMatch(/^emft: [^\n]*out\.csv: cannot be written: it is larger than [^\n]+\n$/);
      expect(readdirSync(dir)).toEqual([]);
    }
  });

  test('says before any work that a directory admits no files', async () => {
    mkdirSync(join(dir, 'closed'));
    const left = await asNobody(spelled(`closed/${name}`));
    refused(left, /closed\/out\.csv: cannot be written: closed admits no new files/);
  });

  test('of several processes with one new name exactly one succeeds', async () => {
    const ends = await Promise.all(Array.from({ length: 4 }, () => emftIn(dir, spelled(name))));
    expect(ends.map(({ status }) => status).sort()).toEqual([0, 2, 2, 2]);
    for (const end of ends) if (end.status) refused(end, /exists already/);
    expect(readdirSync(dir)).toEqual([name]);
  });
});

test('a shard is never replaced by the table that is collected from it, with --force and through links too', async () => {
  const shards = readdirSync(join(run, 'shards')).map((name) => join(run, 'shards', name));
  const before = shards.map(fingerprint);
  symlinkSync(shards[0], join(dir, 'link.parquet'));
  symlinkSync(join(run, 'shards'), join(dir, 'folder'));
  for (const out of [shards[0], join(run, 'shards/new.csv'), 'link.parquet', 'folder/new.csv']) {
    for (const more of [[], ['--force']]) {
      const ended = await emft('collect', run, '-o', out, ...more);
      refused(
        ended,
        more.length ? /lies in shards\/ of the run/ : /lies in shards\/ of the run|exists already/,
      );
    }
  }
  expect(shards.map(fingerprint)).toEqual(before);
  expect(readdirSync(join(run, 'shards'))).toHaveLength(shards.length);
});

test('an interrupted write leaves nothing behind', async () => {
  const module = new URL('../../../cli/dist/files/atomicFile.js', import.meta.url);
  const code = `
    import { readdirSync } from 'node:fs';
    import { writeFileAtomic } from ${JSON.stringify(module)};
    async function* pieces() {
      yield new Uint8Array(100000);
      if (readdirSync('.').length !== 1) process.exit(7);
      process.kill(process.pid, process.argv[1]);
      await new Promise((resolve) => setTimeout(resolve, 1e6));
    }
    await writeFileAtomic('out.csv', pieces(), { overwrite: true });
  `;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', code, signal], { cwd: dir });
    expect(await new Promise((resolve) => child.on('close', (...end) => resolve(end)))).toEqual([
      null,
      signal,
    ]);
    expect(readdirSync(dir)).toEqual([]);
  }
});
