// Exact diagonalization of one random central-grain model, and the mean field to compare it with. Its one number,
// g_{1,0}, is not taken from that model: it is fitted at α_c to other realizations, as for Fig. 2 of the paper.

import { type Core, drhCouplings, type ModelStatistics } from 'emft';
import { entropyCounts, middleStates } from 'emft/check';
import { ALPHA_CRITICAL } from '../../../../cli/src/common/constants.js';
import type { Cores, Report } from '../../tasks/task.js';
import { THREADED_DIMENSION } from '../../tasks/tuning.js';

interface EdInput {
  alpha: number;
  n: number;
  seed: number;
  /** Level statistics of the grain, here and in the mean field. */
  grain: ModelStatistics;
  /** Part of the spectrum, by state number, that averages and histogram are taken over; 1 for all. */
  fraction: number;
  /** From an earlier run: the fit depends on the grain and the fraction alone. */
  first?: FirstCoupling;
}

export interface FirstCoupling {
  g10: number;
  /** Realizations fitted, and their lengths. */
  samples: number;
  lengths: number[];
}

export interface EdState {
  eigenvalues: Float64Array;
  /** One array an l-bit, one entry an eigenstate, nats. */
  entropies: Float64Array[];
  gapRatio: number;
  /** Eigenstates first ≤ k < last are the ones averaged over. */
  first: number;
  last: number;
  /** [S_n] of those, nats. */
  meanEntropy: Float64Array;
  /** Share of their entropies, all l-bits together, in each bin of S/log 2. */
  shares: Float64Array;
  meanField?: { entropy: Float64Array; etaTot: number; shares: Float64Array; fit: FirstCoupling };
}

/** Realizations of each N: those of the quick profile of Fig. 2 that take no time. */
const SAMPLES = { 4: 60, 5: 40 };
const SEED = 2022;
const BINS = 24;

export async function ed(
  { alpha, n, seed, grain, fraction, first: known }: EdInput,
  cores: Cores,
  report: Report<EdState>,
  signal: AbortSignal,
): Promise<EdState> {
  const { core } = cores;
  const solver = 8 * 2 ** n >= THREADED_DIMENSION ? await cores.threaded() : core;
  // The fit takes a second or two; from N = 8 on the model takes longer.
  const own = known ? 0.9 : n < 8 ? 0.1 : 0.8;
  const { eigenvalues, entropies, gapRatio } = await solver.diagonalizeGrainAsync(
    core.randomGrainModel({ alpha, n, seed, grain }),
    { signal, onProgress: (fraction) => report(own * fraction) },
  );
  const { first, last } = middleStates(eigenvalues.length, fraction);
  const part = entropies.map((s) => s.slice(first, last));
  const state: EdState = {
    eigenvalues,
    entropies,
    gapRatio,
    first,
    last,
    meanEntropy: Float64Array.from(part, (s) => core.meanAndError(s).mean),
    shares: histogram(part),
  };
  await report(own, state);
  const fit =
    known ?? (await fitFirstCoupling(core, { grain, fraction }, (part) => report(own + (1 - own) * part)));
  const { entropy, etaTot, g } = core.solveMeanField(drhCouplings({ g0: fit.g10, alpha, n }), { grain });
  return { ...state, meanField: { entropy, etaTot, shares: core.entropyShares(g, BINS, { grain }), fit } };
}

async function fitFirstCoupling(
  core: Core,
  { grain, fraction }: Pick<EdInput, 'grain' | 'fraction'>,
  report: (fraction: number) => Promise<void>,
): Promise<FirstCoupling> {
  const ends = [];
  let samples = 0;
  const total = Object.values(SAMPLES).reduce((a, b) => a + b);
  for (const [length, count] of Object.entries(SAMPLES)) {
    const n = Number(length);
    const means = new Float64Array(count);
    for (let sample = 0; sample < count; ++sample) {
      const model = core.randomGrainModel({ alpha: ALPHA_CRITICAL, n, seed: SEED, sample, grain });
      means[sample] = core.diagonalizeGrain({ ...model, window: { fraction } }).meanEntropy[n - 1];
      if (++samples % 2 === 0) await report(samples / total);
    }
    ends.push({ alpha: ALPHA_CRITICAL, n, ...core.meanAndError(means) });
  }
  return { g10: core.fitFirstCoupling(ends, { grain }), samples, lengths: ends.map((e) => e.n) };
}

/** Share of all entropies in each bin; every l-bit has as many. */
function histogram(entropies: readonly Float64Array[]): Float64Array {
  const shares = new Float64Array(BINS);
  for (const states of entropies) {
    const counts = entropyCounts(states, BINS);
    for (let b = 0; b < BINS; ++b) shares[b] += counts[b] / (states.length * entropies.length);
  }
  return shares;
}
