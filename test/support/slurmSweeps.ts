// Sweeps submitted to a Slurm of the tests: their elements, what they have computed, and what a local run collects.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { chainFile, type Ended, emft, read, writeExperiment } from './runs.js';
import { SlurmCluster } from './slurmCluster.js';

interface Sweep {
  path: string;
  job: string;
  elements: number;
  expected: Buffer;
}

export class SlurmSweeps {
  readonly cluster: SlurmCluster;
  readonly #dir: string;
  #counter = 0;
  /** What a local run of the same experiment collects. */
  readonly #local = new Map<string, Promise<Buffer>>();

  private constructor(cluster: SlurmCluster, dir: string) {
    this.cluster = cluster;
    this.#dir = dir;
  }

  static async start(port: number, dir: string): Promise<SlurmSweeps> {
    return new SlurmSweeps(await SlurmCluster.start(port), dir);
  }

  /** `emft` as a user of the cluster runs it. */
  run(...args: string[]): Promise<Ended> {
    return emft(args, { env: this.cluster.env });
  }

  /** A path that nothing has yet. */
  fresh(name: string): string {
    return join(this.#dir, `${name}${this.#counter++}`);
  }

  #expected(points: number, chunk: number, spins: number): Promise<Buffer> {
    const key = `${points}-${spins}`;
    const known = this.#local.get(key);
    if (known) return known;
    const compute = async () => {
      const path = join(this.#dir, `local${key}`);
      const file = writeExperiment(this.#dir, `local${key}.toml`, chainFile(points, chunk, '', spins));
      expect((await emft(['sweep', file, '-o', path])).status).toBe(0);
      expect((await emft(['collect', path, '-o', `${path}.parquet`])).status).toBe(0);
      return read(`${path}.parquet`);
    };
    const bytes = compute();
    this.#local.set(key, bytes);
    return bytes;
  }

  /** Submits points² tasks. */
  async submit(points: number, chunk: number, slurm: string, { name = '', spins = 50 } = {}): Promise<Sweep> {
    const path = `${this.fresh('slurm')}${name}`;
    const expected = await this.#expected(points, chunk, spins);
    const text = chainFile(points, chunk, `[slurm]\npartition = "main"\nmemory = "500M"\n${slurm}`, spins);
    const file = writeExperiment(this.#dir, `slurm${this.#counter}.toml`, text);
    const { status, stdout, stderr } = await this.run(
      'sweep',
      file,
      '-o',
      path,
      '--engine',
      'slurm',
      '--json',
    );
    expect(status, stderr).toBe(0);
    return { path, expected, ...JSON.parse(stdout) };
  }

  /** Waits for a moment in the middle of a run and holds its elements there, so that what follows cannot come late. */
  async holdWhen(path: string, condition: () => boolean, what: string): Promise<number[]> {
    let held: number[] = [];
    await this.cluster.until(
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

  states(job: string): string[] {
    return this.cluster.elements(job).map(({ state }) => state);
  }

  ended(job: string): boolean {
    return this.states(job).every((s) => !/PENDING|RUNNING|COMPLETING|REQUEUE/.test(s));
  }

  /** The run is complete, and its rows are those of a local run. */
  async expectCollected({ path, expected }: Sweep): Promise<void> {
    const status = await this.run('status', path, '--json');
    expect(JSON.parse(status.stdout)).toMatchObject({ complete: true, engine: 'slurm' });
    const { status: exit, stderr } = await this.run('collect', path, '-o', `${path}.parquet`);
    expect(exit, stderr).toBe(0);
    expect(read(`${path}.parquet`).equals(expected)).toBe(true);
  }
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

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}

/** Whether a stopped process has a signal waiting. */
export function hasPending(pid: number, signal: number): boolean {
  if (!existsSync(`/proc/${pid}/status`)) return false;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mask = /^ShdPnd:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0';
  return /^State:\s*T/m.test(status) && ((BigInt(`0x${mask}`) >> BigInt(signal - 1)) & 1n) === 1n;
}
