// Fig. 1(d): the distribution of a spin's entropy over resonances, with one peak at small entropy and one at log 2.
import * as Plot from '@observablehq/plot';
import { type Claim, show } from './claim.js';
import type { Figure, FigureContext, FigureData, FigureResult, PlotOptions } from './figure.js';
import { colors, frame, legend, logScale, panel } from './style.js';

const title = 'Fig. 1(d) Distribution of the entropy of a single spin';
const couplings = [0.01, 0.05, 0.2, 1];
const points = { quick: 400, paper: 4000 };
const [LOWEST, HIGHEST] = [1e-3, 300];

interface Peaks {
  /** Mass of the whole distribution, 1, and its mean in units of [S](g), 1: the midpoint rule on the grid. */
  mass: number;
  meanRatio: number;
  /** Entropy, in units of log 2, of the peak away from log 2 and of the minimum between; NaN without such. */
  peak: number;
  valley: number;
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

function findPeaks(bits: Float64Array, weight: Float64Array, density: Float64Array, mean: number): Peaks {
  let [mass, first, peak, valley] = [0, 0, Number.NaN, Number.NaN];
  for (let i = 0; i < bits.length; ++i) {
    mass += weight[i] * density[i];
    first += weight[i] * density[i] * bits[i];
    if (i === 0 || i === bits.length - 1) continue;
    if (density[i] > density[i - 1] && density[i] >= density[i + 1]) peak = bits[i];
    if (density[i] < density[i - 1] && density[i] <= density[i + 1]) valley = bits[i];
  }
  return { mass, meanRatio: (first * Math.LN2) / mean, peak, valley };
}

async function compute({ core, profile }: FigureContext): Promise<FigureResult> {
  const { bits, weight } = entropyGrid(points[profile]);
  const entropies = bits.map((x) => x * Math.LN2);
  const means = core.response(Float64Array.from(couplings)).entropy;
  const columns = { g: [], entropyBits: [], densityPerBit: [] } as Record<string, number[]>;
  const measured: Record<string, number> = {};
  const all: Peaks[] = [];
  for (const [k, g] of couplings.entries()) {
    const density = core.entropyDistribution(g, entropies).map((p) => p * Math.LN2);
    for (let i = 0; i < bits.length; ++i) {
      columns.g.push(g);
      columns.entropyBits.push(bits[i]);
      columns.densityPerBit.push(density[i]);
    }
    const peaks = findPeaks(bits, weight, density, means[k]);
    all.push(peaks);
    measured[`massAtG${g}`] = peaks.mass;
    measured[`meanOverResponseAtG${g}`] = peaks.meanRatio;
    if (Number.isFinite(peaks.peak)) measured[`lowPeakBitsAtG${g}`] = peaks.peak;
  }
  const bimodal = couplings.filter((_, k) => all[k].valley > all[k].peak);
  const claim: Claim = {
    id: 'bimodal-entropy',
    source: 'Fig. 1(d)',
    statement:
      'the entropy distribution of weakly coupled spins is bimodal: most are unentangled, resonant ones are near log 2',
    stated: 'bimodal',
    measured: `two peaks at g = ${bimodal.join(', ')}; lower ones at ${all
      .filter((p) => p.valley > p.peak)
      .map((p) => show(p.peak, 2))
      .join(', ')} log 2`,
    values: measured,
    agrees: bimodal.includes(couplings[0]),
  };
  return { parameters: { profile, couplings }, columns, measured, claims: [claim] };
}

function plot({ columns }: FigureData, { document }: PlotOptions = {}): SVGElement {
  const { g, entropyBits, densityPerBit } = columns as Record<string, number[]>;
  const groups = [...new Set(g)];
  const rows = Array.from(g, (x, i) => ({ g: x, s: entropyBits[i], p: densityPerBit[i] })).filter(
    (row) => row.p >= LOWEST && row.p <= HIGHEST,
  );
  const svg = panel({
    document,
    x: { label: 'entropy S / log 2', domain: [0, 1] },
    y: logScale('probability density p(S) · log 2', LOWEST, HIGHEST),
    marks: [
      Plot.line(rows, {
        x: 's',
        y: 'p',
        z: 'g',
        stroke: (row: { g: number }) => colors[groups.indexOf(row.g)],
        strokeWidth: 2,
      }),
      ...legend(
        groups.map((value) => `g = ${value}`),
        'top',
      ),
    ],
  });
  const subtitle = 'over the GOE distribution of resonance strengths, at four reduced couplings g';
  return frame({ title, subtitle }, [{ svg }], document);
}

export const figure: Figure = { id: '1d', title, compute, plot };
