// Fig. 1(c): the distribution of a spin's entropy over resonances, with one peak at small entropy and one at log 2.
import * as v from 'valibot';
import { columnsOf } from '../columns.js';
import { besidesSweep, count, example, valuesOf } from '../example.js';
import type { Data } from '../figure.js';

/** Points of the midpoint rule. */
const besidesOf = besidesSweep('1c', v.strictObject({ points: count }));

/** Entropy, in units of log 2, of the peak away from log 2 and of the minimum between the two peaks; NaN where there is none. */
interface Peaks {
  peak: number;
  valley: number;
}

export interface Findings {
  couplings: number[];
  /** One for each coupling. */
  peaks: Peaks[];
  measured: Record<string, number>;
}

/** S = log 2 · t²(3 − 2t) on midpoints t: dense at both ends, where the density is steep. */
function entropyGrid(count: number) {
  const bits = new Float64Array(count);
  const weight = new Float64Array(count);
  for (let i = 0; i < count; ++i) {
    const t = (i + 0.5) / count;
    bits[i] = t * t * (3 - 2 * t);
    weight[i] = (6 * t * (1 - t)) / count;
  }
  return { bits, weight };
}

/** Mass of the whole distribution, 1, and its mean in units of [S](g), 1: the midpoint rule on the grid. */
function momentsOf(bits: Float64Array, weight: Float64Array, density: Float64Array, mean: number) {
  let [mass, first] = [0, 0];
  for (let i = 0; i < bits.length; ++i) {
    mass += weight[i] * density[i];
    first += weight[i] * density[i] * bits[i];
  }
  return { mass, meanRatio: (first * Math.LN2) / mean };
}

function findPeaks(bits: ArrayLike<number>, density: ArrayLike<number>): Peaks {
  let [peak, valley] = [Number.NaN, Number.NaN];
  for (let i = 1; i + 1 < bits.length; ++i) {
    if (density[i] > density[i - 1] && density[i] >= density[i + 1]) peak = bits[i];
    if (density[i] < density[i - 1] && density[i] <= density[i + 1]) valley = bits[i];
  }
  return { peak, valley };
}

export const data: Data<Findings> = {
  title: 'Fig. 1(c) Distribution of the entropy of a single spin',
  async compute({ core, profile }) {
    const couplings = valuesOf(example('1c'), 'g');
    const { bits, weight } = entropyGrid(besidesOf(profile).points);
    const entropies = bits.map((x) => x * Math.LN2);
    const means = core.response(Float64Array.from(couplings)).entropy;
    const rows: { g: number; entropyBits: number; densityPerBit: number }[] = [];
    const measured: Record<string, number> = {};
    for (const [k, g] of couplings.entries()) {
      const density = core.entropyDistribution(g, entropies).map((p) => p * Math.LN2);
      bits.forEach((entropyBits, i) => void rows.push({ g, entropyBits, densityPerBit: density[i] }));
      const { mass, meanRatio } = momentsOf(bits, weight, density, means[k]);
      const { peak } = findPeaks(bits, density);
      measured[`massAtG${g}`] = mass;
      measured[`meanOverResponseAtG${g}`] = meanRatio;
      if (Number.isFinite(peak)) measured[`lowPeakBitsAtG${g}`] = peak;
    }
    return { parameters: { profile, couplings }, columns: columnsOf(rows), measured };
  },
  findings({ parameters, columns, measured }) {
    const { g, entropyBits, densityPerBit } = columns as Record<string, ArrayLike<number>>;
    const couplings = parameters.couplings as number[];
    const peaks = couplings.map((own) => {
      const rows = Array.from(g, (_, i) => i).filter((i) => g[i] === own);
      return findPeaks(
        rows.map((i) => entropyBits[i]),
        rows.map((i) => densityPerBit[i]),
      );
    });
    return { couplings, peaks, measured };
  },
};
