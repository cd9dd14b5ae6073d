// Three panels: norms, averages, and the distribution of entropies.
import * as Plot from '@observablehq/plot';
import { rowsOfKind } from '../columns.js';
import type { Draw } from '../figure.js';
import { frame } from '../frame.js';
import { bars, legend, panel, withBars } from '../panel.js';
import { COLUMN, dotStyle, lineStyle, logScale, PANEL, type SeriesStyle, series } from '../style.js';
import { grid } from './data.js';

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const rowsOf = (kind: string) => rowsOfKind(columns, kind, ['x', 'value', 'error', 'theory']);
  const marks = (name: string, style: SeriesStyle, floor = 0) => {
    // What lies below a logarithmic axis is left out; a bar that crosses its end is cut there.
    const [own, fine] = [rowsOf(name), rowsOf(`${name} theory`)];
    const list = withBars(
      own.filter((r) => r.value >= floor),
      floor,
    );
    const curve = (fine.length ? fine : own).filter((r) => r.theory >= floor);
    return [
      Plot.line(curve, {
        x: 'x',
        y: 'theory',
        // Here the theory is a share of each bin as well, not a curve.
        curve: fine.length > 0 ? 'linear' : 'step',
        ...lineStyle({ ...style, dash: undefined }),
      }),
      bars(list, 'x', style),
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
    x: { label: `entropy of an eigenstate $S / log 2$, at $g_1 ≈ ${grid().shown}$`, domain: [0, 1] },
    y: logScale('$p_S log 2$', 0.1, 10),
    marks: marks('distribution', third, 0.1),
  });
  const { norms, states } = (parameters as Pick<ReturnType<typeof grid>, 'size'>).size;
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
