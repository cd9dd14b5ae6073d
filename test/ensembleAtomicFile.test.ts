import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeFileAtomic } from '../src/ensemble/atomicFile.js';
import { nodeFileSystem } from '../src/ensemble/fileSystem.js';
import { isTemporary, removeStaleTemporaries } from '../src/ensemble/temporaries.js';
import { type Call, faultyFileSystem } from './fixtures/faultyFileSystem.js';

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
