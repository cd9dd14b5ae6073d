// The curves of Fig. 1(d), with their limits for weak coupling.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { colors, frame, logScale, muted, panel } from '../style.js';

export const plot: Draw = ({ columns }, { document, title }) => {
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
};
