// One l-bit on a large grain: distributions of perturbative norms and entropies, [S] and Czz, against the theory.
import type { Core } from 'emft';
import { entropyCounts } from 'emft/check';
import * as v from 'valibot';
import type { OneSpinTask } from '../../sweeps/tasks/theoryTests.js';
import { aimedCoupling } from '../aim.js';
import { columnsOf, rowsOfKind } from '../columns.js';
import { bits } from '../drhSamples.js';
import { count, finite, gridOf } from '../example.js';
import type { Columns, Data } from '../figure.js';
import { type ComparedRow, kolmogorov, normBins, normGrid, scaledNorms } from '../normHistogram.js';
import { runAll } from '../runAll.js';
import { signed } from '../style.js';

const size = v.strictObject({ grainDimension: count, samples: count });

export const grid = gridOf(
  'n1',
  v.strictObject({
    ...normGrid,
    weakest: finite,
    bins: count,
    size: v.strictObject({ norms: size, states: size, weak: size }),
  }),
);
type Grid = ReturnType<typeof grid>;
/** A standard error from fewer counts than this means nothing. */
const FEWEST = 25;

interface OneSpin {
  g: number;
  norms: Float64Array;
  entropies: Float64Array;
  meanEntropy: number;
  czz: number;
}

interface Norms {
  /** Kolmogorov's distance between the distribution of the norms of all states and p̃. */
  distance: number;
  states: number;
  chiSquaredPerBin: number;
}

/** The least and the largest x and density of the histogram of norms, over the bins that are not empty. */
interface HistogramRange {
  range: [number, number];
  densities: [number, number];
}

interface Averages {
  /** Largest differences from the theory: of [S]/log 2, of Czz, and of [S] in standard errors. */
  entropy: number;
  czz: number;
  sigma: number;
  /** By how much [S] exceeds the theory from g = 0.05 on. */
  middle: string;
}

interface Weak {
  coupling: number;
  /** [S] over that of the theory, and its standard error. */
  ratio: number;
  error: number;
}

export interface Findings {
  norms: Norms & HistogramRange;
  averages: Averages;
  weak: Weak;
  /** The grains that `weak` was measured on. */
  grains: { grainDimension: number; samples: number };
}

/** x = g_a/g. */
function measureNorms(
  core: Core,
  samples: OneSpin[],
  g: number,
  edges: Float64Array,
  rows: ComparedRow[],
): Norms {
  const x = scaledNorms(samples, g);
  const distance = kolmogorov(core.resonanceCdf(x));
  let [chi, bins] = [0, 0];
  for (const { x: middle, width, mean, error, theory } of normBins(core, samples, g, 'goe', edges, () => 1)) {
    rows.push({
      kind: 'norms',
      x: middle,
      value: mean / width,
      error: error / width,
      theory: theory / width,
    });
    if (theory * x.length < FEWEST) continue;
    chi += ((mean - theory) / error) ** 2;
    bins++;
  }
  return { distance, states: x.length, chiSquaredPerBin: chi / bins };
}

/** [S] and Czz of one coupling after another, and the distribution of entropies at the one that is shown. */
function measureAverages(
  core: Core,
  { targets, shown, bins }: Grid,
  groups: OneSpin[][],
  rows: ComparedRow[],
): void {
  groups.forEach((own, t) => {
    const over = (pick: (r: OneSpin) => number) => core.meanAndError(Float64Array.from(own, pick));
    const [coupling, s, c] = [over((r) => r.g), over((r) => r.meanEntropy), over((r) => r.czz)];
    const x = coupling.mean;
    const response = core.response(Float64Array.of(x));
    const [entropy, czz] = [response.entropy[0], response.czz[0]];
    rows.push({ kind: 'entropy', x, value: bits(s.mean), error: bits(s.error), theory: bits(entropy) });
    rows.push({ kind: 'czz', x, value: c.mean, error: c.error, theory: czz });
    if (targets[t] !== shown) return;
    const share = core.entropyShares(Float64Array.of(x), bins);
    const shares = own.map(({ entropies }) =>
      entropyCounts(entropies, bins).map((k) => k / entropies.length),
    );
    for (let b = 0; b < bins; ++b) {
      const { mean, error } = core.meanAndError(Float64Array.from(shares, (own) => own[b]));
      rows.push({
        kind: 'distribution',
        x: (b + 0.5) / bins,
        value: mean * bins,
        error: error * bins,
        theory: share[b] * bins,
      });
    }
  });
}

function normRange(columns: Columns): HistogramRange {
  const rows = rowsOfKind(columns, 'norms', ['x', 'value']);
  const ends = (list: number[]): [number, number] => [Math.min(...list), Math.max(...list)];
  return { range: ends(rows.map(({ x }) => x)), densities: ends(rows.map(({ value }) => value)) };
}

