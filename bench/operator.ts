// The benchmark of operators. Products and lowest levels are compared with scipy's sparse products and ARPACK, in rounds in which all
// take turns. States inside a spectrum and states that evolve in time have no peer here and are timed alone. Every result is
// checked before its time counts.
import { type Core, createCore, type Operator } from 'emft';
import { median } from '../web/src/lab/statistics.js';
import { openScipy, type Scipy } from './scipy.js';

/** Sites of the ring whose products are timed, and of the one whose levels are. */
const [PRODUCT, LOWEST] = [20, 18];
/** Rounds of products, and of levels. */
const [PRODUCTS, LEVELS] = [41, 5];

interface OperatorBench {
  /** Parts whose names match are run; those that take minutes only if their name is asked for, or with `full`. */
  only: RegExp;
  full: boolean;
  threads: number;
  log: (text: string) => void;
}

interface Part {
  name: string;
  title: string;
  long?: boolean;
  run(core: Core, bench: OperatorBench): void | Promise<void>;
}

function ring(core: Core, sites: number, storage: 'free' | 'csr') {
  const terms = Array.from({ length: sites }, (_, i) => [
    { op: 'xx', sites: [i, (i + 1) % sites] },
    { op: 'yy', sites: [i, (i + 1) % sites] },
    { op: 'zz', sites: [i, (i + 1) % sites], coefficient: 0.7 },
  ]).flat();
  return core.spins({ sites, terms, sector: { up: sites / 2 }, storage });
}

/** The open Heisenberg chain in random fields up to `width`, at zero magnetization. */
function randomField(core: Core, sites: number, width: number) {
  const fields = core.uniforms({ seed: 1 }, sites);
  const bonds = Array.from({ length: sites - 1 }, (_, i) =>
    ['xx', 'yy', 'zz'].map((op) => ({ op, sites: [i, i + 1] })),
  ).flat();
  const field = Array.from(fields, (u, i) => ({ op: 'z', sites: [i], coefficient: width * (2 * u - 1) }));
  return core.spins({ sites, terms: [...bonds, ...field], sector: { up: sites / 2 } });
}

function check(what: string, ours: number, wanted: number, near: number): void {
  if (Math.abs(ours - wanted) <= near) return;
  throw new Error(`${what}: ${ours} where another has ${wanted}`);
}

/** Milliseconds that it takes, and what it gives. */
function timed<T>(run: () => T): { ms: number; result: T } {
  const begin = performance.now();
  const result = run();
  return { ms: performance.now() - begin, result };
}

/** Medians and least times of both sides, which take turns, and the medians of the ratio in each round. */
async function inTurn(
  log: OperatorBench['log'],
  rounds: number,
  ours: Record<string, () => { ms: number; value: number }>,
  theirs: (() => Promise<{ ms: number; value: number }>) | null,
  near: number,
): Promise<void> {
  const none = () => Object.fromEntries(Object.keys(ours).map((name) => [name, [] as number[]]));
  const [samples, ratios] = [none(), none()];
  const peer: number[] = [];
  // The first round is that in which V8 compiles.
  for (let round = -1; round < rounds; ++round) {
    const other = await theirs?.();
    if (other && round >= 0) peer.push(other.ms);
    // Without scipy our own sides are checked by one another.
    let wanted = other?.value;
    for (const [name, run] of Object.entries(ours)) {
      const { ms, value } = run();
      wanted ??= value;
      check(name, value, wanted, near * Math.abs(wanted));
      if (round < 0) continue;
      samples[name].push(ms);
      if (other) ratios[name].push(ms / other.ms);
    }
  }
  const both = (list: number[]) => `${median(list).toFixed(2)} ms, at least ${Math.min(...list).toFixed(2)}`;
  if (theirs) log(`  scipy: ${both(peer)}`);
  for (const [name, list] of Object.entries(samples)) {
    const beside = theirs ? `, ${median(ratios[name]).toFixed(2)} times as long as scipy` : '';
    log(`  ${name}: ${both(list)}${beside}`);
  }
}

async function products(core: Core, { log }: OperatorBench, scipy: Scipy | null): Promise<void> {
  const some = ring(core, PRODUCT, 'csr');
  const x = Float64Array.from({ length: some.n }, (_, i) => (i % 17) - 8);
  const room = new Float64Array(some.n);
  const run = (h: Operator, out?: Float64Array) => () => {
    // A first product, which is not timed, puts the operator in place; that x is copied in and H x out is timed.
    h.multiply(x);
    const { ms, result } = timed(() => h.multiply(x, 1, false, out));
    return { ms, value: result.reduce((sum, y, i) => sum + x[i] * y, 0) };
  };
  const free = ring(core, PRODUCT, 'free');
  const sides = {
    'without the matrix': run(free),
    'without the matrix, into an array': run(free, room),
    'with the matrix': run(some),
    'with the matrix, into an array': run(some, room),
  };
  await inTurn(log, PRODUCTS, sides, scipy && (() => scipy.run('product')), 1e-10);
}

