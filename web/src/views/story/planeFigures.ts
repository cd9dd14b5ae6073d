// Figures of the story of the plane: in how many landscapes it runs, its map, the phases, the readings.

import * as Plot from '@observablehq/plot';
import { TURN } from '../../../../cli/src/common/constants.js';
import { THRESHOLD } from '../../../../cli/src/common/rules.js';
import { bits, formatNumber } from '../../parts/params.js';
import { chart, dashed, hue, sequential, unitAxis } from '../../parts/theme.js';
import type { Figure } from '../../parts/view.js';
import { sumOf } from '../avalanche.js';
import { frontLine, square } from '../front.js';
import type { Given } from './given.js';

/** How much a band that stays empty is shaded. */
const BAND = 0.14;

interface DiagramOf {
  strengths: readonly number[];
  strength: number;
  sites: number;
}

const between = (xs: readonly number[], ys: ArrayLike<number>, x: number): number => {
  const i = Math.min(xs.length - 2, Math.max(0, xs.findIndex((v) => v > x) - 1));
  const part = Math.min(1, Math.max(0, (x - xs[i]) / (xs[i + 1] - xs[i])));
  return ys[i] + part * (ys[i + 1] - ys[i]);
};

export function diagram(r: Given['diagram'], { strengths, strength, sites }: DiagramOf): Figure {
  const points = strengths.map((w, i) => ({ w, f: r.shares[i] }));
  return {
    id: 'story-diagram',
    drawnFor: String(strength),
    title: 'In how many landscapes does it run?',
    summary: `Share of the phases $θ_{0}$ at which the avalanche takes the plane of ${sites} l-bits, against $W/t$: 1, then something between, then 0. Drag $W$.`,
    data: { W: [...strengths], share: r.shares },
    handle: {
      key: 'w',
      label: 'Disorder $W$ over hopping $t$',
      x: strength,
      y: between(strengths, r.shares, strength),
      value: (x) => x,
    },
    draw: (width, height, u) =>
      chart(width, Math.min(height, 240 * u), {
        x: { label: 'disorder $W / t$', domain: [20, 140] },
        y: { label: 'share that runs', ...unitAxis, domain: [-0.02, 1.05] },
        marks: [
          Plot.areaY(points, { x: 'w', y: 'f', fill: hue.orange, fillOpacity: 0.25 }),
          Plot.lineY(points, { x: 'w', y: 'f', stroke: hue.orange, strokeWidth: 2.2 * u }),
          Plot.dot(points, { x: 'w', y: 'f', fill: hue.orange, r: 3 * u }),
          Plot.ruleX([strength], dashed(u)),
        ],
      }),
  };
}

export function plane(r: Given['plane'], radius: number, drawnFor: string): Figure {
  const n = r.sites.length / 2;
  const cells = (k: number) =>
    Array.from({ length: n }, (_, i) => ({
      x: r.sites[2 * i],
      y: r.sites[2 * i + 1],
      s: bits(r.rows[k * n + i]),
    }));
  const hot = (k: number) => cells(k).filter((c) => c.s > 0.5).length;
  const end = cells(r.count - 1);
  return {
    id: 'story-plane',
    drawnFor,
    title: 'The avalanche in the plane',
    summary: `It ${r.avalanche ? 'runs' : 'fails'}: ${hot(r.count - 1)} of ${n} l-bits end with more than half of log 2. White lines are the front.`,
    data: { n1: end.map((c) => c.x), n2: end.map((c) => c.y), entropy_over_log2: end.map((c) => c.s) },
    square: true,
    movie: {
      id: 'story-plane',
      count: r.count,
      label: (k) => `${hot(k)} of ${n} l-bits within the front, ${sumOf(r, k)}`,
    },
    draw: (width, _height, u, k) => {
      const side = Math.min(width, 300 * u);
      const now = cells(Math.min(k, r.count - 1));
      return chart(
        side,
        side,
        {
          marginLeft: 10 * u,
          marginRight: 10 * u,
          marginTop: 4 * u,
          marginBottom: 16 * u,
          x: { axis: null, domain: [-radius - 0.6, radius + 0.6] },
          y: { axis: null, domain: [-radius - 0.6, radius + 0.6] },
          color: { scheme: sequential, domain: [0, 1] },
          tips: now.map((c) => ({
            x: c.x,
            y: c.y,
            text: `(${c.x}, ${c.y})\n$[S]$ = ${formatNumber(c.s)} log 2`,
          })),
          marks: [
            Plot.rect(now, {
              ...square,
              fill: 's',
              shapeRendering: 'crispEdges',
            }),
            frontLine(now, 2.4 * u),
            Plot.dot([0], { x: 0, y: 0, r: 4 * u, fill: hue.orange, stroke: '#fff', strokeWidth: 1.5 * u }),
          ],
        },
        { bar: '$[S]$ / log 2' },
      );
    },
  };
}

