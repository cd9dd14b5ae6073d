// Figs. 5(a) and 5(b): fractions above, enhancements of the failed avalanches below.
import * as Plot from '@observablehq/plot';
import { type Cell, cells, thresholdBracket } from './avalancheFraction.js';
import type { Draw, PlotOptions } from './figure.js';
import { frame } from './frame.js';
import { curves, label, legend, panel, points } from './panel.js';
import { guide, HEIGHT, logScale, muted, type SeriesStyle, sequence } from './style.js';

const LOWER_HEIGHT = 130;
const STRENGTH_TICKS = [2, 5, 10, 20, 50, 100, 200];

interface Shown extends PlotOptions {
  all: Cell[];
  radii: number[];
  /** A style for each radius. */
  styles: readonly SeriesStyle[];
  /** The range of W. */
  low: number;
  high: number;
}

function shown(all: Cell[], { document }: PlotOptions): Shown {
  const radii = [...new Set(all.map((c) => c.radius))];
  const low = Math.min(...all.map((c) => c.strength)) / 1.1;
  const high = Math.max(...all.map((c) => c.strength)) * 1.1;
  return { document, all, radii, styles: sequence(radii.length), low, high };
}

const radiusOf = (c: Cell) => c.radius;

const strengthAxis = ({ low, high }: Shown) => ({
  ...logScale('disorder $W$ / hopping', low, high),
  ticks: STRENGTH_TICKS.filter((t) => t >= low && t <= high),
  tickFormat: (t: number) => String(t),
});

/** Where every, some and no offset of the largest lattices has an avalanche. */
function regimeMarks({ all, radii, low, high }: Shown): Plot.Markish[] {
  const largest = all.filter((c) => c.radius === radii.at(-1)).sort((a, b) => a.strength - b.strength);
  const some = largest.find((c) => c.fraction < 1)?.strength ?? high;
  const none = thresholdBracket(all, radii.at(-1)!)[1];
  const bounds = [low, some, Number.isNaN(none) ? high : none, high];
  const marks: Plot.Markish[] = [Plot.ruleX(bounds.slice(1, 3), guide)];
  ['every $θ_0$', 'some $θ_0$', 'no $θ_0$'].forEach((text, i) => {
    if (bounds[i + 1] > bounds[i] * 1.02)
      marks.push(Plot.text([text], { x: Math.sqrt(bounds[i] * bounds[i + 1]), y: 1.1, fill: muted }));
  });
  return marks;
}

function fractionPanel(figure: Shown, regimes: boolean): SVGElement {
  const { document, all, radii, styles } = figure;
  const group = { rows: all, keys: radii, key: radiusOf, styles };
  return panel({
    document,
    x: strengthAxis(figure),
    y: {
      label: 'fraction with an avalanche $f_{aval}$',
      domain: [0, 1.18],
      ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
    },
    marks: [
      ...(regimes ? regimeMarks(figure) : []),
      ...curves(group, { x: 'strength', y: 'fraction' }),
      ...points(group, { x: 'strength', y: 'fraction', y1: 'low', y2: 'high' }),
      ...legend(
        radii.map((r, k) => ({ label: `$R = ${r}$`, style: styles[k], shows: 'both' as const })),
        { anchor: 'bottom-left' },
      ),
    ],
  });
}

function failedPanel(figure: Shown): SVGElement {
  const { document, all, radii, styles, low } = figure;
  const failed = all.filter((c) => Number.isFinite(c.largest));
  const group = { rows: failed, keys: radii, key: radiusOf, styles };
  // Room above the marks for the key.
  const top = Math.max(20, ...failed.map((c) => c.largest)) * 1.2;
  return panel({
    document,
    height: LOWER_HEIGHT,
    x: strengthAxis(figure),
    y: { label: '$η_{tot} / log 2$ where failed', domain: [0, top] },
    marks: [
      Plot.ruleY([14], guide),
      label('14 (the paper)', { x: low * 1.05, y: 14, dy: -6, color: muted }),
      ...points(group, { x: 'strength', y: 'largest', open: true }),
      ...curves(group, { x: 'strength', y: 'median' }),
      label('marks: largest, lines: median', {
        frameAnchor: 'top-right',
        dx: -5,
        dy: 7,
        textAnchor: 'end',
        color: muted,
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