async function lowest(core: Core, { log }: OperatorBench, scipy: Scipy | null): Promise<void> {
  const sides = Object.fromEntries(
    (['free', 'csr'] as const).map((storage) => {
      const h = ring(core, LOWEST, storage);
      return [
        storage === 'free' ? 'without the matrix' : 'with the matrix',
        () => {
          const { ms, result } = timed(() => core.eigsh(h, { k: 10 }));
          if (!result.converged) throw new Error('eigsh did not converge');
          return { ms, value: result.values.reduce((sum, e) => sum + e, 0) };
        },
      ];
    }),
  );
  for (const [part, title] of [
    ['lowest', 'ARPACK to its own tolerance:'],
    ['lowest12', 'ARPACK to 1e-12:'],
  ]) {
    log(`  ${title}`);
    await inTurn(log, LEVELS, sides, scipy && (() => scipy.run(part)), 1e-9);
  }
}

function near(core: Core, { log }: OperatorBench, sites: number): void {
  const h = randomField(core, sites, 1);
  const { ms, result } = timed(() => core.eigsh(h, { k: 50, which: { near: 0 } }));
  const { converged, residuals, report } = result;
  if (!converged) throw new Error('eigsh did not converge');
  const bytes = Math.max(report.bytes, core.memoryBytes);
  log(
    `  D = ${h.n}: ${(ms / 1000).toFixed(1)} s, ${(bytes / 2 ** 20).toFixed(0)} MiB, ${report.method}, ${report.products} products, ` +
      `degree ${report.degree}, ${report.subspace} vectors, residuals up to ${Math.max(...residuals).toExponential(1)}`,
  );
}

function grain(core: Core, { log }: OperatorBench, n: number): void {
  const model = core.randomGrainModel({ alpha: 0.7, n, seed: 1 });
  const window = { energy: 0, count: 64 };
  const { ms, result } = timed(() => core.diagonalizeGrain(model, { window, method: 'filtered' }));
  const { work, residuals } = result;
  const worst = Math.max(...(residuals ?? [])) / (work?.norm ?? 1);
  if (!(worst <= 1e-12)) throw new Error(`residuals up to ${worst} |H|`);
  log(
    `  N = ${n}: ${(ms / 1000).toFixed(1)} s, ${(core.memoryBytes / 2 ** 20).toFixed(0)} MiB, ${work?.products} products, ` +
      `degree ${work?.degree}, ${work?.subspace} vectors, residuals up to ${worst.toExponential(1)} |H|`,
  );
}

function evolution(core: Core, { log }: OperatorBench): void {
  const start = (n: number) => Float64Array.from({ length: n }, (_, i) => Number(i === n >> 1));
  const [small, large] = [10, 16].map((sites) => randomField(core, sites, 1));
  const times = [1, 10, 100];
  const [ours, exact] = (['evolve', 'evolveExact'] as const).map(
    (method) => core[method](small, start(small.n), times, {}).states,
  );
  const apart = ours.reduce((most, x, i) => Math.max(most, Math.abs(x - exact[i])), 0);
  log(`  L = 10, t up to 100: ${apart.toExponential(1)} from evolveExact`);
  if (!(apart <= 1e-12)) throw new Error('evolve is not what evolveExact is');
  const { ms, result } = timed(() => core.evolve(large, start(large.n), [1000]));
  const drift = Math.abs(Math.sqrt(result.states.reduce((sum, x) => sum + x * x, 0)) - 1);
  log(`  L = 16, t = 1000: ${(ms / 1000).toFixed(1)} s, length off by ${drift.toExponential(1)}`);
  if (!(drift <= 1e-12)) throw new Error('evolve does not keep the length');
}

/** Prints each part as soon as it is there; what is at work is said on standard error. */
export async function benchOperator(bench: OperatorBench): Promise<void> {
  const { only, full, threads, log } = bench;
  let scipy: Promise<Scipy | null> | undefined;
  const beside = () => (scipy ??= openScipy([PRODUCT, LOWEST]));
  const parts: Part[] = [
    {
      name: 'product',
      title: `a product, XXZ ring of ${PRODUCT} spins at zero magnetization`,
      run: async (core) => products(core, bench, await beside()),
    },
    {
      name: 'lowest',
      title: `10 lowest levels, ring of ${LOWEST}`,
      run: async (core) => lowest(core, bench, await beside()),
    },
    {
      name: 'near16',
      title: '50 states nearest 0, 16 spins in random fields',
      run: (core) => near(core, bench, 16),
    },
    { name: 'evolve', title: 'a state in time', run: (core) => evolution(core, bench) },
    { name: 'grain12', title: '64 states nearest 0, grain model', run: (core) => grain(core, bench, 12) },
    {
      name: 'grain13',
      title: '64 states nearest 0, grain model',
      long: true,
      run: (core) => grain(core, bench, 13),
    },
    {
      name: 'near18',
      title: '50 states nearest 0, 18 spins in random fields',
      long: true,
      run: (core) => near(core, bench, 18),
    },
  ];
  const named = only.source !== '(?:)';
  const chosen = parts.filter(({ name, long }) => only.test(name) && (named || full || !long));
  if (chosen.length === 0)
    throw new Error(`--only: expected to find some of ${parts.map((p) => p.name).join(', ')}`);
  for (const { name, title, run } of chosen) {
    process.stderr.write(`${name} …\n`);
    // scipy has one thread here, and so do we beside it.
    const own = /^(product|lowest)$/.test(name) ? 1 : threads;
    const core = await createCore({ threads: own });
    try {
      log(`${name}: ${title}, ${own} thread${own > 1 ? 's' : ''}`);
      await run(core, bench);
    } finally {
      core.dispose();
    }
  }
  const peer = await scipy;
  if (scipy) log(peer ? `scipy ${peer.version}, one thread` : 'not measured: scipy: no python3 imports it');
  peer?.close();
}
