// Two l-bits on a large grain: how the coupling of the first enhances the matrix elements of the second.
import * as Plot from '@observablehq/plot';
import { show } from './claim.js';
import type { Figure, FigureContext, FigureData, FigureResult, PlotOptions } from './figure.js';
import { logGrid } from './grids.js';
import { runAll } from './runAll.js';
import { colors, frame, ink, logScale, muted, panel } from './style.js';

const title = 'Test N = 2: enhancement of one l-bit’s coupling by another';
const size = { quick: { grainDimension: 256, samples: 6 }, paper: { grainDimension: 1024, samples: 16 } };
const targets = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
const fraction = 0.25;
const seed = 72;
/** g / (√d_g J) in the middle of the semicircle; only to aim. */
const PER_COUPLING = 0.2394;

async function compute({ core, profile, progress }: FigureContext): Promise<FigureResult> {
  const { grainDimension, samples } = size[profile];
  const results = await runAll<{ g1: number; enhancement: number }>(
    progress,
    targets.flatMap((g) =>
      Array.from({ length: samples }, (_, index) => ({
        kind: 'twoSpin',
        params: { grainDimension, j1: g / (PER_COUPLING * Math.sqrt(grainDimension)), fraction },
        seed,
        index,
      })),
    ),
  );
  const kind: string[] = [];
  const table = {
    g1: [] as number[],
    enhancement: [] as number[],
    error: [] as number[],
    theory: [] as number[],
  };
  const row = (k: string, g1: number, enhancement: number, error: number, theory: number) => {
    kind.push(k);
    table.g1.push(g1);
    table.enhancement.push(enhancement);
    table.error.push(error);
    table.theory.push(theory);
  };
  const growth = (g: Float64Array) => core.eta(g).map((eta) => Math.exp(0.5 * eta));
  let worst = 0;
  targets.forEach((_, t) => {
    const own = results.slice(t * samples, (t + 1) * samples);
    const g1 = core.meanAndError(Float64Array.from(own, (r) => r.g1)).mean;
    const { mean, error } = core.meanAndError(Float64Array.from(own, (r) => r.enhancement));
    const [theory] = growth(Float64Array.of(g1));
    row('ED', g1, mean, error, theory);
    worst = Math.max(worst, Math.abs(mean / theory - 1));
  });
  const grid = logGrid(1e-3, 16, 60);
  growth(grid).forEach((y, i) => void row('theory', grid[i], y, 0, y));
  const last = targets.length - 1;
  return {
    parameters: { profile, seed, grainDimension, samples, fraction },
    columns: { kind, ...table },
    measured: { largestRelativeDifference: worst, strongEnhancement: table.enhancement[last] },
    claims: [
      {
        id: 'n2-enhancement',
        source: 'Eq. (8)',
        statement: '[|V′_2,ab|]/[|V_2,ab|] = exp(η(g₁)/2)',
        stated: 'e^{η(g₁)/2}, g₁ from 10⁻³ to 3',
        measured: targets
          .map(
            (_, t) =>
              `${show(table.enhancement[t])} ± ${show(table.error[t], 1)} (theory ${show(table.theory[t])}) at g₁ = ${show(table.g1[t], 2)}`,
          )
          .join('; '),
        values: { largestRelativeDifference: worst },
        agrees: worst < 0.03,
      },
      {
        id: 'n2-limits',
        source: 'Eq. (9)',
        statement: 'limits of the enhancement: η → −8 g log g at weak, η → log 2 at strong coupling',
        stated: '√2 at strong coupling',
        measured: `${show(table.enhancement[last])} ± ${show(table.error[last], 1)} at g₁ = ${show(table.g1[last], 3)}; log-enhancement at g₁ = ${show(table.g1[0], 2)} is ${show(Math.log(table.enhancement[0]) / Math.log(table.theory[0]), 3)} of η/2`,
        values: { strong: table.enhancement[last], strongError: table.error[last] },
        agrees: Math.abs(table.enhancement[last] / Math.SQRT2 - 1) < 0.02,
      },
    ],
  };
}

function plot({ columns, parameters }: FigureData, { document }: PlotOptions = {}): SVGElement {
  const c = columns as Record<string, number[]>;
  const kinds = columns.kind as string[];
  const rows = Array.from(c.g1, (g1, i) => ({
    kind: kinds[i],
    g1,
    y: c.enhancement[i],
    low: c.enhancement[i] - c.error[i],
    high: c.enhancement[i] + c.error[i],
    weak: Math.exp(-4 * g1 * Math.log(g1)),
  }));
  const points = rows.filter((r) => r.kind === 'ED');
  const curve = rows.filter((r) => r.kind !== 'ED');
  const svg = panel({
    document,
    x: logScale('reduced coupling of the first l-bit, g₁', 7e-4, 6),
    y: { label: '[|V′₂|] / [|V₂|]', domain: [0.98, 1.46] },
    marks: [
      Plot.ruleY([Math.SQRT2], { stroke: muted, strokeDasharray: '3,4' }),
      Plot.text(['√2'], { x: 1e-3, y: Math.SQRT2, dy: -8, fill: muted }),
      Plot.line(
        curve.filter((r) => r.weak < 1.44 && r.g1 < 0.1),
        { x: 'g1', y: 'weak', stroke: ink, strokeDasharray: '6,4' },
      ),
      Plot.text(['g₁^(−4 g₁)'], { x: 0.014, y: 1.3, textAnchor: 'end', dx: -8, fill: ink }),
      Plot.line(curve, { x: 'g1', y: 'y', stroke: colors[0], strokeWidth: 1.3 }),
      Plot.ruleX(points, { x: 'g1', y1: 'low', y2: 'high', stroke: colors[1], strokeWidth: 1.5 }),
      Plot.dot(points, { x: 'g1', y: 'y', fill: colors[1], r: 3.5 }),
    ],
  });
  const subtitle = `points: exact diagonalization, grain of ${parameters.grainDimension} levels; curve: exp(η(g₁)/2); dashed: limits`;
  return frame({ title, subtitle }, [{ svg }], document);
}

export const figure: Figure = { id: 'n2', title, compute, plot };
