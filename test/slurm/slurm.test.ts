// Sweeps on a real Slurm of two nodes. Whatever happens to elements and nodes, what is collected in the end is,
// byte for byte, what a local run collects.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { published } from '../../cli/src/verify/published.js';
import { chainFile, cli, emft, read, scratch, shardsOf, writeExperiment } from '../support/runs.js';
import { SlurmCluster } from '../support/slurmCluster.js';

const dir = scratch();
let cluster: SlurmCluster;
const run = (...args: string[]) => emft(args, { env: cluster.env });

beforeAll(async () => {
  cluster = await SlurmCluster.start(26800);
});
afterAll(async () => {
  await cluster?.stop();
});
// A test that failed leaves nothing in the queue for the next one, and no node that Slurm has given up.
beforeEach(() => cluster.reset());

let counter = 0;

interface Sweep {
  path: string;
  job: string;
  elements: number;
  expected: Buffer;
}

/** What a local run of the same experiment collects. */
const local = new Map<string, Promise<Buffer>>();
function expectedBytes(points: number, chunk: number, spins: number): Promise<Buffer> {
  const key = `${points}-${spins}`;
  const known = local.get(key);
  if (known) return known;
  const compute = async () => {
    const path = join(dir, `local${key}`);
    const file = writeExperiment(dir, `local${key}.toml`, chainFile(points, chunk, '', spins));
    expect((await emft(['sweep', file, '-o', path])).status).toBe(0);
    expect((await emft(['collect', path, '-o', `${path}.parquet`])).status).toBe(0);
    return read(`${path}.parquet`);
  };
  const bytes = compute();
  local.set(key, bytes);
  return bytes;
}

/** Submits points² tasks. */
async function submit(
  points: number,
  chunk: number,
  slurm: string,
  { name = '', spins = 50 } = {},
): Promise<Sweep> {
  const path = join(dir, `slurm${counter++}${name}`);
  const expected = await expectedBytes(points, chunk, spins);
  const text = chainFile(points, chunk, `[slurm]\npartition = "main"\nmemory = "500M"\n${slurm}`, spins);
  const file = writeExperiment(dir, `slurm${counter}.toml`, text);
  const { status, stdout, stderr } = await run('sweep', file, '-o', path, '--engine', 'slurm', '--json');
  expect(status, stderr).toBe(0);
  return { path, expected, ...JSON.parse(stdout) };
}

