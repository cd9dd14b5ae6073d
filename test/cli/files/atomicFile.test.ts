// writeFileAtomic: what stands there stays, whatever happens meanwhile, and the rights of a file are never widened.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeFileAtomic } from '../../../cli/src/files/atomicFile.js';
import { FileError } from '../../../cli/src/files/fileError.js';
import { type FileSystem, nodeFileSystem } from '../../../cli/src/files/fileSystem.js';
import { isTemporary, removeStaleTemporaries } from '../../../cli/src/files/temporaries.js';
import { InputError } from '../../../src/wasm/errors.js';
import { type Call, faultyFileSystem, systemError } from '../../support/faultyFileSystem.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'emft-atomic-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('writeFileAtomic', () => {
  test.each<Call>(['open', 'write', 'sync', 'rename'])(
    'whichever %s fails, the old or the new file is there, whole, and nothing else',
    async (call) => {
      const path = join(dir, 'data.bin');
      const [before, after] = ['the old contents', 'what shall be there afterwards'];
      for (let k = 1; ; ++k) {
        writeFileSync(path, before);
        const fs = faultyFileSystem((c, n) => c === call && n === k, 5);
        const failed = await writeFileAtomic(path, after, { overwrite: true, fs }).then(
          () => false,
          () => true,
        );
        expect(failed).toBe(fs.calls[call] === k);
        expect([before, after]).toContain(readFileSync(path, 'utf8'));
        expect(readdirSync(dir)).toEqual(['data.bin']);
        if (failed) continue;
        expect(readFileSync(path, 'utf8')).toBe(after);
        expect(k).toBeGreaterThan(call === 'write' ? 6 : 1);
        break;
      }
    },
  );

  test('stale temporaries go, those of running processes stay', async () => {
    // What a write of this process is called is seen where its rename is made to fail, and its removal too.
    const broken = {
      ...nodeFileSystem,
      rename: () => Promise.reject(new Error()),
      unlink: () => Promise.reject(),
    };
    await expect(
      writeFileAtomic(join(dir, 'a.parquet'), 'x', { overwrite: true, fs: broken }),
    ).rejects.toThrow();
    const [mine] = readdirSync(dir);
    const parts = /^(\.a\.parquet\.)([0-9a-f]{12})-(\d+)(-[0-9a-f]{12}\.tmp)$/.exec(mine)!;
    expect(parts[3]).toBe(`${process.pid}`);
    const name = (scope: string, pid: number) => `${parts[1]}${scope}-${pid}${parts[4]}`;
    const dead = name(parts[2], 2 ** 22 + 12345);
    const elsewhere = name('0123456789ab', 17);
    const old = name('0123456789ab', 18);
    for (const n of [dead, elsewhere, old, 'a.parquet']) writeFileSync(join(dir, n), '');
    const yesterday = Date.now() / 1000 - 25 * 3600;
    utimesSync(join(dir, old), yesterday, yesterday);
    expect(await removeStaleTemporaries(dir)).toBe(2);
    expect(readdirSync(dir).sort()).toEqual(['a.parquet', mine, elsewhere].sort());
    expect(readdirSync(dir).filter(isTemporary)).toHaveLength(2);
  });
});

