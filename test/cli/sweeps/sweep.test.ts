// A sweep gives what the public functions give, whatever it is cut into, and what it does when tasks or workers fail.
import { readFileSync } from 'node:fs';
import { createCore } from 'emft';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { adviceOn } from '../../../cli/src/commands/advice.js';
import { collect } from '../../../cli/src/sweeps/collect.js';
import { computeExperiment } from '../../../cli/src/sweeps/compute.js';
import { TaskPool } from '../../../cli/src/sweeps/engines/local/pool.js';
import type { GapError } from '../../../cli/src/sweeps/refusals.js';
import { statusOf } from '../../../cli/src/sweeps/status.js';
import { sweep } from '../../../cli/src/sweeps/sweep.js';
import { arrayBuffer, collected, runsIn } from '../../support/runs/begun.js';
import { chainFile, scratch, shardsOf } from '../../support/runs.js';

const { begin } = runsIn(scratch());

/** Kinds that stand in for the registry and misbehave for chosen tasks. */
const faultyKinds = new URL('../../support/faultyChunks.mjs', import.meta.url);

describe('a sweep', () => {
  test('that gives up a chunk keeps the others, and is resumed to the bytes of an undisturbed one', async () => {
    const experiment = `compute = "ed"
table = "total"
seed = 7
parameters = { alpha = 0.6, states = 8 }
[[ensemble]]
n = 2
[[ensemble]]
n = 9
`;
    const run = await begin(experiment);
    const [stop, giveUp] = [new AbortController(), new AbortController()];
    const first = await sweep(run, {
      workers: 2,
      stop: stop.signal,
      giveUp: giveUp.signal,
      // The small one is done, the large one is not.
      onProgress: () => {
        stop.abort();
        giveUp.abort();
      },
    });
    expect(first).toEqual({ computed: 1, missing: 1, failures: [] });
    expect((await statusOf(run)).tasks).toEqual({ total: 2, computed: 1, failed: 0, missing: 1 });
    expect(await sweep(run)).toEqual({ computed: 1, missing: 0, failures: [] });
    const undisturbed = await begin(experiment);
    await sweep(undisturbed);
    expect(await collected(run, 'csv')).toEqual(await collected(undisturbed, 'csv'));
  });

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
      expect(Object.is(row.etaTot_nat, etaTot) && Object.is(row.slope, slope)).toBe(true);
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
      grain: '',
      sample: '1',
      etaTot_nat: 'nat',
      slope: '1',
      converged: '1',
    });
    const csv = (await collected(run, 'csv')).toString();
    const lines = csv.trimEnd().split('\n');
    expect(lines[0]).toBe('g10,deltaAlpha,n,grain,sample,etaTot_nat,slope,converged');
    expect(lines.slice(1)).toEqual(
      rows.map((row) =>
        lines[0]
          .split(',')
          .map((name) => String(row[name]))
          .join(','),
      ),
    );
    // What is in comments only where they are wanted: readers take the file as it is.
    await collect(run, `${run.path}-told.csv`, { header: true });
    const told = readFileSync(`${run.path}-told.csv`, 'utf8');
    expect(told).toContain('# revision: ');
    expect(
      told
        .split('\n')
        .filter((line) => !line.startsWith('#'))
        .join('\n'),
    ).toBe(csv);
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
          const filed = name === 'etaTot' ? 'etaTot_nat' : name;
          expect(Array.from(columns[name] as Float64Array)).toEqual(rows.map((row) => row[filed]));
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
    expect(chain.map((r) => r.entropy_log2)).toEqual([...entropy].map((s) => s / Math.LN2));
    expect(chain[0]).toMatchObject({ g10: 0.5, alpha: 0.6, deltaAlpha: Number.NaN, n: 30 });
    const long = rows.slice(60);
    expect(long.length).toBeGreaterThanOrEqual(128);
    expect(long[0]).toMatchObject({ alpha: Number.NaN, deltaAlpha: -0.05, n: -1 });
    expect(long.at(-1)!.g).toBeLessThan(1e-20);
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
      [13, 3, { g10: expect.any(Number), deltaAlpha: expect.any(Number), n: 50, grain: 'goe' }],
      [20, 3, { g10: expect.any(Number), deltaAlpha: expect.any(Number), n: 50, grain: 'goe' }],
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
