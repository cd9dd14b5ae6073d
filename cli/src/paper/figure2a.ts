// Fig. 2(a): entropy of the last l-bit against α for chains of N l-bits, exact diagonalization over mean field.
import * as Plot from '@observablehq/plot';
import { show } from './claim.js';
import {
  alphaCritical,
  type Cell,
  diagonalizeCells,
  fitFirstCoupling,
  meanFieldEntropy,
  realizations,
  seed,
} from './drhSamples.js';
import type { Figure, FigureContext, FigureData, FigureResult, PlotOptions } from './figure.js';
import { colors, frame, HEIGHT, legend, muted, panel, WIDTH } from './style.js';

const title = 'Fig. 2(a) Entropy of the last l-bit at the end of a chain';
const grid = {
  quick: [0.45, 0.55, 0.65, alphaCritical, 0.8, 0.9],
  paper: [0.4, 0.45, 0.5, 0.55, 0.6, 0.65, alphaCritical, 0.75, 0.8, 0.85, 0.9, 0.95],
};
/** Points of a mean-field curve. */
const CURVE = 61;

async function compute(context: FigureContext): Promise<FigureResult> {
  const { core, profile } = context;
  const counts = context.ensemble ?? realizations[profile];
  const cells = await diagonalizeCells(
    context,
    Object.entries(counts).flatMap(([n, samples]) =>
      grid[profile].map((alpha) => ({ n: Number(n), alpha, samples })),
    ),
  );
  const g10 = fitFirstCoupling(core, cells, (c) => c.entropy);
  const g10Middle = fitFirstCoupling(core, cells, (c) => c.middle);
  const kind: string[] = [];
  const table = {
    n: [] as number[],
    alpha: [] as number[],
    entropyBits: [] as number[],
    errorBits: [] as number[],
    meanFieldBits: [] as number[],
    middleBits: [] as number[],
    middleErrorBits: [] as number[],
    middleMeanFieldBits: [] as number[],
  };
  const bits = (x: number) => x / Math.LN2;
  let [squares, middleSquares, weighted] = [0, 0, 0];
  for (const cell of cells) {
    const k = cell.n - 1;
    const theory = meanFieldEntropy(core, g10, cell.alpha, cell.n)[k];
    kind.push('ED');
    table.n.push(cell.n);
    table.alpha.push(cell.alpha);
    table.entropyBits.push(bits(cell.entropy[k].mean));
    table.errorBits.push(bits(cell.entropy[k].error));
    table.meanFieldBits.push(bits(theory));
    table.middleBits.push(bits(cell.middle[k].mean));
    table.middleErrorBits.push(bits(cell.middle[k].error));
    const middleTheory = meanFieldEntropy(core, g10Middle, cell.alpha, cell.n)[k];
    table.middleMeanFieldBits.push(bits(middleTheory));
    middleSquares += bits(middleTheory - cell.middle[k].mean) ** 2;
    squares += bits(theory - cell.entropy[k].mean) ** 2;
    weighted = Math.max(weighted, Math.abs(bits(theory - cell.entropy[k].mean)));
  }
  const [low, high] = [grid[profile][0], grid[profile].at(-1)!];
  for (const n of Object.keys(counts).map(Number)) {
    for (let i = 0; i < CURVE; ++i) {
      const alpha = low + ((high - low) * i) / (CURVE - 1);
      const value = bits(meanFieldEntropy(core, g10, alpha, n)[n - 1]);
      kind.push('mean field');
      table.n.push(n);
      table.alpha.push(alpha);
      table.entropyBits.push(value);
      table.errorBits.push(0);
      table.meanFieldBits.push(value);
      table.middleBits.push(value);
      table.middleErrorBits.push(0);
      table.middleMeanFieldBits.push(value);
    }
  }
  const rms = Math.sqrt(squares / cells.length);
  const middleRms = Math.sqrt(middleSquares / cells.length);
  const critical = cells.filter((c) => c.alpha === alphaCritical);
  const spread = (list: number[]) => Math.max(...list) - Math.min(...list);
  const atCritical = critical.map((c) => bits(c.entropy[c.n - 1].mean));
  return {
    parameters: { profile, seed, realizations: counts, alphas: grid[profile], g10, g10Middle, alphaCritical },
    columns: { kind, ...table },
    measured: {
      g10,
      g10Middle,
      rmsResidualBits: rms,
      middleRmsResidualBits: middleRms,
      largestResidualBits: weighted,
    },
    claims: [
      {
        id: 'fig2a-critical',
        source: 'Fig. 2(a)',
        statement: '[S_end] at α_c = 1/√2 does not depend on N, so that curves for different N cross there',
        stated: 'crossing at α_c = 1/√2',
        measured: `[S_end]/log 2 = ${critical.map((c) => entry(c)).join(', ')}`,
        values: { spreadBits: spread(atCritical) },
        agrees: spread(atCritical) < 0.05,
        note: `Averages over all states, standard errors over ${critical.map((c) => counts[c.n]).join(', ')} samples.`,
      },
      {
        id: 'fig2a-g10',
        source: 'Fig. 2',
        statement:
          'first bare coupling fitted at α_c with the parameters of Sec. V (h = 1, δh = 0.1, J₁ = 0.41, d_g = 8)',
        stated: 'g₁₀ ≈ 0.9 follows from the pairs printed with Fig. 2(b)',
        measured: `g₁₀ = ${show(g10, 3)} (all states), ${show(g10Middle, 3)} (middle quarter of the spectrum)`,
        values: { g10, g10Middle },
        agrees: Math.abs(g10Middle / 0.9 - 1) < 0.2,
        note: 'The printed parameters taken literally thermalize less than the figure of the paper shows; compare shapes, and mean field with exact diagonalization, rather than absolute values.',
      },
      {
        id: 'fig2a-agreement',
        source: 'Fig. 2(a)',
        statement: 'mean field with one fitted number follows exact diagonalization at every α and N',
        stated: 'points on curves',
        measured: `rms difference ${show(rms, 2)} log 2, largest ${show(weighted, 2)} log 2, over all states; rms ${show(middleRms, 2)} log 2 over the middle quarter of the spectrum`,
        values: { rmsResidualBits: rms, middleRmsResidualBits: middleRms, largestResidualBits: weighted },
        agrees: Math.min(rms, middleRms) < 0.05,
        note: 'Small chains deviate systematically: states at the edges of the spectrum of an eight-level grain thermalize less, which lowers averages over all states where mean field saturates.',
      },
    ],
  };
}

