// Runs that are killed again and again, at random moments, by every signal a scheduler or a user sends, or that lose
// their workers; whatever is on disk afterwards is whole, and in the end the bytes are those of an undisturbed run.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  chainFile,
  damagedShards,
  type Ended,
  emft,
  ended,
  isRaw,
  shardsOf,
  temporaries,
} from './commands.js';

interface Deaths {
  /** Of the process, by signal; 130 when it stopped of itself. */
  signals: Record<string, number>;
  /** Where they fell: before the manifest, while shards appeared, after the last, while it was collected. */
  moments: Record<'begin' | 'midway' | 'end' | 'collect', number>;
  /** Of workers. */
  workers: number;
  completed: number;
  problems: string[];
}

interface Options {
  /** An empty directory. */
  directory: string;
  kills: number;
  random: () => number;
  onDeath?(deaths: Deaths, kills: number): void;
}

const SIGNALS: [NodeJS.Signals, number][] = [
  ['SIGKILL', 0.6],
  ['SIGTERM', 0.15],
  ['SIGINT', 0.15],
  ['SIGHUP', 0.1],
];

function choose(random: () => number): NodeJS.Signals {
  let x = random();
  for (const [signal, share] of SIGNALS) {
    x -= share;
    if (x < 0) return signal;
  }
  return 'SIGKILL';
}

const SHARDS = 90;
const dying = fileURLToPath(new URL('dyingSweep.ts', import.meta.url));

/** A run that nobody kills: how long it takes, in ms, and the file that it is collected to. */
async function undisturbedRun(directory: string) {
  const config = join(directory, 'kills.toml');
  writeFileSync(config, chainFile(60, 40));
  const undisturbed = join(directory, 'undisturbed');
  const started = performance.now();
  await emft(['sweep', config, '-o', undisturbed, '--workers', '2']);
  const duration = performance.now() - started;
  await emft(['collect', undisturbed, '-o', `${undisturbed}.parquet`]);
  const expected = readFileSync(`${undisturbed}.parquet`);
  return { config, undisturbed, duration, expected };
}

export async function killRuns({ directory, kills, random, onDeath }: Options): Promise<Deaths> {
  const deaths: Deaths = {
    signals: {},
    moments: { begin: 0, midway: 0, end: 0, collect: 0 },
    workers: 0,
    completed: 0,
    problems: [],
  };
  const { config, undisturbed, duration, expected } = await undisturbedRun(directory);
  const path = join(directory, 'killed');
  const output = join(directory, 'killed.parquet');
  const present = () => (existsSync(join(path, 'shards')) ? shardsOf(path).length : 0);
  const begun = () => existsSync(join(path, 'manifest.json'));

  const complain = (what: string, { status, signal, stderr }: Ended) =>
    deaths.problems.push(`${what}: status ${status}, signal ${signal}: ${stderr}`);

  /** Whether the signal met the command before its end. */
  const kill = async (
    args: string[],
    signal: NodeJS.Signals,
    delay: number,
    ready = () => true,
  ): Promise<boolean> => {
    const end = await emft(args, {
      onStart: (child) => {
        let timer: NodeJS.Timeout;
        const look = () => {
          timer = ready() ? setTimeout(() => child.kill(signal), delay) : setTimeout(look, 1);
        };
        look();
        child.on('exit', () => clearTimeout(timer));
      },
    });
    const met = end.signal !== null || end.status === 130;
    if (!met && end.status !== 0) complain(args.join(' '), end);
    if (isRaw(end.stderr)) complain(`raw error of ${args.join(' ')}`, end);
    if (met) {
      const how = end.signal ?? '130';
      deaths.signals[how] = (deaths.signals[how] ?? 0) + 1;
    }
    return met;
  };
  const whole = async () => {
    for (const text of begun() ? await damagedShards(path) : []) deaths.problems.push(text);
  };

  /** At a random time, most of which is the start where the machine is busy, or some ms after a random shard appeared. */
  const killSweep = (args: string[]): Promise<boolean> => {
    const signal = choose(random);
    if (random() < 0.4) return kill(args, signal, duration * random());
    const shards = present() + Math.ceil((SHARDS - present()) * random() ** 2);
    return kill(args, signal, 20 * random() ** 2, () => present() >= shards);
  };

  let count = 0;
  const died = (where: keyof Deaths['moments']) => {
    deaths.moments[where]++;
    onDeath?.(deaths, ++count);
  };
  while (count < kills && deaths.problems.length === 0) {
    const command = begun() ? ['resume', path] : ['sweep', config, '-o', path];
    if (begun() && random() < 0.15) {
      deaths.workers += await loseWorkers(path, random, (end) => complain('a sweep whose workers die', end));
    } else if (await killSweep([...command, '--workers', '2'])) {
      died(!begun() ? 'begin' : present() < SHARDS ? 'midway' : 'end');
    }
    await whole();
    if (!begun() || present() < SHARDS) continue;
    // Complete, but perhaps for tasks that died with their workers.
    const rest = await emft(['resume', path, '--retry-failed', '--workers', '2']);
    if (rest.status !== 0) complain('the last resume', rest);
    if (await kill(['collect', path, '-o', output, '--force'], 'SIGKILL', 0.5 * duration * random()))
      died('collect');
    const collected = await emft(['collect', path, '-o', output, '--force']);
    if (collected.status !== 0) complain('collect', collected);
    else if (!readFileSync(output).equals(expected)) deaths.problems.push('collected otherwise');
    const left = [...temporaries(path), ...readdirSync(directory).filter((name) => name.endsWith('.tmp'))];
    if (left.length > 0) deaths.problems.push(`left behind: ${left.join(', ')}`);
    if (shardsOf(path).join() !== shardsOf(undisturbed).join())
      deaths.problems.push(`shards: ${shardsOf(path)}`);
    deaths.completed++;
    if (deaths.problems.length === 0) rmSync(path, { recursive: true });
  }
  return deaths;
}

/** A sweep in which workers end at random; returns how many did. */
async function loseWorkers(
  path: string,
  random: () => number,
  complain: (end: Ended) => void,
): Promise<number> {
  const seed = String(Math.floor(1e6 * random()));
  const end = await ended([process.execPath, '--import', 'tsx', dying, path, seed]);
  if (end.status !== 0) complain(end);
  return end.status === 0 ? Number(end.stdout) : 0;
}
