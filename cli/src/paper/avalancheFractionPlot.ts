// Figs. 5(a) and 5(b): [η_tot] above, f_aval by (19) below, both against W, with the ends of the crossover.

import * as Plot from '@observablehq/plot';
import { type Bracket, ratioMiddle } from '../common/bisection.js';
import { latticeSites } from '../common/counts.js';
import { type Cell, type Crossover, cells } from './avalancheFraction.js';
import type { Draw, PlotOptions } from './figure.js';
import { frame } from './frame.js';
import { curves, type Grouped, label, legend, panel, points } from './panel.js';
import { guide, HEIGHT, LOWER, logScale, muted, type SeriesStyle, sequence } from './style.js';

const STRENGTH_TICKS = [2, 5, 10, 20, 50, 100, 200];
/** Marks are rings, the widest for the smallest lattices: where all radii coincide, one stands within the other. */
const RINGS = { widest: 3.4, narrowest: 0.8 };

const rings = (count: number): SeriesStyle[] =>
  sequence(count).map(({ color }, k) => ({
    color,
    symbol: 'circle',
    r: RINGS.widest + ((RINGS.narrowest - RINGS.widest) * k) / Math.max(1, count - 1),
  }));

interface Scene extends PlotOptions {
  group: Grouped<Cell, number>;
  radii: number[];
  /** A style for each radius. */
  styles: readonly SeriesStyle[];
  crossovers: Crossover[];
  /** The range of W. */
  low: number;
  high: number;
}

function sceneOf(all: Cell[], crossovers: Crossover[], { document }: PlotOptions): Scene {
  const radii = [...new Set(all.map((c) => c.radius))];
  const styles = rings(radii.length);
  return {
    document,
    group: { rows: all, keys: radii, key: (c) => c.radius, styles },
    radii,
    styles,
    crossovers,
    low: Math.min(...all.map((c) => c.strength)) / 1.12,
    high: Math.max(...all.map((c) => c.strength)) * 1.12,
  };
}

const strengthAxis = ({ low, high }: Scene) => ({
  ...logScale('disorder $W$', low, high),
  ticks: STRENGTH_TICKS.filter((t) => t >= low && t <= high),
  tickFormat: (t: number) => String(t),
});

const middle = ([low, high]: Bracket) => ratioMiddle(low, high);

/** Dashed where the search found the ends of the crossover, of the largest lattices that it looked at. */
function regimeRules({ crossovers, low, high }: Scene, heights = {}): Plot.Markish[] {
  const { every, some } = crossovers.at(-1)!;
  const ends = [...(every ? [middle(every)] : []), middle(some)].filter((w) => w > low && w < high);
  return [Plot.ruleX(ends, { ...guide, ...heights })];
}

/** What the regimes are, below the height `top`, the narrow middle one above its lines; of random lattices only where quasiperiodic ones have their threshold. */
function regimeTexts({ crossovers, low, high }: Scene, top: number): Plot.Markish[] {
  const { every, some } = crossovers.at(-1)!;
  const place = { y: top / 2.6, textAnchor: 'middle', color: muted } as const;
  if (!every) {
    const side =
      middle(some) * 4 > high
        ? ({ textAnchor: 'end', dx: -3 } as const)
        : ({ textAnchor: 'start', dx: 3 } as const);
    return [label('$W_{th}$ of (a)', { ...place, x: middle(some), ...side })];
  }
  const bounds = [low, middle(every), middle(some), high];
  return ['$f = 1$', '$0 < f < 1$', '$f = 0$'].flatMap((text, i) =>
    bounds[i + 1] > bounds[i] * 1.02
      ? [label(text, { ...place, x: middle([bounds[i], bounds[i + 1]]), ...(i === 1 && { y: top / 1.35 }) })]
      : [],
  );
}

function enhancementPanel(scene: Scene): SVGElement {
  const { document, group, radii, styles } = scene;
  const low = Math.min(...group.rows.map((c) => c.mean)) / 1.6;
  const top = latticeSites(radii.at(-1)!) * 5;
  return panel({
    document,
    x: { ...strengthAxis(scene), label: null },
    y: logScale('$[η_{tot}] / log 2$', low, top),
    marks: [
      ...regimeRules(scene, { y1: low, y2: top / 1.8 }),
      ...regimeTexts(scene, top),
      ...curves(group, { x: 'strength', y: 'mean', strokeWidth: 0.6 }),
      ...points(group, {
        x: 'strength',
        y: 'mean',
        y1: (c: Cell) => Math.max(low, c.mean - c.error),
        y2: (c: Cell) => c.mean + c.error,
        open: true,
      }),
      ...legend(
        radii.map((r, k) => ({ label: `$R = ${r}$`, style: styles[k], shows: 'open' as const })),
        { anchor: 'bottom-left' },
      ),
    ],
  });
}

function fractionPanel(scene: Scene): SVGElement {
  const { document, group } = scene;
  return panel({
    document,
    height: LOWER,
    x: strengthAxis(scene),
    y: { label: '$f_{aval}$ by (19)', domain: [0, 1.06], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
    marks: [
      ...regimeRules(scene),
      ...curves(group, { x: 'strength', y: 'fraction', strokeWidth: 0.6 }),
      ...points(group, {
        x: 'strength',
        y: 'fraction',
        y1: (c: Cell) => Math.max(0, c.fraction - c.fractionError),
        y2: (c: Cell) => c.fraction + c.fractionError,
        open: true,
      }),
    ],
  });
}

/** `ensemble`: what the average is over. */
export function plotFractions(ensemble: string): Draw {
  return ({ columns, parameters }, { document, title }) => {
    const scene = sceneOf(cells(columns), parameters.crossovers as Crossover[], { document });
    const { radius, every, some } = scene.crossovers.at(-1)!;
    const threshold = `$W_{th} = ${middle(some).toFixed(1)}$`;
    const ends = every
      ? `every $θ_0$ avalanches up to $W = ${middle(every).toFixed(1)}$, some up to ${threshold}`
      : `no quasiperiodic lattice avalanches above ${threshold}`;
    const subtitle = `average over ${ensemble}, bars of one standard error, $g_0 = 1$; above $[η_{tot}]$, below $f_{aval} = [η_{tot}] / N log 2$; every mark at its own $W$, a ring within the other where radii coincide; an avalanche that runs counts with its upper bound, $N log 2$, a failed one with its $η_{tot}$; dashed, by search at $R = ${radius}$: ${ends}`;
    const panels = [{ svg: enhancementPanel(scene) }, { svg: fractionPanel(scene), y: HEIGHT }];
    return frame({ title, subtitle, height: HEIGHT + LOWER }, panels, document);
  };
}
