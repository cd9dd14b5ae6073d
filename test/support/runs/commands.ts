// The command line as tests and scripts run it, and what its answers have to be like.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isTemporary } from '../../../cli/src/files/temporaries.js';
import { RunDirectory } from '../../../cli/src/sweeps/runDirectory.js';

export const cli = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));

export interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** Runs `emft …`; `onStart` gets the process. */
export function emft(
  args: string[],
  { onStart, env }: { onStart?: (child: ChildProcess) => void; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  return ended([process.execPath, cli, ...args], { onStart, env });
}

/** Runs any command. */
export function ended(
  [command, ...args]: string[],
  { onStart, env }: { onStart?: (child: ChildProcess) => void; env?: NodeJS.ProcessEnv } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
    onStart?.(child);
  });
}

/** Calls `then` when the process has computed for `milliseconds` more, which its processor time tells; never once it has ended. */
export function whenWorked(child: ChildProcess, milliseconds: number, then: () => void): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  /** User time, which is counted in hundredths of a second. */
  const spent = () =>
    10 * Number(readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ')[11]);
  const before = spent();
  const look = setInterval(() => {
    if (spent() - before < milliseconds) return;
    clearInterval(look);
    then();
  }, 20);
  child.once('exit', () => clearInterval(look));
}

/** Chains in mean field: `points`² tasks, in shards of `chunk`; the more spins, the longer each takes. */
export function chainFile(points: number, chunk: number, more = '', spins = 50): string {
  return `
    title = "chains"
    compute = "drh"
    columns = ["etaTot", "slope", "converged"]
    [[ensemble]]
    g10 = { from = 0.05, to = 1, points = ${points} }
    deltaAlpha = { from = -0.3, to = -0.05, points = ${points} }
    n = ${spins}
    [run]
    chunk = ${chunk}
    ${more}
  `;
}

/** What nobody should have to read: codes of the system, stacks, values that are missing. */
export function isRaw(text: string): boolean {
  return /\bE(IO|NOSPC|ACCES|NOENT|EXIST|PERM|ISDIR|NOTDIR|NOTEMPTY|LOOP|ROFS|PIPE|BADF|MFILE)\b|errno|\bundefined\b|^ +at |node:internal/m.test(
    text,
  );
}

/** Reads every shard; returns what is wrong with those that are not whole. Nothing is repaired. */
export async function damagedShards(path: string): Promise<string[]> {
  const run = await RunDirectory.open(path);
  const { candidates, oddities } = await run.listing();
  const damaged = oddities.map(({ text }) => text);
  for (const [chunk, shards] of candidates) {
    for (const shard of shards) {
      await run.readShard(chunk, shard).catch((error: Error) => damaged.push(error.message));
    }
  }
  return damaged;
}

/** Temporary files in a run directory. */
export function temporaries(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) =>
    isTemporary(name.split('/').at(-1)!),
  );
}

export const shardsOf = (run: string): string[] => readdirSync(join(run, 'shards')).sort();
