// Fig. 2(b): entropy of each l-bit along the chain below the critical point, and its distribution at the end.
import * as Plot from '@observablehq/plot';
import { show } from './claim.js';
import {
  alphaCritical,
  diagonalizeCells,
  fitFirstCoupling,
  meanFieldEntropy,
  meanFieldLastCoupling,
  realizations,
  seed,
} from './drhSamples.js';
import type { Figure, FigureContext, FigureData, FigureResult, PlotOptions, Profile } from './figure.js';
import type { Ensemble } from './part.js';
import { colors, frame, HEIGHT, legend, logScale, panel, WIDTH } from './style.js';

const title = 'Fig. 2(b) Entropy along the chain, and its distribution over eigenstates';
const alphas = [0.45, 0.55, 0.65];
/** [S_end]/log 2 printed with the figure at these α. */
const printed = [0.1, 0.5, 0.9];
/** N = 10 in the paper. */
const ensembles: Record<Profile, Ensemble> = {
  quick: { 6: realizations.quick[6] },
  paper: realizations.paper,
};
const BINS = 16;

async function compute(context: FigureContext): Promise<FigureResult> {
  const { core, profile } = context;
  const ensemble = context.ensemble ?? ensembles[profile];
  const n = Math.max(...Object.keys(ensemble).map(Number));
  const samples = ensemble[n];
  const cells = await diagonalizeCells(
    context,
    [...alphas, alphaCritical].map((alpha) => ({ n, alpha, samples })),
  );
  const g10 = fitFirstCoupling(core, cells, (c) => c.entropy);
  const table = {
    alpha: [] as number[],
    x: [] as number[],
    value: [] as number[],
    error: [] as number[],
    meanField: [] as number[],
  };
  const kind: string[] = [];
  const bits = (s: number) => s / Math.LN2;
  const row = (...[k, alpha, x, value, error, theory]: [string, number, number, number, number, number]) => {
    kind.push(k);
    table.alpha.push(alpha);
    table.x.push(x);
    table.value.push(value);
    table.error.push(error);
    table.meanField.push(theory);
  };
  let [squares, count] = [0, 0];
  const measured: Record<string, number> = { g10 };
  alphas.forEach((alpha, i) => {
    const cell = cells[i];
    const theory = meanFieldEntropy(core, g10, alpha, n);
    for (let k = 0; k < n; ++k) {
      const { mean, error } = cell.entropy[k];
      row('profile', alpha, k + 1, bits(mean), bits(error), bits(theory[k]));
      squares += bits(theory[k] - mean) ** 2;
      count++;
    }
    measured[`lastEntropyBitsAt${alpha}`] = bits(cell.entropy[n - 1].mean);
    // Share of states in each of BINS equal bins of S/log 2, and the same from p_S.
    const shares = new Float64Array(BINS);
    for (const s of cell.last) shares[Math.min(BINS - 1, Math.floor(bits(s) * BINS))] += 1 / cell.last.length;
    const g = meanFieldLastCoupling(core, g10, alpha, n);
    const per = cell.last.length / samples;
    const predicted = core.entropyShares(Float64Array.of(g), BINS);
    for (let b = 0; b < BINS; ++b) {
      // Standard error from the spread of the share between samples.
      const own = Float64Array.from({ length: samples }, (_, sample) => {
        let hits = 0;
        for (let s = sample * per; s < (sample + 1) * per; ++s) {
          if (Math.min(BINS - 1, Math.floor(bits(cell.last[s]) * BINS)) === b) hits++;
        }
        return hits / per;
      });
      row(
        'distribution',
        alpha,
        (b + 0.5) / BINS,
        shares[b] * BINS,
        core.meanAndError(own).error * BINS,
        predicted[b] * BINS,
      );
    }
  });
  const rms = Math.sqrt(squares / count);
  const paperFit = alphas.map((alpha) => bits(meanFieldEntropy(core, 0.9, alpha, 10)[9]));
  return {
    parameters: { profile, seed, n, samples, alphas, g10 },
    columns: { kind, ...table },
    measured: { ...measured, rmsResidualBits: rms },
    claims: [
      {
        id: 'fig2b-profile',
        source: 'Fig. 2(b)',
        statement: 'mean field follows the entropy of every l-bit along the chain',
        stated: 'points on curves',
        measured: `rms difference ${show(rms, 2)} log 2 over ${count} points, N = ${n}`,
        values: { rmsResidualBits: rms, g10 },
        agrees: rms < 0.06,
        note: 'An eight-level grain is small: the first l-bits stay below mean field, more so in the states at the edges of the spectrum, which count here.',
      },
      {
        id: 'fig2b-pairs',
        source: 'Fig. 2(b)',
        statement: `[S_end]/log 2 at α = ${alphas.join(', ')}`,
        stated: printed.join(', '),
        measured: `${alphas.map((a) => show(measured[`lastEntropyBitsAt${a}`], 2)).join(', ')} by exact diagonalization of the printed parameters, N = ${n}; ${paperFit.map((x) => show(x, 2)).join(', ')} in mean field with g₁₀ = 0.9, N = 10`,
        values: Object.fromEntries(alphas.map((a, i) => [`meanFieldAt${a}`, paperFit[i]])),
        agrees: alphas.every((a, i) => Math.abs(measured[`lastEntropyBitsAt${a}`] - printed[i]) < 0.1),
        note: 'The printed pairs follow from mean field with g₁₀ ≈ 0.9; the parameters of Sec. V taken literally give a smaller g₁₀.',
      },
    ],
  };
}

