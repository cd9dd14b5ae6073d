// The chain: the entropy of each l-bit, and the climb of T → Φ(T) to its fixed points.
import * as Plot from '@observablehq/plot';
import type { KeyEntry } from '../../parts/key.js';
import { bits, formatNumber } from '../../parts/params.js';
import { chart, hue, sequential, type Tip, unitAxis } from '../../parts/theme.js';
import type { Figure } from '../../parts/view.js';
import { crossing, movieOf, rowOf } from '../avalanche.js';
import type { ChainResult } from './task.js';

export interface Point {
  /** In units of log 2. */
  t: number;
  kind: 'stable' | 'unstable' | 'marginal';
  slope: number;
}

const look: Record<Point['kind'], { color: string; symbol: Plot.SymbolType }> = {
  stable: { color: hue.green, symbol: 'circle' },
  unstable: { color: hue.pink, symbol: 'times' },
  marginal: { color: hue.orange, symbol: 'diamond' },
};

/** Where the profile falls through half, with its number. */
function crossingMarks(end: number | null, n: number): Plot.Markish[] {
  if (end === null) return [];
  const late = end > 0.75 * n;
  return [
    Plot.ruleX([end], { y1: 0, y2: 0.5, stroke: hue.soft, strokeDasharray: '2 3' }),
    Plot.text([`$n$* = ${formatNumber(end)}`], {
      x: end,
      y: 0.5,
      dx: late ? -10 : 8,
      dy: late ? 14 : 0,
      textAnchor: late ? 'end' : 'start',
      fill: 'currentColor',
    }),
  ];
}

/** L-bits that have a dot each; of more, as many evenly spaced ones have a cell of the strip and no dot. */
const DOTS = 200;

/** What is drawn of the l-bits at one step, and how many of them one of it stands for. */
function drawnOf(row: ArrayLike<number>) {
  const width = Math.max(1, row.length / DOTS);
  const cells = Array.from({ length: Math.min(row.length, DOTS) }, (_, i) => {
    const n = Math.floor((i + 0.5) * width) + 1;
    return { n, from: i * width + 0.5, to: (i + 1) * width + 0.5, s: bits(row[n - 1]) };
  });
  return { cells, dots: width > 1 ? [] : cells };
}

export function profile(r: ChainResult): Figure {
  const { entropy, bareEntropy: bare, logG } = r;
  const spins = Array.from(entropy, (_, i) => ({
    n: i + 1,
    s: bits(entropy[i]),
    bare: bits(bare[i]),
  }));
  const end = crossing(entropy);
  const stops =
    end === null
      ? entropy[0] < Math.LN2 / 2
        ? 'No l-bit reaches half of log 2.'
        : 'Every l-bit is above half of log 2: the avalanche runs to the end.'
      : `It falls through half of log 2 at $n$* = ${formatNumber(end)}.`;
  return {
    id: 'chain-profile',
    title: 'Entropy of each l-bit',
    summary: `$[S_{n}]$ is ${formatNumber(spins[0].s)} log 2 at the first l-bit and ${formatNumber(spins[spins.length - 1].s)} log 2 at the last. ${stops} Dashed: what each would have if it saw the bare grain alone.`,
    data: {
      n: spins.map((p) => p.n),
      entropy_nats: entropy,
      bare_entropy_nats: bare,
      log_g: logG,
    },
    movie: movieOf('chain', r),
    draw: (width, height, u, k) => {
      const row = rowOf(r, k);
      const { cells, dots } = drawnOf(row);
      const front = crossing(row);
      return chart(
        width,
        height,
        {
          x: { label: 'l-bit $n$, counted from the grain', domain: [0.5, Math.max(2, spins.length) + 0.5] },
          y: { label: '$[S_{n}]$ / log 2', ...unitAxis, domain: [-0.1, 1.02] },
          color: { scheme: sequential, domain: [0, 1] },
          marks: [
            Plot.rect(cells, {
              x1: 'from',
              x2: 'to',
              y1: -0.09,
              y2: -0.03,
              fill: 's',
              inset: 0,
              // No seams between neighbours.
              shapeRendering: 'crispEdges',
            }),
            ...(front === null ? [] : [Plot.ruleX([front], { stroke: hue.pink, strokeWidth: 2 * u })]),
            ...crossingMarks(end, spins.length),
            Plot.lineY(spins, {
              x: 'n',
              y: 'bare',
              stroke: hue.soft,
              strokeWidth: 2,
              strokeDasharray: '5 3',
            }),
            Plot.lineY(spins, { x: 'n', y: 's', stroke: hue.blue, strokeWidth: 2.2 * u }),
            Plot.dot(dots, {
              x: 'n',
              y: 's',
              fill: 's',
              stroke: hue.ink,
              strokeWidth: 0.5,
              r: (dots.length > 60 ? 2.6 : 3.6) * u,
            }),
          ],
          tips: spins.map((p) => ({
            x: p.n,
            y: p.s,
            text: `$n$ = ${p.n}\n$[S]$ = ${formatNumber(p.s)} log 2`,
          })),
        },
        [
          { label: 'mean field', color: hue.blue, symbol: undefined },
          { label: 'bare couplings $g_{n,0}$', color: hue.soft, as: 'dashed' },
          { label: 'front at this step', color: hue.pink },
        ],
      );
    },
  };
}

