// Every solution, and the two sweeps.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { colors, frame, ink, legend, logScale, muted, panel } from '../style.js';

export const plot: Draw = ({ columns, parameters }, { document, title }) => {
  const c = columns as Record<string, ArrayLike<number>>;
  const rows = Array.from(c.strength, (strength, i) => ({
    strength,
    bits: c.etaTotBits[i],
    stable: c.stable[i],
    falling: c.falling[i],
    rising: c.rising[i],
  }));
  const strengths = rows.map((r) => r.strength);
  const bits = rows.map((r) => r.bits);
  const sweep = (name: 'falling' | 'rising', color: string, dash?: string) =>
    Plot.line(
      rows.filter((r) => r[name]),
      { x: 'strength', y: 'bits', stroke: color, strokeWidth: 2, strokeDasharray: dash },
    );
  const svg = panel({
    document,
    x: logScale('disorder W / hopping', Math.min(...strengths), Math.max(...strengths)),
    y: logScale('ηₜₒₜ / log 2', Math.min(...bits) / 1.6, Math.max(...bits) * 2),
    marks: [
      Plot.dot(
        rows.filter((r) => !r.stable),
        { x: 'strength', y: 'bits', stroke: muted, r: 1.6, strokeWidth: 0.8 },
      ),
      sweep('rising', colors[1]),
      sweep('falling', colors[0], '7,4'),
      Plot.ruleY([Number(parameters.sites)], { stroke: ink, strokeDasharray: '2,4' }),
      Plot.text(['N'], {
        x: Math.max(...strengths),
        y: Number(parameters.sites),
        dx: -8,
        dy: -9,
        fill: ink,
      }),
      ...legend(['W rises', 'W falls', 'unstable'], 'bottom-left', [colors[1], colors[0], muted]),
    ],
  });
  const subtitle = `quasiperiodic lattice, R = ${parameters.radius}, N = ${parameters.sites}, θ₀ = ${parameters.theta0}, g₀ = 1: every solution, and two sweeps`;
  return frame({ title, subtitle }, [{ svg }], document);
};
