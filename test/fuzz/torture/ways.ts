// The other ways to ask for what is known already: async, batch, the other triangle, parts of the spectrum.
import type { EighRange } from 'emft';
import { METHODS, methodNames } from 'emft/check';
import type { Ask } from './calls.js';
import type { Matrix } from './kinds.js';
import type { Random } from './random.js';

export function ways(random: Random, { n, a }: Matrix): Ask[] {
  const count = n > 100 ? 1 : random.integer(1, 3);
  return Array.from({ length: count }, () => way(random, n, a));
}

function way(random: Random, n: number, a: Float64Array): Ask {
  const method = random.pick(['auto', ...methodNames] as const);
  const ask: Ask = {
    how: random.pick(['eigh', 'eigh', 'eighAsync', 'eighBatch']),
    method,
    vectors: random.chance(0.7),
    uplo: random.pick(['L', 'U']),
    spoiled: random.chance(0.5),
  };
  if (
    ask.how !== 'eighBatch' &&
    (method === 'auto' || METHODS[method].ranges) &&
    n > 0 &&
    random.chance(0.6)
  ) {
    ask.range = range(random, n, a);
  }
  return ask;
}

function range(random: Random, n: number, a: Float64Array): EighRange {
  if (random.chance(0.5)) {
    const first = random.integer(0, n - 1);
    return { index: [first, random.chance(0.3) ? first : random.integer(first, n - 1)] };
  }
  // Numbers of the size of eigenvalues: entries of the diagonal, sums of rows, their neighbours, no bound at all.
  const bound = () => {
    const i = random.integer(0, n - 1);
    const row = a.subarray(i * n, i * n + n).reduce((s, x) => s + Math.abs(x), 0);
    const x = random.pick([0, a[i * n + i], row, -row, random.signed() * row, 5e-324]);
    return Number.isFinite(x) ? x : Math.sign(x) * Number.MAX_VALUE;
  };
  let [lo, hi] = [bound(), bound()];
  if (random.chance(0.2)) lo = Number.NEGATIVE_INFINITY;
  if (random.chance(0.2)) hi = Number.POSITIVE_INFINITY;
  if (lo > hi) [lo, hi] = [hi, lo];
  if (lo === hi) lo = Number.NEGATIVE_INFINITY;
  return { value: [lo, hi] };
}
