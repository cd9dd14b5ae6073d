// Figs. 5(c) and 5(d): the scan, and below it the spacing of grains where it was computed.
import * as Plot from '@observablehq/plot';
import type { Columns, Draw, PlotOptions } from './figure.js';
import { ABSENT, SPACING, TURN } from './phaseScan.js';
import { colors, frame, HEIGHT, logScale, muted, panel } from './style.js';

const LOWER_HEIGHT = 260;

function rowsOf(columns: Columns) {
  const c = columns as Record<string, ArrayLike<number>>;
  return Array.from(columns.kind as string[], (kind, i) => ({
    kind,
    strength: c.strength[i],
    turn: c.theta0[i] / TURN,
    bits: Math.max(c.etaTotBits[i], 1e-3),
    avalanche: c.avalanche[i],
    spacing: c.spacing[i],
  }));
}

type Row = ReturnType<typeof rowsOf>[number];

function scanPanel(points: Row[], { document }: PlotOptions): SVGElement {
  const top = Math.max(30, ...points.map((r) => r.bits)) * 2;
  const bottom = Math.min(0.5, ...points.map((r) => r.bits)) / 1.5;
  return panel({
    document,
    x: { label: 'phase offset θ₀ / 2π', domain: [0, 1] },
    y: logScale('ηₜₒₜ / log 2', bottom, top),
    marks: [
      Plot.ruleY([14], { stroke: muted, strokeDasharray: '3,4' }),
      Plot.text(['14'], { x: 1, y: 14, dx: -4, dy: -8, textAnchor: 'end', fill: muted }),
      Plot.line(points, { x: 'turn', y: 'bits', stroke: colors[0], strokeWidth: 0.8 }),
      Plot.dot(points, {
        x: 'turn',
        y: 'bits',
        fill: (r: { avalanche: number }) => (r.avalanche ? colors[1] : colors[0]),
        r: 1.8,
      }),
      Plot.dot([0], { frameAnchor: 'top-left', dx: 16, dy: 18, fill: colors[1], r: 4 }),
      Plot.text(['avalanche'], {
        frameAnchor: 'top-left',
        dx: 28,
        dy: 18,
        lineAnchor: 'middle',
        fill: colors[1],
      }),
      Plot.dot([0], { frameAnchor: 'top-left', dx: 116, dy: 18, fill: colors[0], r: 4 }),
      Plot.text(['it fails'], {
        frameAnchor: 'top-left',
        dx: 128,
        dy: 18,
        lineAnchor: 'middle',
        fill: colors[0],
      }),
    ],
  });
}

function spacingPanel(distances: Row[], radius: number, { document }: PlotOptions): SVGElement {
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
    height: LOWER_HEIGHT,
    x: {
      ...logScale('disorder W / hopping', 55, 430),
      ticks: [60, 100, 200, 400],
      tickFormat: (t: number) => String(t),
    },
    y: { label: 'grain spacing R of (20)', domain: [0, radius + 0.5] },
    marks: [
      Plot.dot(
        distances.filter((r) => r.spacing !== ABSENT),
        { x: 'strength', y: 'spacing', fill: colors[0], fillOpacity: 0.35, r: 3 },
      ),
      Plot.line(
        summary.filter((s) => s.found > 0),
        { x: 'strength', y: 'largest', stroke: colors[0], strokeWidth: 1.3 },
      ),
      Plot.text([`one dot an offset θ₀ (${SPACING.offsets} a W); line: the largest; d_g = ${SPACING.dg}`], {
        frameAnchor: 'top-right',
        dx: -10,
        dy: 14,
        fill: muted,
      }),
    ],
  });
}

export const plotScan: Draw = ({ columns, parameters }, { document, title }) => {
  const rows = rowsOf(columns);
  const points = rows.filter((r) => r.kind === 'scan');
  const distances = rows.filter((r) => r.kind === 'spacing');
  const subtitle = `quasiperiodic lattice, R = ${parameters.radius}, g₀ = 1; ${points.length} offsets, denser where ηₜₒₜ jumps`;
  const main = { svg: scanPanel(points, { document }) };
  if (distances.length === 0) return frame({ title, subtitle }, [main], document);
  const lower = { svg: spacingPanel(distances, Number(parameters.radius), { document }), y: HEIGHT };
  return frame({ title, subtitle, height: HEIGHT + LOWER_HEIGHT }, [main, lower], document);
};
