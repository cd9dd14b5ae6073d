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
import { createCore } from 'emft';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { adviceOn } from '../../../cli/src/commands/advice.js';
import { collect } from '../../../cli/src/sweeps/collect.js';
import { computeExperiment } from '../../../cli/src/sweeps/compute.js';
import { TaskPool } from '../../../cli/src/sweeps/engines/local/pool.js';
import { parseExperiment } from '../../../cli/src/sweeps/experiment.js';
import { identityOf, seal } from '../../../cli/src/sweeps/manifest.js';
import { BegunError, GapError } from '../../../cli/src/sweeps/refusals.js';
import { RunDirectory } from '../../../cli/src/sweeps/runDirectory.js';
import { statusOf } from '../../../cli/src/sweeps/status.js';
import { sweep } from '../../../cli/src/sweeps/sweep.js';
import { chainFile, emft, read, scratch, shardsOf, writeExperiment } from '../../support/runs.js';

const dir = scratch();
let counter = 0;
const fresh = () => join(dir, `run${counter++}`);

async function begin(text: string): Promise<RunDirectory> {
  return RunDirectory.create(fresh(), parseExperiment(text, 'x.toml'), 'local');
}

async function collected(run: RunDirectory, ending = 'parquet'): Promise<Buffer> {
  const file = `${run.path}.${ending}`;
  await collect(run, file, { overwrite: true });
  return read(file);
}

const arrayBuffer = (bytes: Buffer) =>
  bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;

/** Kinds that stand in for the registry and misbehave for chosen tasks. */
const faultyKinds = new URL('../../support/faultyChunks.mjs', import.meta.url);

