// The benchmark of batches: many small matrices, by `eighBatch` on one thread and on two, by a loop in C over LAPACK's drivers, and by
// numpy's eigh of the whole stack. Each is checked first; then all take turns, and every sample is kept.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Core, createCore } from 'emft';
import { ACCEPTED_RATIO, decompositionRatios } from 'emft/accuracy';
import { duration } from '../web/src/lab/duration.js';
import type { Answer } from '../web/src/lab/solver.js';
import { deviates, estimate, ratioOf, shuffled } from '../web/src/lab/statistics.js';
import { type Run, sixDigits } from './lab/file.js';
import { revision } from './lab/run.js';
import { nativeTable } from './lab/table.js';
import { machine } from './machine.js';
import { Fastest } from './native/choice.js';
import { numbersOf } from './native/process.js';
import { openPython } from './python.js';
import { version } from './solvers/emft.js';
import { candidates, opened, short } from './solvers/native.js';

interface BatchOptions {
  sizes: readonly number[];
  /** Matrices of each order; by default what `countOf` says. */
  count?: number;
  rounds: number;
  seed: number;
  libraries: readonly string[];
  output?: string;
  log(text: string): void;
}

/** One way to decompose the stack. */
interface Contender {
  name: string;
  threads: number;
  /** Seconds of the whole stack. */
  time(): number | Promise<number>;
  /** What that gave. */
  read(): Required<Answer> | Promise<Required<Answer>>;
}

interface Case {
  n: number;
  count: number;
  contenders: { name: string; threads: number; samples: number[] }[];
}

interface BatchFile extends Run {
  format: 'emft-batch-1';
  version: string;
  natives: { name: string; kernel: string; config: string; baseline: boolean }[];
  skipped: { name: string; reason: string }[];
  cases: Case[];
}

/** What is refused as a wrong eigenvalue, over the largest of its matrix. */
const WRONG = 1e-10;
/** Matrices of a stack whose ratios are formed. */
const SAMPLE = 200;

/** A million of small ones, and no more than some 200 MB of larger ones. */
const countOf = (n: number) => (n <= 4 ? 1_000_000 : Math.max(100, Math.round(25_600_000 / n ** 2)));

/** Symmetric matrices with normally distributed entries, one after another. */
function stackOf(core: Core, n: number, count: number, seed: number): Float64Array {
  const all = core.normals({ seed, stream: n }, count * n * n);
  for (let at = 0; at < all.length; at += n * n) {
    for (let i = 1; i < n; ++i) for (let j = 0; j < i; ++j) all[at + j * n + i] = all[at + i * n + j];
  }
  return all;
}

function ours(core: Core, stack: Float64Array, n: number, count: number): Contender {
  const threads = core.threads;
  let last: Required<Answer> | undefined;
  return {
    name: 'emft eighBatch',
    threads,
    time() {
      // The results of the last call are let go first, as those of the others are written over.
      last = undefined;
      const start = performance.now();
      const { values, vectors, convergence } = core.eighBatch(stack, n, count);
      const seconds = (performance.now() - start) / 1000;
      if (!convergence.converged) throw new Error('eighBatch did not converge');
      last = { values, vectors };
      return seconds;
    },
    read: () => last!,
  };
}

/** Loops over the driver by the fastest library at this order, on one thread and on two. */
async function loops(
  wanted: Parameters<typeof candidates>[0],
  { chosen, program }: Awaited<ReturnType<typeof candidates>>,
  stack: Float64Array,
  n: number,
  count: number,
) {
  const made: Contender[] = [];
  const ends: (() => void)[] = [];
  for (const driver of chosen.length > 0 ? ['dsyevd', 'dsyev'] : []) {
    const all = new Fastest(await opened(chosen, program, wanted), driver);
    ends.push(() => all.close());
    await all.load('symmetric', n, stack.slice(0, n * n));
    const { native, at } = all;
    await native.stack(n, count, stack);
    const { refused } = chosen[at];
    for (const threads of [1, 2]) {
      made.push({
        name: `C loop of ${driver}, ${short(chosen[at])}${refused ? ', no baseline' : ''}`,
        threads,
        time: () => native.loop(driver, threads),
        read: () => native.keep(n, count),
      });
    }
  }
  return { made, close: () => ends.forEach((end) => void end()) };
}

/** numpy's eigh of the stack, on one thread. */
async function stacked(folder: string, stack: Float64Array, n: number, count: number) {
  const python = await openPython('numpy', './batch.py');
  if (python === null) return null;
  const file = join(folder, 'stack.f64');
  await writeFile(file, new Uint8Array(stack.buffer, stack.byteOffset, stack.byteLength));
  await python.ask(`load ${n} ${count} ${file}`);
  const { version } = (await python.ask('version')) as { version: string };
  const made: Contender = {
    name: `numpy ${version} eigh`,
    threads: 1,
    time: async () => ((await python.ask('run')) as { seconds: number }).seconds,
    async read() {
      await python.ask(`keep ${file}`);
      const all = numbersOf(await readFile(file));
      return { values: all.slice(0, n * count), vectors: all.slice(n * count) };
    },
  };
  return { made, close: python.close };
}

