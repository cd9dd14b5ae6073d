// Benchmarks: `npm run -s bench -- --help`. Everything is checked before it is timed.

import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { Resvg } from '@resvg/resvg-js';
import { createCore } from 'emft';
import { parseHTML } from 'linkedom';
import { Bench } from 'tinybench';
import { phases } from '../src/accuracy/phases.js';
import { compare } from './eigh/compare.js';
import { native } from './eigh/native.js';
import { ours, oursOfFamily, oursValues } from './eigh/ours.js';
import { peers } from './eigh/peers.js';
import { phaseTable, plot, table } from './eigh/report.js';
import { benchLarge } from './large.js';
import { benchLattice } from './lattice.js';
import { machine } from './machine.js';
import { meanFieldTasks } from './meanField.js';
import { benchPage } from './page.js';

const USAGE = `npm run -s bench -- [parts] [options]
parts    eigh, lattice, meanField; all of these by default; page: how soon the explorer answers, in Chromium
--sizes  orders for eigh, separated by commas (default 16,32,…,2048)
--quick  orders up to 256
--full   orders up to 4096; lattices up to R = 50
--threads for the solvers that have them, ours and native (default 1)
--limit  seconds that one run of a solver may be expected to take (default 20)
--large  order of one decomposition to run instead: time, memory, accuracy
--phases where the time of one eigh goes, instead of the comparison
-o DIR   also writes eigh.json, eigh.svg and eigh.png there
`;
const log = (text: string) => process.stdout.write(`${text}\n`);

// Node 20 has relaxed SIMD behind a flag, and newer ones without: asking before the first module compiles is enough.
setFlagsFromString('--experimental-wasm-relaxed-simd');

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: 'string' },
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    threads: { type: 'string', default: '1' },
    limit: { type: 'string', default: '20' },
    large: { type: 'string' },
    phases: { type: 'boolean', default: false },
    output: { type: 'string', short: 'o' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const threads = Number(flags.threads);
const limit = Number(flags.limit);
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

async function benchEigh(): Promise<void> {
  const core = await createCore({ threads });
  const relaxed = await createCore({ build: 'relaxed', threads });
  const skipped = (name: string, reason: string) => log(`not measured: ${name}: ${reason}`);
  for (const c of [core, relaxed]) for (const note of c.notes) skipped('as asked for', note);
  const solvers = [
    ...ours(core, version),
    oursValues(core, version),
    ...oursOfFamily(core, version),
    ...(relaxed.build === 'relaxed' ? ours(relaxed, version, ['dc']) : []),
    ...(await peers(skipped)),
    ...(await native(threads, skipped)),
  ];
  for (const s of solvers) log(`${s.name}: ${s.version}`);
  const rows = await compare(core, solvers, sizes, limit, (row) => {
    if ('skipped' in row) process.stderr.write(`n = ${row.n}: ${row.solver} left out: ${row.skipped}\n`);
    else process.stderr.write(`n = ${row.n}: ${row.solver} ${row.seconds.toExponential(3)} s\n`);
  });
  log(`\n${table(rows)}\n`);
  log(`${threads === 1 ? 'One thread each' : `${threads} threads for emft and native, one for the others`}.`);
  log(
    'Best of the runs. Gflop/s by the nominal count 14/3 n³ for every solver with vectors; 56/3 n³ complex, 7 n³ with b.',
  );
  if (flags.output) {
    await mkdir(flags.output, { recursive: true });
    const { document } = parseHTML('<!doctype html><html><body></body></html>');
    const svg = plot(rows, document as unknown as Document).outerHTML;
    const about = {
      version,
      machine: machine(),
      threads,
      solvers: solvers.map((s) => ({ name: s.name, version: s.version })),
    };
    await writeFile(join(flags.output, 'eigh.json'), `${JSON.stringify({ ...about, rows }, null, 1)}\n`);
    await writeFile(join(flags.output, 'eigh.svg'), svg);
    await writeFile(
      join(flags.output, 'eigh.png'),
      new Resvg(svg, { fitTo: { mode: 'zoom', value: 2 } }).render().asPng(),
    );
  }
  for (const s of solvers) await s.close?.();
  core.dispose();
  relaxed.dispose();
}

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
  page: () => benchPage(log),
};
const unknown = positionals.filter((p) => !(p in parts));
if (
  flags.help ||
  unknown.length ||
  [...sizes, threads].some((n) => !(Number.isInteger(n) && n > 0)) ||
  !(limit > 0)
) {
  (flags.help ? process.stdout : process.stderr).write(USAGE);
  process.exitCode = flags.help ? 0 : 2;
} else {
  const { cpu, cores, node } = machine();
  log(`emft ${version} on ${cpu}, ${cores} cores, Node ${node}\n`);
  if (flags.large) await benchLarge(Number(flags.large), threads, log);
  else if (flags.phases) await benchPhases();
  else {
    for (const [name, run] of Object.entries(parts)) {
      if (positionals.length === 0 ? name !== 'page' : positionals.includes(name)) await run();
    }
  }
}
