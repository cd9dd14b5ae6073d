// What the commands write: never over anything but a regular file, never over one unasked, whole or not at all.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chainFile, cli, type Ended, scratch, writeExperiment } from '../../support/runs.js';

const shared = scratch();
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(shared, 'case-'));
});

function emft(...args: string[]): Promise<Ended> {
  return ended(spawn(process.execPath, [cli, ...args], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] }));
}

function ended(child: ReturnType<typeof spawn>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let [stdout, stderr] = ['', ''];
    child.stdout!.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr!.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject).on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
}

/** A command line of bash. */
function shell(line: string): Promise<Ended> {
  return ended(spawn('bash', ['-c', line], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] }));
}

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
/** Each has a name that both take. */
const name = 'out.csv';

/** One line, status 2, and the name in it. */
function refused({ status, stdout, stderr }: Ended, reason: RegExp): void {
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^emft: [^\n]+\n$/);
  expect(stderr).toMatch(reason);
}

const fingerprint = (path: string) => {
  const { dev, ino, mode, nlink, uid, gid, size, mtimeMs } = lstatSync(path);
  return { dev, ino, mode, nlink, uid, gid, size, mtimeMs };
};

const listening: ReturnType<typeof createServer>[] = [];
afterAll(() => {
  for (const server of listening) server.close();
});

/** Makes something that is no file at a path. */
const obstacles: Record<string, { make(path: string): void | Promise<void>; reason: RegExp }> = {
  'a FIFO': { make: (path) => void execFileSync('mkfifo', [path]), reason: /is a FIFO/ },
  'a directory': { make: (path) => mkdirSync(path), reason: /is a directory/ },
  'a socket': {
    make: async (path) => {
      const server = createServer();
      listening.push(server);
      await new Promise<void>((resolve) => server.listen(path, resolve));
    },
    reason: /is a socket/,
  },
  'a link to a device': { make: (path) => symlinkSync('/dev/null', path), reason: /is a device/ },
  'a link to a directory': { make: (path) => symlinkSync('.', path), reason: /is a directory/ },
  'a dangling link': { make: (path) => symlinkSync('nowhere', path), reason: /does not exist/ },
  'a loop of links': { make: (path) => symlinkSync(name, path), reason: /is a loop of links/ },
  'a file protected from writing': {
    make: (path) => writeFileSync(path, 'mine', { mode: 0o444 }),
    reason: /protected from writing/,
  },
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
    const ends = await Promise.all(Array.from({ length: 4 }, () => write(name)));
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

describe('directories of results', () => {
  const figure = (out: string, ...more: string[]) => emft('figure', '1c', '-o', out, ...more);

  test.each(['fig1c.csv', 'manifest.json'])(
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
    for (const command of [['figure', '1c'], ['reproduce']]) {
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
      [['figure', '1c', '-o', 'out'], /out: cannot be written: \. was removed/],
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
    const { status, stderr } = await shell(`ulimit -f 4; ${line}`);
    expect(status).toBe(1);
    expect(stderr.split('\n').filter((said) => said.startsWith('emft: '))).toEqual([
      expect.stringMatching(/^emft: out\/fig1d\.\w+: cannot be written: it is larger than/),
    ]);
    const files = readdirSync(join(dir, 'out'));
    expect(files.filter((file) => file.startsWith('.'))).toEqual([]);
    for (const [i, file] of ['fig1c.csv', 'fig1c.parquet', 'fig1c.png', 'fig1c.svg'].entries()) {
      expect(readFileSync(join(dir, 'out', file)).equals(before[i])).toBe(true);
    }
    // With room again.
    for (const id of ['1c', '1d']) expect((await emft('figure', id, '-o', 'out')).status).toBe(0);
  });

  test('an empty name is none', async () => {
    for (const command of [['figure', '1c'], ['reproduce'], ['sweep', join(shared, 'x.toml')]]) {
      refused(await emft(...command, '-o', ''), /--output: expected the name of a directory, got ''/);
    }
    expect(readdirSync(dir)).toEqual([]);
  });

  test('the named directory is made, and files in it keep their mode', async () => {
    expect((await figure('new/figures')).status).toBe(0);
    const svg = join(dir, 'new/figures/fig1c.svg');
    chmodSync(svg, 0o600);
    expect((await figure('new/figures')).status).toBe(0);
    expect(statSync(svg).mode & 0o777).toBe(0o600);
  });

  test('figures that several processes write into one directory at once are all there and listed', async () => {
    const ids = ['1c', '1d', '3b', '4a'];
    const ends = await Promise.all([...ids, ...ids].map((id) => emft('figure', id, '-o', 'out')));
    expect(ends.map(({ status, stderr }) => ({ status, said: /emft: .*/.exec(stderr)?.[0] }))).toEqual(
      ends.map(() => ({ status: 0, said: undefined })),
    );
    const files = ids
      .flatMap((id) => ['csv', 'parquet', 'png', 'svg'].map((end) => `fig${id}.${end}`))
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
    writeFileSync(join(dir, `out/.fig1c.csv.${tag}.tmp`), randomBytes(100));
    expect((await figure('out')).status).toBe(0);
    expect(readdirSync(join(dir, 'out')).filter((file) => file.startsWith('.'))).toEqual([]);
  });
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