describe('a sweep', () => {
  test('collects, bit for bit, what the public API computes, with parameters, units and provenance', async () => {
    const run = await begin(chainFile(12, 10));
    const summary = await sweep(run, { workers: 2 });
    expect(summary).toEqual({ computed: 15, missing: 0, failures: [] });
    const bytes = arrayBuffer(await collected(run));
    const rows = await parquetReadObjects({ file: bytes });
    expect(rows).toHaveLength(144);
    const core = await createCore();
    for (const [i, row] of rows.entries()) {
      expect(row.sample).toBe(0);
      expect(row.n).toBe(50);
      const logs = core.drhLogCouplings({ g0: row.g10, alpha: Math.SQRT1_2 + row.deltaAlpha, n: 50 });
      const { etaTot, slope, converged } = core.solveMeanField(logs, { log: true });
      expect(Object.is(row.etaTot, etaTot) && Object.is(row.slope, slope)).toBe(true);
      expect(row.converged).toBe(converged);
      if (i % 12 === 11) expect(row.deltaAlpha).toBe(-0.05);
    }
    const text = parquetMetadata(bytes).key_value_metadata?.find(({ key }) => key === 'emft')?.value;
    const metadata = JSON.parse(text!);
    expect(metadata).toMatchObject({ program: 'emft', tasks: 144, missing: 0, failures: [] });
    expect(metadata.wasmSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(metadata.experiment).toEqual(run.manifest.experiment);
    const units = Object.fromEntries(
      metadata.columns.map((c: { name: string; unit: string }) => [c.name, c.unit]),
    );
    expect(units).toEqual({
      g10: '1',
      deltaAlpha: '1',
      n: '1',
      sample: '1',
      etaTot: 'nat',
      slope: '1',
      converged: '1',
    });
    const csv = (await collected(run, 'csv')).toString();
    const lines = csv.split('\n').filter((line) => line && !line.startsWith('#'));
    expect(lines[0]).toBe('g10,deltaAlpha,n,sample,etaTot,slope,converged');
    expect(lines.slice(1)).toEqual(
      rows.map((row) =>
        lines[0]
          .split(',')
          .map((name) => String(row[name]))
          .join(','),
      ),
    );
    expect(csv).toContain('# revision: ');
  });

  test('gives the same bytes with 1 or 2 workers and however it is cut; in memory, the same numbers', async () => {
    const texts = [chainFile(15, 7), chainFile(15, 7), chainFile(15, 1000), chainFile(15, 1)];
    const files = [];
    for (const [i, text] of texts.entries()) {
      const run = await begin(text);
      await sweep(run, { workers: i === 1 ? 2 : 1 });
      files.push(await collected(run));
      if (i === 0) {
        const columns = await computeExperiment(run.manifest.experiment, { workers: 2 });
        const rows = await parquetReadObjects({ file: arrayBuffer(files[0]) });
        for (const name of ['g10', 'deltaAlpha', 'etaTot', 'slope']) {
          expect(Array.from(columns[name] as Float64Array)).toEqual(rows.map((row) => row[name]));
        }
      }
    }
    for (const file of files) expect(file.equals(files[0])).toBe(true);
  });

  test('tables of many rows, in other units', async () => {
    const run = await begin(`
      compute = "drh"
      table = "spins"
      columns = ["spin", "entropy [log 2]", "g"]
      [[ensemble]]
      g10 = [0.2, 0.5]
      alpha = 0.6
      n = 30
      [[ensemble]]
      g10 = 0.9
      deltaAlpha = -0.05
    `);
    await sweep(run, { workers: 1 });
    const rows = await parquetReadObjects({ file: arrayBuffer(await collected(run)) });
    const core = await createCore();
    const logs = core.drhLogCouplings({ g0: 0.5, alpha: 0.6, n: 30 });
    const { entropy, g } = core.solveMeanField(logs, { log: true });
    const chain = rows.slice(30, 60);
    expect(chain.map((r) => r.spin)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(chain.map((r) => r.g)).toEqual([...g]);
    expect(chain.map((r) => r.entropy)).toEqual([...entropy].map((s) => s / Math.LN2));
    expect(chain[0]).toMatchObject({ g10: 0.5, alpha: 0.6, deltaAlpha: Number.NaN, n: 30 });
    const long = rows.slice(60);
    expect(long.length).toBeGreaterThanOrEqual(128);
    expect(long[0]).toMatchObject({ alpha: Number.NaN, deltaAlpha: -0.05, n: -1 });
    expect(long.at(-1)!.g).toBeLessThan(1e-20);
  });
});

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
    const summary = await collect(run, `${run.path}.csv`, { allowGaps: true });
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

describe('failures', () => {
  const failing = async (env: Record<string, string>, text = chainFile(6, 6)) => {
    const run = await begin(text);
    Object.assign(process.env, env);
    const pool = new TaskPool({ workers: 2, kinds: faultyKinds });
    try {
      return { run, summary: await sweep(run, { pool }) };
    } finally {
      await pool.close();
      for (const key of Object.keys(env)) delete process.env[key];
    }
  };

  test('a task whose worker dies is recorded alone, the rest go on, and --retry-failed mends it', async () => {
    const { run, summary } = await failing({ EMFT_TEST_DIES: '13,20' });
    expect(summary.failures.map((f) => [f.task, f.attempts, f.parameters])).toEqual([
      [13, 3, { g10: expect.any(Number), deltaAlpha: expect.any(Number), n: 50 }],
      [20, 3, { g10: expect.any(Number), deltaAlpha: expect.any(Number), n: 50 }],
    ]);
    expect(summary.failures[0].error.message).toMatch(/worker exited with code: 9/);
    expect(await statusOf(run)).toMatchObject({ complete: true, tasks: { computed: 36, failed: 2 } });
    const refused = await collect(run, `${run.path}.csv`).catch((error: unknown) => error);
    expect((refused as GapError).message).toMatch(/\(2 of them failed\)$/);
    expect(adviceOn(refused)).toMatch(/emft resume .* --retry-failed, or collect with --allow-gaps$/);
    expect(await collect(run, `${run.path}.csv`, { allowGaps: true })).toMatchObject({ rows: 34, failed: 2 });
    expect(await sweep(run, { workers: 1 })).toMatchObject({ computed: 0, failures: { length: 2 } });
    expect(await sweep(run, { workers: 1, retryFailed: true })).toMatchObject({ computed: 2, failures: [] });
    const clean = await begin(chainFile(6, 6));
    await sweep(clean, { workers: 1 });
    expect(shardsOf(run.path)).toEqual(shardsOf(clean.path));
    expect((await collected(run)).equals(await collected(clean))).toBe(true);
  });

  test('a task that throws is tried again, then recorded with its error', async () => {
    const { run, summary } = await failing({ EMFT_TEST_THROWS: '7' });
    expect(summary.failures).toMatchObject([
      { task: 7, sample: 0, attempts: 3, error: { name: 'RangeError', message: 'out of luck' } },
    ]);
    expect((await statusOf(run)).failures).toMatchObject([{ task: 7 }]);
  });

  test('a worker that cannot begin ends the run and records nothing', async () => {
    const run = await begin(chainFile(3, 3));
    const pool = new TaskPool({ workers: 1, kinds: new URL('./nothing.mjs', import.meta.url) });
    await expect(sweep(run, { pool })).rejects.toThrow(/workers cannot compute/);
    await pool.close();
    expect(shardsOf(run.path)).toEqual([]);
  });
});

describe('the command line', () => {
  test('failed tasks are listed with their parameters, and the exit status is 1', async () => {
    // Local windows refuse orbitals that extend over the lattice.
    const file = writeExperiment(
      dir,
      'extended.toml',
      `compute = "orbitals"
      [[ensemble]]
      radius = 5
      strength = [0.01, 60]
      theta0 = [0.5, 1.5]
      method = "local"`,
    );
    const path = fresh();
    const { status, stderr, stdout } = await emft(['sweep', file, '-o', path, '--json']);
    expect(status).toBe(1);
    const { failures, missing } = JSON.parse(stdout);
    expect(missing).toBe(0);
    expect(failures.length).toBe(2);
    for (const { parameters, error } of failures) {
      expect(parameters).toMatchObject({ radius: 5, strength: 0.01, method: 'local' });
      expect(error.name).toBe('ConvergenceError');
    }
    expect(stderr).toMatch(
      /2 tasks failed:\n {2}task 0 \(radius = 5, strength = 0\.01, .*sample = 0\), 3 attempts: ConvergenceError: /,
    );
    expect((await emft(['status', path])).stdout).toMatch(/4 of 4 \(100 %\), 2 failed/);
  });

  test('sweep, status, resume, collect', async () => {
    const file = writeExperiment(dir, 'chains.toml', chainFile(8, 8));
    const path = fresh();
    const swept = await emft(['sweep', file, '-o', path, '--workers', '1', '--json']);
    expect(swept.status).toBe(0);
    expect(JSON.parse(swept.stdout)).toEqual({
      directory: path,
      tasks: 64,
      chunks: 8,
      computed: 8,
      missing: 0,
      failures: [],
    });
    expect(swept.stderr).toMatch(/64\/64 tasks, .* tasks\/s, 0\.0 s left/);
    const status = await emft(['status', path, '--json']);
    expect(JSON.parse(status.stdout)).toMatchObject({ complete: true, tasks: { computed: 64, missing: 0 } });
    expect((await emft(['status', path])).stdout).toMatch(/tasks: 64 of 64 \(100 %\)[\s\S]*state: complete/);
    expect(JSON.parse((await emft(['resume', path, '--json'])).stdout)).toMatchObject({ computed: 0 });
    const gathered = await emft(['collect', path, '-o', `${path}.csv`]);
    expect([gathered.status, gathered.stdout]).toEqual([0, `${path}.csv: 64 rows\n`]);
    for (const [args, message] of [
      [['sweep', file, '-o', path], /holds this very run already; go on with: emft resume/],
      [['sweep', join(dir, 'none.toml')], /none\.toml: does not exist/],
      [['status', dir], /no manifest/],
      [['collect', path, '-o', `${path}.xlsx`], /ends in \.parquet or \.csv/],
      [['collect', path, '-o', `${path}.csv`], /exists already/],
      [['sweep', file, '-o', fresh(), '--workers', '0'], /workers/],
    ] as const) {
      const { status, stdout, stderr } = await emft([...args]);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(message);
    }
  });

  test('without Slurm, a sweep on Slurm says what is missing and makes no directory', async () => {
    const file = writeExperiment(dir, 'noslurm.toml', chainFile(3, 3));
    const path = fresh();
    const { status, stderr } = await emft(['sweep', file, '-o', path, '--engine', 'slurm'], {
      env: { PATH: '/nonexistent' },
    });
    expect([status, existsSync(path)]).toEqual([1, false]);
    expect(stderr).toMatch(/no scontrol here: Slurm's commands are needed/);
  });

  test('the first Ctrl-C finishes what runs and stops; resume does the rest', async () => {
    const file = writeExperiment(dir, 'long.toml', chainFile(250, 250));
    const path = fresh();
    const first = await emft(['sweep', file, '-o', path, '--workers', '2'], {
      onStart: (child) => {
        const timer = setInterval(() => {
          if (!existsSync(join(path, 'shards')) || shardsOf(path).length < 3) return;
          clearInterval(timer);
          child.kill('SIGINT');
        }, 5);
      },
    });
    expect(first.status).toBe(130);
    expect(first.stderr).toMatch(/stopped: \d+ chunks are missing; go on with: emft resume/);
    const present = shardsOf(path);
    expect(present.length).toBeLessThan(250);
    expect(present.every((name) => name.endsWith('.parquet') && !name.startsWith('.'))).toBe(true);
    const gaps = await emft(['collect', path, '-o', `${path}.csv`]);
    expect([gaps.status, gaps.stdout]).toEqual([1, '']);
    expect(gaps.stderr).toMatch(
      /tasks have no result; go on with: emft resume \S+, or collect with --allow-gaps\n$/,
    );
    const rest = await emft(['resume', path, '--json']);
    expect(rest.status).toBe(0);
    expect(JSON.parse(rest.stdout).computed).toBe(250 - present.length);
  });

  test('a second Ctrl-C ends it at once', async () => {
    // One chunk of many seconds: the first signal alone would wait for it.
    const file = writeExperiment(dir, 'chunk.toml', chainFile(1500, 2_250_000));
    const path = fresh();
    let started = 0;
    const { status } = await emft(['sweep', file, '-o', path, '--workers', '1'], {
      onStart: (child) => {
        const timer = setInterval(() => {
          if (!existsSync(join(path, 'log'))) return;
          clearInterval(timer);
          // The chunk has to be under way, or the first signal would find nothing to wait for.
          setTimeout(() => child.kill('SIGINT'), 700);
          setTimeout(() => {
            expect(child.exitCode).toBeNull();
            started = performance.now();
            child.kill('SIGINT');
          }, 1200);
        }, 20);
      },
    });
    expect(status).toBe(130);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(shardsOf(path)).toEqual([]);
  });
});
