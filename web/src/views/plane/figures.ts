// The plane: the map of entropies, and η_tot along the phases or the seeds of the potential.
import * as Plot from '@observablehq/plot';
import { bits, formatNumber, type Values } from '../../parts/params.js';
import { chart, dashed, hue, sequential } from '../../parts/theme.js';
import type { Figure } from '../../parts/view.js';
import { sumOf } from '../avalanche.js';
import { type Cell, frontLine, square } from '../front.js';
import type { PlaneState } from './task.js';

/** Values of a scan. */
export const SCAN = 64;
export const quasi = (values: Values) => values.phases === 'quasiperiodic';

type Scanned = PlaneState['scanned'];

/** Least entropy of the logarithmic colours, in units of log 2; what has less is drawn hollow. */
const LEAST = 1e-4;

export function map(state: PlaneState, values: Values, played: PlaneState['played']): Figure | null {
  const { sites, entropy } = state;
  if (!sites || !entropy) return null;
  const n = entropy.length;
  const cellsOf = (row: ArrayLike<number>): Cell[] =>
    Array.from(row, (s, i) => ({ x: sites[2 * i], y: sites[2 * i + 1], s: bits(s) }));
  const cells = cellsOf(entropy);
  /** The step that is played; the last is the solution itself. */
  const at = (k: number) =>
    played && k < played.count - 1 ? cellsOf(played.rows.subarray(k * n, (k + 1) * n)) : cells;
  const hot = (some: readonly Cell[]) => some.filter((c) => c.s > 0.5).length;
  const log = values.scale === 'log';
  return {
    id: 'plane-map',
    drawnFor: [...Object.values(values), state.etaTot, played?.count].join(' '),
    title: 'Mean entropy of the l-bit at each site',
    summary: `The avalanche ${state.avalanche ? 'runs' : 'fails'}: ${hot(cells)} of ${n} l-bits have more than half of log 2, within the white line. The grain sits at the centre.${log ? ' Hollow: less than 10⁻⁴ log 2.' : ''}${state.even ? ' All entropies agree to 0.001: which orbital sits where does not show.' : ''}`,
    data: { n1: cells.map((c) => c.x), n2: cells.map((c) => c.y), entropy_nats: entropy },
    square: true,
    ...(played && {
      movie: {
        id: 'plane',
        count: played.count,
        label: (k: number) =>
          `${hot(at(k))} of ${n} l-bits within the front, ${sumOf({ ...played, etaTot: state.etaTot }, k)}`,
      },
    }),
    draw: (width, height, u, k) => drawMap(at(k), { width, height, u, radius: Number(values.radius), log }),
  };
}

interface MapPlot {
  width: number;
  height: number;
  u: number;
  radius: number;
  log: boolean;
}

function drawMap(cells: readonly Cell[], { width, height, u, radius, log }: MapPlot): SVGSVGElement {
  const margin = 64 * u;
  const side = Math.min(width - margin, height - 24 * u) - 20 * u;
  const step = radius > 20 ? 10 : radius > 8 ? 5 : radius > 4 ? 2 : 1;
  const reach = Math.floor(radius / step);
  const ticks = Array.from({ length: 2 * reach + 1 }, (_, i) => step * (i - reach));
  const axis = {
    domain: [-radius - 0.5, radius + 0.5],
    ticks,
    tickFormat: (t: number) => String(t).replace('-', '−'),
  };
  const shade = (s: number) => (log ? 1 + Math.log10(s) / -Math.log10(LEAST) : s);
  return chart(
    side + margin + 20 * u,
    side + 64 * u,
    {
      marginTop: 14 * u,
      x: { label: '$n_{1}$', ...axis },
      y: { label: '$n_{2}$', ...axis },
      color: { scheme: sequential, domain: [0, 1] },
      marks: [
        Plot.rect(
          cells.filter((c) => !log || c.s >= LEAST),
          {
            ...square,
            fill: (c) => shade(c.s),
            inset: 0,
            shapeRendering: 'crispEdges',
          },
        ),
        frontLine(cells, 2.2 * u),
      ],
      tips: cells.map((c) => ({
        x: c.x,
        y: c.y,
        text: `(${c.x}, ${c.y})\n$[S]$ = ${formatNumber(c.s)} log 2`,
      })),
    },
    log ? { bar: '$[S]$ / log 2', log: LEAST } : { bar: '$[S]$ / log 2' },
  );
}

/** What a scan draws, with η_tot in units of log 2. */
interface ScanPlot {
  points: { at: number; y: number; runs: boolean }[];
  /** Of the values before, shown until there are all points. */
  faint: Scanned;
  /** The lattice that the map shows. */
  here: { at: number; y: number };
  threshold: number;
  /** Least η_tot of the axis: below it there are other marks. */
  low: number;
}

