// What status says of shards: those that it reads are whole, and it tells how many it did not read.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { inspect } from '../../../cli/src/sweeps/inspection.js';
import { paceOf } from '../../../cli/src/sweeps/pace.js';
import { RunDirectory } from '../../../cli/src/sweeps/runDirectory.js';
import { runsIn } from '../../support/runs/begun.js';
import { residentCommand } from '../../support/runs/resident.js';
import { chainFile, scratch, writeExperiment } from '../../support/runs.js';

const emft = residentCommand();

const directory = scratch();
const { fresh } = runsIn(directory);
let path: string;
beforeEach(async () => {
  const file = writeExperiment(directory, 'chains.toml', chainFile(3, 3));
  path = fresh();
  expect((await emft(['sweep', file, '-o', path])).status).toBe(0);
});
const shard = (k: number) => join(path, 'shards', readdirSync(join(path, 'shards'))[k]);

test('a run with a corrupt shard was called complete', async () => {
  const file = shard(1);
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(file, bytes);
  const { stdout, stderr } = await emft(['status', path]);
  expect(stdout).toMatch(/tasks: 6 of 9[\s\S]*shards: 2 of 3\n[\s\S]*state: incomplete/);
  expect(stderr).toMatch(/shard 00000001-\S+ is damaged: its content does not have the hash in its name/);
  const status = JSON.parse((await emft(['status', path, '--json'])).stdout);
  expect(status).toMatchObject({ complete: false, shards: { total: 3, present: 2, read: 2 } });
  expect(status.tasks).toMatchObject({ computed: 6, missing: 3 });
  expect(status.damaged).toHaveLength(1);
  // What resume mends is complete again.
  expect((await emft(['resume', path])).status).toBe(0);
  expect((await emft(['status', path])).stdout).toMatch(/shards: 3 of 3\n[\s\S]*state: complete/);
});

test('an empty shard is none', async () => {
  writeFileSync(shard(0), '');
  const status = JSON.parse((await emft(['status', path, '--json'])).stdout);
  expect(status).toMatchObject({ complete: false, shards: { present: 2 } });
});

test('what is beyond the budget is taken for what its name says, and counted as not read', async () => {
  const run = await RunDirectory.open(path);
  const { candidates } = await run.listing();
  const all = await inspect(run, candidates);
  expect([all.shards.size, all.whole, all.damaged]).toEqual([3, 3, []]);
  const few = await inspect(run, candidates, { bytes: 1e9, shards: 2 });
  expect([few.shards.size, few.whole]).toEqual([3, 2]);
  const none = await inspect(run, candidates, { bytes: 1, shards: 1000 });
  expect([none.shards.size, none.whole]).toEqual([3, 0]);
  writeFileSync(shard(2), 'spoiled');
  expect((await inspect(run, candidates, { bytes: 1e9, shards: 2 })).damaged).toEqual([]);
  expect((await inspect(run, candidates)).damaged).toHaveLength(1);
});

test('shards that finished together gave a rate ten times too high', async () => {
  rmSync(shard(2));
  const [log] = readdirSync(join(path, 'log'));
  const at = (seconds: number) => new Date(1.7e12 + 1000 * seconds).toISOString();
  const lines = [
    { time: at(0), event: 'begin' },
    { time: at(3.9), event: 'chunk', chunk: 0 },
    { time: at(4), event: 'chunk', chunk: 1 },
    { time: at(60), event: 'end' },
  ];
  writeFileSync(
    join(path, 'log', log),
    `${lines.map((line) => JSON.stringify(line)).join('\n')}\nspoilt\nnull\n`,
  );
  const status = JSON.parse((await emft(['status', path, '--json'])).stdout);
  expect([status.rate, status.tasks.computed]).toEqual([1.5, 6]);
  expect((await emft(['status', path])).stdout).toMatch(/rate: 1\.5 tasks\/s\ntime left: 2\.0 s\n/);
  // What began the work is not known.
  rmSync(join(path, 'log'), { recursive: true });
  expect((await emft(['status', path])).stdout).toMatch(/rate: –\ntime left: –\n/);
});

test('a pause between two sessions is no work, and sessions at once are one time', () => {
  const session = (begin: number, ...ends: number[]) => ({
    begin: 1000 * begin,
    chunks: ends.map((time, chunk) => ({ time: 1000 * time, chunk })),
  });
  const of = (...sessions: ReturnType<typeof session>[]) => paceOf(sessions, () => ({ tasks: 2, cost: 1 }));
  expect(of(session(0, 2), session(300, 301, 302))?.tasksPerSecond).toBe(1.5);
  expect(of(session(0, 3, 4), session(2, 4), session(1))?.tasksPerSecond).toBe(1.5);
  expect(of(session(0), session(5))).toBeUndefined();
});