function entry(c: Cell): string {
  const { mean, error } = c.entropy[c.n - 1];
  return `${show(mean / Math.LN2, 3)} ± ${show(error / Math.LN2, 1)} (N = ${c.n})`;
}

function plot({ columns, parameters }: FigureData, { document }: PlotOptions = {}): SVGElement {
  const c = columns as Record<string, number[]>;
  const kinds = columns.kind as string[];
  const rows = Array.from(c.n, (n, i) => ({
    kind: kinds[i],
    n,
    alpha: c.alpha[i],
    s: c.entropyBits[i],
    low: Math.max(c.entropyBits[i] - c.errorBits[i], 0),
    high: c.entropyBits[i] + c.errorBits[i],
    // Distance to the critical point in the variable in which α^N is scaled.
    scaled: (c.alpha[i] - alphaCritical) * n,
    residual: c.meanFieldBits[i] - c.entropyBits[i],
    middle: c.middleMeanFieldBits[i] - c.middleBits[i],
    error: c.errorBits[i],
  }));
  const points = rows.filter((r) => r.kind === 'ED');
  const curves = rows.filter((r) => r.kind !== 'ED');
  const sizes = [...new Set(rows.map((r) => r.n))];
  const color = (r: { n: number }) => colors[sizes.indexOf(r.n)];
  const span: [number, number] = [
    Math.min(...rows.map((r) => r.alpha)) - 0.02,
    Math.max(...rows.map((r) => r.alpha)) + 0.02,
  ];
  const main = panel({
    document,
    x: { label: 'decay of the couplings, α', domain: span },
    y: { label: 'entropy of the last l-bit, [S_end] / log 2', domain: [0, 1.02] },
    marks: [
      Plot.ruleX([alphaCritical], { stroke: muted, strokeDasharray: '3,4' }),
      Plot.line(curves, { x: 'alpha', y: 's', z: 'n', stroke: color, strokeWidth: 1.3 }),
      Plot.ruleX(points, { x: 'alpha', y1: 'low', y2: 'high', stroke: color, strokeWidth: 1.3 }),
      Plot.dot(points, { x: 'alpha', y: 's', fill: color, r: 3.2 }),
      Plot.text(['α_c'], { x: alphaCritical, y: 0.03, dx: 6, textAnchor: 'start', fill: muted }),
      ...legend(
        sizes.map((n) => `N = ${n}`),
        'top-left',
        colors.slice(0, sizes.length),
      ),
    ],
  });
  const inset = panel({
    document,
    width: 226,
    height: 176,
    marginLeft: 44,
    marginRight: 8,
    marginTop: 8,
    marginBottom: 38,
    x: { label: '(α − α_c) N', ticks: 4, labelOffset: 32 },
    y: { label: null, domain: [0, 1.02], ticks: 3 },
    marks: [
      Plot.line(curves, { x: 'scaled', y: 's', z: 'n', stroke: color, strokeWidth: 0.8 }),
      Plot.dot(points, { x: 'scaled', y: 's', fill: color, r: 2 }),
    ],
  });
  const residuals = panel({
    document,
    height: 190,
    x: { label: 'α', domain: span },
    y: { label: 'mean field − ED', ticks: [-0.1, 0, 0.1], tickFormat: '.1f', domain: [-0.2, 0.2] },
    marks: [
      Plot.ruleY([0], { stroke: muted }),
      Plot.ruleX(points, {
        x: 'alpha',
        y1: (r) => r.residual - r.error,
        y2: (r) => r.residual + r.error,
        stroke: color,
      }),
      Plot.dot(points, { x: 'alpha', y: 'residual', fill: color, r: 3 }),
      Plot.dot(points, { x: 'alpha', y: 'middle', stroke: color, r: 3.4, fill: 'white' }),
      Plot.text([`open: middle quarter of the spectrum, g₁,₀ = ${Number(parameters.g10Middle).toFixed(3)}`], {
        frameAnchor: 'bottom-left',
        dx: 10,
        dy: -8,
        textAnchor: 'start',
        fill: muted,
      }),
    ],
  });
  const subtitle = `points: exact diagonalization, all states; curves: mean field with g₁,₀ = ${Number(parameters.g10).toFixed(3)}, fitted at α_c = 1/√2`;
  return frame(
    { title, subtitle, width: WIDTH, height: HEIGHT + 190 },
    [{ svg: main }, { svg: inset, x: 386, y: 206 }, { svg: residuals, y: HEIGHT }],
    document,
  );
}

export const figure: Figure = {
  id: '2a',
  title,
  ensemble: (profile) => realizations[profile],
  compute,
  plot,
};
