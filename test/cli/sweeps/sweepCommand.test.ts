// Sweeps from the command line: what sweep, status, resume and collect print and return, and what Ctrl-C does.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runsIn } from '../../support/runs/begun.js';
import { whenWorked } from '../../support/runs/commands.js';
import { residentCommand } from '../../support/runs/resident.js';
import { chainFile, emft, scratch, shardsOf, writeExperiment } from '../../support/runs.js';

const dir = scratch();
const { fresh } = runsIn(dir);
/** For what computes nothing. */
const resident = residentCommand();

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
    expect((await resident(['status', path])).stdout).toMatch(/4 of 4 \(100 %\), 2 failed/);
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
    const status = await resident(['status', path, '--json']);
    expect(JSON.parse(status.stdout)).toMatchObject({ complete: true, tasks: { computed: 64, missing: 0 } });
    expect((await resident(['status', path])).stdout).toMatch(
      /tasks: 64 of 64 \(100 %\)[\s\S]*state: complete/,
    );
    expect(JSON.parse((await emft(['resume', path, '--json'])).stdout)).toMatchObject({ computed: 0 });
    const gathered = await resident(['collect', path, '-o', `${path}.csv`]);
    expect([gathered.status, gathered.stdout]).toEqual([0, `${path}.csv: 64 rows\n`]);
    for (const [args, message] of [
      [['sweep', file, '-o', path], /holds this very run already; go on with: emft resume/],
      [['sweep', join(dir, 'none.toml')], /none\.toml: does not exist/],
      [['status', dir], /no manifest/],
      [['collect', path, '-o', `${path}.xlsx`], /ends in \.parquet or \.csv/],
      [['collect', path, '-o', `${path}.csv`], /exists already/],
      [['sweep', file, '-o', fresh(), '--workers', '0'], /workers/],
    ] as const) {
      const { status, stdout, stderr } = await resident(args);
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
    const file = writeExperiment(dir, 'long.toml', chainFile(150, 150));
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
    expect(first.stderr).toMatch(/stopped: \d+ chunks? (is|are) missing; go on with: emft resume/);
    const present = shardsOf(path);
    expect(present.length).toBeLessThan(150);
    expect(present.every((name) => name.endsWith('.parquet') && !name.startsWith('.'))).toBe(true);
    const gaps = await resident(['collect', path, '-o', `${path}.csv`]);
    expect([gaps.status, gaps.stdout]).toEqual([1, '']);
    expect(gaps.stderr).toMatch(
      /tasks have no result; go on with: emft resume \S+, or collect with --allow-gaps\n$/,
    );
    const rest = await emft(['resume', path, '--json']);
    expect(rest.status).toBe(0);
    expect(JSON.parse(rest.stdout).computed).toBe(150 - present.length);
  });

  test('a second Ctrl-C ends it at once', async () => {
    // One chunk of many seconds: the first signal alone would wait for it.
    const file = writeExperiment(dir, 'chunk.toml', chainFile(1500, 2_250_000));
    const path = fresh();
    let seconds = 0;
    const { status } = await emft(['sweep', file, '-o', path, '--workers', '1'], {
      onStart: (child) => {
        const timer = setInterval(() => {
          if (!existsSync(join(path, 'log'))) return;
          clearInterval(timer);
          // The chunk has to be under way, or the first signal would find nothing to wait for.
          whenWorked(child, 700, () => child.kill('SIGINT'));
        }, 20);
        child.stderr!.on('data', (text: string) => {
          if (!/once more to stop at once/.test(text)) return;
          // It still computes when the second one comes.
          whenWorked(child, 100, () => child.kill('SIGINT') && ++seconds);
        });
      },
    });
    expect(status).toBe(130);
    expect(seconds).toBe(1);
    expect(shardsOf(path)).toEqual([]);
  });
});
