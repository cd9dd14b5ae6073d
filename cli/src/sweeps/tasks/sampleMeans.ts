// Averages over realizations.
import type { Core, GrainEigenstates } from 'emft';
import type { TaskKind, TaskKinds } from '../task.js';

export interface SampleMeans {
  /** [S_n] (nats) and its standard error s/√M over M samples, one entry for each l-bit. */
  meanEntropy: Float64Array;
  meanEntropyError: Float64Array;
  czz: Float64Array;
  czzError: Float64Array;
  gapRatio: number;
  gapRatioError: number;
}

export function sampleMeans(
  core: Pick<Core, 'meanAndError'>,
  samples: readonly Pick<GrainEigenstates, 'meanEntropy' | 'czz' | 'gapRatio'>[],
): SampleMeans {
  const over = (pick: (n: number) => Float64Array) => {
    const pairs = Array.from(samples[0].meanEntropy, (_, n) => core.meanAndError(pick(n)));
    return [Float64Array.from(pairs, (p) => p.mean), Float64Array.from(pairs, (p) => p.error)];
  };
  const [meanEntropy, meanEntropyError] = over((n) => Float64Array.from(samples, (s) => s.meanEntropy[n]));
  const [czz, czzError] = over((n) => Float64Array.from(samples, (s) => s.czz[n]));
  const ratio = samples.some((s) => Number.isNaN(s.gapRatio))
    ? { mean: Number.NaN, error: Number.NaN }
    : core.meanAndError(Float64Array.from(samples, (s) => s.gapRatio));
  return {
    meanEntropy,
    meanEntropyError,
    czz,
    czzError,
    gapRatio: ratio.mean,
    gapRatioError: ratio.error,
  };
}

const sampleMeansKind = {
  run: (core: Core, samples: Parameters<typeof sampleMeans>[1]) => sampleMeans(core, samples),
} satisfies TaskKind;

export const taskKinds = { sampleMeans: sampleMeansKind } satisfies TaskKinds;
