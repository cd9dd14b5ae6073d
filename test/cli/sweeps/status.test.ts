// What status says of shards: those that it reads are whole, and it tells how many it did not read.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { inspect } from '../../../cli/src/sweeps/inspection.js';
import { RunDirectory } from '../../../cli/src/sweeps/runDirectory.js';
import { runsIn } from '../../support/runs/begun.js';
import { chainFile, emft, scratch, writeExperiment } from '../../support/runs.js';

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
