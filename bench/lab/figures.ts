// The figures of a run: times and accuracy against the order, and performance profiles.
import * as Plot from '@observablehq/plot';
import { profiles, shareWithin } from '../../web/src/lab/profile.js';
import type { Row } from '../../web/src/lab/rounds.js';
import { median } from '../../web/src/lab/statistics.js';

/** Okabe–Ito hues: this package's solvers are solid, others dashed, and every curve has its own mark. */
const OURS = ['#0072B2', '#56B4E9', '#009E73', '#332288', '#004488'];
const PEERS = ['#D55E00', '#E69F00', '#CC79A7', '#882255', '#999933', '#AA4499'];
const NATIVE = ['#000000', '#555555', '#888888', '#aaaaaa'];
const SYMBOLS = ['circle', 'square', 'triangle', 'diamond', 'star', 'wye', 'cross', 'times'] as const;

interface Look {
  color: string;
  symbol: (typeof SYMBOLS)[number];
  dash: string;
}

function looks(rows: readonly Row[]): Map<string, Look> {
  const count = { ours: 0, peer: 0, native: 0, generic: 0 };
  const found = new Map<string, Look>();
  for (const { solver, kind } of rows) {
    if (found.has(solver)) continue;
    const palette = kind === 'ours' ? OURS : kind === 'peer' ? PEERS : NATIVE;
    const k = count[kind]++;
    const dash = kind === 'ours' ? '' : kind === 'peer' ? '7 3' : '2 3';
    found.set(solver, {
      color: palette[k % palette.length],
      symbol: SYMBOLS[found.size % SYMBOLS.length],
      dash,
    });
  }
  return found;
}

/** Heights of labels, moved apart so that none covers another and none leaves the frame, which is from 0 to 1; `gap` is the least distance. */
function spread<T extends { y: number }>(ends: readonly T[], gap: number): T[] {
  const placed = ends.map((end) => ({ ...end })).sort((p, q) => p.y - q.y);
  for (let k = 1; k < placed.length; ++k) placed[k].y = Math.max(placed[k].y, placed[k - 1].y + gap);
  let top = 1;
  for (const label of placed.toReversed()) {
    label.y = Math.min(label.y, top);
    top = label.y - gap;
  }
  return placed;
}

const frame = {
  width: 860,
  height: 560,
  marginLeft: 84,
  marginRight: 190,
  marginBottom: 52,
  marginTop: 24,
  style: { fontFamily: 'DejaVu Sans', fontSize: '13px', background: 'white' },
};
const axis = { labelAnchor: 'center', labelArrow: 'none' } as const;

function drawn(document: Document, options: Plot.PlotOptions): Element {
  const chart = Plot.plot({ document, ...frame, ...options });
  // In a page Plot can leave out the namespace, in a file it has to be there.
  chart.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return chart;
}

type Point = { solver: string; x: number; y: number };

/** Curves with their marks, and their names in the right margin, joined to the ends by thin lines. */
function curves(points: readonly Point[], look: Map<string, Look>, staircase = false): Plot.Markish[] {
  const names = [...look.keys()].filter((name) => points.some((p) => p.solver === name));
  return names.flatMap((name) => {
    const own = points.filter((p) => p.solver === name);
    const { color, symbol, dash } = look.get(name)!;
    const line = Plot.line(own, {
      x: 'x',
      y: 'y',
      stroke: color,
      strokeWidth: 2,
      strokeDasharray: dash,
      curve: staircase ? 'step-after' : 'linear',
    });
    return staircase
      ? [line]
      : [line, Plot.dot(own, { x: 'x', y: 'y', stroke: color, symbol, r: 3.6, strokeWidth: 1.6 })];
  });
}

/** Names beside the ends of the curves, in the order of their heights. `height` turns a value into a share of the frame. */
function names(
  points: readonly Point[],
  look: Map<string, Look>,
  height: (y: number) => number,
): Plot.Markish[] {
  const right = Math.max(...points.map((p) => p.x));
  const ends = [...look.keys()].flatMap((name) => {
    const last = points.filter((p) => p.solver === name).at(-1);
    if (!last) return [];
    // The name of a curve that ends early says at which order.
    return [{ name, y: height(last.y), text: last.x < right ? `${name}, to ${last.x}` : name }];
  });
  const room = frame.height - frame.marginTop - frame.marginBottom;
  return spread(ends, 16 / room).map(({ name, text, y }) =>
    Plot.text([text], {
      frameAnchor: 'top-right',
      textAnchor: 'start',
      dx: 10,
      dy: (1 - y) * room - 6,
      fill: look.get(name)!.color,
    }),
  );
}

const logarithmic = (low: number, high: number) => (y: number) =>
  (Math.log(y) - Math.log(low)) / (Math.log(high) - Math.log(low));

