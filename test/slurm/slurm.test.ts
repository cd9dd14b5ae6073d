// Sweeps on a real Slurm of two nodes. Whatever happens to elements and nodes, what is collected in the end is,
// byte for byte, what a local run collects.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { published } from '../../cli/src/verify/published.js';
import { chainFile, cli, read, scratch, shardsOf, writeExperiment } from '../support/runs.js';
import { SlurmSweeps, signal } from '../support/slurmSweeps.js';

const dir = scratch();
let sweeps: SlurmSweeps;

beforeAll(async () => {
  sweeps = await SlurmSweeps.start(26800, dir);
});
afterAll(async () => {
  await sweeps?.cluster.stop();
});
// A test that failed leaves nothing in the queue for the next one, and no node that Slurm has given up.
beforeEach(() => sweeps.cluster.reset());

describe('emft verify on Slurm', () => {
  test.each([
    ['n1', 1],
    ['n2', 2],
  ])('on the compute node %s gives the published bits, on %i threads', async (node, threads) => {
    const output = sweeps.fresh(`verify-${node}-`);
    // What SLURMD_NODENAME says can only come from a job that slurmd started.
    const command = `"${process.execPath}" "${cli}" verify --threads ${threads} --json && echo "$SLURMD_NODENAME" >&2`;
    const job = sweeps.cluster
      .run(
        'sbatch',
        '--parsable',
        `--nodelist=${node}`,
        `--cpus-per-task=${threads}`,
        '--mem=500M',
        `--output=${output}.json`,
        `--error=${output}.err`,
        `--wrap=${command}`,
      )
      .trim();
    await sweeps.cluster.until(() => sweeps.ended(job), 90, 'the job ends');
    expect(read(`${output}.err`).toString()).toBe(`${node}\n`);
    expect(sweeps.states(job)).toEqual(['COMPLETED']);
    expect(JSON.parse(read(`${output}.json`).toString())).toEqual(
      Object.entries(published).map(([name, hash]) => ({ name, hash, published: hash, same: true })),
    );
  });
});

