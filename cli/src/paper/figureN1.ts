// One l-bit on a large grain: distributions of perturbative norms and entropies, [S] and Czz, against the theory.
import * as Plot from '@observablehq/plot';
import type { OneSpinTask } from '../sweeps/kinds/theoryTests.js';
import { show } from './claim.js';
import type { Figure, FigureContext, FigureData, FigureResult, PlotOptions } from './figure.js';
import { logGrid } from './grids.js';
import { runAll } from './runAll.js';
import { colors, frame, legend, logScale, panel, WIDTH } from './style.js';

const title = 'Test N = 1: one l-bit on a large grain, exact diagonalization against theory';
const size = {
  quick: {
    norms: { grainDimension: 256, samples: 64 },
    states: { grainDimension: 256, samples: 6 },
    weak: { grainDimension: 64, samples: 1500 },
  },
  paper: {
    norms: { grainDimension: 1024, samples: 400 },
    states: { grainDimension: 1024, samples: 24 },
    weak: { grainDimension: 128, samples: 4000 },
  },
};
/** Coupling at which the coefficient of [S] is measured: few states are mixed, so that many samples are needed. */
const WEAK = 0.01;
/** Couplings aimed at; the measured ones are plotted. */
const targets = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
/** The coupling at which the distribution of entropies is shown. */
const SHOWN = 0.1;
const fraction = 0.25;
const seed = 71;
/** g / (√d_g J) in the middle of the semicircle for Gaussian elements; only to aim. */
const PER_COUPLING = 0.2394;
const BINS = 20;

interface OneSpin {
  g: number;
  norms: Float64Array;
  entropies: Float64Array;
  meanEntropy: number;
  czz: number;
}

