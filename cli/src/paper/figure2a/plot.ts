// Points and curves of Fig. 2(a), the same scaled in an inset, and what they differ by.
import * as Plot from '@observablehq/plot';
import { alphaCritical } from '../drhSamples.js';
import type { Columns, Draw, PlotOptions } from '../figure.js';
import { colors, frame, HEIGHT, legend, muted, panel, WIDTH } from '../style.js';

function rowsOf(columns: Columns) {
  const c = columns as Record<string, number[]>;
  const kinds = columns.kind as string[];
  return Array.from(c.n, (n, i) => ({
    kind: kinds[i],
    n,
    alpha: c.alpha[i],
    s: c.entropyBits[i],
    low: Math.max(c.entropyBits[i] - c.errorBits[i], 0),
    high: c.entropyBits[i] + c.errorBits[i],
    // Distance to the critical point in the variable in which α^N is scaled.
    scaled: (c.alpha[i] - alphaCritical) * n,
    residual: c.meanFieldBits[i] - c.entropyBits[i],
    middle: c.middleMeanFieldBits[i] - c.middleBits[i],
    error: c.errorBits[i],
  }));
}

/** What the three panels are drawn from. */
interface Shown extends PlotOptions {
  points: ReturnType<typeof rowsOf>;
  curves: ReturnType<typeof rowsOf>;
  color(row: { n: number }): string;
}

/** Against the distance to the critical point in the variable in which α^N is scaled. */
function insetPanel({ document, points, curves, color }: Shown): SVGElement {
  return panel({
    document,
    width: 226,
    height: 176,
    marginLeft: 44,
    marginRight: 8,
    marginTop: 8,
    marginBottom: 38,
    x: { label: '(α − α_c) N', ticks: 4, labelOffset: 32 },
    y: { label: null, domain: [0, 1.02], ticks: 3 },
    marks: [
      Plot.line(curves, { x: 'scaled', y: 's', z: 'n', stroke: color, strokeWidth: 0.8 }),
      Plot.dot(points, { x: 'scaled', y: 's', fill: color, r: 2 }),
    ],
  });
}

function residualPanel(
  { document, points, color }: Shown,
  span: [number, number],
  g10Middle: number,
): SVGElement {
  return panel({
    document,
    height: 190,
    x: { label: 'α', domain: span },
    y: { label: 'mean field − ED', ticks: [-0.1, 0, 0.1], tickFormat: '.1f', domain: [-0.2, 0.2] },
    marks: [
      Plot.ruleY([0], { stroke: muted }),
      Plot.ruleX(points, {
        x: 'alpha',
        y1: (r) => r.residual - r.error,
        y2: (r) => r.residual + r.error,
        stroke: color,
      }),
      Plot.dot(points, { x: 'alpha', y: 'residual', fill: color, r: 3 }),
      Plot.dot(points, { x: 'alpha', y: 'middle', stroke: color, r: 3.4, fill: 'white' }),
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
  const rows = rowsOf(columns);
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
    { svg: insetPanel(shown), x: 386, y: 206 },
    { svg: residualPanel(shown, span, Number(parameters.g10Middle)), y: HEIGHT },
  ];
  const subtitle = `points: exact diagonalization, all states; curves: mean field with g₁,₀ = ${Number(parameters.g10).toFixed(3)}, fitted at α_c = 1/√2`;
  return frame({ title, subtitle, width: WIDTH, height: HEIGHT + 190 }, panels, document);
};
