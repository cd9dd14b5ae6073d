// The solvers: their times and their residuals against the order of the matrix.
import * as Plot from '@observablehq/plot';
import { METHODS, methodNames } from 'emft/check';
import { formatNumber } from '../../page/params.js';
import { chart, dashed, hue, type KeyEntry } from '../../page/theme.js';
import type { Figure } from '../../page/view.js';
import type { SolverRow } from './task.js';

export const label: Record<string, string> = {
  ...Object.fromEntries(methodNames.map((name) => [name, METHODS[name].title])),
  'ml-matrix': 'ml-matrix',
};
type Look = { color: string; symbol: Plot.SymbolType };
/** Of our own, one after another. */
const LOOKS: readonly Look[] = [
  { color: hue.blue, symbol: 'circle' },
  { color: hue.green, symbol: 'square' },
  { color: hue.pink, symbol: 'triangle' },
  { color: hue.ink, symbol: 'star' },
];
const look: Record<string, Look> = {
  ...Object.fromEntries(methodNames.map((name, k) => [name, LOOKS[k % LOOKS.length]])),
  'ml-matrix': { color: hue.orange, symbol: 'diamond' },
};

/** A time to three digits with its unit. */
export function duration(seconds: number): string {
  const [value, symbol] =
    seconds < 1e-3 ? [1e6 * seconds, 'µs'] : seconds < 1 ? [1e3 * seconds, 'ms'] : [seconds, 's'];
  return `${Number(value.toPrecision(3))} ${symbol}`;
}

const inDuration = (t: number) => duration(Number(t.toPrecision(1)));
const methodsOf = (rows: readonly SolverRow[]) => [...new Set(rows.map((r) => r.method))];
const keyOf = (rows: readonly SolverRow[]): KeyEntry[] =>
  methodsOf(rows).map((m) => ({ label: label[m], ...look[m] }));

function sizes(rows: readonly SolverRow[]) {
  const all = [...new Set(rows.map((r) => r.n))];
  return {
    type: 'log' as const,
    base: 2,
    label: 'matrix size n',
    domain: [all[0] / 1.15, Math.max(all[all.length - 1], 16) * 1.15],
    ticks: all,
    tickFormat: String,
  };
}

/** Curves of one column, a line and its own symbol for every method. */
function curves(rows: readonly SolverRow[], column: 'seconds' | 'residual', u: number) {
  return methodsOf(rows).flatMap((m) => {
    const own = rows.filter((r) => r.method === m);
    const at = { x: 'n', y: column, stroke: look[m].color };
    return [
      Plot.line(own, { ...at, strokeWidth: 2 * u }),
      Plot.dot(own, { ...at, symbol: look[m].symbol, r: 4 * u, strokeWidth: 2 * u }),
    ];
  });
}

/** Only large matrices are given to all of them. */
function threads(rows: readonly SolverRow[]): string {
  const most = Math.max(...rows.map((r) => r.threads));
  return most > 1 ? `on up to ${most} threads (ml-matrix on one)` : 'on one thread';
}

export function times(rows: SolverRow[]): Figure {
  const last = methodsOf(rows).map((m) => rows.filter((r) => r.method === m).at(-1) as SolverRow);
  const values = rows.map((r) => r.seconds);
  const [low, high] = [Math.min(...values) / 1.6, Math.max(...values) * 1.6];
  const decades = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10].filter((t) => t >= low && t <= high);
  // n³ through the last point of the fastest method.
  const fastest = last.reduce((a, b) => (b.seconds / b.n ** 3 < a.seconds / a.n ** 3 ? b : a));
  const cubic = [...new Set(rows.map((r) => r.n))]
    .map((n) => ({ n, seconds: 0.55 * fastest.seconds * (n / fastest.n) ** 3 }))
    .filter((p) => p.seconds >= low);
  return {
    id: 'solvers-time',
    title: 'Time for all eigenvalues and eigenvectors',
    summary: `Least time of several runs, ${threads(rows)}, random symmetric matrices (GOE): ${last.map((r) => `${label[r.method]} takes ${duration(r.seconds)} at n = ${r.n}`).join('; ')}. Dashed: n^{3}.`,
    data: {
      method: rows.map((r) => r.method),
      n: rows.map((r) => r.n),
      seconds: values,
      residual: rows.map((r) => r.residual),
      orthogonality: rows.map((r) => r.orthogonality),
    },
    draw: (width, height, u) =>
      chart(
        width,
        1.2 * height,
        {
          x: sizes(rows),
          y: {
            type: 'log',
            label: 'time',
            labelOffset: 70 * u,
            domain: [low, high],
            ticks: decades,
            tickFormat: inDuration,
            grid: true,
          },
          marginLeft: 80 * u,
          marks: [
            Plot.line(cubic, {
              x: 'n',
              y: 'seconds',
              ...dashed(u),
            }),
            ...curves(rows, 'seconds', u),
          ],
        },
        keyOf(rows),
      ),
  };
}

export function accuracy(rows: SolverRow[]): Figure {
  const worst = (column: 'residual' | 'orthogonality') =>
    formatNumber(Math.max(...rows.map((r) => r[column])));
  const lowest = Math.min(...rows.map((r) => r.residual).filter((x) => x > 0));
  const floor = Math.min(0.01, 10 ** Math.floor(Math.log10(lowest)));
  return {
    id: 'solvers-accuracy',
    title: 'Residual in units of rounding error',
    summary: `LAPACK's test ratio ‖AZ − ZD‖ / (‖A‖ n ulp); its own tests accept up to 60, the line at the top. The largest here is ${worst('residual')}; the largest loss of orthogonality, ‖I − Z^{T}Z‖ / (n ulp), is ${worst('orthogonality')}.`,
    data: {
      method: rows.map((r) => r.method),
      n: rows.map((r) => r.n),
      residual: rows.map((r) => r.residual),
      orthogonality: rows.map((r) => r.orthogonality),
    },
    draw: (width, height, u) => {
      return chart(
        width,
        1.2 * height,
        {
          x: sizes(rows),
          y: {
            type: 'log',
            label: 'residual ratio',
            labelOffset: 64 * u,
            domain: [floor, 150],
            ticks: [1e-4, 1e-3, 0.01, 0.1, 1, 10, 100].filter((t) => t >= floor),
            tickFormat: String,
            grid: true,
          },
          marginLeft: 80 * u,
          marks: [
            Plot.ruleY([60], dashed(u)),
            Plot.text(['accepted by LAPACK’s tests: below 60'], {
              frameAnchor: 'top-right',
              dy: 42 * u,
              dx: -6 * u,
              fill: 'currentColor',
            }),
            ...curves(
              rows.filter((r) => r.residual > 0),
              'residual',
              u,
            ),
          ],
        },
        keyOf(rows),
      );
    },
  };
}