/** What is said along the curve, and at the fixed points. */
function climbTips(points: readonly Point[], { t, phi }: ChainResult): Tip[] {
  return [
    ...Array.from(t, (x, i) => ({
      x: bits(x),
      y: bits(phi[i]),
      text: `$T$ = ${formatNumber(bits(x))} log 2\n$Φ(T)$ = ${formatNumber(bits(phi[i]))} log 2`,
    })),
    ...points.map((p) => ({
      x: p.t,
      y: p.t,
      text: `${p.kind} fixed point\n$T$ = ${formatNumber(p.t)} log 2, slope ${formatNumber(p.slope)}`,
    })),
  ];
}

export function climb(n: number, points: readonly Point[], r: ChainResult): Figure {
  const { t, phi, climb: steps } = r;
  const stairs = steps.flatMap((at, i) => [
    { x: bits(at), y: bits(at) },
    { x: bits(at), y: bits(steps[i + 1] ?? at) },
  ]);
  const kinds = (['stable', 'unstable', 'marginal'] as const).filter((k) => points.some((p) => p.kind === k));
  const key: KeyEntry[] = [
    { label: '$Φ(T)$', color: hue.blue },
    { label: '$T$', color: hue.soft, as: 'dashed' },
    { label: 'iteration from 0', color: hue.orange },
    { label: 'step that is played', color: hue.pink },
    ...kinds.map((k) => ({ label: `${k} fixed point`, ...look[k], as: 'dot' as const })),
  ];
  // Ten thousand is 10k, for which there is room beside the label.
  const large = n > 1000 && { tickFormat: '~s' };
  const listed = points
    .map((p) => `${formatNumber(p.t)} (${p.kind}, slope ${formatNumber(p.slope)})`)
    .join(', ');
  return {
    id: 'chain-map',
    title: 'The climb: fixed points of $Φ(T)$',
    summary: `Repeating $T$ → $Φ(T)$ from 0 climbs to the least fixed point, ${formatNumber(points[0].t)} log 2, in ${steps.length - 1} steps, to 10⁻⁴ of $N$ log 2. Fixed points in units of log 2: ${listed}. Stable where the slope $dΦ/{d}T$ is below 1.`,
    data: { T_nats: t, Phi_nats: phi },
    movie: movieOf('chain', r),
    draw: (width, height, u, k) => {
      const svg = chart(
        width,
        height,
        {
          x: { label: '$T$ / log 2', domain: [0, n], ...large },
          y: { label: '$Φ(T)$ / log 2', domain: [0, n], grid: true, ...large },
          marks: [
            Plot.line(
              [
                [0, 0],
                [n, n],
              ],
              { stroke: hue.soft, strokeWidth: 1.6 * u, strokeDasharray: '5 3' },
            ),
            Plot.line(stairs, {
              x: 'x',
              y: 'y',
              stroke: hue.orange,
              strokeWidth: 1.8 * u,
              ...(k >= r.count - 1 && { className: 'climb' }),
            }),
            Plot.lineY(t, {
              x: bits,
              y: Array.from(phi, bits),
              stroke: hue.blue,
              strokeWidth: 2.4 * u,
            }),
            Plot.ruleX([bits(r.totals[Math.min(k, r.count - 1)])], { stroke: hue.pink, strokeWidth: 2 * u }),
            ...points.map((p) =>
              Plot.dot([p], {
                x: 't',
                y: 't',
                stroke: look[p.kind].color,
                symbol: look[p.kind].symbol,
                r: 7 * u,
                strokeWidth: 3 * u,
              }),
            ),
          ],
          tips: climbTips(points, r),
        },
        key,
      );
      // The style sheet lets the line grow; its length counts as 1.
      for (const path of svg.querySelectorAll('.climb path')) path.setAttribute('pathLength', '1');
      return svg;
    },
  };
}