describe('a sweep on Slurm', () => {
  test('is submitted, finishes on both nodes, and is collected', async () => {
    const sweep = await sweeps.submit(40, 40, 'elements = 6');
    expect(sweep).toMatchObject({ elements: 6, job: expect.stringMatching(/^\d+$/) });
    const nodes = new Set<string>();
    await sweeps.cluster.until(
      () => {
        for (const { node } of sweeps.cluster.elements(sweep.job)) nodes.add(node);
        return sweeps.ended(sweep.job);
      },
      60,
      'the array ends',
    );
    expect([...sweeps.states(sweep.job)]).toEqual(Array(6).fill('COMPLETED'));
    expect([...nodes].filter(Boolean).sort()).toEqual(['n1', 'n2']);
    await sweeps.expectCollected(sweep);
    const status = await sweeps.run('status', sweep.path);
    expect(status.stdout).toMatch(/queue: 6 completed\nstate: complete/);
    const again = await sweeps.run('resume', sweep.path, '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ job: null, elements: 0 });
  });

  test('runs in a directory whose name a shell or Slurm could read as something else', async () => {
    const sweep = await sweeps.submit(10, 10, 'elements = 2', {
      name: ` it's 100% "odd" $(touch pwned) \`touch pwned\` ;&|%j%%A #SBATCH`,
    });
    await sweeps.cluster.until(() => sweeps.ended(sweep.job), 60, 'the array ends');
    expect(sweeps.states(sweep.job)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(readdirSync(join(sweep.path, 'slurm')).sort()).toEqual([
      `${sweep.job}_0.out`,
      `${sweep.job}_1.out`,
    ]);
    expect(readdirSync(sweep.path)).not.toContain('pwned');
    expect(existsSync('pwned')).toBe(false);
    await sweeps.expectCollected(sweep);
  });

  test('is refused where Slurm would not take the path, before anything is made', async () => {
    const file = writeExperiment(dir, 'refused.toml', chainFile(3, 3));
    for (const name of ['a\nb', 'a\\b']) {
      const path = join(dir, name);
      const { status, stdout, stderr } = await sweeps.run('sweep', file, '-o', path, '--engine', 'slurm');
      expect([status, stdout, existsSync(path)]).toEqual([2, '', false]);
      expect(stderr).toMatch(/^emft: .* which Slurm does not take in a path\n$/);
    }
  });

  test('survives kill -9 of a node with everything on it', async () => {
    const sweep = await sweeps.submit(300, 300, 'elements = 4');
    const held = await sweeps.holdWhen(
      sweep.path,
      () => shardsOf(sweep.path).length > 10,
      'elements are at work',
    );
    const victims = sweeps.cluster
      .elements(sweep.job)
      .filter(({ state, node }) => state === 'RUNNING' && node === 'n1')
      .map(({ element }) => element);
    await sweeps.cluster.crashNode('n1');
    for (const pid of held) signal(pid, 'SIGCONT');
    expect(victims.length).toBeGreaterThan(0);
    expect(shardsOf(sweep.path).length).toBeLessThan(300);
    // The administrator notices before the time-out does.
    sweeps.cluster.run('scontrol', 'update', 'nodename=n1', 'state=down', 'reason=crashed');
    const restarts = (element: number) =>
      sweeps.cluster.elements(sweep.job).find((e) => e.element === element)!.restarts;
    await sweeps.cluster.until(
      () => victims.every((e) => restarts(e) > 0),
      30,
      'what ran there is in the queue again',
    );
    sweeps.cluster.startNode('n1');
    await sweeps.cluster.until(
      () => {
        sweeps.cluster.repair();
        return sweeps.ended(sweep.job);
      },
      200,
      'the array ends',
    );
    expect(sweeps.states(sweep.job)).toEqual(Array(4).fill('COMPLETED'));
    await sweeps.expectCollected(sweep);
  }, 300_000);

  test('lacks what a cancelled element owed, until it is resumed', async () => {
    const sweep = await sweeps.submit(200, 200, 'elements = 4\nconcurrent = 1', { spins: 500 });
    // Elements have consecutive shares of 50 chunks, give or take one.
    const share = (element: number) =>
      shardsOf(sweep.path).filter((name) => Math.floor(Number(name.slice(0, 8)) / 50) === element).length;
    await sweeps.cluster.until(() => share(1) > 2, 60, 'element 1 is at work');
    const refused = await sweeps.run('resume', sweep.path);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/has elements in the queue; wait for them, or: scancel \d+/);
    await sweeps.holdWhen(sweep.path, () => share(2) > 2, 'element 2 is at work');
    sweeps.cluster.run('scancel', `${sweep.job}_2`);
    await sweeps.cluster.until(() => sweeps.ended(sweep.job), 60, 'the array ends');
    expect(sweeps.states(sweep.job).sort()).toEqual(['CANCELLED', 'COMPLETED', 'COMPLETED', 'COMPLETED']);
    const present = shardsOf(sweep.path).length;
    expect(present).toBeLessThan(200);
    expect(present).toBeGreaterThan(148);
    const status = await sweeps.run('status', sweep.path, '--json');
    expect(JSON.parse(status.stdout)).toMatchObject({
      complete: false,
      tasks: { total: 40_000, computed: 200 * present, missing: 200 * (200 - present) },
      queue: { COMPLETED: 3, CANCELLED: 1 },
    });
    expect((await sweeps.run('collect', sweep.path, '-o', join(dir, 'gaps.csv'))).status).toBe(1);
    const resumed = JSON.parse((await sweeps.run('resume', sweep.path, '--json')).stdout);
    expect(resumed.elements).toBe(Math.min(4, 200 - present));
    await sweeps.cluster.until(() => sweeps.ended(resumed.job), 60, 'the second array ends');
    await sweeps.expectCollected(sweep);
  });
});
