// The benchmark of busy machines: `eigh` on one thread and on two, in turn, with other programs that keep the cores busy beside them and
// without, both in one run of one build.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { type Core, createCore } from 'emft';
import { duration } from '../web/src/lab/duration.js';
import { deviates, estimate, ratioOf } from '../web/src/lab/statistics.js';
import { type Run, sixDigits } from './lab/file.js';
import { revision } from './lab/run.js';
import { machine } from './machine.js';
import { version } from './solvers/emft.js';

interface BusyOptions {
  sizes: readonly number[];
  /** Programs beside; as many as there are cores when left out. */
  beside?: number;
  rounds: number;
  output?: string;
  log(text: string): void;
}

interface Measured {
  n: number;
  state: 'idle' | 'busy';
  /** Seconds on one thread and on two, a call a round. */
  one: number[];
  two: number[];
  /** Cores that other programs kept busy meanwhile: what is called idle may not have been so. */
  others: number;
}

interface BusyFile extends Run {
  format: 'emft-busy-1';
  version: string;
  beside: number;
  measured: Measured[];
}

/** A program that does nothing but compute, and ends with the one that started it, however that ends. */
const PROGRAM = `
process.stdout.write('.');
const parent = process.ppid;
while (process.ppid === parent) for (const end = Date.now() + 200; Date.now() < end; );
`;

/** Starts programs, and waits until all of them compute. */
async function started(count: number): Promise<ChildProcess[]> {
  const programs = Array.from({ length: count }, () =>
    spawn(process.execPath, ['-e', PROGRAM], { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  await Promise.all(programs.map((program) => once(program.stdout!, 'data')));
  return programs;
}

async function ended(programs: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    programs.map((program) => {
      const end = once(program, 'exit');
      program.kill('SIGKILL');
      return end;
    }),
  );
}

/** Seconds of processor time that all programs have had, and this one. */
function spent(): { all: number; own: number } {
  const { user, system } = process.cpuUsage();
  const times = cpus().map((core) => core.times);
  const all = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0);
  return { all: all / 1000, own: (user + system) / 1e6 };
}

/** The result of `work`, and how many cores other programs kept busy until it was there. */
function watched<T>(work: () => T): { result: T; others: number } {
  const [before, start] = [spent(), performance.now()];
  const result = work();
  const [after, seconds] = [spent(), (performance.now() - start) / 1000];
  return { result, others: Math.max(0, after.all - before.all - (after.own - before.own)) / seconds };
}

/** Seconds that all rounds at one order may take, about, as long as there are at least three. */
const BUDGET = 20;
const LEAST = 3;

function timed(core: Core, a: Float64Array, n: number): number {
  const start = performance.now();
  core.eigh(a, n);
  return (performance.now() - start) / 1000;
}

/** Calls in turn, which of the two is first drawn anew in each round. */
function inTurn(cores: readonly Core[], a: Float64Array, n: number, rounds: number): [number[], number[]] {
  const samples: [number[], number[]] = [[], []];
  const random = deviates(n);
  let spent = 0;
  for (let round = 0; round < rounds && (round < LEAST || spent < BUDGET); ++round) {
    for (const k of random() < 0.5 ? [0, 1] : [1, 0]) {
      const seconds = timed(cores[k], a, n);
      samples[k].push(seconds);
      spent += seconds;
    }
  }
  return samples;
}

function printed({ n, state, one, two, others }: Measured): string {
  const [first, second, ratio] = [estimate(one), estimate(two), ratioOf(two, one)];
  return [
    `n = ${String(n).padStart(4)}, ${state}: one thread ${duration(first.median)}, two ${duration(second.median)}`,
    `two ÷ one ${ratio.median.toFixed(2)} [${ratio.low.toFixed(2)}, ${ratio.high.toFixed(2)}], ${one.length} rounds`,
    `others used ${others.toFixed(1)} cores`,
  ].join(', ');
}

/** Prints each order and state as soon as it is measured. */
export async function benchBusy({ sizes, beside, rounds, output, log }: BusyOptions): Promise<void> {
  const about: Run = { revision: revision(), began: [new Date().toISOString()], machine: machine() };
  const count = beside ?? about.machine.cores;
  const cores = [await createCore(), await createCore({ threads: 2 })];
  for (const { notes } of cores) for (const note of notes) log(note);
  if (cores[1].threads !== 2) throw new Error('two threads cannot be had here');
  log(`busy: ${count} other program${count === 1 ? '' : 's'} beside`);
  const measured: Measured[] = [];
  let programs: ChildProcess[] = [];
  try {
    for (const n of sizes) {
      const a = cores[0].goe(n, { seed: 1, stream: n });
      const bits = cores.map((core) => Buffer.from(core.eigh(a, n).vectors.buffer));
      if (!bits[0].equals(bits[1])) throw new Error(`n = ${n}: two threads have other bits than one`);
      for (const state of ['idle', 'busy'] as const) {
        if (state === 'busy') programs = await started(count);
        const { result, others } = watched(() => inTurn(cores, a, n, rounds));
        measured.push({ n, state, one: result[0], two: result[1], others });
        log(printed(measured.at(-1)!));
        await ended(programs);
        programs = [];
      }
    }
  } finally {
    await ended(programs);
    for (const core of cores) core.dispose();
  }
  if (!output) return;
  const file: BusyFile = { format: 'emft-busy-1', version, ...about, beside: count, measured };
  await mkdir(output, { recursive: true });
  await writeFile(join(output, 'busy.json'), `${JSON.stringify(file, sixDigits, 1)}\n`);
}
