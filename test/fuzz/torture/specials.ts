// Parts of a round that are about several matrices or threads: batches, calls under way together, threads, large ones.
import { methodNames, rangeMethods } from 'emft/check';
import { type Bench, report, tellOnce, watchFor } from './bench.js';
import { type Ask, type Found, perform, plain } from './calls.js';
import { watchedCore } from './cores.js';
import { sameBits } from './doubles.js';
import { difference, examine } from './examine.js';
import { draw, type Matrix } from './kinds.js';
import type { Random } from './random.js';
import { order, sharedOrder } from './sizes.js';

/** Whether both results have the same bits: what differs, or null. */
export function differs(got: Found, wanted: Found): string | null {
  if (!sameBits(got.values, wanted.values)) return `values: ${difference(got.values, wanted.values)}`;
  if (!sameBits(got.vectors, wanted.vectors)) return `vectors: ${difference(got.vectors, wanted.vectors)}`;
  return null;
}

/** eighBatch of several matrices has the bits of eigh of each. */
export async function batch(bench: Bench, random: Random): Promise<void> {
  const { core } = bench.simd;
  const n = Math.min(order(random), 64);
  const count = random.integer(0, n > 20 ? 6 : 40);
  const matrices = Array.from({ length: count }, () => draw(random, n));
  const ask: Ask = { ...plain(random.pick(methodNames), random.chance(0.7)), how: 'eighBatch' };
  const all = new Float64Array(count * n * n);
  matrices.forEach(({ a }, k) => void all.set(a, k * n * n));
  const { method, vectors } = ask;
  const result = core.eighBatch(all, n, count, { method, vectors });
  for (const [k, matrix] of matrices.entries()) {
    const alone = core.eigh(matrix.a, n, { method, vectors });
    watchFor(bench, matrix).decomposition(ask);
    const size = vectors ? n * n : 0;
    const part = {
      values: result.values.slice(k * n, (k + 1) * n),
      vectors: result.vectors.slice(k * size, (k + 1) * size),
      convergence: alone.convergence,
    };
    const detail = differs(part, alone);
    if (detail) {
      tellOnce(bench, `a batch gives other bits | ${method}`, () => ({
        what: 'a batch gives other bits',
        detail: `matrix ${k}: ${detail}`,
        kind: matrix.kind,
        changes: matrix.changes,
        build: core.build,
        threads: 1,
        asks: [ask],
        matrices,
      }));
    }
    if (result.convergence.failed.includes(k) === part.values.every(Number.isFinite)) {
      await report(bench, bench.simd, matrix, {
        what: 'not converged',
        detail: 'in a batch, or finite and not named',
        ask: plain(method, vectors),
      });
    }
  }
}

/** Several eighAsync under way at once have the bits of eigh. */
export async function together(bench: Bench, random: Random): Promise<void> {
  const { core } = bench.simd;
  const matrices = Array.from({ length: random.integer(2, 5) }, () => draw(random, order(random)));
  const asks = matrices.map(
    ({ n }): Ask => ({
      ...plain(random.pick(n > 100 ? rangeMethods : methodNames), random.chance(0.7)),
      how: 'eighAsync',
    }),
  );
  const results = await Promise.all(matrices.map(({ a, n }, k) => perform(core, a, n, asks[k])));
  for (const [k, matrix] of matrices.entries()) {
    watchFor(bench, matrix).decomposition(asks[k]);
    const detail = differs(results[k], await perform(core, matrix.a, matrix.n, { ...asks[k], how: 'eigh' }));
    if (detail) {
      await report(bench, bench.simd, matrix, {
        what: 'other bits when several are under way',
        detail,
        ask: asks[k],
      });
    }
  }
  const trouble = bench.simd.trouble();
  if (trouble)
    await report(bench, bench.simd, matrices[0], { what: 'afterwards', detail: trouble, ask: asks[0] });
}

/** A core of several threads, warm, has the bits of one. */
export async function threads(bench: Bench, random: Random): Promise<void> {
  const count = random.chance(0.5) ? random.integer(2, 4) : random.integer(5, 16);
  const watched = await watchedCore({ threads: count });
  try {
    for (let k = 0; k < 8; ++k) {
      const matrix = draw(random, sharedOrder(random));
      await sharedExam(bench, random, watched, matrix);
    }
  } finally {
    watched.core.dispose();
  }
}

async function sharedExam(
  bench: Bench,
  random: Random,
  watched: Awaited<ReturnType<typeof watchedCore>>,
  matrix: Matrix,
): Promise<void> {
  const { a, n } = matrix;
  const how = random.pick(['eigh', 'eigh', 'eighAsync', 'eighBatch'] as const);
  for (const method of n > 130 ? rangeMethods : methodNames) {
    const ask: Ask = { ...plain(method, random.chance(0.8)), how };
    const one = await perform(bench.simd.core, a, n, ask);
    const many = await perform(watched.core, a, n, ask);
    watchFor(bench, matrix).decomposition(ask);
    watchFor(bench, matrix).decomposition(ask);
    const detail = differs(many, one) ?? watched.trouble();
    if (!detail) continue;
    tellOnce(bench, `other bits on several threads | ${method}`, () => ({
      what: 'other bits on several threads',
      detail,
      kind: matrix.kind,
      changes: matrix.changes,
      build: 'simd',
      threads: watched.core.threads,
      asks: [ask],
      matrices: [matrix],
    }));
  }
}

/** Larger than any cutoff; values alone also beyond the size from which they are found in two stages. */
export async function large(bench: Bench, random: Random): Promise<void> {
  const matrix = draw(random, random.integer(301, 640));
  const problems = await examine(bench.simd.core, matrix.a, matrix.n, [], watchFor(bench, matrix), ['dc']);
  for (const problem of problems) await report(bench, bench.simd, matrix, problem);
  if (!random.chance(0.25)) return;
  await twoStage(bench, random);
}

/** Above this order eigenvalues alone are found by way of a band matrix. */
const TWO_STAGES = 2048;

async function twoStage(bench: Bench, random: Random): Promise<void> {
  const { core } = bench.simd;
  const kind = random.pick([
    'uniform',
    'all exponents',
    'graded down',
    'correlation',
    'Gaussian kernel',
    'denormal',
    'arrow',
  ]);
  const matrix = draw(random, TWO_STAGES + random.integer(0, 40), kind);
  const problems = await examine(core, matrix.a, matrix.n, [], watchFor(bench, matrix), ['dc']);
  for (const { what, detail, ask } of problems) {
    tellOnce(bench, `${what} | ${ask.method}, in two stages`, () => ({
      what,
      detail,
      kind: matrix.kind,
      changes: matrix.changes,
      build: 'simd',
      threads: 1,
      asks: [ask],
      matrices: [matrix],
    }));
  }
}