export function scan(r: Given['scan'], theta0: number, sites: number, drawnFor: string): Figure {
  const points = Array.from(r.at, (at, i) => ({ at, y: bits(r.totals[i]) })).filter((p) => p.y > 0);
  const low = Math.min(1, ...points.map((p) => (p.y < 0.1 ? 0.01 : p.y < 1 ? 0.1 : 1)));
  const y = bits(r.etaTot);
  return {
    id: 'story-scan',
    drawnFor,
    title: 'Every phase of one landscape',
    summary: `$η_{tot}$ against the phase $θ_{0}$: near $N$ log 2 where the avalanche runs, below the shaded band where it fails, and nothing between. Drag the ring from phase to phase.`,
    data: { theta0: r.at, eta_tot_nats: r.totals },
    handle: { key: 'phase', label: 'Phase $θ_{0}$', x: theta0, y, value: (x) => x },
    draw: (width, height, u) =>
      chart(
        width,
        height,
        {
          x: {
            label: '$θ_{0}$',
            domain: [0, TURN],
            ticks: [0, 1, 2, 3, 4].map((k) => (k * TURN) / 4),
            tickFormat: (t: number) => ['0', '$π$/2', '$π$', '3$π$/2', '2$π$'][Math.round((4 * t) / TURN)],
          },
          y: {
            type: 'log',
            label: '$η_{tot}$ / log 2',
            domain: [Math.min(low, y), 1.3 * sites],
            ticks: [0.01, 0.1, 1, 10, 100].filter((t) => t >= Math.min(low, y)),
            tickFormat: String,
            grid: true,
          },
          marks: [
            Plot.rect([0], { x1: 0, x2: TURN, y1: 20, y2: 0.5 * sites, fill: hue.soft, fillOpacity: BAND }),
            Plot.dot(points, {
              x: 'at',
              y: 'y',
              fill: (p) => (p.y > sites / 2 ? hue.orange : hue.blue),
              r: 4 * u,
            }),
          ],
          color: { type: 'identity' },
        },
        [
          { label: 'runs', color: hue.orange, as: 'dot' },
          { label: 'fails', color: hue.blue, as: 'dot' },
          { label: 'from 20 log 2 to ½ $N$ log 2', color: hue.soft, as: 'area', opacity: BAND },
        ],
      ),
  };
}

export function readings(r: Given['diagram'], strengths: readonly number[], hopping: number): Figure {
  const curve = (t: number) => strengths.map((w, i) => ({ w: w * t, f: r.shares[i] }));
  const last = strengths.findLastIndex((_, i) => r.shares[i] > 0);
  return {
    id: 'story-readings',
    drawnFor: String(hopping),
    title: 'The scale of the disorder',
    summary: `The same shares on the paper’s axis: with hopping 1, as printed, and with hopping ${formatNumber(hopping)}. The paper’s threshold, $W$ = ${THRESHOLD.stated}, is marked. Drag the end of the curve to it.`,
    data: { W_printed: [...strengths], W_here: strengths.map((w) => w * hopping), share: r.shares },
    handle: {
      key: 't',
      label: 'Hopping $t$',
      x: strengths[last] * hopping,
      y: r.shares[last],
      value: (x) => x / strengths[last],
    },
    draw: (width, height, u) =>
      chart(
        width,
        height,
        {
          x: { label: '$W$, as on the axis of the paper', domain: [0, 140] },
          y: { label: 'share that runs', ...unitAxis, domain: [-0.02, 1.05] },
          marks: [
            Plot.ruleX([THRESHOLD.stated], { stroke: hue.pink, strokeWidth: 2.5 * u }),
            Plot.lineY(curve(1), { x: 'w', y: 'f', ...dashed(u), strokeWidth: 2 * u }),
            Plot.lineY(curve(hopping), { x: 'w', y: 'f', stroke: hue.blue, strokeWidth: 2.6 * u }),
          ],
        },
        [
          { label: 'hopping 1, as printed', color: hue.soft, as: 'dashed' },
          { label: `hopping ${formatNumber(hopping)}`, color: hue.blue },
          { label: `$W_{th}$ ≈ ${THRESHOLD.stated} of the paper`, color: hue.pink },
        ],
      ),
  };
}