/** The processes of a run's elements, seen from outside the nodes. */
function elementProcesses(path: string): number[] {
  return readdirSync('/proc')
    .filter((name) => {
      if (!/^\d+$/.test(name)) return false;
      try {
        const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
        return words[2] === 'element' && words[3] === path;
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Waits for a moment in the middle of a run and holds its elements there, so that what follows cannot come late. */
async function holdWhen(path: string, condition: () => boolean, what: string): Promise<number[]> {
  let held: number[] = [];
  await cluster.until(
    () => {
      held = elementProcesses(path);
      if (held.length === 0 || !condition()) return false;
      for (const pid of held) signal(pid, 'SIGSTOP');
      return true;
    },
    120,
    what,
  );
  return held;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}

/** Whether a stopped process has a signal waiting. */
function hasPending(pid: number, signal: number): boolean {
  if (!existsSync(`/proc/${pid}/status`)) return false;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mask = /^ShdPnd:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0';
  return /^State:\s*T/m.test(status) && ((BigInt(`0x${mask}`) >> BigInt(signal - 1)) & 1n) === 1n;
}

const states = (job: string) => cluster.elements(job).map(({ state }) => state);
const ended = (job: string) => states(job).every((s) => !/PENDING|RUNNING|COMPLETING|REQUEUE/.test(s));

async function expectCollected({ path, expected }: Sweep): Promise<void> {
  const status = await run('status', path, '--json');
  expect(JSON.parse(status.stdout)).toMatchObject({ complete: true, engine: 'slurm' });
  const { status: exit, stderr } = await run('collect', path, '-o', `${path}.parquet`);
  expect(exit, stderr).toBe(0);
  expect(read(`${path}.parquet`).equals(expected)).toBe(true);
}

describe('emft verify on Slurm', () => {
  test.each([
    ['n1', 1],
    ['n2', 2],
  ])('on the compute node %s gives the published bits, on %i threads', async (node, threads) => {
    const output = join(dir, `verify-${node}-${counter++}`);
    // What SLURMD_NODENAME says can only come from a job that slurmd started.
    const command = `"${process.execPath}" "${cli}" verify --threads ${threads} --json && echo "$SLURMD_NODENAME" >&2`;
    const job = cluster
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
    await cluster.until(() => ended(job), 90, 'the job ends');
    expect(read(`${output}.err`).toString()).toBe(`${node}\n`);
    expect(states(job)).toEqual(['COMPLETED']);
    expect(JSON.parse(read(`${output}.json`).toString())).toEqual(
      Object.entries(published).map(([name, hash]) => ({ name, hash, published: hash, same: true })),
    );
  });
});

describe('a sweep on Slurm', () => {
  test('is submitted, finishes on both nodes, and is collected', async () => {
    const sweep = await submit(40, 40, 'elements = 6');
    expect(sweep).toMatchObject({ elements: 6, job: expect.stringMatching(/^\d+$/) });
    const nodes = new Set<string>();
    await cluster.until(
      () => {
        for (const { node } of cluster.elements(sweep.job)) nodes.add(node);
        return ended(sweep.job);
      },
      60,
      'the array ends',
    );
    expect([...states(sweep.job)]).toEqual(Array(6).fill('COMPLETED'));
    expect([...nodes].filter(Boolean).sort()).toEqual(['n1', 'n2']);
    await expectCollected(sweep);
    const status = await run('status', sweep.path);
    expect(status.stdout).toMatch(/queue: 6 completed\nstate: complete/);
    const again = await run('resume', sweep.path, '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ job: null, elements: 0 });
  });

  test('runs in a directory whose name a shell or Slurm could read as something else', async () => {
    const sweep = await submit(10, 10, 'elements = 2', {
      name: ` it's 100% "odd" $(touch pwned) \`touch pwned\` ;&|%j%%A #SBATCH`,
    });
    await cluster.until(() => ended(sweep.job), 60, 'the array ends');
    expect(states(sweep.job)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(readdirSync(join(sweep.path, 'slurm')).sort()).toEqual([
      `${sweep.job}_0.out`,
      `${sweep.job}_1.out`,
    ]);
    expect(readdirSync(sweep.path)).not.toContain('pwned');
    expect(existsSync('pwned')).toBe(false);
    await expectCollected(sweep);
  });

  test('is refused where Slurm would not take the path, before anything is made', async () => {
    const file = writeExperiment(dir, 'refused.toml', chainFile(3, 3));
    for (const name of ['a\nb', 'a\\b']) {
      const path = join(dir, name);
      const { status, stdout, stderr } = await run('sweep', file, '-o', path, '--engine', 'slurm');
      expect([status, stdout, existsSync(path)]).toEqual([2, '', false]);
      expect(stderr).toMatch(/^emft: .* which Slurm does not take in a path\n$/);
    }
  });

  test('survives kill -9 of a node with everything on it', async () => {
    const sweep = await submit(300, 300, 'elements = 4');
    const held = await holdWhen(sweep.path, () => shardsOf(sweep.path).length > 10, 'elements are at work');
    const victims = cluster
      .elements(sweep.job)
      .filter(({ state, node }) => state === 'RUNNING' && node === 'n1')
      .map(({ element }) => element);
    await cluster.crashNode('n1');
    for (const pid of held) signal(pid, 'SIGCONT');
    expect(victims.length).toBeGreaterThan(0);
    expect(shardsOf(sweep.path).length).toBeLessThan(300);
    // The administrator notices before the time-out does.
    cluster.run('scontrol', 'update', 'nodename=n1', 'state=down', 'reason=crashed');
    const restarts = (element: number) =>
      cluster.elements(sweep.job).find((e) => e.element === element)!.restarts;
    await cluster.until(
      () => victims.every((e) => restarts(e) > 0),
      30,
      'what ran there is in the queue again',
    );
    cluster.startNode('n1');
    await cluster.until(
      () => {
        cluster.repair();
        return ended(sweep.job);
      },
      200,
      'the array ends',
    );
    expect(states(sweep.job)).toEqual(Array(4).fill('COMPLETED'));
    await expectCollected(sweep);
  }, 300_000);

  test('lacks what a cancelled element owed, until it is resumed', async () => {
    const sweep = await submit(200, 200, 'elements = 4\nconcurrent = 1', { spins: 500 });
    // Elements have consecutive shares of 50 chunks, give or take one.
    const share = (element: number) =>
      shardsOf(sweep.path).filter((name) => Math.floor(Number(name.slice(0, 8)) / 50) === element).length;
    await cluster.until(() => share(1) > 2, 60, 'element 1 is at work');
    const refused = await run('resume', sweep.path);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/has elements in the queue; wait for them, or: scancel \d+/);
    await holdWhen(sweep.path, () => share(2) > 2, 'element 2 is at work');
    cluster.run('scancel', `${sweep.job}_2`);
    await cluster.until(() => ended(sweep.job), 60, 'the array ends');
    expect(states(sweep.job).sort()).toEqual(['CANCELLED', 'COMPLETED', 'COMPLETED', 'COMPLETED']);
    const present = shardsOf(sweep.path).length;
    expect(present).toBeLessThan(200);
    expect(present).toBeGreaterThan(148);
    const status = await run('status', sweep.path, '--json');
    expect(JSON.parse(status.stdout)).toMatchObject({
      complete: false,
      tasks: { total: 40_000, computed: 200 * present, missing: 200 * (200 - present) },
      queue: { COMPLETED: 3, CANCELLED: 1 },
    });
    expect((await run('collect', sweep.path, '-o', join(dir, 'gaps.csv'))).status).toBe(1);
    const resumed = JSON.parse((await run('resume', sweep.path, '--json')).stdout);
    expect(resumed.elements).toBe(Math.min(4, 200 - present));
    await cluster.until(() => ended(resumed.job), 60, 'the second array ends');
    await expectCollected(sweep);
  });

  test('an element near its time limit keeps what it has and goes on after a requeue', async () => {
    // Limits are whole minutes, and the signal comes 55 s before the end, or up to half a minute earlier.
    const sweep = await submit(300, 300, 'elements = 1\ntime = "2"\nsignal = 55');
    // Held until the signal is there, so that it comes in the middle of the work. Some versions of Slurm wake the
    // process themselves.
    const started = () => shardsOf(sweep.path).length > 10;
    const [pid] = await holdWhen(sweep.path, started, 'the element is at work');
    const before = shardsOf(sweep.path).length;
    expect(before).toBeLessThan(300);
    expect(cluster.elements(sweep.job)[0].restarts).toBe(0);
    await cluster.until(
      () => {
        if (hasPending(pid, 12)) signal(pid, 'SIGCONT');
        return cluster.elements(sweep.job)[0].restarts > 0;
      },
      150,
      'the element is requeued',
    );
    const kept = shardsOf(sweep.path).length;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(300);
    cluster.run('scancel', sweep.job);
    await cluster.until(() => ended(sweep.job), 30, 'the element is cancelled');
    // A run that began on one engine can be finished on the other.
    const { status, stdout } = await run('resume', sweep.path, '--engine', 'local', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).computed).toBe(300 - kept);
    await expectCollected(sweep);
  }, 300_000);
});
