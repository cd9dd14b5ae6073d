// Figs. 5(c) and 5(d): the scan, and below it the spacing of grains where it was computed.

import * as Plot from '@observablehq/plot';
import { TURN } from '../common/constants.js';
import type { Columns, Draw, PlotOptions } from './figure.js';
import { frame } from './frame.js';
import { label, legend, panel } from './panel.js';
import { ABSENT, type Spacing } from './phaseScan.js';
import { colors, guide, HEIGHT, LOWER, logScale, muted, PAGE, type SeriesStyle } from './style.js';

/** Room of the legend. */
const LEGEND = 16;

function rowsOf(columns: Columns) {
  const c = columns as Record<string, ArrayLike<number>>;
  return Array.from(columns.kind as string[], (kind, i) => ({
    kind,
    radius: c.radius[i],
    strength: c.strength[i],
    turn: c.theta0[i] / TURN,
    bits: Math.max(c.etaTotBits[i], 1e-3),
    avalanche: c.avalanche[i],
    spacing: c.spacing[i],
  }));
}

type Row = ReturnType<typeof rowsOf>[number];

/** Where avalanches begin and end on the largest lattice: halfway between the offsets that differ. */
function edges(points: Row[], radius: number): number[] {
  const rows = points.filter((r) => r.radius === radius);
  return rows.flatMap((r, i) =>
    i > 0 && r.avalanche !== rows[i - 1].avalanche ? [(r.turn + rows[i - 1].turn) / 2] : [],
  );
}

/** The intervals of offsets at which the largest lattice avalanches. */
function intervals(points: Row[], radius: number): { from: number; to: number }[] {
  const first = points.find((r) => r.radius === radius)!;
  const bounds = [...(first.avalanche ? [0] : []), ...edges(points, radius)];
  if (bounds.length % 2) bounds.push(1);
  return Array.from({ length: bounds.length / 2 }, (_, k) => ({
    from: bounds[2 * k],
    to: bounds[2 * k + 1],
  }));
}

/** The regions: shaded where avalanches run, with dashed ends. */
function regionMarks(points: Row[], radius: number): Plot.Markish[] {
  return [
    Plot.rectX(intervals(points, radius), { x1: 'from', x2: 'to', fill: muted, fillOpacity: 0.13 }),
    Plot.ruleX(edges(points, radius), guide),
  ];
}

/** A mark for each radius, smaller for larger radii, so that all are seen where they coincide. */
const MARKS = [
  { symbol: 'circle', r: 2.2 },
  { symbol: 'square', r: 1.5 },
  { symbol: 'circle', r: 0.7 },
] as const;

function scanPanel(points: Row[], radii: readonly number[], { document }: PlotOptions): SVGElement {
  const top = Math.max(30, ...points.map((r) => r.bits)) * 12;
  const bottom = Math.min(2, ...points.map((r) => r.bits)) / 1.5;
  return panel({
    document,
    width: PAGE,
    marginTop: LEGEND,
    x: { label: 'phase offset $θ_0 / 2π$', domain: [0, 1] },
    y: logScale('$η_{tot} / log 2$', bottom, top),
    marks: [
      ...regionMarks(points, radii.at(-1)!),
      ...radii.map((radius, k) => {
        const { symbol, r } = MARKS[Math.min(k, MARKS.length - 1)];
        const paint = k < 2 ? { stroke: colors[k], strokeWidth: 0.6 } : { fill: colors[k] };
        const rows = points.filter((row) => row.radius === radius);
        return Plot.dot(rows, { x: 'turn', y: 'bits', symbol, r, ...paint });
      }),
      ...legend(
        radii.map((radius, k) => {
          const { symbol } = MARKS[Math.min(k, MARKS.length - 1)];
          const style: SeriesStyle = { symbol, color: colors[k] };
          return { label: `$R = ${radius}$`, style, shows: k < 2 ? 'open' : 'dot' };
        }),
        // Above the frame: the regions below are shaded.
        { anchor: 'top-left', dx: -6, dy: -LEGEND, columns: radii.length, columnWidth: 56 },
      ),
    ],
  });
}

function spacingPanel(
  distances: Row[],
  radius: number,
  { offsets, dg }: Spacing,
  { document }: PlotOptions,
): SVGElement {
  const strengths = [...new Set(distances.map((r) => r.strength))];
  const summary = strengths.map((w) => {
    const here = distances.filter((r) => r.strength === w);
    const found = here.filter((r) => r.spacing !== ABSENT).map((r) => r.spacing);
    return {
      strength: w,
      largest: Math.max(...found),
      share: found.length / here.length,
      found: found.length,
    };
  });
  return panel({
    document,
    width: PAGE,
    height: LOWER,
    x: {
      ...logScale('disorder $W$', 23, 180),
      ticks: [25, 50, 100, 150],
      tickFormat: (t: number) => String(t),
    },
    y: { label: 'grain spacing $R$ of (20)', domain: [0, radius + 0.5] },
    marks: [
      Plot.dot(
        distances.filter((r) => r.spacing !== ABSENT),
        { x: 'strength', y: 'spacing', fill: colors[0], fillOpacity: 0.35, r: 1.6 },
      ),
      Plot.line(
        summary.filter((s) => s.found > 0),
        { x: 'strength', y: 'largest', stroke: colors[0], strokeWidth: 1 },
      ),
      label(`one dot an offset $θ_0$ (${offsets} a $W$); line: the largest; grain of ${dg} levels`, {
        frameAnchor: 'top-right',
        dx: -5,
        dy: 7,
        textAnchor: 'end',
        color: muted,
      }),
    ],
  });
}

export const plotScan: Draw = ({ columns, parameters }, { document, title }) => {
  const rows = rowsOf(columns);
  const points = rows.filter((r) => r.kind === 'scan');
  const distances = rows.filter((r) => r.kind === 'spacing');
  const radii = parameters.radii as number[];
  const regions = points.some((r) => r.avalanche)
    ? 'shaded, with dashed ends: offsets at which the largest lattice avalanches'
    : 'every avalanche fails';
  const subtitle = `quasiperiodic, $W = ${points[0].strength}$, $g_0 = 1$; ${regions}`;
  const main = { svg: scanPanel(points, radii, { document }) };
  if (distances.length === 0) return frame({ title, subtitle, width: PAGE }, [main], document);
  const spacing = parameters.grainSpacing as Spacing;
  const lower = { svg: spacingPanel(distances, radii.at(-1)!, spacing, { document }), y: HEIGHT };
  return frame({ title, subtitle, width: PAGE, height: HEIGHT + LOWER }, [main, lower], document);
};
