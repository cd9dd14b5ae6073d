// What every part of a round works with: cores, counts, and where failures go.
import { type Method, rangeMethods } from 'emft/check';
import { describe } from './calls.js';
import { type Case, toRows } from './cases.js';
import type { Watched } from './cores.js';
import { examine, type Problem, type Watch } from './examine.js';
import type { Matrix } from './kinds.js';
import { shrink } from './shrink.js';
import { count, countUnder, noteWorst, sizeGroup, type Tally } from './tally.js';

export interface Bench {
  seed: number;
  round: number;
  /** One thread each. */
  simd: Watched;
  relaxed: Watched;
  tally: Tally;
  /** Failures of each kind in all rounds so far. */
  seen: Record<string, number>;
  /** Binaries that cold processes run on, by major version. */
  nodes: Readonly<Record<string, string>>;
  fail(failure: Case): void;
}

/** Entries of all matrices that a case holds; beyond, its round has to be run again. */
const HELD = 2 ** 18;
/** Failures of a kind that are written down, and those of them whose matrix is made smaller first. */
const WRITTEN = 12;
const SHRUNK = 4;

export function watchFor({ tally }: Bench, { kind, n }: Matrix): Watch {
  return {
    decomposition(ask) {
      countUnder(tally.counts, 'method', ask.method + (ask.vectors ? '' : ', values only'));
      countUnder(tally.counts, 'kind', kind);
      countUnder(tally.counts, 'order', sizeGroup(n));
      countUnder(tally.counts, 'way', ask.how + (ask.range ? ', part of the spectrum' : ''));
    },
    ratios(ask, worst) {
      noteWorst(tally, `method ${ask.method}`, worst);
      noteWorst(tally, `kind ${kind}`, worst);
    },
  };
}

const silent: Watch = { decomposition() {}, ratios() {} };

/** Where a failure happened. */
function place({ seed, round }: Bench) {
  const flags = process.execArgv.filter((flag) => /wasm|liftoff/.test(flag));
  return { torture: 1, seed, round, node: process.version, flags } as const;
}

/** Tells of a problem of one matrix, which is made smaller where failures of this kind are new. */
export async function report(
  bench: Bench,
  { core }: Watched,
  matrix: Matrix,
  { what, detail, ask }: Problem,
): Promise<void> {
  const key = `${what} | ${ask.method}, ${ask.vectors ? 'vectors' : 'values only'}`;
  const seen = countFailure(bench, key);
  if (seen > WRITTEN) return;
  let { a, n } = matrix;
  if (seen <= SHRUNK && n > 1) {
    const methods: Method[] = ask.method === 'auto' ? rangeMethods : [ask.method];
    const extras = ask.range ? [] : [ask];
    ({ a, n } = await shrink(a, n, async (smaller, m) => {
      const found = await examine(core, smaller, m, extras, silent, methods);
      return found.some((problem) => problem.what === what && problem.ask.method === ask.method);
    }));
  }
  tell(bench, {
    what,
    detail: `${describe(ask)}: ${detail}`,
    kind: matrix.kind,
    changes: matrix.changes,
    build: core.build,
    threads: core.threads,
    asks: [ask],
    matrices: [{ n, a }],
  });
}

/** Writes a failure down. */
function tell(
  bench: Bench,
  failure: Pick<Case, 'what' | 'detail' | 'kind' | 'changes' | 'build' | 'threads' | 'asks'> &
    Partial<Pick<Case, 'node' | 'flags' | 'hogs' | 'cold' | 'model'>> & {
      matrices: readonly { n: number; a: Float64Array }[];
    },
): void {
  const { matrices, ...rest } = failure;
  const entries = matrices.reduce((sum, { a }) => sum + a.length, 0);
  bench.fail({
    ...place(bench),
    hogs: 0,
    cold: false,
    ...rest,
    n: matrices.map(({ n }) => n),
    preview: matrices.length === 1 && matrices[0].n <= 6 ? Array.from(matrices[0].a).join(' ') : '',
    matrices: entries > HELD ? [] : matrices.map(({ n, a }) => toRows(a, n)),
  });
}

/** A failure that is about no single matrix. */
export function tellOnce(bench: Bench, key: string, failure: () => Parameters<typeof tell>[1]): void {
  if (countFailure(bench, key) <= WRITTEN) tell(bench, failure());
}

/** How many of this kind there have been, this one included. */
function countFailure({ tally, seen }: Bench, key: string): number {
  count(tally.failures, key);
  count(seen, key);
  return seen[key];
}
