// One round: what it does depends on (seed, round) alone, so that it can be run again alone.

import { type Method, rangeMethods } from 'emft/check';
import { type Bench, report, watchFor } from './bench.js';
import type { Ask } from './calls.js';
import { plain } from './calls.js';
import { coldProcess } from './coldRound.js';
import type { Watched } from './cores.js';
import { examine } from './examine.js';
import { draw, type Matrix } from './kinds.js';
import { Random } from './random.js';
import { hostile, models } from './rooms.js';
import { order } from './sizes.js';
import { batch, large, threads, together } from './specials.js';
import { ways } from './ways.js';

/** Matrices of a round. */
const MATRICES = 110;

/** What a round consists of: every how many rounds a part comes. */
const PARTS: readonly [every: number, part: (bench: Bench, random: Random) => Promise<void>][] = [
  [1, (bench, random) => small(bench, random, bench.simd, MATRICES)],
  [1, batch],
  [2, together],
  [5, (bench, random) => small(bench, random, bench.relaxed, MATRICES >> 2)],
  [6, threads],
  [48, large],
  [1, coldProcess],
  [2, models],
  [20, hostile],
];

export async function runRound(bench: Bench): Promise<void> {
  for (const [index, [every, part]] of PARTS.entries()) {
    if (bench.round % every === every - 1) await part(bench, new Random(bench.seed, bench.round, index));
  }
  bench.tally.rounds++;
}

async function small(bench: Bench, random: Random, watched: Watched, count: number): Promise<void> {
  for (let k = 0; k < count; ++k) {
    const matrix = draw(random, order(random));
    const { n } = matrix;
    const extras = ways(random, matrix);
    // What computes no part of the spectrum, Jacobi, takes most of the time of a larger matrix.
    const slow = n > 140 || (n > 64 && random.chance(0.6));
    if (slow)
      await exam(
        bench,
        watched,
        matrix,
        extras.filter(({ method }) => method === 'auto' || rangeMethods.includes(method)),
        rangeMethods,
      );
    else await exam(bench, watched, matrix, extras);
  }
}

async function exam(
  bench: Bench,
  watched: Watched,
  matrix: Matrix,
  extras: readonly Ask[],
  methods?: readonly Method[],
): Promise<void> {
  bench.tally.matrices++;
  const problems = await examine(watched.core, matrix.a, matrix.n, extras, watchFor(bench, matrix), methods);
  const trouble = watched.trouble();
  if (trouble) problems.push({ what: 'afterwards', detail: trouble, ask: plain('auto') });
  for (const problem of problems) await report(bench, watched, matrix, problem);
}
