// Entropies of the l-bits of a chain, exact and in mean field, drawn alike in every view that compares them.
import * as Plot from '@observablehq/plot';
import { formatNumber } from '../parts/params.js';
import { chart, hue, ordinal, unitAxis } from '../parts/theme.js';

/** An l-bit: entropies in units of log 2, `theory` NaN while it is not known, and the ends of an error bar. */
interface ProfileRow {
  n: number;
  exact: number;
  theory: number;
  low?: number;
  high?: number;
}

/** `exact`: what the dots are called. */
export function profileChart(
  width: number,
  height: number,
  u: number,
  rows: readonly ProfileRow[],
  exact: string,
) {
  const known = rows.every((p) => !Number.isNaN(p.theory));
  const bars = rows.filter((p) => p.low !== undefined);
  return chart(
    width,
    height,
    {
      x: {
        label: 'l-bit $n$, counted from the grain',
        domain: [0.6, Math.max(2, rows.length) + 0.4],
        ticks: rows.map((p) => p.n),
        tickFormat: 'd',
      },
      y: { label: '$[S_{n}]$ / log 2', ...unitAxis },
      marks: [
        ...(known
          ? [
              Plot.lineY(rows, { x: 'n', y: 'theory', stroke: hue.orange, strokeWidth: 2.4 * u }),
              Plot.dot(rows, { x: 'n', y: 'theory', fill: hue.orange, r: 3 * u }),
            ]
          : []),
        Plot.ruleX(bars, { x: 'n', y1: 'low', y2: 'high', stroke: hue.ink, strokeWidth: 2 * u }),
        Plot.dot(rows, {
          x: 'n',
          y: 'exact',
          fill: (p) => ordinal[p.n - 1],
          stroke: hue.ink,
          strokeWidth: 1.2 * u,
          r: 6 * u,
        }),
      ],
      color: { type: 'identity' },
      tips: rows.map((p) => ({
        x: p.n,
        y: p.exact,
        text: `$n$ = ${p.n}\n${exact}: ${formatNumber(p.exact)} log 2${known ? `\nmean field: ${formatNumber(p.theory)} log 2` : ''}`,
      })),
    },
    [
      { label: exact, color: hue.ink, as: 'dot', symbol: 'circle', fill: ordinal[1] },
      { label: 'mean field', color: hue.orange },
    ],
  );
}
