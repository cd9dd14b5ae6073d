// Fig. 1(c): mean entropy [S] and entanglement growth η of one spin against its reduced coupling g.
import * as Plot from '@observablehq/plot';
import { show } from './claim.js';
import type { Figure, FigureContext, FigureData, FigureResult, PlotOptions } from './figure.js';
import { logGrid } from './grids.js';
import { colors, frame, logScale, muted, panel } from './style.js';

const title = 'Fig. 1(c) Entropy and entanglement growth of a single spin';
const perDecade = { quick: 32, paper: 128 };

async function compute({ core, profile }: FigureContext): Promise<FigureResult> {
  const g = logGrid(1e-4, perDecade[profile], 6 * perDecade[profile] + 1);
  const { entropy, eta } = core.response(g);
  const [tiny, huge] = [Float64Array.of(1e-12, 1e-10), Float64Array.of(1e4)];
  const weak = core.response(tiny);
  const strong = core.response(huge);
  const entropySlope = weak.entropy[0] / tiny[0];
  // η/g = −8 log g + const, so the difference of two values isolates the coefficient of the logarithm.
  const etaSlope = (weak.eta[1] / tiny[1] - weak.eta[0] / tiny[0]) / (2 * Math.LN10);
  const saturation = strong.eta[0] / Math.LN2;
  const printed = 2 * Math.PI * Math.LN2;
  return {
    parameters: { profile, gRange: [g[0], g[g.length - 1]] },
    columns: {
      g,
      entropy,
      eta,
    },
    measured: { entropySlope, etaLogCoefficient: etaSlope, etaSaturationOverLog2: saturation },
    claims: [
      {
        id: 'eta-weak',
        source: 'Eq. (7)',
        statement: 'η(g) for g → 0',
        stated: 'η → −8 g log g',
        measured: `coefficient of g log g: ${show(etaSlope, 7)}`,
        values: { etaLogCoefficient: etaSlope },
        agrees: Math.abs(etaSlope + 8) < 1e-3,
      },
      {
        id: 'entropy-weak',
        source: 'Eq. (7b)',
        statement: '[S](g) for g → 0',
        stated: `[S] → 2π log 2 · g = ${show(printed)} g`,
        measured: `[S]/g = ${show(entropySlope, 7)} = 2π · ${show(entropySlope / (2 * Math.PI), 7)}`,
        values: { entropySlope },
        agrees: Math.abs(entropySlope / printed - 1) < 1e-3,
        note: 'The factor log 2 printed in (7b) is not there: with entropies in nats, as elsewhere in the paper, ∫S(g)/g² dg = π exactly and [S] → 2πg.',
      },
      {
        id: 'eta-strong',
        source: 'Eq. (7)',
        statement: 'η(g) for g → ∞',
        stated: 'η → log 2',
        measured: `η(10⁴) = ${show(saturation, 10)} log 2`,
        values: { etaSaturationOverLog2: saturation },
        agrees: Math.abs(saturation - 1) < 1e-8,
      },
    ],
  };
}

function plot({ columns }: FigureData, { document }: PlotOptions = {}): SVGElement {
  const { g, entropy, eta } = columns as Record<string, number[]>;
  const rows = Array.from(g, (x, i) => ({
    x,
    entropy: entropy[i] / Math.LN2,
    eta: eta[i] / Math.LN2,
    entropyWeak: (2 * Math.PI * x) / Math.LN2,
    etaWeak: (-8 * x * Math.log(x)) / Math.LN2,
  }));
  const [low, top] = [6e-4, 2.5];
  const etaPeak = Math.exp(-1);
  const dashed = { strokeDasharray: '5,4', strokeWidth: 1.2 };
  const svg = panel({
    document,
    x: logScale('reduced coupling g', rows[0].x, rows[rows.length - 1].x),
    y: logScale('[S] / log 2,  η / log 2', low, top),
    marks: [
      Plot.ruleY([1], { stroke: muted, strokeDasharray: '3,4' }),
      Plot.line(
        rows.filter((r) => r.etaWeak < top && r.x < etaPeak && r.etaWeak > low),
        { x: 'x', y: 'etaWeak', stroke: colors[0], ...dashed },
      ),
      Plot.line(
        rows.filter((r) => r.entropyWeak < top && r.entropyWeak > low),
        { x: 'x', y: 'entropyWeak', stroke: colors[1], ...dashed },
      ),
      Plot.line(rows, { x: 'x', y: 'eta', stroke: colors[0], strokeWidth: 2.2 }),
      Plot.line(rows, { x: 'x', y: 'entropy', stroke: colors[1], strokeWidth: 2.2 }),
      Plot.text(['η'], { x: 2e-3, y: 0.05, fill: colors[0], fontSize: 17 }),
      Plot.text(['[S]'], { x: 3e-3, y: 0.014, fill: colors[1], fontSize: 15, textAnchor: 'start' }),
      Plot.text(['dashed: −8 g log g and 2πg'], {
        frameAnchor: 'bottom-right',
        dx: -12,
        dy: -12,
        fill: muted,
      }),
      Plot.text(['log 2'], { x: rows[0].x, y: 1, dx: 8, dy: -9, textAnchor: 'start', fill: muted }),
    ],
  });
  const subtitle =
    'averages over the GOE distribution of resonance strengths, with the limits for weak coupling';
  return frame({ title, subtitle }, [{ svg }], document);
}

export const figure: Figure = { id: '1c', title, compute, plot };
