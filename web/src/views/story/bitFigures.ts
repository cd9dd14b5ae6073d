// Figures of the story of one l-bit: the distribution, the gain.
import * as Plot from '@observablehq/plot';
import { bits, formatNumber } from '../../parts/params.js';
import { chart, dashed, decadeTick, hue, unitAxis } from '../../parts/theme.js';
import type { Figure } from '../../parts/view.js';
import { densityAxis, densityMarks, LEAST_DENSITY } from '../density.js';
import type { Given } from './given.js';

export function distribution(r: Given['bit'], g: number): Figure {
  const points = Array.from(r.s, (s, i) => ({ s: bits(s), p: r.pS[i] * Math.LN2 }));
  return {
    id: 'story-distribution',
    drawnFor: String(g),
    title: 'How entangled are the eigenstates?',
    summary: `At $g$ = ${formatNumber(g)}: the density of the entropy over all eigenstates, on a logarithmic scale; what is below ${LEAST_DENSITY} is not drawn.`,
    data: { entropy_nats: r.s, density_per_nat: r.pS },
    draw: (width, height, u) =>
      chart(
        width,
        height,
        {
          x: { label: '$S$ / log 2', domain: [0, 1], ticks: 5 },
          y: {
            label: 'density · log 2',
            ...densityAxis(points.map(({ p }) => p)),
          },
          marks: [...densityMarks(points, u), Plot.ruleX([bits(r.at.entropy)], dashed(u))],
        },
        [{ label: 'mean', color: hue.soft, as: 'dashed' }],
      ),
  };
}

export function gain(r: Given['bit'], g: number): Figure {
  return {
    id: 'story-gain',
    drawnFor: String(g),
    title: 'What the grain gains, what the l-bit has',
    summary: `At $g$ = ${formatNumber(g)} the grain gains $η$ = ${formatNumber(bits(r.at.eta))} log 2, and the l-bit has $[S]$ = ${formatNumber(bits(r.at.entropy))} log 2. Drag the point along the curve.`,
    data: { g: r.g, eta_nats: r.eta, entropy_nats: r.entropy },
    handle: { key: 'g', label: 'Reduced coupling $g$', x: g, y: bits(r.at.eta), value: (x) => x },
    draw: (width, height, u) =>
      chart(
        width,
        height,
        {
          x: {
            type: 'log',
            label: 'reduced coupling $g$',
            domain: [1e-3, 100],
            ticks: [1e-3, 0.01, 0.1, 1, 10, 100],
            tickFormat: decadeTick,
          },
          y: { label: 'in units of log 2', ...unitAxis },
          marks: [
            Plot.ruleX([g], dashed(u)),
            Plot.lineY(r.g, {
              x: (x: number) => x,
              y: Array.from(r.eta, bits),
              stroke: hue.blue,
              strokeWidth: 2.4 * u,
            }),
            Plot.lineY(r.g, {
              x: (x: number) => x,
              y: Array.from(r.entropy, bits),
              stroke: hue.orange,
              strokeWidth: 2.4 * u,
            }),
            Plot.dot([g], { x: g, y: bits(r.at.entropy), fill: hue.orange, r: 5 * u }),
          ],
        },
        [
          { label: '$η$, gain of the grain', color: hue.blue },
          { label: '$[S]$, entropy of the l-bit', color: hue.orange },
        ],
      ),
  };
}
