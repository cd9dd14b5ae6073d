// Several processes work on one run at once: resumes, some with --retry-failed, some killed, beside status and collect,
// on a directory in which shards are missing, failed, damaged or no files at all. Nobody may fail for what another does;
// in the end the run is complete, collected to the bytes of an undisturbed one, and everything unreadable is kept.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { temporaryName } from '../../../cli/src/files/temporaries.js';
import type { ChunkData } from '../../../cli/src/sweeps/chunk.js';
import { collect } from '../../../cli/src/sweeps/collect.js';
import { TaskPool } from '../../../cli/src/sweeps/engines/local/pool.js';
import { GapError } from '../../../cli/src/sweeps/refusals.js';
import { RunDirectory } from '../../../cli/src/sweeps/runDirectory.js';
import { encodeShard } from '../../../cli/src/sweeps/shard.js';
import { statusOf } from '../../../cli/src/sweeps/status.js';
import { sweep } from '../../../cli/src/sweeps/sweep.js';
import { chainFile, type Ended, emft, isRaw, shardsOf, temporaries } from './commands.js';

interface Summary {
  /** Each of several processes; and of as many actors within one process, whose calls interleave more finely. */
  rounds: number;
  inner: number;
  processes: number;
  killed: number;
  /** What went wrong; empty when all is well. */
  problems: string[];
}

interface Options {
  /** An empty directory. */
  directory: string;
  seconds: number;
  random: () => number;
  /** Processes that resume at once. */
  resumes?: number;
  /** Rounds within this process for each one of processes. */
  inner?: number;
  onRound?(summary: Summary): void;
}

export async function stress(options: Options): Promise<Summary> {
  const { directory, seconds, random, resumes = 3, inner = 20, onRound } = options;
  const reference = join(directory, 'reference');
  const config = join(directory, 'reference.toml');
  writeFileSync(config, chainFile(9, 3));
  const summary: Summary = { rounds: 0, inner: 0, processes: 0, killed: 0, problems: [] };
  const first = await emft(['sweep', config, '-o', reference, '--workers', '1']);
  const output = join(directory, 'reference.parquet');
  const gathered = await emft(['collect', reference, '-o', output]);
  if (first.status !== 0 || gathered.status !== 0) throw new Error(first.stderr + gathered.stderr);
  const expected = readFileSync(output);
  const pool = new TaskPool({ workers: 1 });
  const end = performance.now() + 1000 * seconds;
  try {
    do {
      const fresh = () => join(directory, `round${summary.rounds}-${summary.inner}`);
      for (let i = 0; i < inner && summary.problems.length === 0; ++i) {
        await innerRound({ reference, path: fresh(), expected, random, resumes, summary }, pool);
        summary.inner++;
      }
      await round({ reference, path: fresh(), expected, random, resumes, summary });
      summary.rounds++;
      onRound?.(summary);
      if (summary.problems.length > 0) break;
      for (const name of readdirSync(directory)) {
        if (name.startsWith('round')) rmSync(join(directory, name), { recursive: true });
      }
    } while (performance.now() < end);
  } finally {
    await pool.close();
  }
  return summary;
}

interface Round {
  reference: string;
  path: string;
  expected: Buffer;
  random: () => number;
  resumes: number;
  summary: Summary;
}

async function round({ reference, path, expected, random, resumes, summary }: Round): Promise<void> {
  cpSync(reference, path, { recursive: true });
  const unreadable = await spoil(path, random);
  let working = true;
  const check = (ended: Ended, args: string[], allowed: (ended: Ended) => boolean) => {
    summary.processes++;
    const { status, signal, stdout, stderr } = ended;
    if (allowed(ended) && !isRaw(stderr)) return;
    summary.problems.push(`emft ${args.join(' ')}: status ${status}, signal ${signal}\n${stdout}${stderr}`);
  };
  const resume = async (retry: boolean, kill: number | undefined) => {
    const args = ['resume', path, '--workers', '1', ...(retry ? ['--retry-failed'] : [])];
    let timer: NodeJS.Timeout | undefined;
    const ended = await emft(args, {
      onStart: (child) => {
        if (kill !== undefined) timer = setTimeout(() => child.kill('SIGKILL'), kill);
      },
    });
    clearTimeout(timer);
    if (ended.signal === 'SIGKILL' && kill !== undefined) {
      summary.killed++;
      summary.processes++;
    } else {
      // Failures that another process has not mended yet are reported, which is expected.
      check(
        ended,
        args,
        ({ status, stderr }) => status === 0 || (!retry && status === 1 && /tasks? failed:/.test(stderr)),
      );
    }
  };
  const repeat = async (args: string[], allowed: (ended: Ended) => boolean) => {
    while (working) check(await emft(args), args, allowed);
  };
  const workers = Array.from({ length: resumes }, (_, i) =>
    resume(i % 2 === 0, random() < 0.3 ? 3000 * random() : undefined),
  );
  const gaps = ({ status, stderr }: Ended) =>
    status === 0 || (status === 1 && /tasks have no result/.test(stderr));
  const watchers = [
    repeat(
      ['status', path, '--json'],
      ({ status, stdout }) => status === 0 && JSON.parse(stdout).tasks.total === 81,
    ),
    repeat(
      ['collect', path, '-o', `${path}-a.parquet`, '--force', '--allow-gaps'],
      ({ status }) => status === 0,
    ),
    repeat(['collect', path, '-o', `${path}-b.parquet`, '--force'], gaps),
  ];
  await Promise.all(workers);
  working = false;
  await Promise.all(watchers);
  await resume(true, undefined);
  await finish(path, expected, unreadable, (problem) => summary.problems.push(`${path}: ${problem}`));
}

