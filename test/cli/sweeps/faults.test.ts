// What a run survives: being killed at any moment, and any single failure of the disk. What is resumed ends in the
// same bytes as what was left alone. `scripts/kill-matrix.js` does the same for hours.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type FileSystem, nodeFileSystem } from '../../../cli/src/files/fileSystem.js';
import { collect } from '../../../cli/src/sweeps/collect.js';
import { TaskPool } from '../../../cli/src/sweeps/engines/local/pool.js';
import { type ExperimentFile, parseExperiment } from '../../../cli/src/sweeps/experiment.js';
import { RunDirectory } from '../../../cli/src/sweeps/runDirectory.js';
import { statusOf } from '../../../cli/src/sweeps/status.js';
import { sweep } from '../../../cli/src/sweeps/sweep.js';
import { EmftError } from '../../../src/wasm/errors.js';
import { type Call, type FaultyFileSystem, faultyFileSystem } from '../../support/faultyFileSystem.js';
import { chainFile, emft, read, scratch, shardsOf, writeExperiment } from '../../support/runs.js';

const dir = scratch();

const leftovers = (path: string) =>
  shardsOf(path).filter((name) => !/^\d{8}-[0-9a-f]{32}\.parquet$/.test(name));

/** No code of the system, no stack: a sentence that names a file here. */
function expectSentence(message: string): void {
  expect(message).not.toMatch(/\bE[A-Z]{3,}\b|errno|undefined|\n/);
  expect(message).toContain(dir);
}

test('killed before the manifest, while shards appear, and while it is collected: resumed to the same bytes', async () => {
  const file = writeExperiment(dir, 'kill.toml', chainFile(40, 40));
  const undisturbed = join(dir, 'undisturbed');
  expect((await emft(['sweep', file, '-o', undisturbed, '--workers', '2'])).status).toBe(0);
  expect((await emft(['collect', undisturbed, '-o', `${undisturbed}.parquet`])).status).toBe(0);
  const path = join(dir, 'killed');
  const output = join(dir, 'killed.parquet');

  /** Runs a command, which the signal meets when the condition holds; tells whether it died of it. */
  const killed = async (args: string[], signal: NodeJS.Signals, condition: () => boolean) => {
    const ended = await emft(args, {
      onStart: (child) => {
        const timer = setInterval(() => {
          if (!condition()) return;
          clearInterval(timer);
          child.kill(signal);
        }, 1);
        child.on('exit', () => clearInterval(timer));
      },
    });
    expect(ended.signal === signal || ended.status === 0 || ended.status === 130, ended.stderr).toBe(true);
    return ended.signal !== null || ended.status === 130;
  };
  const present = () => (existsSync(join(path, 'shards')) ? shardsOf(path).length : 0);
  let kills = 0;
  const command = () =>
    existsSync(join(path, 'manifest.json')) ? ['resume', path] : ['sweep', file, '-o', path];
  for (const [signal, count] of [
    ['SIGKILL', 0],
    ['SIGKILL', 1],
    ['SIGTERM', 5],
    ['SIGKILL', 13],
    ['SIGINT', 20],
    ['SIGKILL', 27],
  ] as const) {
    const condition = count === 0 ? () => existsSync(path) : () => present() >= count;
    if (await killed([...command(), '--workers', '2'], signal, condition)) kills++;
  }
  // A busy machine may let one through.
  expect(kills).toBeGreaterThan(3);
  expect((await emft([...command(), '--workers', '2'])).status).toBe(0);
  expect(leftovers(path)).toEqual([]);
  await killed(['collect', path, '-o', output, '--force'], 'SIGKILL', () =>
    readdirSync(dir).some((name) => name.includes('killed.parquet.')),
  );
  expect((await emft(['collect', path, '-o', output, '--force'])).status).toBe(0);
  expect(readdirSync(dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  expect(read(output).equals(read(`${undisturbed}.parquet`))).toBe(true);
});

describe('a disk that fails', () => {
  const file: ExperimentFile = parseExperiment(chainFile(4, 8), 'faults');
  let counter = 0;
  const fresh = () => join(dir, `disk${counter++}`);
  const pool = new TaskPool({ workers: 1 });
  afterAll(() => pool.close());

  /** Makes or resumes, looks at and collects a run on `fs`; returns the collected bytes. */
  async function attempt(path: string, fs?: FileSystem): Promise<Buffer> {
    const run = existsSync(join(path, 'manifest.json'))
      ? await RunDirectory.resume(path, fs)
      : await RunDirectory.create(path, file, 'local', fs);
    await sweep(run, { pool, onNotice: expectSentence });
    expect(await statusOf(run)).toMatchObject({ complete: true });
    await collect(run, `${path}.parquet`, { overwrite: true, fs });
    return read(`${path}.parquet`);
  }

  const calls = Object.keys(nodeFileSystem).filter((call) => typeof call === 'string') as Call[];
  /** Bytes that a write takes at most: most files take several. */
  const PIECE = 600;
  const codes = ['EIO', 'ENOSPC', 'EACCES', 'ENOENT'];

  test.each([...calls, 'write', 'sync', 'close'] as Call[])(
    'at its k-th %s, for every k, ends in a sentence or survives, and is resumed to the same bytes',
    async (call) => {
      const undisturbed = await attempt(fresh());
      const wrong = faultyFileSystem(() => false, PIECE);
      const path = fresh();
      await attempt(path, wrong);
      const total = wrong.calls[call];
      for (let k = 1; k <= total; ++k) {
        const path = fresh();
        const code = codes[k % codes.length];
        const fs = faultyFileSystem((c, n) => c === call && n === k && code, PIECE);
        const outcome = await attempt(path, fs).catch((error: unknown) => error);
        expect(fs.calls[call], `${call} ${k}`).toBeGreaterThanOrEqual(k);
        if (outcome instanceof Buffer) expect(outcome.equals(undisturbed)).toBe(true);
        else {
          expect(outcome).toBeInstanceOf(EmftError);
          expectSentence((outcome as Error).message);
          expect((await attempt(path)).equals(undisturbed), `${call} ${k} ${code}`).toBe(true);
        }
        expect(leftovers(path)).toEqual([]);
      }
    },
  );

  test('that is full from some write on, until there is space again', async () => {
    const undisturbed = await attempt(fresh());
    for (const first of [1, 5, 12, 20]) {
      const path = fresh();
      const full = (): FaultyFileSystem => faultyFileSystem((c, n) => c === 'write' && n >= first, 200);
      await expect(attempt(path, full())).rejects.toThrow(/the disk is full/);
      await expect(
        attempt(
          path,
          faultyFileSystem((c) => c === 'write'),
        ),
      ).rejects.toThrow(/the disk is full/);
      expect((await attempt(path)).equals(undisturbed)).toBe(true);
      expect(leftovers(path)).toEqual([]);
    }
  });
});
