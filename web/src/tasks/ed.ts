// Exact diagonalization of one random central-grain model, and the mean field for the bare couplings of its ensemble.
import { type Core, drhCouplings } from 'emft';
import type { Cores } from '../tasks.js';

/** Dimension 8 · 2^N from which threads pay. */
const THREADED = 512;

export async function ed({ alpha, n, seed }: { alpha: number; n: number; seed: number }, cores: Cores) {
  const { core } = cores;
  const model = core.randomGrainModel({ alpha, n, seed });
  const solver = 8 * 2 ** n >= THREADED ? await cores.threaded() : core;
  const { eigenvalues, entropies, meanEntropy, gapRatio } = solver.diagonalizeGrain(model);
  const bare = drhCouplings({ g0: firstCoupling(core, seed), alpha, n });
  const solution = core.solveMeanField(bare);
  const s = Float64Array.from({ length: 280 }, (_, i) => ((i + 0.5) / 280) * Math.LN2);
  const pS = new Float64Array(s.length);
  for (const g of solution.g) {
    const p = core.entropyDistribution(g, s);
    for (let i = 0; i < p.length; ++i) pS[i] += p[i] / n;
  }
  return {
    eigenvalues,
    entropies,
    meanEntropy,
    gapRatio,
    meanField: solution.entropy,
    etaTot: solution.etaTot,
    s,
    pS,
  };
}

/** g_{1,0}: one l-bit on the bare grain, a grain of 8 states being so small that 200 of them are averaged. */
function firstCoupling(core: Core, seed: number): number {
  const samples = 200;
  let sum = 0;
  for (let sample = 0; sample < samples; ++sample) {
    const model = core.randomGrainModel({ alpha: 1, n: 1, seed, sample });
    try {
      sum += core.reducedCoupling({ ...model, fraction: 1, shell: 1 }).g;
    } catch (error) {
      // A shell without a pair of states adds nothing to the sum that g is.
      if (!(error instanceof Error && error.message.includes('no pair of states'))) throw error;
    }
  }
  return sum / samples;
}
