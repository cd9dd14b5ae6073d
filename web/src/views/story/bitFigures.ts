// Figures of the story of one l-bit: the sketch that is a control, the distribution, the gain.
import * as Plot from '@observablehq/plot';
import { bits, formatNumber } from '../../parts/params.js';
import { chart, dashed, decadeTick, hue, sequential, unitAxis } from '../../parts/theme.js';
import type { Figure } from '../../parts/view.js';
import { densityAxis, densityMarks, LEAST_DENSITY } from '../density.js';
import type { Given } from './given.js';

/** Radius of the grain in the sketch, in decay lengths, and where the fixed l-bits are: distance and angle. */
const GRAIN = 0.9;
export const FIXED: readonly (readonly [number, number])[] = [
  [0.7, 2.5],
  [1.6, 1.25],
  [2.3, -1.9],
  [3.1, 2.95],
  [3.6, 0.75],
  [4.4, -2.7],
  [5, -0.5],
];
const ANGLE = -0.12;
const place = (r: number, angle: number) => ({
  x: (GRAIN + r) * Math.cos(angle),
  y: (GRAIN + r) * Math.sin(angle),
});

export function sketch(r: Given['sketch'], distance: number): Figure {
  const spots = [...FIXED, [distance, ANGLE] as const].map(([at, angle], i) => ({
    ...place(at, angle),
    r: at,
    s: bits(r.entropy[i]),
    eta: bits(r.eta[i]),
  }));
  const mine = spots[spots.length - 1];
  return {
    id: 'story-sketch',
    drawnFor: String(distance),
    title: 'A grain and its l-bits',
    summary: `The grain in the middle, l-bits around it; the ringed one can be dragged. Its coupling is $e^{−r/ζ}$, and its colour how much of log 2 its entropy has: ${formatNumber(mine.s)}.`,
    data: { distance: spots.map((p) => p.r), entropy_nats: r.entropy, eta_nats: r.eta },
    handle: {
      key: 'r',
      label: 'Distance of the l-bit from the grain',
      x: mine.x,
      y: mine.y,
      value: (x, y) => Math.hypot(x, y) - GRAIN,
    },
    draw: (width, height, u) => {
      const tall = Math.max(height, 0.62 * width) - 60 * u;
      const half = 7.2;
      const span = (half * tall) / width;
      return chart(
        width,
        tall,
        {
          marginLeft: 2,
          marginRight: 2,
          marginTop: 2,
          marginBottom: 12 * u,
          x: { axis: null, domain: [-half, half] },
          y: { axis: null, domain: [-span, span] },
          color: { scheme: sequential, domain: [0, 1] },
          marks: [
            Plot.link(spots, {
              x1: 0,
              y1: 0,
              x2: 'x',
              y2: 'y',
              stroke: hue.orange,
              strokeWidth: (p) => 7 * u * Math.exp(-0.7 * p.r) + 0.4,
              strokeOpacity: 0.75,
            }),
            Plot.dot([0], {
              x: 0,
              y: 0,
              r: Math.max(25 * u, (GRAIN / (2 * half)) * width),
              fill: hue.orange,
            }),
            Plot.text(['grain'], { x: 0, y: 0, fill: 'var(--paper)', fontWeight: 'bold' }),
            Plot.dot(spots, { x: 'x', y: 'y', r: 11 * u, fill: 's', stroke: hue.ink, strokeWidth: 1.4 * u }),
            // On the far side of the grain, clear of the lines and of the edge below.
            ...spots.map((p) => {
              const text = formatNumber(Number(p.s.toPrecision(2)));
              const [cos, sin] = [p.x / (GRAIN + p.r), p.y / (GRAIN + p.r)];
              const away = 15 + 3.8 * text.length * Math.abs(cos) + 6 * Math.abs(sin);
              return Plot.text([text], { x: p.x, y: p.y, dx: away * u * cos, dy: -away * u * sin });
            }),
          ],
        },
        { bar: 'entropy $[S]$ / log 2' },
      );
    },
  };
}

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
