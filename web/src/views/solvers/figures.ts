// The solvers: their times and their residuals against the order of the matrix, and how they compare over many matrices.
import * as Plot from '@observablehq/plot';
import { METHODS, methodNames } from 'emft/check';
import { duration } from '../../lab/duration.js';
import { TITLES } from '../../lab/families.js';
import { profiles, shareWithin } from '../../lab/profile.js';
import { dashArray, type KeyEntry } from '../../parts/key.js';
import { formatNumber } from '../../parts/params.js';
import { chart, dashed, hue, unitAxis } from '../../parts/theme.js';
import type { Figure } from '../../parts/view.js';
import type { SolverRow } from './task.js';

const titles: Record<string, string> = Object.fromEntries(
  methodNames.map((name) => [name, METHODS[name].title]),
);
/** Others have the names they come with. */
export const labelOf = (method: string): string => titles[method] ?? method;

type Look = { color: string; symbol: Plot.SymbolType; dashes?: readonly number[] };
/** Of our own, one after another. */
const OURS: readonly Look[] = [
  { color: hue.blue, symbol: 'circle' },
  { color: hue.green, symbol: 'square' },
  { color: hue.pink, symbol: 'triangle' },
];
/** Of others: one colour, and for each a mark and dashes, because marks alone are small where curves cross. */
const MARKS: readonly Plot.SymbolType[] = ['diamond', 'star', 'wye', 'cross', 'times'];
const DASHES: readonly (readonly number[] | undefined)[] = [undefined, [8, 3], [2, 3], [9, 3, 2, 3], [5, 3]];

/** How each of the methods is drawn, in the order in which they come. */
function looksOf(rows: readonly SolverRow[]): Map<string, Look> {
  const looks = new Map<string, Look>();
  const count = { ours: 0, peer: 0, native: 0, generic: 0 };
  for (const { method, kind } of rows) {
    if (looks.has(method)) continue;
    const k = count[kind]++;
    const others = { symbol: MARKS[k % MARKS.length], dashes: DASHES[k % DASHES.length] };
    looks.set(
      method,
      kind === 'ours' ? OURS[k % OURS.length] : { color: kind === 'peer' ? hue.orange : hue.ink, ...others },
    );
  }
  return looks;
}

const named = (r: SolverRow) => `${labelOf(r.method)}, ${r.matrix}, $n$ = ${r.n}`;

const inDuration = (t: number) => duration(Number(t.toPrecision(1)));
const methodsOf = (rows: readonly SolverRow[]) => [...new Set(rows.map((r) => r.method))];
const keyOf = (rows: readonly SolverRow[]): KeyEntry[] =>
  [...looksOf(rows)].map(([method, look]) => ({ label: labelOf(method), ...look }));
const matricesOf = (rows: readonly SolverRow[]) => [...new Set(rows.map((r) => r.matrix))];
const titleOf = (matrix: string) => TITLES[matrix];

/** An axis of `room` pixels; where numbers would touch, every second stands, or every third, up to the largest. */
function sizes(rows: readonly SolverRow[], room: number, u: number) {
  const all = [...new Set(rows.map((r) => r.n))].sort((p, q) => p - q);
  const domain = [all[0] / 1.15, Math.max(all[all.length - 1], 16) * 1.15];
  const ticks = all.filter((n) => Number.isInteger(Math.log2(n)) || all.length < 4);
  const octave = room / Math.log2(domain[1] / domain[0]);
  const half = (n: number) => (4.5 * String(n).length + 3) * u;
  const every = (k: number) => ticks.filter((_, i) => (ticks.length - 1 - i) % k === 0);
  const apart = (some: number[]) =>
    some.every((n, i) => i === 0 || octave * Math.log2(n / some[i - 1]) > half(some[i - 1]) + half(n));
  let k = 1;
  while (!apart(every(k))) ++k;
  const numbered = every(k);
  return {
    type: 'log' as const,
    base: 2,
    label: 'matrix size $n$',
    domain,
    ticks,
    tickFormat: (n: number) => (numbered.includes(n) ? String(n) : ''),
  };
}

/** Curves of one column, a line and its own symbol for every method. */
function curves(rows: readonly SolverRow[], column: 'seconds' | 'residual', u: number) {
  return [...looksOf(rows)].flatMap(([method, { color, symbol, dashes }]) => {
    const own = rows.filter((r) => r.method === method);
    const at = { x: 'n', y: column, stroke: color };
    return [
      Plot.line(own, { ...at, strokeWidth: 2 * u, strokeDasharray: dashArray(dashes, u) }),
      Plot.dot(own, { ...at, symbol, r: 4 * u, strokeWidth: 2 * u }),
    ];
  });
}

/** Only large matrices are given to all of them. */
function threads(rows: readonly SolverRow[]): string {
  const most = Math.max(...rows.map((r) => r.threads));
  return most > 1 ? `on up to ${most} threads (other packages on one)` : 'on one thread';
}

/** Of one kind of matrix, the first. */
export function times(all: SolverRow[]): Figure {
  const [matrix] = matricesOf(all);
  const rows = all.filter((r) => r.matrix === matrix);
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
    summary: `Median of several rounds, ${threads(rows)}, ${titleOf(matrix)}: ${last.map((r) => `${labelOf(r.method)} takes ${duration(r.seconds)} at $n$ = ${r.n}`).join('; ')}. Dashed: $n^{3}$.`,
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
          x: sizes(rows, width - 100 * u, u),
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
          tips: rows.map((r) => ({ x: r.n, y: r.seconds, text: `${named(r)}: ${duration(r.seconds)}` })),
        },
        keyOf(rows),
      ),
  };
}

