// Benchmarks: `npm run -s bench -- --help`. Everything is checked before it is timed.

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { createCore } from 'emft';
import { Bench } from 'tinybench';
import { phases } from '../src/accuracy/phases.js';
import { familiesOf } from '../web/src/lab/families.js';
import { benchBatch } from './batch.js';
import { benchBusy } from './busy.js';
import { benchAgainst, benchLab, benchReport } from './lab/main.js';
import { phaseTable } from './lab/phaseTable.js';
import { benchLarge } from './large.js';
import { benchLattice } from './lattice.js';
import { machine } from './machine.js';
import { meanFieldTasks } from './meanField.js';
import { benchOperator } from './operator.js';
import { benchPage } from './page.js';
import { Refusal } from './refusal.js';
import { version } from './solvers/emft.js';

const USAGE = `npm run -s bench -- [parts] [options]
parts      eigh, lattice, meanField; all of these by default; page: how soon the explorer answers, in Chromium;
           operator: chains of spins, beside scipy, and states inside spectra; its parts are product, lowest, near16, evolve,
           grain12, and with --full or by name grain13 and near18, which take minutes;
           batch: a million matrices of order 3 and 100 000 of order 16 beside loops in C and numpy, on one thread and two;
           report FILE…: joins runs of eigh of one machine, prints and draws them
--sizes    orders for eigh, separated by commas (default 16,32,…,2048)
--quick    orders up to 256
--full     orders up to 4096; lattices up to R = 50
--threads  for the solvers that have them, ours and native, and for states inside spectra (default 1)
--matrices what eigh is given (default goe): ${familiesOf('known').join(', ')},
           type1 … type18 (LAPACK's ddrvst); known, types, all
--symmetric no Hermitian and no generalized problems
--only     solvers, or parts of operator, whose names this regular expression finds
--solver   FILE of a solver to measure, too: its default export has a name and solve(a, n); again for more
--native   PATH of a LAPACK library, beside those that are found; again for more
--install  pyodide, too, from npm into a temporary folder
--rounds   samples of each solver (default 9)
--limit    seconds that one run of a solver may be expected to take (default 20)
--seed     of the random matrices (default 1)
--against  REVISION of this repository whose build this one is compared with; status 1 where this one is slower
--aa       this build against itself: what noise looks like
--processes of a comparison of builds (default 20): each counts once, whatever the rounds
--busy     calls on one thread and on two in turn, on the idle machine and with other programs beside (orders 512, 1024, 2048)
--beside   how many of them (default as many as cores)
--count    matrices of a batch
--large    order of one decomposition to run instead: time, memory, accuracy
--phases   where the time of one eigh goes, instead of the comparison
-o DIR     also writes lab.json with every sample, and figures; aa.json or against.json of a comparison of builds; batch.json; busy.json
`;
const log = (text: string) => process.stdout.write(`${text}\n`);

// Node 20 has relaxed SIMD behind a flag, and newer ones without: asking before the first module compiles is enough.
setFlagsFromString('--experimental-wasm-relaxed-simd');

const config = {
  allowPositionals: true,
  options: {
    sizes: { type: 'string' },
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    threads: { type: 'string', default: '1' },
    matrices: { type: 'string', default: 'goe' },
    symmetric: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    solver: { type: 'string', multiple: true, default: [] },
    native: { type: 'string', multiple: true, default: [] },
    install: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '9' },
    limit: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    against: { type: 'string' },
    aa: { type: 'boolean', default: false },
    processes: { type: 'string', default: '20' },
    busy: { type: 'boolean', default: false },
    beside: { type: 'string' },
    count: { type: 'string' },
    large: { type: 'string' },
    phases: { type: 'boolean', default: false },
    output: { type: 'string', short: 'o' },
    help: { type: 'boolean', short: 'h', default: false },
  },
} as const satisfies ParseArgsConfig;

/** Ends with status 2, also where a solver has started threads or processes. */
function end(reason: string, usage: boolean): never {
  process.stderr.write(`bench: ${reason}\n${usage ? USAGE : ''}`);
  process.exit(2);
}

function parsed() {
  try {
    return parseArgs(config);
  } catch (error) {
    return end((error as Error).message.split('. ')[0], true);
  }
}
const { values: flags, positionals } = parsed();

const [threads, limit, rounds, seed, processes] = [
  flags.threads,
  flags.limit,
  flags.rounds,
  flags.seed,
  flags.processes,
].map(Number);
const largest = flags.quick ? 256 : flags.full ? 4096 : 2048;
const sizes = flags.sizes
  ? flags.sizes.split(',').map(Number)
  : [16, 32, 64, 128, 256, 512, 1024, 2048, 4096].filter((n) => n <= largest);