/** The largest excess of [S] over the theory. */
function excessText(rows: { x: number; value: number; theory: number }[]): string {
  const texts = rows
    .map(({ x, value, theory }) => ({ x, excess: 100 * (value / theory - 1) }))
    .filter(({ x }) => x > 0.05)
    .map(({ x, excess }) => `${signed(Number(excess.toFixed(1)))} % at g = ${Number(x.toPrecision(2))}`);
  return `[S] over the theory: ${texts.join(', ')}.`;
}

/** How far the averages in the table are from the theory. */
function averagesOf(columns: Columns): Averages {
  const rows = (kind: string) => rowsOfKind(columns, kind, ['value', 'error', 'theory']);
  const [entropy, czz] = [rows('entropy'), rows('czz')];
  const largest = (list: number[]) => Math.max(...list.map(Math.abs));
  return {
    entropy: largest(entropy.map(({ value, theory }) => value - theory)),
    czz: largest(czz.map(({ value, theory }) => value - theory)),
    sigma: largest(entropy.map(({ value, theory, error }) => (value - theory) / error)),
    middle: excessText(rowsOfKind(columns, 'entropy', ['x', 'value', 'theory'])),
  };
}

/** The coefficient of [S]: measured over theory, from many small grains. */
function measureWeak(core: Core, samples: OneSpin[]): Weak {
  const coupling = core.meanAndError(Float64Array.from(samples, (r) => r.g)).mean;
  const { mean, error } = core.meanAndError(Float64Array.from(samples, (r) => r.meanEntropy));
  const theory = core.response(Float64Array.of(coupling)).entropy[0];
  return { coupling, ratio: mean / theory, error: error / theory };
}

/** What the theory says, on fine grids. */
function theoryRows(core: Core, { curve, density }: Grid): ComparedRow[] {
  const response = core.response(curve);
  const row = (kind: string, x: number, y: number): ComparedRow => ({
    kind,
    x,
    value: y,
    error: 0,
    theory: y,
  });
  return [
    ...Array.from(curve).flatMap((x, i) => [
      row('entropy theory', x, response.entropy[i] / Math.LN2),
      row('czz theory', x, response.czz[i]),
    ]),
    ...Array.from(core.resonanceDensity(density), (p, i) => row('norms theory', density[i], p)),
  ];
}

export const data: Data<Findings> = {
  title: 'Test N = 1: one l-bit on a large grain, exact diagonalization against theory',
  async compute(context) {
    const { core, profile } = context;
    const own = grid(profile);
    const { seed, fraction, targets, shown, weakest, size } = own;
    const { norms, states, weak } = size;
    const tasks = (target: number, { grainDimension, samples }: typeof norms, withStates: boolean) =>
      Array.from({ length: samples }, (_, index) => {
        const j1 = aimedCoupling(target, grainDimension);
        const params: OneSpinTask = { grainDimension, j1, fraction, states: withStates };
        return { kind: 'oneSpin', params, seed, index };
      });
    const results = await runAll<OneSpin>(context, [
      ...tasks(shown, norms, false),
      ...targets.flatMap((g) => tasks(g, states, true)),
      ...tasks(weakest, weak, true),
    ]);
    const first = results.slice(0, norms.samples);
    const groups = targets.map((_, t) => {
      const from = norms.samples + t * states.samples;
      return results.slice(from, from + states.samples);
    });
    const g = core.meanAndError(Float64Array.from(first, (r) => r.g)).mean;
    const rows: ComparedRow[] = [];
    const found = measureNorms(core, first, g, own.edges, rows);
    measureAverages(core, own, groups, rows);
    const { coupling, ratio, error } = measureWeak(
      core,
      results.slice(norms.samples + targets.length * states.samples),
    );
    rows.push(...theoryRows(core, own));
    return {
      parameters: { profile, seed, size, fraction, g },
      columns: columnsOf(rows),
      measured: {
        kolmogorovDistance: found.distance,
        normStates: found.states,
        reducedChiSquared: found.chiSquaredPerBin,
        weakCoupling: coupling,
        weakEntropyRatio: ratio,
        weakEntropyRatioError: error,
      },
    };
  },
  findings: ({ parameters, columns, measured }) => ({
    norms: {
      distance: measured.kolmogorovDistance,
      states: measured.normStates,
      chiSquaredPerBin: measured.reducedChiSquared,
      ...normRange(columns),
    },
    averages: averagesOf(columns),
    weak: {
      coupling: measured.weakCoupling,
      ratio: measured.weakEntropyRatio,
      error: measured.weakEntropyRatioError,
    },
    grains: (parameters.size as Grid['size']).weak,
  }),
};