/** Of every method and order the matrix with the largest residual; of several matrices, at orders that more than one of them has. */
function worstOf(rows: readonly SolverRow[]): SolverRow[] {
  const worst = new Map<string, SolverRow>();
  const [first] = matricesOf(rows);
  const common = new Set(rows.filter((r) => r.matrix === first).map((r) => r.n));
  for (const row of rows) {
    if (!common.has(row.n)) continue;
    const key = `${row.method} ${row.n}`;
    if (!(row.residual <= (worst.get(key)?.residual ?? -1))) worst.set(key, row);
  }
  return [...worst.values()].sort((p, q) => p.n - q.n);
}

export function accuracy(all: SolverRow[]): Figure {
  const rows = worstOf(all);
  const worst = (column: 'residual' | 'orthogonality') =>
    formatNumber(Math.max(...all.map((r) => r[column])));
  const lowest = Math.min(...rows.map((r) => r.residual).filter((x) => x > 0));
  const floor = Math.min(0.01, 10 ** Math.floor(Math.log10(lowest)));
  const top = Math.max(300, ...rows.map((r) => 2 * r.residual));
  return {
    id: 'solvers-accuracy',
    title: 'Residual in units of rounding error',
    summary: `LAPACK’s test ratio $‖{A}{Z} − {Z}{D}‖ / (‖A‖ n ulp)$; its own tests accept up to 60, the line at the top. The largest here is ${worst('residual')}; the largest loss of orthogonality, $‖I − Z^{T}Z‖ / (n ulp)$, is ${worst('orthogonality')}.`,
    data: {
      method: rows.map((r) => r.method),
      matrix: rows.map((r) => r.matrix),
      n: rows.map((r) => r.n),
      residual: rows.map((r) => r.residual),
      orthogonality: rows.map((r) => r.orthogonality),
    },
    draw: (width, height, u) => {
      return chart(
        width,
        1.2 * height,
        {
          x: sizes(rows, width - 100 * u, u),
          y: {
            type: 'log',
            label: 'residual ratio',
            labelOffset: 64 * u,
            domain: [floor, top],
            ticks: [1e-4, 1e-3, 0.01, 0.1, 1, 10, 100].filter((t) => t >= floor),
            tickFormat: String,
            grid: true,
          },
          marginLeft: 80 * u,
          marks: [
            Plot.ruleY([60], dashed(u)),
            Plot.text(['LAPACK accepts below 60'], {
              y: 60,
              frameAnchor: 'right',
              lineAnchor: 'bottom',
              dy: -5 * u,
              fill: 'currentColor',
            }),
            ...curves(
              rows.filter((r) => r.residual > 0),
              'residual',
              u,
            ),
          ],
          tips: rows
            .filter((r) => r.residual > 0)
            .map((r) => ({
              x: r.n,
              y: r.residual,
              text: `${named(r)}\nresidual ${formatNumber(r.residual)}, orthogonality ${formatNumber(r.orthogonality)}`,
            })),
        },
        keyOf(rows),
      );
    },
  };
}

/** How far the profile is drawn. */
const FARTHEST = 1000;
/** Where the curves have their marks. */
const MARKED = [1.5, 4, 15, 60, 250, 800];

/** The share of all matrices that a method decomposes within $τ$ times what the fastest takes. */
export function profile(rows: SolverRow[]): Figure {
  const found = profiles(
    rows.map((r) => ({ solver: r.method, problem: `${r.matrix} ${r.n}`, cost: r.seconds })),
  );
  const count = new Set(rows.map((r) => `${r.matrix} ${r.n}`)).size;
  const looks = looksOf(rows);
  const best = found.map((one) => `${labelOf(one.solver)} ${Math.round(100 * shareWithin(one, 1))} %`);
  return {
    id: 'solvers-profile',
    title: 'Share of matrices decomposed within $τ$ times the fastest',
    summary: `Performance profile (Dolan and Moré) over ${count} matrices: ${matricesOf(rows).map(titleOf).join(', ')}. The fastest: ${best.join(', ')}.`,
    data: {
      method: found.flatMap((one) => one.ratio.map(() => one.solver)),
      ratio: found.flatMap((one) => one.ratio),
      share: found.flatMap((one) => one.share),
    },
    draw: (width, height, u) =>
      chart(
        width,
        1.2 * height,
        {
          x: {
            type: 'log',
            label: '$τ$',
            domain: [1, FARTHEST],
            ticks: [1, 10, 100, 1000],
            tickFormat: String,
          },
          y: { ...unitAxis, label: 'share of matrices' },
          clip: true,
          marks: found.flatMap((one) => {
            const { color, symbol, dashes } = looks.get(one.solver)!;
            const at = { x: (tau: number) => tau, y: (tau: number) => shareWithin(one, tau), stroke: color };
            const ends = [1, ...one.ratio.filter((r) => r <= FARTHEST), FARTHEST];
            return [
              Plot.line(ends, {
                ...at,
                curve: 'step-after',
                strokeWidth: 2 * u,
                strokeDasharray: dashArray(dashes, u),
              }),
              Plot.dot(MARKED, { ...at, symbol, r: 4 * u, strokeWidth: 2 * u }),
            ];
          }),
        },
        keyOf(rows),
      ),
  };
}
