// Figures of the story of many l-bits: the avalanche along the chain, and the climb to a fixed point.
import * as Plot from '@observablehq/plot';
import { bits, formatNumber } from '../../parts/params.js';
import { chart, dashed, hue, sequential, unitAxis } from '../../parts/theme.js';
import type { Figure } from '../../parts/view.js';
import { crossing, movieOf, rowOf } from '../avalanche.js';
import type { Given } from './given.js';

export function spread(r: Given['chain'], alpha: number): Figure {
  const n = r.entropy.length;
  return {
    id: 'story-spread',
    drawnFor: String(alpha),
    title: 'The avalanche along the chain',
    summary: `Each dot is an l-bit, its height and colour the entropy at this step; the dashed line is what the bare grain alone would do. It comes to rest at $η_{tot}$ = ${formatNumber(bits(r.etaTot))} log 2.`,
    data: {
      n: Array.from({ length: n }, (_, i) => i + 1),
      entropy_nats: r.entropy,
      bare_entropy_nats: r.bare,
    },
    movie: movieOf('story-chain', r),
    draw: (width, height, u, k) => {
      const spins = Array.from(rowOf(r, k), (s, i) => ({ n: i + 1, s: bits(s), bare: bits(r.bare[i]) }));
      const at = crossing(rowOf(r, k));
      return chart(
        width,
        height,
        {
          x: { label: 'l-bit $n$, counted from the grain', domain: [0.5, n + 0.5] },
          y: { label: '$[S_{n}]$ / log 2', ...unitAxis, domain: [-0.12, 1.02] },
          color: { scheme: sequential, domain: [0, 1] },
          marks: [
            Plot.lineY(spins, { x: 'n', y: 'bare', ...dashed(u) }),
            ...(at === null ? [] : [Plot.ruleX([at], { stroke: hue.pink, strokeWidth: 2.5 * u })]),
            Plot.lineY(spins, { x: 'n', y: 's', stroke: hue.soft, strokeWidth: u }),
            Plot.dot(spins, { x: 'n', y: 's', fill: 's', stroke: hue.ink, strokeWidth: 0.6 * u, r: 4.2 * u }),
            Plot.rect(spins, {
              x1: (p) => p.n - 0.5,
              x2: (p) => p.n + 0.5,
              y1: -0.11,
              y2: -0.03,
              fill: 's',
              inset: 0,
              // No seams between neighbours.
              shapeRendering: 'crispEdges',
            }),
          ],
        },
        [
          { label: 'l-bits at this step', color: hue.soft, symbol: 'circle', fill: hue.soft },
          { label: 'bare grain alone', color: hue.soft, as: 'dashed' },
          { label: 'front', color: hue.pink },
        ],
      );
    },
  };
}

/** The cobweb: the map, the diagonal, the iteration from a point that can be dragged. */
export function cobweb(
  r: Given['seed'] | Given['chain'],
  { id, key, n, start, drawnFor }: { id: string; key: string; n: number; start: number; drawnFor: string },
): Figure {
  const stairs = r.steps.flatMap((at, i) => [
    { x: bits(at), y: bits(at) },
    { x: bits(at), y: bits(r.steps[i + 1] ?? at) },
  ]);
  const roots = r.roots.map((p) => ({ t: bits(p.etaTot), stable: p.stable }));
  const totals = 'totals' in r ? r.totals : null;
  return {
    id,
    drawnFor,
    title: 'The climb',
    summary: `Started from $T$ = ${formatNumber(start)} log 2, the iteration ends at ${formatNumber(bits(r.end))} log 2. The map meets the diagonal at ${roots.map((p) => `${formatNumber(p.t)} (${p.stable ? 'stable' : 'unstable'})`).join(', ')}. Drag the ring along the diagonal.`,
    data: { T_nats: r.t, Phi_nats: r.phi },
    handle: {
      key,
      label: 'Start of the climb, $T$ / log 2',
      x: start,
      y: start,
      value: (x, y) => (x + y) / 2,
    },
    ...('totals' in r && { movie: movieOf('story-chain', r) }),
    draw: (width, height, u, k) => {
      const line = [{ x: 0 }, { x: n }];
      const now = totals && k < totals.length ? [bits(totals[k])] : [];
      return chart(
        width,
        Math.max(height, 0.62 * Math.min(width, 560 * u)),
        {
          // The ring at the origin leaves the numbers of the axes free.
          inset: 9 * u,
          x: { label: '$T$ / log 2', domain: [0, n] },
          y: { label: '$Φ(T)$ / log 2', domain: [0, n], grid: true },
          marks: [
            Plot.line(line, { x: 'x', y: 'x', ...dashed(u) }),
            Plot.line(stairs, { x: 'x', y: 'y', stroke: hue.orange, strokeWidth: 1.8 * u }),
            Plot.lineY(r.t, { x: bits, y: Array.from(r.phi, bits), stroke: hue.blue, strokeWidth: 2.4 * u }),
            Plot.dot(roots, {
              x: 't',
              y: 't',
              stroke: (p: { stable: boolean }) => (p.stable ? hue.green : hue.pink),
              symbol: (p: { stable: boolean }) => (p.stable ? 'circle' : 'times'),
              r: 6 * u,
              strokeWidth: 3 * u,
            }),
            Plot.ruleX(now, { stroke: hue.pink, strokeWidth: 2 * u }),
          ],
          color: { type: 'identity' },
          symbol: { type: 'identity' } as Plot.ScaleOptions,
        },
        [
          { label: '$Φ(T)$', color: hue.blue },
          { label: '$T$', color: hue.soft, as: 'dashed' },
          { label: 'iteration', color: hue.orange },
          ...(totals ? [{ label: 'step that is played', color: hue.pink }] : []),
          { label: 'stable', color: hue.green, as: 'dot' as const, symbol: 'circle' as const },
          ...(roots.some((p) => !p.stable)
            ? [{ label: 'unstable', color: hue.pink, as: 'dot' as const, symbol: 'times' as const }]
            : []),
        ],
      );
    },
  };
}
