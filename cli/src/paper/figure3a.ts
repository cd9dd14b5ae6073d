// Fig. 3(a): entropy against distance from the grain for an avalanche that fails in one dimension.
import * as Plot from '@observablehq/plot';
import { drhCouplings } from 'emft';
import { show } from './claim.js';
import type { Figure, FigureContext, FigureData, FigureResult, PlotOptions } from './figure.js';
import { crossing } from './grids.js';
import { colors, frame, muted, panel, signed } from './style.js';

const title = 'Fig. 3(a) Entropy profile of a failed avalanche in one dimension';
const deltaAlpha = -0.07;
const n = 50;
const g10 = 0.5;

async function compute({ core }: FigureContext): Promise<FigureResult> {
  const alpha = Math.SQRT1_2 + deltaAlpha;
  const bare = drhCouplings({ g0: g10, alpha, n });
  const { g, entropy, etaTot, converged } = core.solveMeanField(bare);
  const units = (s: Float64Array) => s.map((x) => x / Math.LN2);
  const spins = Int32Array.from({ length: n }, (_, i) => i + 1);
  const profile = units(entropy);
  const half = crossing(spins, profile, 0.5);
  const total = etaTot / Math.LN2;
  return {
    parameters: { deltaAlpha, alpha, n, g10, converged },
    columns: {
      n: spins,
      g0: bare,
      g,
      entropyBits: profile,
      entropyBitsWithoutFeedback: units(core.response(bare).entropy),
    },
    measured: { halfEntropyCrossing: half, etaTotOverLog2: total },
    claims: [
      {
        id: 'n-star',
        source: 'Fig. 3(a)',
        statement: `at δα = ${signed(deltaAlpha)}, g₁₀ = ${g10}, the entropy falls through half its maximum at n*`,
        stated: 'n* ≈ 30',
        measured: `n* = ${show(half)}`,
        values: { nStar: half, etaTotOverLog2: total },
        agrees: Math.abs(half - 30) <= 1,
        note: `The same solution has η_tot = ${show(total)} log 2.`,
      },
    ],
  };
}

function plot({ columns, parameters }: FigureData, { document }: PlotOptions = {}): SVGElement {
  const { entropyBits, entropyBitsWithoutFeedback } = columns as Record<string, number[]>;
  const spins = Array.from(columns.n as ArrayLike<number>);
  const half = crossing(spins, entropyBits, 0.5);
  const points = spins.map((spin, i) => ({
    spin,
    full: entropyBits[i],
    bare: entropyBitsWithoutFeedback[i],
  }));
  const svg = panel({
    document,
    x: { label: 'distance from the grain, n', domain: [0, spins.length + 1] },
    y: { label: 'mean entropy [Sₙ] / log 2', domain: [0, 1.05] },
    marks: [
      Plot.ruleY([0.5], { stroke: muted, strokeDasharray: '3,4' }),
      Plot.ruleX([half], { stroke: muted, strokeDasharray: '3,4' }),
      Plot.line(points, {
        x: 'spin',
        y: 'bare',
        stroke: colors[1],
        strokeWidth: 1.5,
        strokeDasharray: '6,4',
      }),
      Plot.line(points, { x: 'spin', y: 'full', stroke: colors[0], strokeWidth: 1.5 }),
      Plot.dot(points, { x: 'spin', y: 'full', fill: colors[0], r: 3.2 }),
      Plot.text([`n* = ${half.toFixed(1)}`], { x: half, y: 0.9, dx: 8, textAnchor: 'start' }),
      Plot.text(['half'], { x: 49, y: 0.5, dy: -8, textAnchor: 'end', fill: muted }),
      Plot.text(['mean field'], { x: 21, y: 1.0, dy: 22, textAnchor: 'end', fill: colors[0] }),
      Plot.text(['without feedback: [S](gₙ,₀)'], { x: 8.5, y: 0.2, textAnchor: 'start', fill: colors[1] }),
    ],
  });
  const { deltaAlpha: da, n: count, g10: first } = parameters as Record<string, number>;
  const subtitle = `δα = α − 1/√2 = ${signed(da)}, N = ${count}, g₁,₀ = ${first}`;
  return frame({ title, subtitle }, [{ svg }], document);
}

export const figure: Figure = { id: '3a', title, compute, plot };