/** The same by calls of the library, all of which share one process and one pool of workers. */
async function innerRound(
  { reference, path, expected, random, resumes, summary }: Round,
  pool: TaskPool,
): Promise<void> {
  cpSync(reference, path, { recursive: true });
  const unreadable = await spoil(path, random);
  const problem = (what: string) => (error: unknown) => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    summary.problems.push(`${path}: ${what}: ${text}`);
  };
  let working = true;
  const resume = async (retryFailed: boolean) => {
    const run = await RunDirectory.resume(path);
    const { missing, failures } = await sweep(run, { pool, retryFailed });
    if (missing > 0 || (retryFailed && failures.length > 0))
      throw new Error(`${missing} missing, ${failures.length} failed`);
  };
  const repeat = async (action: () => Promise<unknown>) => {
    while (working) await action();
  };
  const open = () => RunDirectory.open(path);
  const watchers = [
    repeat(async () => statusOf(await open())).catch(problem('status')),
    repeat(async () => collect(await open(), `${path}-a.csv`, { overwrite: true, allowGaps: true })).catch(
      problem('collect with gaps'),
    ),
    repeat(async () =>
      collect(await open(), `${path}-b.csv`, { overwrite: true }).catch((error) => {
        if (!(error instanceof GapError)) throw error;
      }),
    ).catch(problem('collect')),
  ];
  await Promise.all(
    Array.from({ length: resumes }, (_, i) => resume(i % 2 === 0).catch(problem(`resume ${i}`))),
  );
  working = false;
  await Promise.all(watchers);
  await resume(true).catch(problem('last resume'));
  await finish(path, expected, unreadable, problem('end'));
}

/** What has to hold when all is done. */
async function finish(
  path: string,
  expected: Buffer,
  unreadable: string[],
  problem: (text: string) => void,
): Promise<void> {
  const run = await RunDirectory.open(path);
  const status = await statusOf(run);
  if (!status.complete || status.tasks.failed > 0 || status.damaged.length > 0)
    problem(JSON.stringify(status));
  const output = `${path}-c.parquet`;
  await collect(run, output);
  if (!readFileSync(output).equals(expected)) problem('collected otherwise');
  if (temporaries(path).length > 0) problem(`left behind: ${temporaries(path).join(', ')}`);
  const names = shardsOf(path).filter((name) => !/^\d{8}-[0-9a-f]{32}\.parquet$/.test(name));
  if (names.length > 0) problem(`in shards: ${names.join(', ')}`);
  const quarantine = join(path, 'quarantine');
  const kept = existsSync(quarantine)
    ? readdirSync(quarantine).map((name) => fingerprint(join(quarantine, name)))
    : [];
  if (kept.toSorted().join() !== unreadable.toSorted().join())
    problem(`kept ${kept}, expected ${unreadable}`);
}

/** Takes shards away, damages them, or puts others in their place; returns the fingerprints of what is unreadable now. */
async function spoil(path: string, random: () => number): Promise<string[]> {
  const run = await RunDirectory.open(path);
  const directory = join(path, 'shards');
  const unreadable: string[] = [];
  for (const [chunk, shard] of await run.shards()) {
    const file = join(directory, shard.name);
    const kind = Math.floor(14 * random());
    if (kind > 8) continue;
    if (kind < 4) rmSync(file);
    else if (kind === 4) {
      const data = await run.readShard(chunk, shard);
      const { name, bytes } = encodeShard(
        run.manifest.identity,
        chunk,
        run.manifest.columns,
        partlyFailed(data),
      );
      rmSync(file);
      writeFileSync(join(directory, name), bytes);
    } else {
      if (kind === 5) {
        const bytes = readFileSync(file);
        bytes[Math.floor(random() * bytes.length)] ^= 1 + Math.floor(255 * random());
        writeFileSync(file, bytes);
      } else {
        if (kind === 6) renameSync(file, `${file}.away`);
        else rmSync(file);
        if (kind === 6) {
          mkdirSync(file);
          renameSync(`${file}.away`, join(file, 'inside'));
        } else symlinkSync(kind === 7 ? 'nothing' : shard.name, file);
      }
      unreadable.push(fingerprint(file));
    }
  }
  // Left behind by a process that is no more.
  const temporary = temporaryName(join(directory, 'x.parquet')).replace(
    `-${process.pid}-`,
    `-${2 ** 22 + 7}-`,
  );
  writeFileSync(temporary, 'half of a sh');
  return unreadable;
}

/** The chunk as it would be had its middle task failed. */
function partlyFailed({ from, to, tasks, columns }: ChunkData): ChunkData {
  const task = from + 1;
  const rows = Array.from(tasks.keys()).filter((row) => tasks[row] !== task);
  const error = { name: 'MemoryError', message: 'no memory at that time' };
  return {
    from,
    to,
    tasks: Int32Array.from(rows, (row) => tasks[row]),
    columns: columns.map((column) => column.filter((_, row) => rows.includes(row))),
    failures: [{ task, attempts: 3, error }],
  };
}

/** What something is, wherever it lies. */
function fingerprint(path: string): string {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  if (stat.isDirectory()) return `directory of ${readdirSync(path)}`;
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
