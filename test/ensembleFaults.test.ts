// What a run survives: being killed at any moment, and any single failure of the disk. What is resumed ends in the
// same bytes as what was left alone.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { collect } from '../src/ensemble/collect.js';
import { type ExperimentFile, parseExperiment } from '../src/ensemble/experiment.js';
import { TaskPool } from '../src/ensemble/pool.js';
import { RunDirectory } from '../src/ensemble/runDirectory.js';
import { sweep } from '../src/ensemble/sweep.js';
import { type Call, type FaultyFileSystem, faultyFileSystem } from './fixtures/faultyFileSystem.js';
import { chainFile, emft, read, scratch, shardsOf, writeExperiment } from './fixtures/runs.js';

const dir = scratch();

/** A generator of test moments that repeats from run to run (Lehmer). */
function moments(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const leftovers = (path: string) =>
  shardsOf(path).filter((name) => !/^\d{8}-[0-9a-f]{32}\.parquet$/.test(name));

test('killed at 50 random moments and resumed each time, the collected file is the undisturbed one', async () => {
  const file = writeExperiment(dir, 'kill.toml', chainFile(60, 40));
  const undisturbed = join(dir, 'undisturbed');
  const started = performance.now();
  expect((await emft(['sweep', file, '-o', undisturbed, '--workers', '2'])).status).toBe(0);
  const duration = performance.now() - started;
  expect((await emft(['collect', undisturbed, '-o', `${undisturbed}.parquet`])).status).toBe(0);
  const expected = read(`${undisturbed}.parquet`);

  const random = moments(20221);
  const path = join(dir, 'killed');
  const seen = { beforeManifest: 0, midway: 0 };
  for (let kills = 0; ; ) {
    // Begins anew whenever a run got through.
    const command = existsSync(join(path, 'manifest.json')) ? ['resume', path] : ['sweep', file, '-o', path];
    const moment = duration * random();
    const ended = await emft([...command, '--workers', '2'], {
      onStart: (child) => {
        const timer = setTimeout(() => child.kill('SIGKILL'), moment);
        child.on('exit', () => clearTimeout(timer));
      },
    });
    if (ended.signal === 'SIGKILL') {
      kills++;
      if (!existsSync(join(path, 'manifest.json'))) seen.beforeManifest++;
      else if (shardsOf(path).length < 90) seen.midway++;
      if (kills < 50) continue;
      expect((await emft(['resume', path, '--workers', '2'])).status).toBe(0);
    } else expect(ended.status, ended.stderr).toBe(0);
    expect(leftovers(path)).toEqual([]);
    expect((await emft(['collect', path, '-o', `${path}.parquet`, '--force'])).status).toBe(0);
    expect(read(`${path}.parquet`).equals(expected)).toBe(true);
    if (kills >= 50) break;
    rmSync(path, { recursive: true });
  }
  // The moments did fall into every stage.
  expect(seen.beforeManifest).toBeGreaterThan(3);
  expect(seen.midway).toBeGreaterThan(3);
});

describe('a disk that fails', () => {
  const file: ExperimentFile = parseExperiment(chainFile(4, 4), 'faults');
  let counter = 0;

  /** Makes, sweeps and collects on `fs`; returns the collected bytes. */
  async function attempt(path: string, pool: TaskPool, fs?: FaultyFileSystem): Promise<Buffer> {
    const run = existsSync(join(path, 'manifest.json'))
      ? await RunDirectory.resume(path, fs)
      : await RunDirectory.create(path, file, 'local', fs);
    await sweep(run, { pool });
    const output = `${path}.parquet`;
    await collect(run, output, { overwrite: true, fs });
    return read(output);
  }

  test.each<Call>(['open', 'write', 'sync', 'rename'])('at its k-th %s, for every k', async (call) => {
    const pool = new TaskPool({ workers: 1 });
    const undisturbed = await attempt(join(dir, `disk${counter++}`), pool);
    for (let k = 1; ; ++k) {
      const path = join(dir, `disk${counter++}`);
      const fs = faultyFileSystem((c, n) => c === call && n === k, 150);
      const failure = await attempt(path, pool, fs).catch((error: Error) => error);
      if (!(failure instanceof Error)) {
        expect(failure.equals(undisturbed)).toBe(true);
        // Every call of a whole run was made to fail once: the manifest, four shards and the collected file.
        expect(k).toBeGreaterThan(call === 'rename' ? 5 : 6);
        break;
      }
      expect(failure.message).toMatch(/ENOSPC/);
      expect((await attempt(path, pool)).equals(undisturbed)).toBe(true);
      expect(leftovers(path)).toEqual([]);
    }
    await pool.close();
  });

  test('that is full from some write on, until there is space again', async () => {
    const pool = new TaskPool({ workers: 2 });
    const undisturbed = await attempt(join(dir, `disk${counter++}`), pool);
    for (const first of [1, 5, 12, 20]) {
      const path = join(dir, `disk${counter++}`);
      const full = () => faultyFileSystem((c, n) => c === 'write' && n >= first, 200);
      await expect(attempt(path, pool, full())).rejects.toThrow(/ENOSPC/);
      await expect(
        attempt(
          path,
          pool,
          faultyFileSystem((c) => c === 'write'),
        ),
      ).rejects.toThrow(/ENOSPC/);
      expect((await attempt(path, pool)).equals(undisturbed)).toBe(true);
      expect(leftovers(path)).toEqual([]);
    }
    await pool.close();
  });
});