async function benchPhases(): Promise<void> {
  for (const build of ['simd', 'relaxed'] as const) {
    const core = await createCore({ build });
    for (const note of core.notes) log(note);
    if (core.build === build) {
      log(`${build}:`);
      for (const n of flags.sizes ? sizes : [256, 512, 1024, 2048].filter((n) => n <= largest)) {
        log(phaseTable(await phases(build, core.goe(n, { seed: 1, stream: n }), n)));
        log('');
      }
    }
    core.dispose();
  }
}

const benchEigh = () =>
  benchLab({
    sizes,
    matrices: familiesOf(flags.matrices),
    problems: flags.symmetric ? ['symmetric'] : ['symmetric', 'hermitian', 'generalized'],
    threads,
    rounds,
    limit,
    seed,
    files: flags.solver,
    libraries: flags.native,
    only: new RegExp(flags.only),
    install: flags.install,
    output: flags.output,
    log,
  });

/** Small computations that take many runs: tinybench's statistics. */
async function benchMeanField(): Promise<void> {
  const core = await createCore();
  const bench = new Bench({ time: 1000, warmupTime: 300 });
  const counts = await meanFieldTasks(bench, core);
  for (const n of [16, 64]) {
    const a = core.goe(n, { seed: 1 });
    bench.add(`eigh, n = ${n}, with vectors`, () => {
      core.eigh(a, n);
    });
  }
  await bench.run();
  for (const task of bench.tasks) {
    if (task.result.state !== 'completed') throw new Error(`${task.name}: ${task.result.state}`);
    const milliseconds = task.result.latency.p50;
    const count = counts.get(task.name) ?? 1;
    const each = count > 1 ? `, ${((1e6 * milliseconds) / count).toFixed(1)} ns a value` : '';
    log(`${task.name}: ${milliseconds.toFixed(3)} ms${each}`);
  }
  core.dispose();
}

async function benchLattices(): Promise<void> {
  const core = await createCore();
  await benchLattice(
    core,
    flags.quick ? [10, 22] : flags.full ? [10, 22, 33, 50] : [10, 22, 33],
    !flags.quick,
    log,
  );
  core.dispose();
}

const parts = {
  meanField: benchMeanField,
  lattice: benchLattices,
  eigh: benchEigh,
  batch: () =>
    benchBatch({
      sizes: flags.sizes ? sizes : [3, 16],
      count: flags.count === undefined ? undefined : Number(flags.count),
      rounds,
      seed,
      libraries: flags.native,
      output: flags.output,
      log,
    }),
  page: () => benchPage(log),
  operator: () => benchOperator({ only: new RegExp(flags.only), full: flags.full, threads, log }),
};
/** What is wrong with the words and flags, if anything. */
function refusal(): string | undefined {
  const whole = (n: number, least: number) => Number.isInteger(n) && n >= least;
  if ([...sizes, threads, rounds].some((n) => !whole(n, 1)))
    return 'sizes, threads and rounds are positive integers';
  if (!whole(seed, 0) || !(limit > 0)) return 'the seed is an integer from 0 on, the limit positive';
  if ([flags.beside, flags.count].some((text) => text !== undefined && !whole(Number(text), 1)))
    return 'beside and count are positive integers';
  if (!whole(processes, 1)) return 'processes are a positive integer';
  const reporting = positionals[0] === 'report';
  if (reporting) return positionals.length > 1 ? undefined : 'report takes the files to join';
  const unknown = positionals.find((part) => !(part in parts));
  if (unknown !== undefined) return `no part is called '${unknown}'`;
  try {
    familiesOf(flags.matrices);
    new RegExp(flags.only);
  } catch (error) {
    return (error as Error).message;
  }
  return undefined;
}

async function run(): Promise<void> {
  const { cpu, width, cores, node } = machine();
  log(`emft ${version} on ${cpu}${width ? ` (${width})` : ''}, ${cores} cores, Node ${node}\n`);
  const compared = flags.sizes ? sizes : [16, 64, 256];
  if (positionals[0] === 'report') await benchReport(positionals.slice(1), flags.output, log);
  else if (flags.aa || flags.against !== undefined) {
    await benchAgainst(flags.aa ? undefined : flags.against, {
      sizes: compared,
      processes,
      rounds,
      output: flags.output,
      log,
    });
  } else if (flags.busy) {
    await benchBusy({
      sizes: flags.sizes ? sizes : [512, 1024, 2048],
      beside: flags.beside === undefined ? undefined : Number(flags.beside),
      rounds,
      output: flags.output,
      log,
    });
  } else if (flags.large) await benchLarge(Number(flags.large), threads, log);
  else if (flags.phases) await benchPhases();
  else {
    for (const [name, run] of Object.entries(parts)) {
      if (
        positionals.length === 0 ? !['page', 'operator', 'batch'].includes(name) : positionals.includes(name)
      )
        await run();
    }
  }
}

const refused = flags.help ? undefined : refusal();
if (refused !== undefined) end(refused, true);
if (flags.help) process.stdout.write(USAGE);
else {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    end(error.message, false);
  }
}