function decades(values: readonly number[]) {
  const [low, high] = [Math.min(...values) / 1.5, Math.max(...values) * 1.5];
  const ticks = Array.from({ length: 24 }, (_, k) => Number(`1e${k - 12}`)).filter(
    (t) => t >= low && t <= high,
  );
  return { low, high, ticks };
}

const power = (t: number) => `1e${Math.round(Math.log10(t))}`;
const time = (t: number) => {
  const [value, unit] = t < 9e-4 ? [1e6 * t, 'µs'] : t < 0.9 ? [1e3 * t, 'ms'] : [t, 's'];
  return `${Math.round(value)} ${unit}`;
};
const sizes = (orders: readonly number[]) => ({
  ...axis,
  type: 'log' as const,
  base: 2,
  label: 'order n',
  ticks: orders,
  tickFormat: String,
});

/** Median seconds against the order, log–log, of one kind of matrix. */
export function timeFigure(all: readonly Row[], document: Document): Element {
  const rows = all.filter((row) => row.samples.length > 0 && row.kind !== 'generic');
  const points = rows.map((row) => ({ solver: row.solver, x: row.n, y: median(row.samples) }));
  const { low, high, ticks } = decades(points.map((p) => p.y));
  const orders = [...new Set(rows.map((row) => row.n))];
  const look = looks(rows);
  return drawn(document, {
    x: sizes(orders),
    y: {
      ...axis,
      type: 'log',
      label: 'time of one decomposition',
      domain: [low, high],
      ticks,
      tickFormat: time,
      grid: true,
    },
    marks: [
      Plot.frame({ stroke: '#bbb' }),
      ...curves(points, look),
      ...names(points, look, logarithmic(low, high)),
    ],
  });
}

/** Ratios above this are drawn at it. */
const WORST = 1e4;

/** The larger of LAPACK's two ratios against the order, the largest of all matrices, at orders at which there are several. */
export function accuracyFigure(all: readonly Row[], document: Document): Element {
  const several = (n: number) => new Set(all.filter((row) => row.n === n).map((row) => row.matrix)).size > 1;
  const rows = all.filter(
    (row) => row.residual !== null && row.samples.length > 0 && row.kind !== 'generic' && several(row.n),
  );
  const look = looks(rows);
  const worst = new Map<string, Point>();
  for (const row of rows) {
    const key = `${row.solver} ${row.n}`;
    const y = Math.max(row.residual!, row.orthogonality!, 1e-3, worst.get(key)?.y ?? 0);
    worst.set(key, { solver: row.solver, x: row.n, y: Math.min(y, WORST) });
  }
  const points = [...worst.values()].sort((p, q) => p.x - q.x);
  const { low, high, ticks } = decades([...points.map((p) => p.y), 100]);
  return drawn(document, {
    x: sizes([...new Set(points.map((p) => p.x))]),
    y: {
      ...axis,
      type: 'log',
      label: `largest of LAPACK’s ratios (${power(WORST)}: or more)`,
      domain: [low, high],
      ticks,
      tickFormat: power,
      grid: true,
    },
    marks: [
      Plot.frame({ stroke: '#bbb' }),
      Plot.ruleY([60], { stroke: '#999', strokeDasharray: '4 3' }),
      ...curves(points, look),
      ...names(points, look, logarithmic(low, high)),
    ],
  });
}

/** The largest τ that is drawn. */
const FARTHEST = 1000;

/** ρ(τ) of every solver over all matrices: the share of them that it solves within τ times the least median. */
export function profileFigure(all: readonly Row[], document: Document): Element {
  const rows = all.filter((row) => row.kind !== 'generic');
  const look = looks(rows);
  const costs = rows.map((row) => ({
    solver: row.solver,
    problem: `${row.matrix} ${row.n}`,
    cost: row.samples.length > 0 && !row.failed ? median(row.samples) : Number.POSITIVE_INFINITY,
  }));
  const points = profiles(costs).flatMap((profile) => [
    { solver: profile.solver, x: 1, y: shareWithin(profile, 1) },
    ...profile.ratio.flatMap((x, k) =>
      x <= FARTHEST ? [{ solver: profile.solver, x, y: profile.share[k] }] : [],
    ),
    { solver: profile.solver, x: FARTHEST, y: shareWithin(profile, FARTHEST) },
  ]);
  return drawn(document, {
    x: {
      ...axis,
      type: 'log',
      label: 'τ: time over that of the fastest',
      domain: [1, FARTHEST],
      ticks: [1, 2, 10, 100, 1000],
      tickFormat: String,
    },
    y: {
      ...axis,
      label: `share of ${new Set(costs.map(({ problem }) => problem)).size} matrices solved within τ`,
      domain: [0, 1.02],
      ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
      grid: true,
    },
    marks: [
      Plot.frame({ stroke: '#bbb' }),
      ...curves(points, look, true),
      ...names(points, look, (y) => y / 1.02),
    ],
  });
}