async function compute({ core, profile, progress }: FigureContext): Promise<FigureResult> {
  const { norms, states, weak } = size[profile];
  const task = (params: OneSpinTask, index: number) => ({ kind: 'oneSpin', params, seed, index });
  const aim = (g: number, dg: number) => g / (PER_COUPLING * Math.sqrt(dg));
  const list = (target: number, { grainDimension, samples }: typeof norms, withStates: boolean) =>
    Array.from({ length: samples }, (_, i) =>
      task({ grainDimension, j1: aim(target, grainDimension), fraction, states: withStates }, i),
    );
  const results = await runAll<OneSpin>(progress, [
    ...list(SHOWN, norms, false),
    ...targets.flatMap((g) => list(g, states, true)),
    ...list(WEAK, weak, true),
  ]);
  const table = { x: [] as number[], value: [] as number[], error: [] as number[], theory: [] as number[] };
  const kind: string[] = [];
  const row = (k: string, x: number, value: number, error: number, theory: number) => {
    kind.push(k);
    table.x.push(x);
    table.value.push(value);
    table.error.push(error);
    table.theory.push(theory);
  };

  // x = g_a/g with g the mean over samples: its fluctuations would be correlated with the norms'.
  const first = results.slice(0, norms.samples);
  const g = core.meanAndError(Float64Array.from(first, (r) => r.g)).mean;
  const x = Float64Array.from(first.flatMap((r) => Array.from(r.norms, (t) => t / g))).sort();
  const cdf = core.resonanceCdf(x);
  let distance = 0;
  x.forEach((_, i) => {
    distance = Math.max(distance, Math.abs(cdf[i] - (i + 0.5) / x.length));
  });
  const edges = logGrid(0.5, 8, 28);
  const below = core.resonanceCdf(edges);
  let [chi, bins] = [0, 0];
  for (let b = 0; b + 1 < edges.length; ++b) {
    const width = edges[b + 1] - edges[b];
    const counts = Float64Array.from(
      first,
      (r) => r.norms.filter((t) => t / g >= edges[b] && t / g < edges[b + 1]).length / r.norms.length,
    );
    const { mean, error } = core.meanAndError(counts);
    const theory = below[b + 1] - below[b];
    if (mean === 0) continue;
    row('norms', Math.sqrt(edges[b] * edges[b + 1]), mean / width, error / width, theory / width);
    // A standard error from a few counts means nothing.
    if (theory * x.length < 25) continue;
    chi += ((mean - theory) / error) ** 2;
    bins++;
  }

  let [worst, worstPolarization, largestSigma] = [0, 0, 0];
  targets.forEach((target, t) => {
    const from = norms.samples + t * states.samples;
    const own = results.slice(from, from + states.samples);
    const over = (pick: (r: OneSpin) => number) => core.meanAndError(Float64Array.from(own, pick));
    const [coupling, s, c] = [over((r) => r.g), over((r) => r.meanEntropy), over((r) => r.czz)];
    const theory = core.response(Float64Array.of(coupling.mean));
    row('entropy', coupling.mean, s.mean / Math.LN2, s.error / Math.LN2, theory.entropy[0] / Math.LN2);
    row('czz', coupling.mean, c.mean, c.error, theory.czz[0]);
    largestSigma = Math.max(largestSigma, Math.abs(s.mean - theory.entropy[0]) / s.error);
    worst = Math.max(worst, Math.abs(s.mean - theory.entropy[0]) / Math.LN2);
    worstPolarization = Math.max(worstPolarization, Math.abs(c.mean - theory.czz[0]));
    if (target !== SHOWN) return;
    const share = core.entropyShares(Float64Array.of(coupling.mean), BINS);
    for (let b = 0; b < BINS; ++b) {
      const { mean, error } = over(
        (r) =>
          r.entropies.filter((e) => Math.min(BINS - 1, Math.floor((e / Math.LN2) * BINS)) === b).length /
          r.entropies.length,
      );
      row('distribution', (b + 0.5) / BINS, mean * BINS, error * BINS, share[b] * BINS);
    }
  });
  const curve = logGrid(2e-3, 16, 55);
  const response = core.response(curve);
  curve.forEach((x, i) => {
    const [entropy, czz] = [response.entropy[i] / Math.LN2, response.czz[i]];
    row('entropy theory', x, entropy, 0, entropy);
    row('czz theory', x, czz, 0, czz);
  });
  const strengths = logGrid(0.5, 32, 107);
  core.resonanceDensity(strengths).forEach((p, i) => void row('norms theory', strengths[i], p, 0, p));
  // The coefficient of [S]: measured over theory, from many small grains.
  const many = results.slice(norms.samples + targets.length * states.samples);
  const weakCoupling = core.meanAndError(Float64Array.from(many, (r) => r.g)).mean;
  const weakEntropy = core.meanAndError(Float64Array.from(many, (r) => r.meanEntropy));
  const weakTheory = core.response(Float64Array.of(weakCoupling)).entropy[0];
  const [ratio, ratioError] = [weakEntropy.mean / weakTheory, weakEntropy.error / weakTheory];
  return {
    parameters: { profile, seed, size: size[profile], fraction, g },
    columns: { kind, ...table },
    measured: { kolmogorovDistance: distance, reducedChiSquared: chi / bins, weakEntropyRatio: ratio },
    claims: [
      {
        id: 'n1-norms',
        source: 'Eqs. (3), (5), (A3)',
        statement: 'the norms g_1a divided by g_1 = ρ[|V|] are distributed as p̃',
        stated: 'p̃(x), five decades',
        measured: `Kolmogorov distance ${show(distance, 2)} over ${x.length} states, χ² per bin ${show(chi / bins, 2)}`,
        values: { distance, states: x.length, chiSquaredPerBin: chi / bins },
        agrees: distance < 0.02,
      },
      {
        id: 'n1-response',
        source: 'Eqs. (7a), (7b)',
        statement: '[S] and Czz of one l-bit from weak to strong coupling',
        stated: 'the averages (A13), (A14); [S] → 2πg, Czz → 1 − 2πg',
        measured: `largest differences ${show(worst, 2)} log 2 and ${show(worstPolarization, 2)}; [S] up to ${show(largestSigma, 2)} standard errors from theory; at g = ${show(weakCoupling, 2)} (${weak.samples} grains of ${weak.grainDimension} levels) it is ${show(ratio, 3)} ± ${show(ratioError, 1)} of the theory's`,
        values: {
          entropyDifferenceBits: worst,
          czzDifference: worstPolarization,
          weakRatio: ratio,
          weakRatioError: ratioError,
          largestStandardErrors: largestSigma,
        },
        agrees: worst < 0.05 && worstPolarization < 0.05,
        note: `With 2π log 2, which (7b) prints for [S], the ratio would be ${show(1 / Math.LN2, 3)}. At g ≈ 0.1 … 0.3 [S] lies 3 to 5 per cent above the theory, outside the error bars, alike for grains of 128, 256 and 512 levels: not an effect of the grain's size but of more than two levels at resonance, which the theory leaves out. At g ≈ 1 the difference is below 1 per cent and changes with the size of the grain; the standard errors are smaller still.`,
      },
    ],
  };
}