/** Throws unless the values are those wanted and the vectors of a sample have LAPACK's ratios. */
function check(
  name: string,
  stack: Float64Array,
  n: number,
  wanted: Float64Array,
  given: Required<Answer>,
): void {
  const { values, vectors } = given;
  if (values.length !== wanted.length || vectors.length !== stack.length)
    throw new Error(`${name}: ${values.length} values and ${vectors.length} components of vectors`);
  for (let k = 0; k < values.length; k += n) {
    const size = Math.max(Math.abs(wanted[k]), Math.abs(wanted[k + n - 1]));
    for (let i = k; i < k + n; ++i) {
      if (!(Math.abs(values[i] - wanted[i]) <= WRONG * size))
        throw new Error(`${name}: eigenvalue ${i - k} of matrix ${k / n} is ${values[i]}, not ${wanted[i]}`);
    }
  }
  const count = values.length / n;
  for (let s = 0; s < Math.min(SAMPLE, count); ++s) {
    const k = Math.floor((s * count) / Math.min(SAMPLE, count));
    const part = (all: Float64Array, size: number) => all.slice(k * size, (k + 1) * size);
    const [a, z] = [part(stack, n * n), part(vectors, n * n)];
    const { residual, orthogonality } = decompositionRatios(a, n, part(values, n), z);
    const worst = Math.max(residual, orthogonality);
    if (!(worst <= ACCEPTED_RATIO)) throw new Error(`${name}: matrix ${k} has a ratio of ${worst}`);
  }
}

/** A line for each contender; ratios are those of the rounds, to the fastest loop with as many threads. */
function printed({ n, count, contenders }: Case): string {
  const lines = contenders.map(({ name, threads, samples }) => {
    const { median, low, high } = estimate(samples);
    const peers = contenders
      .filter(
        (peer) => peer.threads === threads && /^C loop/.test(peer.name) && !/no baseline$/.test(peer.name),
      )
      .map((peer) => ratioOf(peer.samples, samples).median);
    const beside = peers.length > 0 ? `, C loop ÷ this ${Math.min(...peers).toFixed(2)}` : '';
    const half = ((100 * (high - low)) / 2 / median).toFixed(1);
    const each = duration(median / count);
    return `  ${name}, ${threads} thread${threads > 1 ? 's' : ''}: ${duration(median)} ± ${half} %, ${each} a matrix${beside}`;
  });
  return [`${count} matrices of order ${n}:`, ...lines].join('\n');
}

/** All contenders at one order: checked, then timed in rounds whose order is drawn. */
async function measure(contenders: readonly Contender[], stack: Float64Array, n: number, rounds: number) {
  let wanted: Float64Array | undefined;
  for (const contender of contenders) {
    await contender.time();
    const given = await contender.read();
    // Ours are the first; they are checked by the next, which is not ours, and everyone else by them.
    wanted ??= given.values;
    check(contender.name, stack, n, wanted, given);
  }
  const samples = contenders.map(() => [] as number[]);
  const random = deviates(n);
  for (let round = 0; round < rounds; ++round) {
    for (const k of shuffled([...contenders.keys()], random)) samples[k].push(await contenders[k].time());
  }
  return contenders.map(({ name, threads }, k) => ({ name, threads, samples: samples[k] }));
}

export async function benchBatch(options: BatchOptions): Promise<void> {
  const { log, rounds, seed, output } = options;
  const about: Run = { revision: revision(), began: [new Date().toISOString()], machine: machine() };
  const folder = await mkdtemp(join(tmpdir(), 'emft-batch-'));
  const cores = [await createCore(), await createCore({ threads: 2 })];
  const skipped: BatchFile['skipped'] = [];
  const missing = (name: string, reason: string) => {
    skipped.push({ name, reason });
    log(`not measured: ${name}: ${reason}`);
  };
  try {
    const wanted = { threads: 1, folder, libraries: options.libraries, skipped: missing, note: log };
    const natives = await candidates(wanted);
    log(nativeTable(natives.found));
    const cases: Case[] = [];
    for (const n of options.sizes) {
      const count = options.count ?? countOf(n);
      const stack = stackOf(cores[0], n, count, seed);
      const native = await loops(wanted, natives, stack, n, count);
      const python = await stacked(folder, stack, n, count);
      if (python === null) missing('numpy', 'no python3 imports it');
      try {
        const own = cores.map((core) => ours(core, stack, n, count));
        const all = [...own, ...native.made, ...(python ? [python.made] : [])];
        const done = { n, count, contenders: await measure(all, stack, n, rounds) };
        cases.push(done);
        log(printed(done));
      } finally {
        native.close();
        python?.close();
      }
    }
    if (!output) return;
    const libraries = natives.found.map((library) => {
      const { kernel, config, baseline } = library;
      return { name: short(library), kernel, config, baseline };
    });
    const file: BatchFile = {
      format: 'emft-batch-1',
      version,
      ...about,
      natives: libraries,
      skipped,
      cases,
    };
    await mkdir(output, { recursive: true });
    await writeFile(join(output, 'batch.json'), `${JSON.stringify(file, sixDigits, 1)}\n`);
  } finally {
    for (const core of cores) core.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}
