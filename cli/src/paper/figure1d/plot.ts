// The curves of Fig. 1(d), with their limits for weak coupling.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { frame } from '../frame.js';
import { label, panel } from '../panel.js';
import { guide, lineStyle, logScale, muted, series } from '../style.js';

export const plot: Draw = ({ columns }, { document, title }) => {
  const { g, entropy, eta } = columns as Record<string, number[]>;
  const rows = Array.from(g, (x, i) => ({
    x,
    entropy: entropy[i] / Math.LN2,
    eta: eta[i] / Math.LN2,
    entropyWeak: (2 * Math.PI * x) / Math.LN2,
    etaWeak: (-8 * x * Math.log(x)) / Math.LN2,
  }));
  const [low, top] = [6e-4, 3];
  const etaPeak = Math.exp(-1);
  const [etaStyle, entropyStyle] = [series(0), series(1)];
  const weak = (color: string) => ({ stroke: color, strokeDasharray: '1.5,1.8', strokeWidth: 0.8 });
  const svg = panel({
    document,
    x: logScale('reduced coupling $g$', rows[0].x, rows[rows.length - 1].x),
    y: logScale('$η / log 2$, $[S] / log 2$', low, top),
    marks: [
      Plot.ruleY([1], guide),
      Plot.line(
        rows.filter((r) => r.etaWeak < top && r.x < etaPeak && r.etaWeak > low),
        { x: 'x', y: 'etaWeak', ...weak(etaStyle.color) },
      ),
      Plot.line(
        rows.filter((r) => r.entropyWeak < top && r.entropyWeak > low),
        { x: 'x', y: 'entropyWeak', ...weak(entropyStyle.color) },
      ),
      Plot.line(rows, { x: 'x', y: 'eta', ...lineStyle(etaStyle, 1.3) }),
      Plot.line(rows, { x: 'x', y: 'entropy', ...lineStyle(entropyStyle, 1.3) }),
      label('$η$', { x: 1e-3, y: 0.035, color: etaStyle.color }),
      label('$[S]$', { x: 1e-3, y: 0.0035, color: entropyStyle.color }),
      label('$-8 g log g$', { x: 0.045, y: 2.1, color: etaStyle.color, textAnchor: 'end' }),
      label('$2 π g$', { x: 0.3, y: 2, dx: 5, color: entropyStyle.color }),
      label('1', { x: rows[0].x, y: 1, dx: 4, dy: -6, color: muted }),
    ],
  });
  const subtitle =
    'averages over the GOE distribution of resonance strengths; dotted: the limits for weak coupling, $-8 g log g$ and $2 π g$';
  return frame({ title, subtitle }, [{ svg }], document);
};