describe('what happens meanwhile', () => {
  const failing = (code: string) => () => Promise.reject(systemError(code, 'link'));

  test('a file that appears before the link is made stays, and is named', async () => {
    const path = join(dir, 'a');
    const link: FileSystem['link'] = (from, to) => {
      writeFileSync(path, 'theirs');
      return nodeFileSystem.link(from, to);
    };
    await expect(
      writeFileAtomic(path, 'ours', { overwrite: false, fs: { ...nodeFileSystem, link } }),
    ).rejects.toThrow(`${path}: exists already`);
    expect(readFileSync(path, 'utf8')).toBe('theirs');
    expect(readdirSync(dir)).toEqual(['a']);
  });

  test.each<[string, (path: string) => void]>([
    ['a FIFO', (path) => void execFileSync('mkfifo', [path])],
    ['a directory', (path) => mkdirSync(path)],
    ['a dangling link', (path) => symlinkSync('nowhere', path)],
  ])('%s that appears while content is written is not replaced', async (_, make) => {
    const path = join(dir, 'a');
    async function* content() {
      yield Buffer.from('ours');
      make(path);
    }
    await expect(writeFileAtomic(path, content(), { overwrite: true })).rejects.toThrow(InputError);
    expect(lstatSync(path).isFile()).toBe(false);
    expect(readdirSync(dir)).toEqual(['a']);
  });

  test('a file that appears while content is written keeps its mode', async () => {
    const path = join(dir, 'a');
    async function* content() {
      yield Buffer.from('ours');
      writeFileSync(path, 'theirs', { mode: 0o600 });
    }
    await writeFileAtomic(path, content(), { overwrite: true });
    expect(readFileSync(path, 'utf8')).toBe('ours');
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('a file that is changed after it was looked at is not replaced', async () => {
    const path = join(dir, 'a');
    writeFileSync(path, 'old');
    const unchangedSince = statSync(path);
    async function* content() {
      yield Buffer.from('ours');
      writeFileSync(path, 'theirs');
    }
    await expect(writeFileAtomic(path, content(), { overwrite: true, unchangedSince })).rejects.toThrow(
      /was changed by another program/,
    );
    expect(readFileSync(path, 'utf8')).toBe('theirs');
    expect(readdirSync(dir)).toEqual(['a']);
  });

  test.each(['EPERM', 'EOPNOTSUPP', 'ENOTSUP', 'ENOSYS'])(
    'where there are no hard links (%s) exactly one of many writers succeeds, with its whole content',
    async (code) => {
      const path = join(dir, 'a');
      const fs = { ...nodeFileSystem, link: failing(code) };
      const texts = Array.from({ length: 8 }, (_, i) => `${i}`.repeat(1000));
      const ends = await Promise.allSettled(
        texts.map((text) => writeFileAtomic(path, text, { overwrite: false, fs })),
      );
      const winners = ends.flatMap((end, i) => (end.status === 'fulfilled' ? [i] : []));
      expect(winners).toHaveLength(1);
      expect(readFileSync(path, 'utf8')).toBe(texts[winners[0]]);
      for (const end of ends) {
        if (end.status === 'rejected')
          expect(end.reason.message).toBe(`${path}: exists already and is not overwritten unasked`);
      }
      expect(readdirSync(dir)).toEqual(['a']);
    },
  );

  test('a name that was kept free is free again when the rename fails', async () => {
    const path = join(dir, 'a');
    const fs = {
      ...nodeFileSystem,
      link: failing('EPERM'),
      rename: () => Promise.reject(systemError('EIO', 'rename')),
    };
    await expect(writeFileAtomic(path, 'x', { overwrite: false, fs })).rejects.toThrow(FileError);
    expect(readdirSync(dir)).toEqual([]);
  });

  test('a link that a file server reports to exist, since it made it itself, counts as made', async () => {
    const path = join(dir, 'a');
    const link: FileSystem['link'] = async (from, to) => {
      await nodeFileSystem.link(from, to);
      throw systemError('EEXIST', 'link', from);
    };
    await writeFileAtomic(path, 'ours', { overwrite: false, fs: { ...nodeFileSystem, link } });
    expect(readFileSync(path, 'utf8')).toBe('ours');
    expect(readdirSync(dir)).toEqual(['a']);
  });
});

describe('rights', () => {
  /** As if the file that is replaced belonged to another user and group. */
  const foreign = (chown: FileSystem['chown']): FileSystem => ({
    ...nodeFileSystem,
    chown,
    async lstat(path) {
      const stats = await nodeFileSystem.lstat(path);
      return path.endsWith('.tmp') ? stats : Object.assign(stats, { uid: 4242, gid: 4343 });
    },
  });
  const refuse = () => Promise.reject(systemError('EPERM', 'chown'));

  test('are never wider than they were, where the group cannot be kept', async () => {
    const path = join(dir, 'a');
    for (const [before, after] of [
      [0o640, 0o600],
      [0o660, 0o600],
      [0o664, 0o644],
      [0o666, 0o666],
      [0o604, 0o604],
      [0o755, 0o755],
    ]) {
      writeFileSync(path, 'old');
      chmodSync(path, before);
      await writeFileAtomic(path, 'new', { overwrite: true, fs: foreign(refuse) });
      expect((statSync(path).mode & 0o777).toString(8)).toBe(after.toString(8));
    }
  });

  test('owner and group are asked for, then the group alone', async () => {
    const path = join(dir, 'a');
    writeFileSync(path, 'old');
    chmodSync(path, 0o660);
    const asked: number[][] = [];
    const fs = foreign(async (_, uid, gid) => {
      asked.push([uid, gid]);
      if (uid === 4242) throw systemError('EPERM', 'chown');
    });
    await writeFileAtomic(path, 'new', { overwrite: true, fs });
    expect(asked).toEqual([
      [4242, 4343],
      [statSync(path).uid, 4343],
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o660);
  });

  test('nobody else can read on the way what only few could read', async () => {
    const path = join(dir, 'a');
    writeFileSync(path, 'old', { mode: 0o600 });
    let mode = 0;
    async function* content() {
      yield Buffer.from('secret');
      mode = statSync(join(dir, readdirSync(dir).find(isTemporary)!)).mode & 0o777;
    }
    await writeFileAtomic(path, content(), { overwrite: true });
    expect(mode).toBe(0o600);
  });

  test('a new file has the mode that the process gives new files', async () => {
    const mask = process.umask(0o027);
    try {
      await writeFileAtomic(join(dir, 'a'), 'x', { overwrite: false });
      await writeFileAtomic(join(dir, 'b'), 'x', { overwrite: true });
    } finally {
      process.umask(mask);
    }
    expect(['a', 'b'].map((name) => statSync(join(dir, name)).mode & 0o777)).toEqual([0o640, 0o640]);
  });
});

test('a directory that is not there is not made', async () => {
  await expect(writeFileAtomic(join(dir, 'no/a'), 'x', { overwrite: true })).rejects.toThrow(
    /no\/a: cannot be written: it does not exist/,
  );
  expect(readdirSync(dir)).toEqual([]);
});