function plot({ columns, parameters }: FigureData, { document }: PlotOptions = {}): SVGElement {
  const c = columns as Record<string, number[]>;
  const kinds = columns.kind as string[];
  const rows = Array.from(c.x, (x, i) => ({
    kind: kinds[i],
    x,
    value: c.value[i],
    low: c.value[i] - c.error[i],
    high: c.value[i] + c.error[i],
    theory: c.theory[i],
  }));
  const marks = (name: string, color: string, floor = 0) => {
    // What lies below a logarithmic axis is left out; a bar that crosses its end is cut there.
    const own = rows.filter((r) => r.kind === name);
    const fine = rows.filter((r) => r.kind === `${name} theory`);
    const list = own
      .filter((r) => r.value >= floor)
      .map((r) => ({ ...r, low: Math.max(r.low, floor), high: Math.max(r.high, floor) }));
    const curve = (fine.length ? fine : own).filter((r) => r.theory >= floor);
    return [
      Plot.line(curve, { x: 'x', y: 'theory', stroke: color, strokeWidth: 1.3 }),
      Plot.ruleX(list, { x: 'x', y1: 'low', y2: 'high', stroke: color, strokeWidth: 1.3 }),
      Plot.dot(list, { x: 'x', y: 'value', fill: color, r: 3 }),
    ];
  };
  const height = 310;
  const top = panel({
    document,
    height,
    x: logScale('norm of a state over the reduced coupling, x = g₁ₐ / g₁', 0.4, 1500),
    y: logScale('p̃(x)', 1e-6, 1),
    marks: marks('norms', colors[0], 1e-6),
  });
  const middle = panel({
    document,
    height,
    x: logScale('reduced coupling g₁', 2e-3, 5),
    y: { label: '[S] / log 2 and Czz', domain: [0, 1.05] },
    marks: [
      ...marks('entropy', colors[0]),
      ...marks('czz', colors[1]),
      ...legend(['[S] / log 2', 'Czz'], 'bottom-left', colors.slice(0, 2)),
    ],
  });
  const bottom = panel({
    document,
    height,
    x: { label: `entropy of an eigenstate, S / log 2, at g₁ ≈ ${SHOWN}`, domain: [0, 1] },
    y: logScale('p_S · log 2', 0.1, 10),
    marks: marks('distribution', colors[2], 0.1),
  });
  const { norms, states } = (parameters as { size: (typeof size)['quick'] }).size;
  const [first, second] = [norms.grainDimension, states.grainDimension];
  const levels = first === second ? `${first}` : `${first} (top) and ${second}`;
  const subtitle = `points: grains of ${levels} levels, middle quarter of the spectrum; curves: p̃, [S], Czz, p_S`;
  return frame(
    { title, subtitle, width: WIDTH, height: 3 * height },
    [{ svg: top }, { svg: middle, y: height }, { svg: bottom, y: 2 * height }],
    document,
  );
}

export const figure: Figure = { id: 'n1', title, compute, plot };
