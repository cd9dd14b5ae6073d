// A cold process of a round: threads, Node, flags and matrices drawn; the bits are those of one thread, whose results
// are judged here.
import { methodNames, rangeMethods } from 'emft/check';
import { type Bench, report, tellOnce, watchFor } from './bench.js';
import { type Ask, perform, plain } from './calls.js';
// @ts-expect-error: plain JavaScript, so that any Node runs it
import { hashOf } from './cold.mjs';
import { askCold, type ColdJob, type ColdOrder, toBase64 } from './coldProcess.js';
import { examine } from './examine.js';
import { draw, type Matrix } from './kinds.js';
import type { Random } from './random.js';
import { order, sharedOrder } from './sizes.js';
import { count, countUnder } from './tally.js';

/** V8's tiers, forced; none at all most of the time. */
const FLAGS: readonly (readonly string[])[] = [
  [],
  [],
  ['--liftoff-only'],
  ['--no-wasm-tier-up'],
  ['--no-liftoff'],
  ['--no-wasm-dynamic-tiering'],
  ['--single-threaded-gc'],
];

/** More threads than cores and as many, which is where waits differ. */
const THREADS = [1, 2, 2, 3, 3, 4, 5, 6, 8, 10, 12, 16];

export async function coldProcess(bench: Bench, random: Random): Promise<void> {
  const major = random.pick(Object.keys(bench.nodes));
  const build = random.chance(0.85) ? 'simd' : 'relaxed';
  const flags = [...random.pick(FLAGS)];
  // What a Node of that age calls relaxed SIMD an experiment.
  if (build === 'relaxed' && Number(major) < 22) flags.push('--experimental-wasm-relaxed-simd');
  const threads = random.chance(0.3) ? random.integer(1, 16) : random.pick(THREADS);
  const hogs = random.chance(0.25) ? random.integer(1, 3) : 0;
  const { matrices, jobs } = await draws(bench, random, build);
  const wanted: ColdOrder = { threads, build, hogs, turns: random.integer(1, 3), jobs };
  const answer = await askCold(bench.nodes[major], flags, wanted);
  const { tally } = bench;
  tally.coldProcesses++;
  countUnder(tally.cold, 'Node', major);
  countUnder(tally.cold, 'threads', String(threads));
  countUnder(tally.cold, 'flags', flags.join(' ') || 'none');
  countUnder(tally.cold, 'build', build);
  count(tally.others, 'calls in cold processes', answer.calls);
  for (let turn = 0; turn < (answer.calls > 0 ? wanted.turns : 0); ++turn) {
    for (const [k, matrix] of matrices.entries())
      if (jobs[k].ask) watchFor(bench, matrix).decomposition(jobs[k].ask);
  }
  if (answer.calls > 0 && (answer.threads !== threads || answer.build !== build)) {
    answer.wrong.push({
      index: -1,
      turn: 0,
      what: 'fewer threads or another build',
      detail: `${answer.notes}`,
    });
  }
  for (const { index, turn, what, detail } of answer.wrong) {
    tellOnce(bench, `cold process: ${what} | Node ${major}`, () => ({
      what: `cold process: ${what}`,
      detail: `call ${index} of turn ${turn}: ${detail}`,
      kind: matrices[index]?.kind ?? '',
      changes: matrices[index]?.changes ?? [],
      build,
      threads,
      node: major,
      flags,
      hogs,
      cold: true,
      asks: jobs.flatMap(({ ask }) => (ask ? [ask] : [])),
      matrices,
      model: jobs.find(({ model }) => model)?.model,
    }));
  }
}

/** Matrices and what one thread makes of them, which is judged on the way. */
async function draws(bench: Bench, random: Random, build: 'simd' | 'relaxed') {
  const watched = bench[build];
  const matrices: Matrix[] = [];
  const jobs: ColdJob[] = [];
  for (let k = random.integer(2, 5); k > 0; --k) {
    const matrix = draw(random, random.chance(0.8) ? sharedOrder(random) : order(random));
    const { a, n } = matrix;
    const method = random.pick(n > 130 ? (['dc', ...rangeMethods] as const) : methodNames);
    const ask: Ask = {
      ...plain(method, random.chance(0.8)),
      how: random.pick(['eigh', 'eigh', 'eighAsync', 'eighBatch']),
    };
    const problems = await examine(watched.core, a, n, [], watchFor(bench, matrix), [method]);
    for (const problem of problems) await report(bench, watched, matrix, problem);
    const { values, vectors, convergence } = await perform(watched.core, a, n, ask);
    // Already reported; a cold process would only report it again.
    if (!convergence.converged) continue;
    matrices.push(matrix);
    jobs.push({ a: toBase64(a), n, ask, expected: hashOf([values, vectors]) });
  }
  if (random.chance(0.3)) {
    const model = watched.core.randomGrainModel({ alpha: 0.7, n: random.integer(2, 5), seed: random.word() });
    const plainModel = Object.fromEntries(
      Object.entries(model).map(([key, list]) => [key, Array.from(list)]),
    );
    const states = watched.core.diagonalizeGrain(model);
    const arrays = [states.eigenvalues, ...states.entropies, states.meanEntropy, states.czz];
    jobs.push({ model: plainModel, expected: hashOf(arrays) });
  }
  return { matrices, jobs };
}
