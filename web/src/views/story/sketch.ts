// The first figure of the page: a grain and the l-bits around it, one of which is a control. Circles and lines, which are there sooner than
// a plot of them.
import { colorBar, coloursAlong } from '../../parts/key.js';
import { bits, formatNumber } from '../../parts/params.js';
import { label, made } from '../../parts/svg.js';
import { blank, FONT, hue, sequential } from '../../parts/theme.js';
import type { Figure } from '../../parts/view.js';
import type { Given } from './given.js';

/** Radius of the grain, in decay lengths, and where the fixed l-bits are: distance and angle. */
const GRAIN = 0.9;
export const FIXED: readonly (readonly [number, number])[] = [
  [0.7, 2.5],
  [1.6, 1.25],
  [2.3, -1.9],
  [3.1, 2.95],
  [3.6, 0.75],
  [4.4, -2.7],
  [5, -0.5],
];
const ANGLE = -0.12;
/** From the middle to the right and the left edge. */
const HALF = 7.2;

interface Spot {
  r: number;
  /** Of the place. */
  cos: number;
  sin: number;
  x: number;
  y: number;
  /** The entropy over log 2. */
  s: number;
}

function spotsOf(r: Given['sketch'], distance: number): Spot[] {
  return [...FIXED, [distance, ANGLE] as const].map(([at, angle], i) => {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return { r: at, cos, sin, x: (GRAIN + at) * cos, y: (GRAIN + at) * sin, s: bits(r.entropy[i]) };
  });
}

export function sketch(r: Given['sketch'], distance: number): Figure {
  const spots = spotsOf(r, distance);
  const mine = spots[spots.length - 1];
  return {
    id: 'story-sketch',
    drawnFor: String(distance),
    title: 'A grain and its l-bits',
    summary: `The grain in the middle, l-bits around it; the ringed one can be dragged. Its coupling is $e^{−r/ζ}$, and its colour how much of log 2 its entropy has: ${formatNumber(mine.s)}.`,
    data: { distance: spots.map((p) => p.r), entropy_nats: r.entropy, eta_nats: r.eta },
    handle: {
      key: 'r',
      label: 'Distance of the l-bit from the grain',
      x: mine.x,
      y: mine.y,
      value: (x, y) => Math.hypot(x, y) - GRAIN,
    },
    draw: (width, height, u) => drawn(spots, width, Math.max(height, 0.62 * width) - 48 * u, u),
  };
}

/** As wide as `width`; `tall` without the bar of colours. */
function drawn(spots: readonly Spot[], width: number, tall: number, u: number): SVGSVGElement {
  const head = colorBar(width, { bar: 'entropy $[S]$ / log 2' }, { font: FONT, u }, sequential);
  // Numbers at the top are clear of the bar, in a narrow drawing too.
  const [left, top, bottom] = [2, head.height + 14 * u, tall + head.height - 12 * u];
  const span = (HALF * (tall - 12 * u)) / width;
  const across = scale(-HALF, HALF, left, width - left);
  const up = scale(-span, span, bottom, top);
  const svg = blank(width, tall + head.height);
  const [x0, y0] = [across.apply(0), up.apply(0)];
  svg.append(
    ...spots.map(({ r, x, y }) =>
      made('line', {
        x1: x0,
        y1: y0,
        x2: across.apply(x),
        y2: up.apply(y),
        stroke: hue.orange,
        'stroke-width': 7 * u * Math.exp(-0.7 * r) + 0.4,
        'stroke-opacity': 0.75,
      }),
    ),
    made('circle', { cx: x0, cy: y0, r: Math.max(25 * u, (GRAIN / (2 * HALF)) * width), fill: hue.orange }),
    made('g', { fill: 'var(--paper)', 'font-weight': 'bold' }, label('grain', x0, y0, 'middle')),
    ...spots.map(({ x, y, s }) =>
      made('circle', {
        cx: across.apply(x),
        cy: up.apply(y),
        r: 11 * u,
        fill: coloursAlong(sequential)(s),
        stroke: hue.ink,
        'stroke-width': 1.4 * u,
      }),
    ),
    ...spots.map((spot) => numberOf(spot, across.apply(spot.x), up.apply(spot.y), u)),
    ...head.nodes,
  );
  return Object.assign(svg, { scale: (name: string) => ({ x: across, y: up })[name] });
}

/** On the far side of the grain, clear of the lines and of the edge below. */
function numberOf({ s, cos, sin }: Spot, x: number, y: number, u: number): Element {
  const text = formatNumber(Number(s.toPrecision(2)));
  const away = (15 + 3.8 * text.length * Math.abs(cos) + 6 * Math.abs(sin)) * u;
  return label(text, x + away * cos, y - away * sin, 'middle');
}

/** From one interval to another. */
function scale(from: number, to: number, start: number, end: number) {
  const slope = (end - start) / (to - from);
  return {
    apply: (x: number) => start + (x - from) * slope,
    invert: (pixel: number) => from + (pixel - start) / slope,
  };
}
