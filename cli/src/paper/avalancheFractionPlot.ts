// Figs. 5(a) and 5(b): fractions above, enhancements of the failed avalanches below.
import * as Plot from '@observablehq/plot';
import { type Cell, cells, thresholdBracket } from './avalancheFraction.js';
import type { Draw, PlotOptions } from './figure.js';
import { colors, frame, HEIGHT, legend, logScale, muted, panel } from './style.js';

const LOWER_HEIGHT = 300;
const STRENGTH_TICKS = [2, 5, 10, 20, 50, 100, 200];

interface Shown extends PlotOptions {
  all: Cell[];
  radii: number[];
  /** A colour for each radius. */
  palette: readonly string[];
  /** The range of W. */
  low: number;
  high: number;
}

function shown(all: Cell[], { document }: PlotOptions): Shown {
  const radii = [...new Set(all.map((c) => c.radius))];
  // More radii than hues: the colours run from light to dark with the size.
  const palette =
    radii.length <= colors.length
      ? colors
      : radii.map((_, i) => `hsl(205 75% ${78 - (58 * i) / (radii.length - 1)}%)`);
  const low = Math.min(...all.map((c) => c.strength)) / 1.1;
  const high = Math.max(...all.map((c) => c.strength)) * 1.1;
  return { document, all, radii, palette, low, high };
}

const colorOf =
  ({ radii, palette }: Shown) =>
  (c: Cell) =>
    palette[radii.indexOf(c.radius)];

const strengthAxis = ({ low, high }: Shown) => ({
  ...logScale('disorder W / hopping', low, high),
  ticks: STRENGTH_TICKS.filter((t) => t >= low && t <= high),
  tickFormat: (t: number) => String(t),
});

/** Where every, some and no offset of the largest lattices has an avalanche. */
function regimeMarks({ all, radii, low, high }: Shown): Plot.Markish[] {
  const largest = all.filter((c) => c.radius === radii.at(-1)).sort((a, b) => a.strength - b.strength);
  const some = largest.find((c) => c.fraction < 1)?.strength ?? high;
  const none = thresholdBracket(all, radii.at(-1)!)[1];
  const bounds = [low, some, Number.isNaN(none) ? high : none, high];
  const marks: Plot.Markish[] = [Plot.ruleX(bounds.slice(1, 3), { stroke: muted, strokeDasharray: '3,4' })];
  ['every θ₀', 'some θ₀', 'no θ₀'].forEach((text, i) => {
    if (bounds[i + 1] > bounds[i] * 1.02)
      marks.push(Plot.text([text], { x: Math.sqrt(bounds[i] * bounds[i + 1]), y: 1.1, fill: muted }));
  });
  return marks;
}

function fractionPanel(figure: Shown, regimes: boolean): SVGElement {
  const { document, all, radii, palette } = figure;
  const color = colorOf(figure);
  return panel({
    document,
    x: strengthAxis(figure),
    y: {
      label: 'fraction of lattices with an avalanche',
      domain: [0, 1.18],
      ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
    },
    marks: [
      ...(regimes ? regimeMarks(figure) : []),
      Plot.line(all, { x: 'strength', y: 'fraction', z: 'radius', stroke: color, strokeWidth: 1.3 }),
      Plot.ruleX(all, { x: 'strength', y1: 'low', y2: 'high', stroke: color, strokeWidth: 1.3 }),
      Plot.dot(all, { x: 'strength', y: 'fraction', fill: color, r: 3 }),
      ...legend(
        radii.map((r) => `R = ${r}`),
        'bottom-left',
        palette,
      ),
    ],
  });
}

function failedPanel(figure: Shown): SVGElement {
  const { document, all, low } = figure;
  const color = colorOf(figure);
  const failed = all.filter((c) => Number.isFinite(c.largest));
  // Room above the dots for the key.
  const top = Math.max(20, ...failed.map((c) => c.largest)) * 1.2;
  return panel({
    document,
    height: LOWER_HEIGHT,
    x: strengthAxis(figure),
    y: { label: 'ηₜₒₜ / log 2 of failed avalanches', domain: [0, top] },
    marks: [
      Plot.ruleY([14], { stroke: muted, strokeDasharray: '3,4' }),
      Plot.text(['14 (the paper)'], { x: low * 1.05, y: 14, dy: -8, textAnchor: 'start', fill: muted }),
      Plot.dot(failed, { x: 'strength', y: 'largest', stroke: color, r: 3.2 }),
      Plot.line(failed, { x: 'strength', y: 'median', z: 'radius', stroke: color, strokeWidth: 1.3 }),
      Plot.text(['dots: largest, lines: median'], {
        frameAnchor: 'top-right',
        dx: -10,
        dy: 16,
        fill: muted,
      }),
    ],
  });
}

/** `regimes`: whether the regimes of quasiperiodic lattices are marked. */
export function plotFractions({ subtitle, regimes }: { subtitle: string; regimes: boolean }): Draw {
  return ({ columns }, { document, title }) => {
    const figure = shown(cells(columns), { document });
    const panels = [{ svg: fractionPanel(figure, regimes) }, { svg: failedPanel(figure), y: HEIGHT }];
    return frame({ title, subtitle, height: HEIGHT + LOWER_HEIGHT }, panels, document);
  };
}
