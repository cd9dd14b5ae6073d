// What a run directory admits: the run that it was made for, whole and by the build that began it. Damage is told and
// mended, and nothing is collected with gaps unasked.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { collect } from '../../../cli/src/sweeps/collect.js';
import { parseExperiment } from '../../../cli/src/sweeps/experiment.js';
import { identityOf, seal } from '../../../cli/src/sweeps/manifest.js';
import { BegunError, GapError } from '../../../cli/src/sweeps/refusals.js';
import { RunDirectory } from '../../../cli/src/sweeps/runDirectory.js';
import { statusOf } from '../../../cli/src/sweeps/status.js';
import { sweep } from '../../../cli/src/sweeps/sweep.js';
import { collected, runsIn } from '../../support/runs/begun.js';
import { chainFile, read, scratch, shardsOf } from '../../support/runs.js';

const { fresh, begin } = runsIn(scratch());

describe('a run directory', () => {
  test('has a manifest with where and what', async () => {
    const run = await begin(chainFile(3, 2));
    const manifest = JSON.parse(readFileSync(join(run.path, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      kind: 'emft run',
      engine: 'local',
      tasks: 9,
      experiment: { compute: 'drh', seed: 0 },
      machine: { node: process.version },
    });
    for (const key of ['version', 'revision', 'wasmSha256', 'codeSha256'])
      expect(manifest.provenance).toHaveProperty(key);
  });

  test('of the same run is refused with a hint, of another one plainly, with foreign files too', async () => {
    const file = parseExperiment(chainFile(3, 2), 'x');
    const run = await RunDirectory.create(fresh(), file, 'local');
    const begun = RunDirectory.create(run.path, file, 'local');
    await expect(begun).rejects.toThrow(BegunError);
    await expect(begun).rejects.toThrow(/holds this very run already$/);
    const other = parseExperiment(chainFile(4, 2), 'x');
    await expect(RunDirectory.create(run.path, other, 'local')).rejects.toThrow(/another experiment/);
    const path = fresh();
    mkdirSync(path);
    writeFileSync(join(path, 'thesis.tex'), '');
    await expect(RunDirectory.create(path, file, 'local')).rejects.toThrow(/not empty \(thesis\.tex\)/);
    await expect(RunDirectory.open(fresh())).rejects.toThrow(/no manifest/);
  });

  test.each([
    ['wasmSha256', /the \.wasm differs/],
    ['codeSha256', /the code differs/],
  ])('begun by another build (%s) is refused, and still collected', async (key, message) => {
    const run = await begin(chainFile(3, 2));
    await sweep(run, { workers: 1 });
    const before = await collected(run);
    const file = join(run.path, 'manifest.json');
    const manifest = JSON.parse(readFileSync(file, 'utf8'));
    manifest.provenance[key] = 'f'.repeat(64);
    // A shard belongs to the identity, which another build would have made another one.
    manifest.identity = identityOf(manifest, manifest, manifest.provenance);
    manifest.sha256 = seal(manifest);
    writeFileSync(file, JSON.stringify(manifest));
    await expect(RunDirectory.resume(run.path)).rejects.toThrow(message);
    await expect(collect(await RunDirectory.open(run.path), `${run.path}.csv`)).rejects.toThrow(
      /another run/,
    );
    writeFileSync(file, JSON.stringify(run.manifest));
    expect((await collected(await RunDirectory.resume(run.path))).equals(before)).toBe(true);
  });

  test('whose experiment was edited is refused', async () => {
    const run = await begin(chainFile(3, 2));
    const file = join(run.path, 'manifest.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"seed": 0', '"seed": 1'));
    await expect(RunDirectory.resume(run.path)).rejects.toThrow(/was edited/);
    await expect(RunDirectory.open(run.path)).rejects.toThrow(/was edited/);
    writeFileSync(file, JSON.stringify({ kind: 'emft run', format: 2 }));
    await expect(RunDirectory.open(run.path)).rejects.toThrow(/is damaged/);
  });

  const damage: [string, (path: string, others: string[]) => void][] = [
    ['truncated', (path) => truncateSync(path, 100)],
    ['emptied', (path) => truncateSync(path, 0)],
    [
      'with one bit flipped in a number',
      (path) => {
        const bytes = readFileSync(path);
        bytes[60] ^= 1;
        writeFileSync(path, bytes);
      },
    ],
    [
      'with one bit flipped in its footer',
      (path) => {
        const bytes = readFileSync(path);
        bytes[bytes.length - 30] ^= 4;
        writeFileSync(path, bytes);
      },
    ],
    ['overwritten by another shard', (path, others) => copyFileSync(others[0], path)],
    [
      'that is another chunk under this name',
      (path, others) => {
        const hash = /-([0-9a-f]{32})/.exec(others[0])![1];
        renameSync(path, `${path}.away`);
        copyFileSync(others[0], path.replace(/-[0-9a-f]{32}/, `-${hash}`));
      },
    ],
  ];
  test.each(damage)('a shard %s is told, refused by collect, and computed again', async (_name, hurt) => {
    const run = await begin(chainFile(6, 6));
    await sweep(run, { workers: 1 });
    const before = await collected(run);
    const names = shardsOf(run.path);
    hurt(join(run.path, 'shards', names[3]), [join(run.path, 'shards', names[4])]);
    const hurtName = shardsOf(run.path).find(
      (name) => name.startsWith('00000003') && name.endsWith('.parquet'),
    )!;
    const damagedBytes = read(join(run.path, 'shards', hurtName));
    await expect(collect(run, `${run.path}.csv`)).rejects.toThrow(
      /6 of 36 tasks have no result[\s\S]*shard 00000003/,
    );
    const notices: string[] = [];
    const again = await RunDirectory.resume(run.path);
    const summary = await sweep(again, { workers: 1, onNotice: (text) => notices.push(text) });
    expect(summary.computed).toBe(1);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(
      /shard 00000003.*(damaged|belongs to another chunk).* kept as quarantine\/.*computing it again/,
    );
    const [, kept] = /(quarantine\/\S+);/.exec(notices[0])!;
    expect(read(join(run.path, kept)).equals(damagedBytes)).toBe(true);
    expect(shardsOf(run.path).filter((name) => name.endsWith('.parquet'))).toEqual(names);
    expect((await collected(again)).equals(before)).toBe(true);
  });

  test('with gaps is refused by collect unless told', async () => {
    const run = await begin(chainFile(6, 6));
    await sweep(run, { workers: 1, chunks: [0, 1, 4] });
    await expect(collect(run, `${run.path}.csv`)).rejects.toThrow(GapError);
    expect(existsSync(`${run.path}.csv`)).toBe(false);
    const summary = await collect(run, `${run.path}.csv`, { allowGaps: true, header: true });
    expect(summary).toMatchObject({ rows: 18, tasks: 36, missing: 18, failed: 0 });
    expect(readFileSync(`${run.path}.csv`, 'utf8')).toContain('# missing: 18');
    expect(await statusOf(run)).toMatchObject({
      tasks: { total: 36, computed: 18, failed: 0, missing: 18 },
      shards: { total: 6, present: 3 },
      complete: false,
    });
    await expect(collect(run, `${run.path}.csv`, { allowGaps: true })).rejects.toThrow(/exists already/);
  });
});
