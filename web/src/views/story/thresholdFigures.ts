// Figures of the story from the threshold to the bottleneck.

import * as Plot from '@observablehq/plot';
import { ALPHA_CRITICAL } from '../../../../cli/src/common/constants.js';
import { bits, formatNumber } from '../../parts/params.js';
import { chart, dashed, hue, unitAxis } from '../../parts/theme.js';
import type { Figure } from '../../parts/view.js';
import { profileChart } from '../profile.js';
import type { Given } from './given.js';

const colors = [hue.green, hue.orange, hue.pink, hue.blue];

export function threshold(r: Given['threshold'], alpha: number, sizes: readonly number[]): Figure {
  const rows = sizes.map((n, k) => Array.from(r.shares[k], (y, i) => ({ n, alpha: r.alphas[i], y })));
  return {
    id: 'story-threshold',
    drawnFor: String(alpha),
    title: 'Share of the chain that is taken',
    summary: `$η_{tot}$ over $N$ log 2 against $α$, for chains of ${sizes.join(', ')} l-bits with $g_{1,0}$ = 0.5. At $α$ = ${formatNumber(alpha)}: ${r.here.map((y) => formatNumber(y)).join(', ')}.`,
    data: { alpha: r.alphas, ...Object.fromEntries(sizes.map((n, k) => [`share_N${n}`, r.shares[k]])) },
    handle: { key: 'at', label: 'Ratio $α$', x: alpha, y: r.here[r.here.length - 1], value: (x) => x },
    draw: (width, height, u) =>
      chart(
        width,
        height,
        {
          x: { label: 'ratio $α$ of neighbouring couplings', domain: [0.5, 0.9] },
          y: { label: '$η_{tot}$ / $N$ log 2', ...unitAxis },
          marks: [
            Plot.ruleX([ALPHA_CRITICAL], dashed(u)),
            ...rows.map((row, k) =>
              Plot.lineY(row, { x: 'alpha', y: 'y', stroke: colors[k], strokeWidth: 2.2 * u }),
            ),
            Plot.dot(r.here, {
              x: alpha,
              y: (y: number) => y,
              fill: (_: number, k: number) => colors[k],
              r: 4.5 * u,
            }),
          ],
          color: { type: 'identity' },
        },
        [
          ...sizes.map((n, k) => ({ label: `$N$ = ${n}`, color: colors[k] })),
          { label: '$α_{c}$ = 1/√2', color: hue.soft, as: 'dashed' as const },
        ],
      ),
  };
}

export function size(r: Given['size'], delta: number, reach: number): Figure {
  const points = r.deltas.map((d, i) => ({ d, y: bits(r.totals[i]) }));
  const guide = [0.002, 0.2].map((d) => ({ d, y: (bits(r.etaTot) * delta) / d }));
  return {
    id: 'story-size',
    drawnFor: String(delta),
    title: 'How far a failed avalanche gets',
    summary: `$η_{tot}$ against the distance to the threshold, both logarithmic. At $α_{c} − α$ = ${formatNumber(delta)} it is ${formatNumber(bits(r.etaTot))} log 2, and the entropy falls through half at $n$* = ${formatNumber(reach)}. The dashed line goes as the inverse distance.`,
    data: { delta_alpha: r.deltas, eta_tot_nats: r.totals },
    handle: {
      key: 'delta',
      label: 'Distance to the threshold',
      x: delta,
      y: bits(r.etaTot),
      value: (x) => x,
    },
    draw: (width, height, u) =>
      chart(
        width,
        height,
        {
          x: {
            type: 'log',
            label: '$α_{c} − α$',
            domain: [1e-3, 0.3],
            ticks: [0.001, 0.01, 0.1],
            tickFormat: String,
            reverse: true,
          },
          y: {
            type: 'log',
            label: '$η_{tot}$ / log 2',
            domain: [5, 3000],
            ticks: [10, 100, 1000],
            tickFormat: String,
            grid: true,
          },
          marks: [
            Plot.line(points, { x: 'd', y: 'y', stroke: hue.blue, strokeWidth: 2.4 * u }),
            // Where the curve has its slope, it would hide the line.
            Plot.line(guide, { x: 'd', y: 'y', ...dashed(u), stroke: hue.ink }),
          ],
        },
        [
          { label: '$η_{tot}$', color: hue.blue },
          { label: '$1/(α_{c} − α)$', color: hue.ink, as: 'dashed' },
        ],
      ),
  };
}

export function exact(r: Given['exact'], alpha: number, samples: number): Figure {
  const rows = Array.from(r.mean, (s, i) => ({
    n: i + 1,
    exact: bits(s),
    low: bits(s - r.error[i]),
    high: bits(s + r.error[i]),
    theory: bits(r.theory[i]),
  }));
  return {
    id: 'story-exact',
    drawnFor: String(alpha),
    title: 'Exact eigenstates against the mean field',
    summary: `Mean entropies over all eigenstates of ${samples} random models, with standard errors, and the mean field with $g_{1,0}$ = ${formatNumber(r.g10)}.`,
    data: { n: rows.map((p) => p.n), exact_nats: r.mean, error_nats: r.error, mean_field_nats: r.theory },
    draw: (width, height, u) => profileChart(width, height, u, rows, 'exact'),
  };
}

export function bottleneck(r: Given['bottleneck'], zeta: number): Figure {
  const most = 4;
  const grow = (x: number) => (-x / zeta + 0.5 * Math.PI * x * x * Math.LN2) / Math.LN10;
  const points = Array.from({ length: 161 }, (_, i) => (most * i) / 160).map((x) => ({ x, y: grow(x) }));
  const ends = points.map((p) => p.y);
  // Not less than a decade each way: where there is almost no bottleneck, it looks like that.
  const [low, high] = [Math.min(-1, ...ends), Math.max(1, ...ends)];
  return {
    id: 'story-bottleneck',
    drawnFor: String(zeta),
    title: 'The narrowest place',
    summary: `Coupling of the next l-bit in units of $g_{0}$, when all within $r$ are thermal: least at $r$ = ${formatNumber(r.radius)}, where it is ${formatNumber(r.reduction)}. Drag the minimum.`,
    data: { r: points.map((p) => p.x), log10_g_over_g0: points.map((p) => p.y) },
    handle: {
      key: 'zeta',
      label: 'Decay length $ζ$',
      x: r.radius,
      y: grow(r.radius),
      value: (x) => 1 / (Math.PI * Math.LN2 * x),
    },
    draw: (width, height, u) =>
      chart(width, height, {
        x: { label: 'radius $r$ that is thermal, lattice spacings', domain: [0, most] },
        y: { label: '$log_{10} g(r) / g_{0}$', domain: [1.05 * low, 1.05 * high], grid: true },
        marks: [
          Plot.ruleY([0], dashed(u)),
          Plot.line(points, { x: 'x', y: 'y', stroke: hue.blue, strokeWidth: 2.4 * u }),
          Plot.ruleX([r.radius], { stroke: hue.soft, strokeWidth: u }),
        ],
      }),
  };
}
