// One l-bit: the response against the coupling, and the distributions of resonance strength and entropy.
import * as Plot from '@observablehq/plot';
import { bits, formatNumber } from '../../parts/params.js';
import { chart, dashed, decadeTick, hue, unitAxis } from '../../parts/theme.js';
import type { Figure } from '../../parts/view.js';
import { densityAxis, densityMarks, LEAST_DENSITY } from '../density.js';
import type { LbitResult } from './task.js';

export function response(r: LbitResult, g: number): Figure {
  const curves = [
    { label: '$η$ / log 2', y: r.eta.map(bits), here: bits(r.at.eta), color: hue.blue },
    { label: '$[S]$ / log 2', y: r.entropy.map(bits), here: bits(r.at.entropy), color: hue.orange },
    { label: '$C_{{z}{z}}$', y: r.czz, here: r.at.czz, color: hue.green },
  ];
  return {
    id: 'lbit-response',
    title: 'Response of grain and l-bit',
    summary: `At $g$ = ${formatNumber(g)} the grain gains $η$ = ${formatNumber(bits(r.at.eta))} log 2; the l-bit has mean entropy $[S]$ = ${formatNumber(bits(r.at.entropy))} log 2 and $C_{{z}{z}}$ = ${formatNumber(r.at.czz)}, the mean square of its polarization. The grain responds at couplings a few times weaker than the l-bit does.`,
    data: { g: r.g, eta_nats: r.eta, entropy_nats: r.entropy, czz: r.czz },
    draw: (width, height, u) => {
      return chart(
        width,
        height,
        {
          x: {
            type: 'log',
            label: 'reduced coupling $g$',
            ticks: width > 460 * u ? [1e-4, 1e-3, 0.01, 0.1, 1, 10, 100, 1000] : [1e-4, 0.01, 1, 100],
            tickFormat: decadeTick,
          },
          y: { label: 'response', ...unitAxis },
          marks: [
            Plot.ruleX([g], dashed(u)),
            ...curves.flatMap(({ y, here, color }) => [
              Plot.lineY(r.g, { x: (x: number) => x, y, stroke: color, strokeWidth: 2.4 * u }),
              Plot.dot([here], { x: g, y: here, fill: color, r: 5 * u }),
            ]),
          ],
          tips: curves.flatMap(({ label, y }) =>
            Array.from(r.g, (x, i) => ({
              x,
              y: y[i],
              text: `${label} = ${formatNumber(y[i])}\n$g$ = ${formatNumber(x)}`,
            })),
          ),
        },
        curves.map(({ label, color }) => ({ label, color })),
      );
    },
  };
}

export function resonances(r: LbitResult): Figure {
  const points = Array.from(r.x, (x, i) => ({ x, y: r.perDecade[i] }));
  const resonant = points.filter((p) => p.x >= 1);
  return {
    id: 'lbit-resonance',
    title: 'Distribution $p_{g}$ of the resonance strength',
    summary: `$h$ is matrix element over energy denominator. A share of ${formatNumber(r.above)} of the eigenstates is resonant, $h$ > 1 (shaded). The tail falls as $1/h^{2}$: some are resonant at any $g$.`,
    data: { h: r.x, density_per_decade: r.perDecade },
    draw: (width, height, u) => {
      return chart(width, height, {
        x: {
          type: 'log',
          label: 'resonance strength $h$',
          domain: [1e-4, 1e4],
          ticks: width > 460 * u ? [1e-4, 1e-3, 0.01, 0.1, 1, 10, 100, 1e3, 1e4] : [1e-4, 0.01, 1, 100, 1e4],
          tickFormat: decadeTick,
        },
        y: {
          label: 'density per decade',
          domain: [0, 1.06 * Math.max(...r.perDecade)],
          grid: true,
          ticks: 5,
        },
        marks: [
          Plot.areaY(resonant, { x: 'x', y: 'y', fill: hue.orange, fillOpacity: 0.35 }),
          Plot.lineY(points, { x: 'x', y: 'y', stroke: hue.blue, strokeWidth: 2.4 * u }),
          Plot.ruleX([1], dashed(u)),
        ],
        tips: points.map((p) => ({
          ...p,
          text: `$h$ = ${formatNumber(p.x)}\ndensity per decade ${formatNumber(p.y)}`,
        })),
      });
    },
  };
}

export function entropies(r: LbitResult): Figure {
  const points = Array.from(r.s, (s, i) => ({ s: bits(s), p: r.pS[i] * Math.LN2 }));
  return {
    id: 'lbit-entropy',
    title: 'Distribution $p_{S}$ of the entropy over eigenstates',
    summary: `A share of ${formatNumber(r.entangled)} of the eigenstates has more than half of log 2. As $g$ grows, weight moves from $S$ = 0, localized, to $S$ = log 2, maximally entangled, where the density diverges as an inverse square root. What is below ${LEAST_DENSITY} is not drawn.`,
    data: { entropy_nats: r.s, density_per_nat: r.pS },
    draw: (width, height, u) =>
      chart(width, height, {
        x: { label: '$S$ / log 2', domain: [0, 1], ticks: 5 },
        y: {
          label: 'density $p_{S}$ · log 2',
          ...densityAxis(points.map(({ p }) => p)),
        },
        marks: densityMarks(points, u),
        tips: points
          .filter(({ p }) => p >= LEAST_DENSITY)
          .map(({ s, p }) => ({
            x: s,
            y: p,
            text: `$S$ = ${formatNumber(s)} log 2\ndensity ${formatNumber(p)}`,
          })),
      }),
  };
}
