// Points and curves of Fig. 2(a), the same on a logarithmic scale in an inset, and what they differ by.
import * as Plot from '@observablehq/plot';
import { alphaCritical } from '../drhSamples.js';
import { type EndEntropyRow, endEntropyRows } from '../endEntropy.js';
import type { Draw, PlotOptions } from '../figure.js';
import { colors, frame, HEIGHT, legend, logScale, muted, panel, signed, WIDTH } from '../style.js';

/** What the three panels are drawn from. */
interface Shown extends PlotOptions {
  points: EndEntropyRow[];
  curves: EndEntropyRow[];
  color(row: { n: number }): string;
}

/** The same data on a logarithmic scale. */
function insetPanel({ document, points, curves, color }: Shown, span: [number, number]): SVGElement {
  const least = Math.min(...[...points, ...curves].map((r) => r.s));
  const bottom = 10 ** Math.floor(Math.log10(least));
  return panel({
    document,
    width: 226,
    height: 176,
    marginLeft: 44,
    marginRight: 8,
    marginTop: 8,
    marginBottom: 38,
    x: { label: 'α', domain: span, ticks: 4, labelOffset: 32 },
    y: { ...logScale('', bottom, 1.2), label: null },
    marks: [
      Plot.ruleX([alphaCritical], { stroke: muted, strokeDasharray: '3,4' }),
      Plot.line(curves, { x: 'alpha', y: 's', z: 'n', stroke: color, strokeWidth: 0.8 }),
      Plot.dot(points, { x: 'alpha', y: 's', fill: color, r: 2 }),
    ],
  });
}

function residualPanel(
  { document, points, color }: Shown,
  span: [number, number],
  g10Middle: number,
): SVGElement {
  // Side by side, so that no point hides another: each N has its place beside α, filled and open ones too.
  const sizes = [...new Set(points.map((r) => r.n))];
  const step = (span[1] - span[0]) / 140;
  const beside = (r: EndEntropyRow, k: number) =>
    r.alpha + step * (2 * (sizes.indexOf(r.n) - (sizes.length - 1) / 2) + k);
  const filled = (r: EndEntropyRow) => beside(r, -0.45);
  const open = (r: EndEntropyRow) => beside(r, 0.45);
  const all = points.flatMap((r) => [r.residual, r.middle]);
  const most = 0.1 * Math.ceil(10 * Math.max(0.1, ...all.map(Math.abs)) + 0.2);
  return panel({
    document,
    height: 190,
    x: { label: 'α', domain: span },
    y: { label: 'mean field − ED', ticks: 5, tickFormat: signed, domain: [-most, most] },
    marks: [
      Plot.ruleY([0], { stroke: muted }),
      Plot.ruleX(points, {
        x: filled,
        y1: (r) => r.residual - r.error,
        y2: (r) => r.residual + r.error,
        stroke: color,
      }),
      Plot.ruleX(points, {
        x: open,
        y1: (r) => r.middle - r.middleError,
        y2: (r) => r.middle + r.middleError,
        stroke: color,
      }),
      Plot.dot(points, { x: filled, y: 'residual', fill: color, r: 2.4 }),
      Plot.dot(points, { x: open, y: 'middle', stroke: color, r: 2.4, fill: 'white' }),
      Plot.text([`open: middle quarter of the spectrum, g₁,₀ = ${g10Middle.toFixed(3)}`], {
        frameAnchor: 'bottom-left',
        dx: 10,
        dy: -8,
        textAnchor: 'start',
        fill: muted,
      }),
    ],
  });
}

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const rows = endEntropyRows(columns);
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
  const shown = { document, points, curves, color };
  const panels = [
    { svg: main },
    { svg: insetPanel(shown, span), x: 386, y: 206 },
    { svg: residualPanel(shown, span, Number(parameters.g10Middle)), y: HEIGHT },
  ];
  const subtitle = `points: exact diagonalization, all states; curves: mean field with g₁,₀ = ${Number(parameters.g10).toFixed(3)}, fitted at α_c = 1/√2`;
  return frame({ title, subtitle, width: WIDTH, height: HEIGHT + 190 }, panels, document);
};
