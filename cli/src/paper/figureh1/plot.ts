// Every solution, and the two sweeps.
import * as Plot from '@observablehq/plot';
import type { Draw } from '../figure.js';
import { frame } from '../frame.js';
import { label, legend, panel } from '../panel.js';
import { guide, ink, lineStyle, logScale, muted, series } from '../style.js';

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
  const [rises, falls] = [
    { ...series(1), dash: undefined },
    { ...series(0), dash: '5,2' },
  ];
  const unstable = { color: muted, symbol: 'circle' as const };
  const svg = panel({
    document,
    x: {
      ...logScale('disorder $W$ / hopping', Math.min(...strengths), Math.max(...strengths)),
      ticks: [20, 50, 100, 200, 500, 1000],
      tickFormat: String,
    },
    y: logScale('$η_{tot} / log 2$', Math.min(...bits) / 1.6, Math.max(...bits) * 2),
    marks: [
      Plot.dot(
        rows.filter((r) => !r.stable),
        { x: 'strength', y: 'bits', stroke: muted, r: 0.9, strokeWidth: 0.5 },
      ),
      ...(
        [
          ['rising', rises],
          ['falling', falls],
        ] as const
      ).map(([name, style]) =>
        Plot.line(
          rows.filter((r) => r[name]),
          { x: 'strength', y: 'bits', ...lineStyle(style, 1.3) },
        ),
      ),
      Plot.ruleY([Number(parameters.sites)], guide),
      label('$N$', {
        x: Math.max(...strengths),
        y: Number(parameters.sites),
        dx: -4,
        dy: -6,
        textAnchor: 'end',
        color: ink,
      }),
      ...legend(
        [
          { label: '$W$ rises', style: rises, shows: 'line' },
          { label: '$W$ falls', style: falls, shows: 'line' },
          { label: 'unstable', style: unstable, shows: 'open' },
        ],
        { anchor: 'bottom-left' },
      ),
    ],
  });
  const subtitle = `quasiperiodic lattice, $R = ${parameters.radius}$, $N = ${parameters.sites}$, $θ_0 = ${parameters.theta0}$, $g_0 = 1$: every solution, and two sweeps`;
  return frame({ title, subtitle }, [{ svg }], document);
};
