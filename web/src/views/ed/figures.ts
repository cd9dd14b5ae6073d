// Exact diagonalization: the eigenstates, the entropy of each l-bit, and the distribution of entropies, with the mean field.
import * as Plot from '@observablehq/plot';
import { MEAN_RATIOS } from '../../../../cli/src/common/constants.js';
import { bits, formatNumber } from '../../parts/params.js';
import { chart, hue, ordinal, unitAxis } from '../../parts/theme.js';
import type { Figure } from '../../parts/view.js';
import { profileChart } from '../profile.js';
import type { EdState } from './task.js';

/** The most eigenstates whose entropies are drawn; where there are more, only each second, third … one is. */
const DRAWN = 1024;

/** `complex`: of a complex Hermitian matrix, whose levels repel each other more. */
export function states(r: EdState, complex: boolean): Figure {
  const { eigenvalues, entropies, first, last } = r;
  const d = eigenvalues.length;
  const every = Math.ceil(d / DRAWN);
  const points = entropies.flatMap((list, bit) =>
    Array.from(list, (s, a) => ({
      energy: eigenvalues[a],
      s: bits(s),
      bit,
      counted: a >= first && a < last,
      drawn: a % every === 0,
    })),
  );
  return {
    id: 'ed-states',
    title: 'Spectrum and entropies of the eigenstates',
    summary: `${d} eigenvalues from ${formatNumber(eigenvalues[0])} to ${formatNumber(eigenvalues[d - 1])}, drawn as ticks at the bottom; dots are entropies of the l-bits, $n$ = 1 next to the grain. The mean gap ratio is ${formatNumber(r.gapRatio)}: ${MEAN_RATIOS.poisson.toFixed(3)} without level repulsion, ${(complex ? MEAN_RATIOS.gue : MEAN_RATIOS.goe).toFixed(3)} for ${complex ? 'complex ' : ''}random matrices.${last - first < d ? ' States outside the middle quarter are faint.' : ''}${every > 1 ? ` Of the entropies those of one state in ${every} are drawn.` : ''}`,
    data: {
      energy: points.map((p) => p.energy),
      l_bit: points.map((p) => p.bit + 1),
      entropy_nats: entropies.flatMap((list) => Array.from(list)),
    },
    draw: (width, height, u) => {
      const dots = points.filter((p) => p.drawn);
      const size = d > 400 ? 1.7 : 2.6;
      return chart(
        width,
        height,
        {
          x: { label: 'energy $E$ ($h$ = 1)' },
          y: {
            label: '$S$ / log 2',
            ...unitAxis,
            domain: [-0.13, 1.02],
          },
          marks: [
            Plot.dot(dots, {
              x: 'energy',
              y: 's',
              fill: (p) => ordinal[p.bit],
              fillOpacity: (p) => (p.counted ? 0.85 : 0.22),
              r: size * u,
            }),
            Plot.ruleX(eigenvalues, {
              x: (e: number) => e,
              y1: -0.12,
              y2: -0.04,
              stroke: 'currentColor',
              strokeOpacity: 0.5,
            }),
          ],
          color: { type: 'identity' },
          opacity: { type: 'identity' },
          tips: dots.map((p) => ({
            x: p.energy,
            y: p.s,
            text: `l-bit ${p.bit + 1}\n$E$ = ${p.energy}\n$S$ = ${formatNumber(p.s)} log 2`,
          })),
        },
        entropies.map((_, bit) => ({
          label: bit === 0 ? '$n$ = 1' : String(bit + 1),
          color: ordinal[bit],
          as: 'dot',
        })),
      );
    },
  };
}

export function profile(r: EdState): Figure {
  const theory = r.meanField;
  const rows = Array.from(r.meanEntropy, (s, i) => ({
    n: i + 1,
    exact: bits(s),
    theory: theory ? bits(theory.entropy[i]) : Number.NaN,
  }));
  const pairs = rows
    .map((p) => `l-bit ${p.n}: ${formatNumber(p.exact)}, ${formatNumber(p.theory)}`)
    .join('; ');
  return {
    id: 'ed-profile',
    title: 'Mean entropy of each l-bit',
    summary: theory
      ? `Exact, then mean field, in units of log 2: ${pairs}. The mean field has $g_{1,0}$ = ${formatNumber(theory.fit.g10)}.`
      : 'Mean field follows.',
    data: {
      n: rows.map((p) => p.n),
      exact_nats: r.meanEntropy,
      ...(theory && { mean_field_nats: theory.entropy }),
    },
    draw: (width, height, u) => profileChart(width, height, u, rows, 'exact, this model'),
  };
}

export function distribution(r: EdState, part: string): Figure {
  const bins = r.shares.length;
  const theory = r.meanField;
  const bars = Array.from(r.shares, (share, b) => ({
    x1: b / bins,
    x2: (b + 1) / bins,
    exact: share * bins,
    theory: theory ? theory.shares[b] * bins : Number.NaN,
  }));
  const edges = bars.flatMap((b) => [
    { x: b.x1, y: b.theory },
    { x: b.x2, y: b.theory },
  ]);
  const top = Math.max(...bars.flatMap((b) => [b.exact, theory ? b.theory : 0]));
  const percent = (x: number) => `${formatNumber(100 * x)} %`;
  const above = (shares: Float64Array) => shares.slice(bins / 2).reduce((a, b) => a + b, 0);
  return {
    id: 'ed-histogram',
    title: 'Entropies of all l-bits in the eigenstates',
    summary: `Over ${part}, ${percent(above(r.shares))} of the entropies are above half of log 2${theory ? `, in mean field ${percent(above(theory.shares))}; its line is $p_{S}$ integrated over each bar and averaged over the l-bits` : ''}.`,
    data: {
      S_over_log2_from: bars.map((b) => b.x1),
      S_over_log2_to: bars.map((b) => b.x2),
      exact_density: bars.map((b) => b.exact),
      ...(theory && { mean_field_density: bars.map((b) => b.theory) }),
    },
    draw: (width, height, u) => {
      return chart(
        width,
        height,
        {
          x: { label: '$S$ / log 2', domain: [0, 1], ticks: 5 },
          y: {
            type: 'sqrt',
            label: 'density, square-root scale',
            grid: true,
            domain: [0, 1.05 * top],
            ticks: [0, 0.1, 0.5, 1, 2, 4, 8, 16].filter((t) => t <= 1.05 * top),
            tickFormat: String,
          },
          marks: [
            Plot.rectY(bars, {
              x1: 'x1',
              x2: 'x2',
              y: 'exact',
              fill: hue.blue,
              fillOpacity: 0.45,
              insetLeft: 0.5,
              insetRight: 0.5,
            }),
            ...(theory
              ? [Plot.line(edges, { x: 'x', y: 'y', stroke: hue.orange, strokeWidth: 2.4 * u })]
              : []),
          ],
          tips: bars.map((b) => ({
            x: (b.x1 + b.x2) / 2,
            y: b.exact,
            text: `$S$ = ${formatNumber(b.x1)} … ${formatNumber(b.x2)} log 2\nexact: ${formatNumber(b.exact)}${theory ? `\nmean field: ${formatNumber(b.theory)}` : ''}`,
          })),
        },
        [
          { label: 'exact, this model', color: hue.blue, as: 'area' },
          { label: 'mean field', color: hue.orange },
        ],
      );
    },
  };
}