function scanMarks({ points, faint, here, threshold, low }: ScanPlot, u: number): Plot.Markish[] {
  const beyond = [
    ...faint.filter((p) => bits(p.etaTot) < low).map(({ at }) => ({ at, fill: hue.soft })),
    ...points.filter((p) => p.y < low).map(({ at, runs }) => ({ at, fill: runs ? hue.orange : hue.blue })),
  ];
  return [
    Plot.ruleY([threshold], dashed(u)),
    Plot.ruleX([here.at], { stroke: hue.soft, strokeWidth: 2 * u }),
    Plot.dot(
      faint.filter((p) => bits(p.etaTot) >= low),
      { x: 'at', y: (p) => bits(p.etaTot), fill: hue.soft, fillOpacity: 0.3, r: 4 * u },
    ),
    // Below the axis: an open triangle that points there.
    Plot.dot(beyond, {
      x: 'at',
      y: low,
      dy: -6 * u,
      symbol: 'triangle',
      rotate: 180,
      stroke: ({ fill }) => fill,
      r: 4 * u,
      strokeWidth: 1.6 * u,
    }),
    Plot.dot(
      points.filter((p) => p.y >= low),
      {
        x: 'at',
        y: 'y',
        fill: (p) => (p.runs ? hue.orange : hue.blue),
        r: 4 * u,
      },
    ),
    Plot.dot([here], { x: 'at', y: 'y', stroke: hue.ink, r: 7.5 * u, strokeWidth: 2.4 * u }),
  ];
}

const scanKey = [
  { label: 'runs', color: hue.orange, as: 'dot' },
  { label: 'fails', color: hue.blue, as: 'dot' },
  { label: 'this one', color: hue.ink, as: 'dot', symbol: 'circle' },
  { label: '½ $N$ log 2', color: hue.soft, as: 'dashed' },
] as const;

/** What a scan goes along: phases θ0 or seeds, by the key of the parameter. */
const AXES = {
  theta0: {
    symbol: '$θ_{0}$',
    title: '$η_{tot}$ against the phase $θ_{0}$',
    many: 'phases',
    x: {
      label: '$θ_{0}$',
      domain: [0, 2 * Math.PI],
      ticks: [0, 1, 2, 3, 4].map((k) => (k * Math.PI) / 2),
      tickFormat: (t: number) => ['0', '$π$/2', '$π$', '3$π$/2', '2$π$'][Math.round((2 * t) / Math.PI)],
    },
    at: (part: number) => Number((part * 2 * Math.PI).toFixed(3)),
  },
  seed: {
    symbol: 'seed',
    title: '$η_{tot}$ of random potentials, by seed',
    many: 'seeds',
    x: { label: 'seed', domain: [-0.5, SCAN - 0.5] },
    at: (part: number) => Math.round(part * SCAN - 0.5),
  },
};

/** A click in the figure goes to where it is, from 0 to 1 along the axis. */
function jumpOnClick(svg: SVGSVGElement, width: number, u: number, jump: (part: number) => void): void {
  const left = 64 * u;
  const right = width - 20 * u;
  svg.style.cursor = 'crosshair';
  svg.addEventListener('click', (event) => {
    const box = svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) * width) / box.width;
    jump(Math.min(1, Math.max(0, (x - left) / (right - left))));
  });
}

/** `n` l-bits; `before` are points of other values; `jump` changes the parameter that the scan goes along. */
export function scan(
  state: PlaneState,
  values: Values,
  n: number,
  before: Scanned,
  jump: (values: Values) => void,
): Figure {
  const key = quasi(values) ? 'theta0' : 'seed';
  const { symbol, title, many, x, at } = AXES[key];
  const scanned = [...state.scanned].sort((a, b) => a.at - b.at);
  const threshold = n / 2;
  const points = scanned.map((p) => ({ at: p.at, y: bits(p.etaTot), runs: bits(p.etaTot) > threshold }));
  const runs = points.filter((p) => p.runs).length;
  const faint = points.length < SCAN ? before : [];
  const here = { at: Number(values[key]), y: bits(state.etaTot) };
  const floor = Math.min(1, 10 ** Math.floor(Math.log10(Math.max(1e-3, here.y))));
  const low = Math.min(floor, ...points.map((p) => (p.y > 0.1 ? 1 : 0.1)));
  const y = {
    type: 'log' as const,
    label: '$η_{tot}$ / log 2',
    domain: [low, 1.25 * n],
    ticks: [0.1, 1, 10, 100, 1000].filter((t) => t >= low && t <= 1.25 * n),
    tickFormat: String,
    grid: true,
  };
  return {
    id: 'plane-scan',
    title,
    summary: `${points.length ? `The avalanche runs at ${runs} of ${points.length} ${many}${points.length < SCAN ? ` computed so far, of ${SCAN}` : ''}` : `${SCAN} ${many} follow`}${faint.length ? '; faint are those of the values before' : ''}. ${points.some((p) => p.y < low) ? ' Open triangles lie below the axis.' : ''} Click in the figure to go there; the slider does the same from the keyboard.`,
    data: { [key]: scanned.map((p) => p.at), eta_tot_nats: scanned.map((p) => p.etaTot) },
    draw: (width, height, u) => {
      const marks = scanMarks({ points, faint, here, threshold, low }, u);
      const tips = points
        .filter((p) => p.y >= low)
        .map((p) => ({
          x: p.at,
          y: p.y,
          text: `${symbol} = ${p.at}\n$η_{tot}$ = ${formatNumber(p.y)} log 2`,
        }));
      const svg = chart(width, height, { x, y, marks, tips, color: { type: 'identity' } }, scanKey);
      jumpOnClick(svg, width, u, (part) => jump({ [key]: at(part) }));
      return svg;
    },
  };
}