function plot({ columns, parameters }: FigureData, { document }: PlotOptions = {}): SVGElement {
  const c = columns as Record<string, number[]>;
  const kinds = columns.kind as string[];
  const rows = Array.from(c.x, (x, i) => ({
    kind: kinds[i],
    alpha: c.alpha[i],
    x,
    value: c.value[i],
    low: Math.max(c.value[i] - c.error[i], 0),
    high: c.value[i] + c.error[i],
    theory: c.meanField[i],
  }));
  const color = (r: { alpha: number }) => colors[alphas.indexOf(r.alpha)];
  const marks = (list: typeof rows) => [
    Plot.line(list, { x: 'x', y: 'theory', z: 'alpha', stroke: color, strokeWidth: 1.3 }),
    Plot.ruleX(list, { x: 'x', y1: 'low', y2: 'high', stroke: color, strokeWidth: 1.3 }),
    Plot.dot(list, { x: 'x', y: 'value', fill: color, r: 3.2 }),
  ];
  const profile = rows.filter((r) => r.kind === 'profile');
  const shares = rows.filter((r) => r.kind === 'distribution');
  const n = Number(parameters.n);
  const top = panel({
    document,
    height: 320,
    x: { label: 'distance from the grain, n', domain: [0.7, n + 0.3], ticks: n },
    y: { label: '[Sₙ] / log 2', domain: [0, 1.05] },
    marks: [
      ...marks(profile),
      ...legend(
        alphas.map((a) => `α = ${a}`),
        'bottom-left',
        colors.slice(0, 3),
      ),
    ],
  });
  const bottom = panel({
    document,
    height: 320,
    x: { label: 'entropy of the last l-bit in an eigenstate, S / log 2', domain: [0, 1] },
    y: logScale('density p_S · log 2', 0.02, 30),

    marks: marks(
      shares.map((r) => ({
        ...r,
        value: Math.max(r.value, 0.02),
        low: Math.max(r.low, 0.02),
        high: Math.max(r.high, 0.02),
        theory: Math.max(r.theory, 0.02),
      })),
    ),
  });
  const subtitle = `points: exact diagonalization, N = ${n}; curves: mean field with g₁,₀ = ${Number(parameters.g10).toFixed(3)}, fitted at α_c`;
  return frame(
    { title, subtitle, width: WIDTH, height: HEIGHT + 200 },
    [{ svg: top }, { svg: bottom, y: 320 }],
    document,
  );
}

export const figure: Figure = {
  id: '2b',
  title,
  ensemble: (profile) => ensembles[profile],
  sizesAtOnce: 1,
  compute,
  plot,
};
