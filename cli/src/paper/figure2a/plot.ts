// Points and curves of Fig. 2(a), the same on a logarithmic scale in an inset, and what they differ by.

import * as Plot from '@observablehq/plot';
import { ALPHA_CRITICAL } from '../../common/constants.js';
import { type EndEntropyRow, endEntropyRows, endEntropySubtitle } from '../endEntropy.js';
import type { Draw, PlotOptions } from '../figure.js';
import { frame } from '../frame.js';
import { curves, type Grouped, keyEntries, label, legend, panel, points } from '../panel.js';
import { COLUMN, guide, logScale, muted, type SeriesStyle, sequence, signed } from '../style.js';

const [MAIN, RESIDUALS] = [225, 108];
const INSET = { width: 92, height: 84 };

/** Where there is room between the curves: above the left end of those that rise slowly, below the right end of those near log 2. */
const ROOM = {
  above: { inset: { x: 40, y: 8 }, legend: { anchor: 'bottom-right' }, guide: 0 },
  below: { inset: { x: 137, y: 110 }, legend: { anchor: 'bottom-left', dx: 34 }, guide: 0.56 },
} as const;

/** What the three panels are drawn from. */
interface Shown extends PlotOptions {
  measured: EndEntropyRow[];
  theory: EndEntropyRow[];
  keys: number[];
  styles: SeriesStyle[];
  span: [number, number];
}

const key = (r: EndEntropyRow) => r.n;

/** The same data on a logarithmic scale. */
function insetPanel({ document, measured, theory, span, ...group }: Shown): SVGElement {
  const least = Math.min(...[...measured, ...theory].map((r) => r.s));
  const bottom = 10 ** Math.floor(Math.log10(least));
  return panel({
    document,
    ...INSET,
    marginLeft: 24,
    marginRight: 4,
    marginTop: 4,
    marginBottom: 22,
    x: { label: '$α$', domain: span, ticks: [0.5, 0.7], labelOffset: 20 },
    y: { ...logScale('', bottom, 1.2), label: null },
    marks: [
      Plot.ruleX([ALPHA_CRITICAL], guide),
      ...curves({ ...group, key, rows: theory }, { x: 'alpha', y: 's', strokeWidth: 0.7 }),
      ...points({ ...group, key, rows: measured }, { x: 'alpha', y: 's', r: 1.1 }),
    ],
  });
}

/** Over the middle of the spectrum, with a first coupling of their own. */
function middlePoints(
  group: Grouped<EndEntropyRow, number>,
  x: (r: EndEntropyRow) => number,
  g10: number,
): Plot.Markish[] {
  const place = { frameAnchor: 'bottom-left', dx: 4, dy: -5, color: muted } as const;
  return [
    ...points(group, {
      x,
      y: 'middle',
      y1: (r: EndEntropyRow) => r.middle - r.middleError,
      y2: (r: EndEntropyRow) => r.middle + r.middleError,
      r: 1.5,
      open: true,
    }),
    label(`open: middle quarter, $g_{1,0} = ${g10.toFixed(3)}$`, place),
  ];
}

function residualPanel({ document, measured, keys, styles, span }: Shown, g10Middle?: number): SVGElement {
  // Side by side, so that no point hides another: beside each α every N has its place, for filled and for open points.
  const step = (span[1] - span[0]) / 120;
  const beside = (r: EndEntropyRow, k: number) =>
    r.alpha + step * (2 * (keys.indexOf(r.n) - (keys.length - 1) / 2) + k);
  const all = measured.flatMap((r) => (g10Middle === undefined ? [r.residual] : [r.residual, r.middle]));
  const most = 0.1 * Math.ceil(10 * Math.max(0.1, ...all.map(Math.abs)) + 0.2);
  const group = { rows: measured, keys, key, styles };
  return panel({
    document,
    height: RESIDUALS,
    x: { label: 'decay of the couplings $α$', domain: span },
    y: { label: 'mean field − ED', ticks: 4, tickFormat: signed, domain: [-most, most] },
    marks: [
      Plot.ruleY([0], { stroke: muted, strokeWidth: 0.6 }),
      ...points(group, {
        x: (r: EndEntropyRow) => beside(r, g10Middle === undefined ? 0 : -0.45),
        y: 'residual',
        y1: (r: EndEntropyRow) => r.residual - r.error,
        y2: (r: EndEntropyRow) => r.residual + r.error,
        r: 1.5,
      }),
      ...(g10Middle === undefined ? [] : middlePoints(group, (r) => beside(r, 0.45), g10Middle)),
    ],
  });
}

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const rows = endEntropyRows(columns);
  const keys = [...new Set(rows.map((r) => r.n))];
  const shown: Shown = {
    document,
    measured: rows.filter((r) => r.kind === 'ED'),
    theory: rows.filter((r) => r.kind !== 'ED'),
    keys,
    styles: sequence(keys.length),
    span: [Math.min(...rows.map((r) => r.alpha)) - 0.03, Math.max(...rows.map((r) => r.alpha)) + 0.03],
  };
  const { measured, theory, styles, span } = shown;
  const late = measured.filter((r) => r.alpha >= ALPHA_CRITICAL).map((r) => r.s);
  const room = Math.min(...late) > 0.8 ? ROOM.below : ROOM.above;
  const main = panel({
    document,
    height: MAIN,
    x: { label: 'decay of the couplings $α$', domain: span },
    y: { label: 'entropy of the last l-bit $[S_{end}] / log 2$', domain: [0, 1.02] },
    marks: [
      Plot.ruleX([ALPHA_CRITICAL], { ...guide, y1: room.guide, y2: 1.02 }),
      ...curves({ rows: theory, keys, key, styles }, { x: 'alpha', y: 's' }),
      ...points({ rows: measured, keys, key, styles }, { x: 'alpha', y: 's', y1: 'low', y2: 'high' }),
      label('$α_c$', { x: ALPHA_CRITICAL, y: room.guide + 0.04, dx: 3, color: muted }),
      ...legend(
        keyEntries(keys, styles, (n) => `$N = ${n}$`),
        room.legend,
      ),
    ],
  });
  const panels = [
    { svg: main },
    { svg: insetPanel(shown), ...room.inset },
    { svg: residualPanel(shown, parameters.g10Middle as number | undefined), y: MAIN },
  ];
  const subtitle = endEntropySubtitle(parameters);
  return frame({ title, subtitle, width: COLUMN, height: MAIN + RESIDUALS }, panels, document);
};
