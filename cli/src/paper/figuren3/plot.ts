// Four panels: norms; entropies and enhancements over the theory of a real grain, from which others differ little; enhancements at strong
// coupling on growing grains.
import * as Plot from '@observablehq/plot';
import { modelStatistics } from 'emft/check';
import { rowsOfKind } from '../columns.js';
import type { Columns, Draw } from '../figure.js';
import { frame } from '../frame.js';
import { bars, legend, panel, withBars } from '../panel.js';
import { COLUMN, dotStyle, guide, lineStyle, logScale, PANEL, series } from '../style.js';
import type { Grid } from './data.js';
import { type Growing, growingOf, throughAt } from './growing.js';

const NAMES = { goe: 'GOE', gue: 'GUE', poisson: 'Poisson' } as const;
const FIELDS = ['x', 'value', 'error', 'theory'] as const;

const solid = (k: number) => ({ ...series(k), dash: undefined });

const rowsOf = (columns: Columns) => (grain: string, quantity: string) =>
  rowsOfKind(columns, `${grain} ${quantity}`, FIELDS);

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const of = rowsOf(columns);
  const entries = modelStatistics.map((grain, k) => ({
    label: NAMES[grain],
    style: solid(k),
    shows: 'both' as const,
  }));
  const FLOOR = 1e-6;
  const top = panel({
    document,
    height: PANEL,
    x: logScale('norm of a state over the coupling, $x = g_{1a} / g_1$', 0.4, 1500),
    y: logScale('$p̃(x)$', FLOOR, 1),
    marks: [
      ...modelStatistics.flatMap((grain, k) => {
        const list = withBars(
          of(grain, 'norms').filter((r) => r.value >= FLOOR),
          FLOOR,
        );
        return [
          Plot.line(
            of(grain, 'norms theory').filter((r) => r.theory >= FLOOR),
            { x: 'x', y: 'theory', ...lineStyle(solid(k)) },
          ),
          bars(list, 'x', series(k)),
          Plot.dot(list, { x: 'x', y: 'value', ...dotStyle(series(k), { r: 1.6 }) }),
        ];
      }),
      ...legend(entries, { anchor: 'top-right' }),
    ],
  });
  const { norms, states, pairs } = (parameters as Pick<Grid, 'size'>).size;
  const dimensions = [norms, states, pairs].map(({ grainDimension }) => grainDimension);
  const levels = new Set(dimensions).size === 1 ? `${dimensions[0]}` : dimensions.join(', ');
  const subtitle = `points: grains of ${levels} levels, middle quarter of the spectrum; curves: the theory; entropies and enhancements over the theory of GOE grains; bottom: relative difference of the enhancement from the theory on grains of $d$ levels at strong coupling, open at equal density of levels, with $c + a/d + b/d²$`;
  return frame(
    { title, subtitle, width: COLUMN, height: 4 * PANEL },
    [
      { svg: top },
      { svg: relative(columns, 'entropy', '$[S]$ over that of GOE', document), y: PANEL },
      { svg: relative(columns, 'enhancement', '$e^{η/2}$ over that of GOE', document), y: 2 * PANEL },
      { svg: growingPanel(columns, document), y: 3 * PANEL },
    ],
    document,
  );
};

/** One panel of a quantity over that of the theory for GOE grains. */
function relative(
  columns: Columns,
  quantity: string,
  label: string,
  document: Document | undefined,
): SVGElement {
  const of = rowsOf(columns);
  const real = of('goe', `${quantity} theory`);
  /** Of a real grain at x, on the straight line between the points of the fine grid. */
  const unit = (x: number) => {
    const k = Math.max(
      1,
      real.findIndex((r) => r.x >= x),
    );
    const [a, b] = [real[k - 1], real[k]];
    return a.theory * (b.theory / a.theory) ** ((x - a.x) / (b.x - a.x));
  };
  const points = modelStatistics.map((grain) =>
    of(grain, quantity).map((r) => ({
      x: r.x,
      y: r.value / unit(r.x),
      low: (r.value - r.error) / unit(r.x),
      high: (r.value + r.error) / unit(r.x),
    })),
  );
  const curves = modelStatistics.map((grain) =>
    of(grain, `${quantity} theory`).map((r) => ({ x: r.x, y: r.theory / unit(r.x) })),
  );
  const all = [...points.flat().flatMap((r) => [r.low, r.high]), ...curves.flat().map((r) => r.y)];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const margin = 0.08 * (most - least);
  return panel({
    document,
    height: PANEL,
    x: logScale('reduced coupling $g_1$', 2e-3, 5),
    y: { label, domain: [least - margin, most + margin] },
    marks: [
      ...modelStatistics.flatMap((_, k) => [
        Plot.line(
          curves[k].filter((r) => r.x >= 2e-3 && r.x <= 5),
          { x: 'x', y: 'y', ...lineStyle(solid(k)) },
        ),
        bars(points[k], 'x', series(k)),
        Plot.dot(points[k], { x: 'x', y: 'y', ...dotStyle(series(k), { r: 1.8 }) }),
      ]),
    ],
  });
}

/** Relative differences at strong coupling against 1/d, and the curves that are extrapolated. */
function growingPanel(columns: Columns, document: Document | undefined): SVGElement {
  const found = modelStatistics.map((grain) => growingOf(columns, grain));
  const points = (growing: Growing, key: 'raw' | 'equal') =>
    withBars(
      growing[key].map((r, k) => ({
        value: 100 * r.value,
        error: 100 * r.error,
        x: 1000 / growing.levels[k],
      })),
    );
  const curve = ({ levels, raw }: Growing) =>
    Array.from({ length: 41 }, (_, k) => {
      const x = (1 / levels[0]) * (k / 40);
      return { x: 1000 * x, y: 100 * throughAt(levels, raw, x) };
    });
  const all = [
    ...found.flatMap((growing) =>
      [...points(growing, 'raw'), ...points(growing, 'equal')].flatMap((r) => [r.low, r.high]),
    ),
    ...found.flatMap(curve).map(({ y }) => y),
  ];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const margin = 0.08 * (most - least);
  const widest = Math.max(...found.map(({ levels }) => 1000 / levels[0]));
  return panel({
    document,
    height: PANEL,
    x: { label: '$1000/d$', domain: [-0.03 * widest, 1.05 * widest] },
    y: { label: 'off the theory [%]', domain: [least - margin, most + margin] },
    marks: [
      Plot.ruleY([0], guide),
      ...found.flatMap((growing, k) => [
        Plot.line(curve(growing), { x: 'x', y: 'y', ...lineStyle(solid(k), 0.7) }),
        ...(['raw', 'equal'] as const).flatMap((key) => [
          bars(points(growing, key), 'x', series(k)),
          Plot.dot(points(growing, key), {
            x: 'x',
            y: 'value',
            ...dotStyle(series(k), { r: 1.8, open: key === 'equal' }),
          }),
        ]),
      ]),
    ],
  });
}
