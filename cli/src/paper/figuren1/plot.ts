// Three panels: norms, averages, and the distribution of entropies.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { frame } from '../frame.js';
import { legend, panel } from '../panel.js';
import { COLUMN, dotStyle, lineStyle, logScale, type SeriesStyle, series } from '../style.js';
import { SHOWN, type size } from './data.js';

const PANEL = 150;

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
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
  const marks = (name: string, style: SeriesStyle, floor = 0) => {
    // What lies below a logarithmic axis is left out; a bar that crosses its end is cut there.
    const own = rows.filter((r) => r.kind === name);
    const fine = rows.filter((r) => r.kind === `${name} theory`);
    const list = own
      .filter((r) => r.value >= floor)
      .map((r) => ({ ...r, low: Math.max(r.low, floor), high: Math.max(r.high, floor) }));
    const curve = (fine.length ? fine : own).filter((r) => r.theory >= floor);
    return [
      Plot.line(curve, {
        x: 'x',
        y: 'theory',
        // Here the theory is a share of each bin as well, not a curve.
        curve: fine.length > 0 ? 'linear' : 'step',
        ...lineStyle({ ...style, dash: undefined }),
      }),
      Plot.ruleX(list, { x: 'x', y1: 'low', y2: 'high', stroke: style.color, strokeWidth: 0.7 }),
      Plot.dot(list, { x: 'x', y: 'value', ...dotStyle(style, { r: 1.8 }) }),
    ];
  };
  const [first, second, third] = [0, 1, 2].map(series);
  const top = panel({
    document,
    height: PANEL,
    x: logScale('norm of a state over the coupling, $x = g_{1a} / g_1$', 0.4, 1500),
    y: logScale('$p̃(x)$', 1e-6, 1),
    marks: marks('norms', first, 1e-6),
  });
  const middle = panel({
    document,
    height: PANEL,
    x: logScale('reduced coupling $g_1$', 2e-3, 5),
    y: { label: '$[S] / log 2$, $C^{{z}{z}}$', domain: [0, 1.05] },
    marks: [
      ...marks('entropy', first),
      ...marks('czz', second),
      ...legend(
        [
          { label: '$[S] / log 2$', style: { ...first, dash: undefined }, shows: 'both' },
          { label: '$C^{{z}{z}}$', style: { ...second, dash: undefined }, shows: 'both' },
        ],
        { anchor: 'bottom-left', dy: 30 },
      ),
    ],
  });
  const bottom = panel({
    document,
    height: PANEL,
    x: { label: `entropy of an eigenstate $S / log 2$, at $g_1 ≈ ${SHOWN}$`, domain: [0, 1] },
    y: logScale('$p_S log 2$', 0.1, 10),
    marks: marks('distribution', third, 0.1),
  });
  const { norms, states } = (parameters as { size: (typeof size)['quick'] }).size;
  const dimensions = [norms.grainDimension, states.grainDimension];
  const levels =
    dimensions[0] === dimensions[1] ? `${dimensions[0]}` : `${dimensions[0]} (top) and ${dimensions[1]}`;
  const subtitle = `points: grains of ${levels} levels, middle quarter of the spectrum; curves: $p̃$, $[S]$, $C^{{z}{z}}$, $p_S$`;
  return frame(
    { title, subtitle, width: COLUMN, height: 3 * PANEL },
    [{ svg: top }, { svg: middle, y: PANEL }, { svg: bottom, y: 2 * PANEL }],
    document,
  );
};
